//! The file that a backup is: a tar archive in the age format. `age -d` and `tar -x` open it as well.

mod manifest;
mod pack;
mod unpack;

pub use manifest::{FORMAT, LogCut, Manifest, Part};
pub use pack::pack;
pub use unpack::unpack;
