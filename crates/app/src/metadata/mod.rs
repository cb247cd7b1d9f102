//! FIDO metadata: an operator imports the signed file, Firstkey keeps it, and registrations are judged
//! by it.

mod fault;
mod import;
mod in_force;
mod report;
mod roots;

pub use fault::MetadataFault;
pub use import::{ImportMetadata, ImportMetadataFault, ImportedMetadata, LONGEST_METADATA};
pub(crate) use in_force::{MetadataCache, in_force};
pub use report::MetadataReport;
pub use roots::fido_roots;
