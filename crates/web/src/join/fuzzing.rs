//! Every body that joiners' pages send, for the fuzz target.

use super::{begin, bind, handover, proven, registration, unexpected};
use crate::edge::read;

/// As each of them.
pub(crate) fn body(input: &[u8]) {
    let _ = read::<begin::Input>(input);
    let _ = read::<bind::Input>(input);
    let _ = read::<handover::Input>(input);
    let _ = read::<proven::Nothing>(input);
    let _ = read::<registration::Input>(input);
    let _ = read::<unexpected::Input>(input);
}
