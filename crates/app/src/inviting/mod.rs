//! Opening enrollments and sending their locators.

mod look;
mod open;
mod reinvite;
mod setup;
mod unexpected;
mod withdraw;

pub use look::{InvitationView, LookAnswer};
pub use open::{OpenFirst, OpenFirstFault};
pub(crate) use open::{first_enrollment, invite_first, scheduled};
pub use reinvite::{Reinvite, ReinviteFault};
pub use setup::{Setup, SetupFault, SetupLink};
pub use unexpected::ReportUnexpected;
pub use withdraw::{Withdraw, WithdrawFault};
