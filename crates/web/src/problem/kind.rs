//! The table of everything that can go wrong.

use axum::http::StatusCode;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $message:literal;)+) => {
        /// What went wrong. Each has a type URI, a status, and a message in the message files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The HTTP status.
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)+
                }
            }

            /// The id of the message that says it.
            pub const fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)+
                }
            }
        }
    };
}

kinds! {
    /// Take the nonce from the answer's header and repeat (RFC 9449 §8).
    UseNonce = UNAUTHORIZED, "problem-use-nonce";
    /// The proof is missing or for another request.
    Proof = UNAUTHORIZED, "problem-proof";
    /// A proof or challenge was used before.
    Spent = CONFLICT, "problem-spent";
    /// The body or address cannot be read.
    Malformed = BAD_REQUEST, "problem-malformed";
    /// The body is longer than is read.
    TooLarge = PAYLOAD_TOO_LARGE, "problem-too-large";
    /// The body is not JSON.
    MediaType = UNSUPPORTED_MEDIA_TYPE, "problem-media-type";
    /// The address does not take this method.
    Method = METHOD_NOT_ALLOWED, "problem-method";
    /// There is no such thing, or it is none of the asker's business: one answer for both.
    NotFound = NOT_FOUND, "problem-not-found";
    /// The request names neither origin.
    WrongHost = MISDIRECTED_REQUEST, "problem-wrong-host";
    /// The request did not come from our own page.
    CrossSite = FORBIDDEN, "problem-cross-site";
    /// Nobody is signed in.
    SignedOut = UNAUTHORIZED, "problem-signed-out";
    /// Policy gives this to others.
    Forbidden = FORBIDDEN, "problem-forbidden";
    /// Too often.
    Throttled = TOO_MANY_REQUESTS, "problem-throttled";
    /// Others kept changing the same things.
    Busy = SERVICE_UNAVAILABLE, "problem-busy";
    /// The store cannot be reached.
    Unavailable = SERVICE_UNAVAILABLE, "problem-unavailable";
    /// No answer in time.
    Timeout = GATEWAY_TIMEOUT, "problem-timeout";
    /// Our fault.
    Internal = INTERNAL_SERVER_ERROR, "problem-internal";

    /// The key that signed is no machine key, or none any more.
    MachineKey = UNAUTHORIZED, "problem-machine-key";
    /// Policy does not give this to the key's scopes.
    OutOfScope = FORBIDDEN, "problem-out-of-scope";
    /// A cursor that was not given for this list.
    Cursor = BAD_REQUEST, "problem-cursor";
    /// The header is no idempotency key.
    IdempotencyKey = BAD_REQUEST, "problem-idempotency-key";
    /// The idempotency key stands for something else.
    OtherRequest = UNPROCESSABLE_ENTITY, "problem-other-request";
    /// Rows that cannot be applied.
    Joiners = UNPROCESSABLE_ENTITY, "problem-joiners";
    /// None, or more than are taken at once.
    TooManyJoiners = UNPROCESSABLE_ENTITY, "problem-too-many-joiners";
    /// `If-Match` names another version.
    NotCurrent = PRECONDITION_FAILED, "problem-not-current";
    /// What was pasted is no public key.
    NotAKey = UNPROCESSABLE_ENTITY, "problem-not-a-key";
    /// A machine key is registered once.
    MachineKeyKnown = CONFLICT, "problem-machine-key-known";
    /// The name of a program cannot be shown well.
    MachineKeyName = UNPROCESSABLE_ENTITY, "problem-machine-key-name";
    /// A machine key that would last too long, or not at all.
    MachineKeyEnd = UNPROCESSABLE_ENTITY, "problem-machine-key-end";
    /// A machine key for nothing.
    NoScope = UNPROCESSABLE_ENTITY, "problem-no-scope";

    /// The locator opens nothing: unknown, replaced, expired or used.
    LinkInactive = NOT_FOUND, "problem-link-inactive";
    /// The locator is scheduled.
    LinkLater = CONFLICT, "problem-link-later";
    /// The setup link's secret does not serve.
    SetupLink = CONFLICT, "problem-setup-link";
    /// Rule 3: somebody is signed in to the console in this browser.
    OperatorSignedIn = CONFLICT, "problem-operator-signed-in";
    /// Rule 3: the console's word is missing or too old.
    NotCleared = CONFLICT, "problem-not-cleared";
    /// Rule 8: three are open.
    TooManyBrowsers = CONFLICT, "problem-too-many-browsers";
    /// Rule 10: proofing never moves.
    CannotMove = CONFLICT, "problem-cannot-move";
    /// The attempt or its enrollment is over.
    Ended = GONE, "problem-ended";
    /// Policy asks for more.
    StepsMissing = CONFLICT, "problem-steps-missing";
    /// Rule 4: more than one browser.
    Contested = CONFLICT, "problem-contested";
    /// What a voucher's screen showed was replaced or used.
    HandoverOver = CONFLICT, "problem-handover-over";
    /// It was shown for another browser, or is none of ours.
    HandoverElsewhere = CONFLICT, "problem-handover-elsewhere";
    /// Whoever showed it is signed out, or may not vouch.
    HandoverWithdrawn = CONFLICT, "problem-handover-withdrawn";
    /// This browser has taken it over before.
    HandoverDone = CONFLICT, "problem-handover-done";
    /// There is no open pass, or the ceremony took too long.
    StepOver = CONFLICT, "problem-step-over";
    /// A credential waits for its second press.
    AlreadyMade = CONFLICT, "problem-already-made";
    /// The authenticator's answer was rejected.
    Ceremony = UNPROCESSABLE_ENTITY, "problem-ceremony";
    /// Policy takes no authenticator of this kind.
    Model = UNPROCESSABLE_ENTITY, "problem-model";
    /// Policy asks for a key that cannot be copied.
    ModelCopyable = UNPROCESSABLE_ENTITY, "problem-model-copyable";
    /// Policy asks for an attested key.
    ModelUnattested = UNPROCESSABLE_ENTITY, "problem-model-unattested";
    /// Metadata speaks against the model.
    ModelReported = UNPROCESSABLE_ENTITY, "problem-model-reported";
    /// The log has not sequenced it yet.
    ReceiptPending = SERVICE_UNAVAILABLE, "problem-receipt-pending";

    /// The passkey is not known here, or may not be used.
    UnknownPasskey = UNAUTHORIZED, "problem-unknown-passkey";
    /// The passkey did not sign what was asked.
    NotSigned = UNPROCESSABLE_ENTITY, "problem-not-signed";
    /// Rule 23: policy would not bind the passkey that signed to its holder today.
    UnsuitableSigner = CONFLICT, "problem-unsuitable-signer";
    /// What was typed is not six digits.
    NotACode = UNPROCESSABLE_ENTITY, "problem-not-a-code";
    /// Another code than the one on the applicant's screen.
    WrongCode = CONFLICT, "problem-wrong-code";
    /// The third wrong code closed what was begun.
    CodesUsedUp = GONE, "problem-codes-used-up";
    /// A line of the checklist is not confirmed.
    Incomplete = UNPROCESSABLE_ENTITY, "problem-incomplete";
    /// Nobody has pressed Begin.
    NobodyWaiting = CONFLICT, "problem-nobody-waiting";
    /// Rule 2: they changed the record after the invitation.
    Barred = CONFLICT, "problem-barred";
    /// The same voucher twice is one voucher.
    VouchedTwice = CONFLICT, "problem-vouched-twice";
    /// The applicant's browser changed meanwhile.
    BrowserMoved = CONFLICT, "problem-browser-moved";
    /// Rule 4, told to a voucher.
    BrowsersContested = CONFLICT, "problem-browsers-contested";
    /// The enrollment is over, told to an operator.
    EnrollmentOver = GONE, "problem-enrollment-over";
    /// One enrollment at a time.
    AlreadyOpen = CONFLICT, "problem-already-open";
    /// The first passkey is bound once.
    AlreadyEnrolled = CONFLICT, "problem-already-enrolled";
    /// They hold no passkey yet.
    NotEnrolled = CONFLICT, "problem-not-enrolled";
    /// Their mailbox shall not be flooded.
    TooManyInvitations = TOO_MANY_REQUESTS, "problem-too-many-invitations";
    /// They left the organisation.
    HasLeft = CONFLICT, "problem-has-left";
    /// A reason is demanded.
    NoReason = UNPROCESSABLE_ENTITY, "problem-no-reason";
    /// Rule 12: the last passkey stays.
    LastPasskey = CONFLICT, "problem-last-passkey";
    /// The name cannot be shown well.
    BadName = UNPROCESSABLE_ENTITY, "problem-bad-name";
    /// Nobody grants themselves a role.
    OwnRole = CONFLICT, "problem-own-role";
    /// What was checked for a joiner no longer holds.
    JoinerUnfit = CONFLICT, "problem-joiner-unfit";
    /// The record is another one than the operator was shown.
    RecordMoved = CONFLICT, "problem-record-moved";
    /// Every user name that can be planned is taken.
    NoNameLeft = CONFLICT, "problem-no-name-left";
    /// Rule 23: policy would bind none of their passkeys to somebody with this role.
    UnsuitableKeys = CONFLICT, "problem-unsuitable-keys";
}

impl Kind {
    /// The type URI, a path on either origin.
    pub fn uri(self) -> String {
        let message = self.message();
        format!("/problems/{}", message.strip_prefix("problem-").unwrap_or(message))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use firstkey_texts::Texts;

    use super::*;

    #[test]
    fn every_kind_has_its_own_words() {
        let texts = Texts::for_language("en");
        let mut seen = BTreeSet::new();
        for kind in Kind::ALL {
            let detail = format!("{}.detail", kind.message());
            assert_ne!(texts.get(kind.message()), kind.message());
            assert_ne!(texts.get(&detail), detail);
            assert!(seen.insert(kind.uri()), "{kind:?}");
        }
    }
}
