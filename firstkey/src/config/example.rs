//! The configuration file with every key, for people to read and start from.

/// Every key with its default and its meaning.
pub const EXAMPLE: &str = include_str!("../../firstkey.example.toml");
