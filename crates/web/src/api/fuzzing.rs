//! Every body that the API takes, for the fuzz target.

use super::{acts::Preparing, call::Nothing, enrollments::open::Opening, joiners};
use crate::edge::read;

/// As each of them, and joiners as far as every one's members are checked.
pub(crate) fn body(input: &[u8]) {
    let _ = read::<Preparing>(input);
    let _ = read::<Nothing>(input);
    let _ = read::<Opening>(input);
    if let Ok(body) = read(input) {
        let _ = joiners::checked(body);
    }
}
