//! Enrollments: by stage, one's story, sending again, withdrawing.

pub(super) mod list;
pub(super) mod page;
pub(super) mod reinvite;
pub(super) mod withdraw;
