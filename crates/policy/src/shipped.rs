//! The texts that ship with the binary.

/// The schema against which every policy is checked, in Cedar's own syntax.
pub const SCHEMA: &str = include_str!("../cedar/firstkey.cedarschema");

/// The policy of a new installation.
pub const DEFAULT: &str = include_str!("../cedar/default.cedar");

/// The policy for a small organisation: two administrators vouch for everybody.
pub const SMALL_ORGANISATION: &str = include_str!("../cedar/small-organisation.cedar");

/// The demonstration's policy: as the default, but one synced passkey is enough for anybody.
pub const DEMO: &str = include_str!("../cedar/demo.cedar");
