//! Personal data that deciders carry and never read.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Personal data, held or erased.
///
/// Events keep it in their confidential part, which erasure deletes, and `evolve` carries it into
/// the state. Deciders may compare it for equality but not look inside: a test refuses the word
/// `expose` in this crate's deciders, so that no decision depends on data that may be gone when the
/// log is refolded. Pages and messages call [`Private::expose`].
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Private<T>(Option<T>);

impl<T> Private<T> {
    /// Personal data that is held.
    pub const fn held(value: T) -> Self {
        Self(Some(value))
    }

    /// Personal data that was erased.
    pub const fn erased() -> Self {
        Self(None)
    }

    /// The data, if it was not erased. For edges that show or send it; never for deciders.
    pub const fn expose(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// Whether the data was erased.
    pub const fn is_erased(&self) -> bool {
        self.0.is_none()
    }
}

/// What an event carries before its confidential part is attached, and after erasure.
impl<T> Default for Private<T> {
    fn default() -> Self {
        Self::erased()
    }
}

impl<T: Serialize> Private<T> {
    /// The confidential bytes of an event, or `None` once erased.
    pub fn to_confidential(&self) -> Option<Vec<u8>> {
        // Serialising owned strings and enums into memory has no way to fail.
        self.0.as_ref().and_then(|value| serde_json::to_vec(value).ok())
    }
}

impl<T: DeserializeOwned> Private<T> {
    /// Reads an event's confidential bytes back.
    pub fn from_confidential(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes).map(Self::held)
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_erased() { "Private(erased)" } else { "Private(held)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_what_is_held() {
        let private = Private::held(String::from("ana@example.org"));
        assert_eq!(format!("{private:?}"), "Private(held)");
    }
}
