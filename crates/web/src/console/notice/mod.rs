//! "This was not me" (rule 15): the address in a notice shows, and a POST suspends.

pub(super) mod page;
pub(super) mod suspend;
