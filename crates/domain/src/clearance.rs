//! Rule 3: a browser in which an operator is signed in cannot begin for somebody else.

use jiff::Timestamp;

use crate::{EnrollmentId, KeyThumbprint};

/// The console's word that no operator is signed in, in the browser that holds this key, who could
/// vouch in this enrollment.
///
/// Made by the edge from a statement that it verified. It stops accidents, not a second browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clearance {
    /// The enrollment for which it spoke.
    pub enrollment: EnrollmentId,
    /// The browser key for which the console spoke.
    pub key: KeyThumbprint,
    /// Until when its word holds.
    pub ends: Timestamp,
}
