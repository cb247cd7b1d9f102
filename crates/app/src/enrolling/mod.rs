//! The applicant's side of the door, from Begin to bound.

mod begin;
mod bind;
mod clearing;
mod confirm;
mod hand_over;
mod moving;
mod pass;
mod progress;
mod register;
mod unsuitable;

use firstkey_domain::{
    AttemptId, KeyThumbprint,
    enrollment::{Attempt, Ended, Enrollment, EnrollmentEnd},
    person::Person,
};
use jiff::Timestamp;

pub use begin::{Begin, BeginFault, SetupLinkSecret};
pub use bind::{Bind, BindFault, Bound};
pub use clearing::ClearFault;
pub use confirm::{Confirm, ConfirmFault, Confirmed};
pub use hand_over::{BroughtSecret, HandOver, HandOverFault};
pub use moving::{MoveToken, OpenMove, OpenMoveFault};
pub use pass::{AskPass, AskPassFault, Ceremony};
pub use progress::{Progress, ProgressStage, ShownCode, Step, StepState};
pub use register::{Register, RegisterFault, Registered};
pub use unsuitable::Unsuitable;

/// The open attempt that this key holds. Whoever holds another key learns nothing, not even
/// whether the attempt exists.
fn holder(
    enrollment: &Enrollment,
    attempt: AttemptId,
    key: KeyThumbprint,
    now: Timestamp,
) -> Option<&Attempt> {
    enrollment.running(now).ok()?.attempt(attempt, now).filter(|attempt| attempt.key == key)
}

/// What somebody who left had begun is over, whether that was written down already or not.
const fn still_belongs(person: &Person) -> Result<(), Ended> {
    if person.is_active() { Ok(()) } else { Err(Ended(EnrollmentEnd::Left)) }
}
