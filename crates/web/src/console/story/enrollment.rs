//! Sentences about an enrollment.

use firstkey_domain::{
    Actor, Recorded,
    enrollment::{AttemptEnd, EnrollmentEnd, EnrollmentEvent, Kind, Method, PassEnd, Proofing},
};
use jiff::Timestamp;

use crate::{
    console::{browser::in_few_words, moment::Moment},
    page::Reader,
};

/// Who did it: the voucher where one is named, and otherwise whoever caused the event.
pub(super) fn who(recorded: &Recorded<EnrollmentEvent>) -> Actor {
    match &recorded.event {
        EnrollmentEvent::CodeMismatched { voucher } | EnrollmentEvent::Refused { voucher } => {
            voucher.clone()
        }
        EnrollmentEvent::HandedOver { voucher, .. } => Actor::Person(*voucher),
        event => event.proofing().map_or(&recorded.by, |(_, proofing)| &proofing.voucher).clone(),
    }
}

/// What happened, with `who` as the one who did it and `name` as the applicant.
pub(super) fn sentence(
    reader: Reader,
    who: &str,
    name: &str,
    at: Timestamp,
    event: &EnrollmentEvent,
) -> String {
    let texts = reader.texts;
    let both = [("who", who), ("name", name)];
    let with = |message: &str, more: &str, value: &str| {
        texts.with(message, [both[0], both[1], (more, value)])
    };
    let time = |time: Timestamp| Moment(time).to_string();
    match event {
        EnrollmentEvent::Opened { enrollment: Kind::Additional, .. } => {
            texts.with("console-story-opened-additional", both)
        }
        EnrollmentEvent::Opened { reason, .. } => match reason.expose() {
            Some(reason) => with("console-story-opened-because", "reason", reason),
            None => texts.with("console-story-opened", both),
        },
        EnrollmentEvent::Invited { secret: Some(_), .. } => {
            texts.with("console-story-setup-link", both)
        }
        EnrollmentEvent::Invited { from, .. } if *from > at => {
            with("console-story-invited-later", "from", &time(*from))
        }
        EnrollmentEvent::Invited { generation: 1, .. } => texts.with("console-story-invited", both),
        EnrollmentEvent::Invited { .. } => texts.with("console-story-invited-again", both),
        EnrollmentEvent::AttemptBegun { device, .. } => match device.expose() {
            Some(device) => {
                let browser = in_few_words(&device.browser);
                let browser = browser.unwrap_or_else(|| reader.get("console-browser-unknown"));
                let network = device.network.as_str();
                texts.with(
                    "console-story-begun",
                    [both[1], ("browser", browser.as_str()), ("network", network)],
                )
            }
            None => texts.with("console-story-begun-erased", both),
        },
        EnrollmentEvent::AttemptClosed { reason, .. } => texts.with(attempt_end(*reason), both),
        EnrollmentEvent::CodeMismatched { .. } => texts.with("console-story-code-mismatched", both),
        EnrollmentEvent::HandedOver { .. } => texts.with("console-story-handed-over", both),
        EnrollmentEvent::ProofedUnasked { proofing, .. }
        | EnrollmentEvent::Proofed { proofing, .. } => texts.with(proofed(proofing), both),
        EnrollmentEvent::Refused { .. } => texts.with("console-story-refused", both),
        EnrollmentEvent::Voided { .. } => texts.with("console-story-voided", both),
        EnrollmentEvent::PassMinted { expires, .. } => {
            with("console-story-pass-minted", "ends", &time(*expires))
        }
        EnrollmentEvent::PassEnded { reason: PassEnd::Expired, .. } => {
            texts.with("console-story-pass-expired", both)
        }
        EnrollmentEvent::PassEnded { reason: PassEnd::Outdated, .. } => {
            texts.with("console-story-pass-outdated", both)
        }
        EnrollmentEvent::CeremonyFailed { step, .. } => {
            with("console-story-ceremony-failed", "step", step)
        }
        EnrollmentEvent::CredentialVerified { .. } => texts.with("console-story-verified", both),
        EnrollmentEvent::CredentialDropped { rules, .. } if rules.is_empty() => {
            texts.with("console-story-dropped", both)
        }
        EnrollmentEvent::CredentialDropped { rules, .. } => {
            with("console-story-dropped-by", "rules", &rules.join(", "))
        }
        EnrollmentEvent::Bound { .. } => texts.with("console-story-bound", both),
        EnrollmentEvent::Closed { reason } => texts.with(closed(*reason), both),
    }
}

const fn proofed(proofing: &Proofing) -> &'static str {
    match proofing.method {
        Method::Match if proofing.checklist.is_by_sight() => "console-story-proofed-by-sight",
        Method::Match => "console-story-proofed-match",
        Method::Handover => "console-story-proofed-handover",
        Method::Terminal => "console-story-proofed-terminal",
        Method::OwnAuthenticator => "console-story-proofed-own",
    }
}

const fn attempt_end(reason: AttemptEnd) -> &'static str {
    match reason {
        AttemptEnd::WrongCodes => "console-story-attempt-wrong-codes",
        AttemptEnd::FailedCeremonies => "console-story-attempt-failed",
        AttemptEnd::Expired => "console-story-attempt-expired",
        AttemptEnd::Moved => "console-story-attempt-moved",
        AttemptEnd::Reinvited => "console-story-attempt-reinvited",
        AttemptEnd::Refused => "console-story-attempt-refused",
        AttemptEnd::Voided => "console-story-attempt-voided",
    }
}

const fn closed(reason: EnrollmentEnd) -> &'static str {
    match reason {
        // A binding closes the enrollment by its own event.
        EnrollmentEnd::Bound => "console-story-closed-bound",
        EnrollmentEnd::Withdrawn => "console-story-closed-withdrawn",
        EnrollmentEnd::Expired => "console-story-closed-expired",
        EnrollmentEnd::Left => "console-story-closed-left",
        EnrollmentEnd::Restored => "console-story-closed-restored",
    }
}
