//! Ending a machine key before its time.

use serde::{Deserialize, Serialize};

use super::{MachineKey, MachineKeyEvent};
use crate::{
    Actor, KeyThumbprint,
    challenge::{Purpose, Signed, Statement},
};

/// What somebody signs who ends a machine key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndStatement {
    /// The key.
    pub key: KeyThumbprint,
}

impl Statement for EndStatement {
    const TAG: &'static str = "firstkey machine key end/1";
}

/// Why a machine key was not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndRefusal {
    /// Rule 1: altering a trust path needs a fresh signature.
    #[error("sign with your passkey that this key is to end")]
    NeedsSignature,
}

impl MachineKey {
    /// Ends the key. No events when it was ended before.
    pub fn end(&self, by: &Actor, signed: Signed) -> Result<Vec<MachineKeyEvent>, EndRefusal> {
        let digest = EndStatement { key: self.grant.key }.digest();
        if by.person().is_none() || !signed.is_over(Purpose::Act, digest) {
            return Err(EndRefusal::NeedsSignature);
        }
        if self.ended.is_some() {
            return Ok(Vec::new());
        }
        Ok(vec![MachineKeyEvent::Ended { signed }])
    }

    /// Ends the key because an older state was restored. No events when it was ended before.
    pub fn end_restored(&self) -> Vec<MachineKeyEvent> {
        if self.ended.is_some() { Vec::new() } else { vec![MachineKeyEvent::EndedByRestore {}] }
    }
}
