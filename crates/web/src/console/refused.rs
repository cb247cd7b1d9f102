//! Refusals that several endpoints share, as problems.

use firstkey_app::{SignatureRefusal, TicketError};
use firstkey_domain::enrollment::{Ended, VouchRefusal};

use crate::problem::{Kind, Problem};

/// Why a voucher's act was refused.
pub(super) fn vouching(refusal: VouchRefusal) -> Problem {
    Problem::new(match refusal {
        VouchRefusal::Ended(Ended(_)) => Kind::EnrollmentOver,
        VouchRefusal::Barred => Kind::Barred,
        VouchRefusal::NobodyWaiting => Kind::NobodyWaiting,
        VouchRefusal::Contested => Kind::BrowsersContested,
        VouchRefusal::Incomplete => Kind::Incomplete,
        VouchRefusal::Twice => Kind::VouchedTwice,
        VouchRefusal::Moved => Kind::BrowserMoved,
        VouchRefusal::NotSigned => Kind::NotSigned,
    })
}

/// Why a signature did not count.
pub(super) fn signature(error: &SignatureRefusal) -> Problem {
    Problem::new(match error {
        SignatureRefusal::Unsuitable => Kind::UnsuitableSigner,
        SignatureRefusal::UnknownAuthenticator | SignatureRefusal::Refused(_) => Kind::NotSigned,
    })
}

/// Why a ceremony's ticket was refused.
pub(super) fn ticket(error: TicketError) -> Problem {
    Problem::new(match error {
        TicketError::Expired => Kind::StepOver,
        TicketError::NotOurs => Kind::Spent,
    })
}
