//! The note by which one key of the log names the next: signed by both, so that nobody can name a
//! successor without the old key, or claim to succeed without the new one.

use firstkey_domain::log::KeyRotation;
use firstkey_log::note::{NoteSigner, NoteVerifier, SignNoteError, SignedNote};

/// The first line of the note.
const TITLE: &str = "firstkey log key rotation/1";

/// A rotation whose two signatures were verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedRotation {
    /// The key until then.
    pub old: NoteVerifier,
    /// The key from then on.
    pub new: NoteVerifier,
}

/// The note is no rotation that both keys signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rotation of the log's key is not signed by both keys")]
pub struct NotSignedByBoth;

/// Signs that one key follows the other.
pub(super) fn sign(old: &NoteSigner, new: &NoteSigner) -> Result<KeyRotation, SignNoteError> {
    let (from, to) = (old.verifier(), new.verifier());
    let note = SignedNote::sign(&text(&from, &to), &[old, new])?;
    Ok(KeyRotation { old: from.to_string(), new: to.to_string(), note: note.encode() })
}

impl VerifiedRotation {
    /// Checks a rotation as an event holds it.
    pub fn verify(rotation: &KeyRotation) -> Result<Self, NotSignedByBoth> {
        let rotated = Self::verify_note(&rotation.note)?;
        let says = (rotated.old.to_string(), rotated.new.to_string());
        let is_it = says == (rotation.old.clone(), rotation.new.clone());
        if is_it { Ok(rotated) } else { Err(NotSignedByBoth) }
    }

    /// Checks the note alone.
    pub fn verify_note(note: &str) -> Result<Self, NotSignedByBoth> {
        let note = SignedNote::parse(note.as_bytes()).map_err(|_| NotSignedByBoth)?;
        // The keys that are to have signed are in the text: each must have signed that text.
        let (old, new) = keys_in(&note).ok_or(NotSignedByBoth)?;
        for key in [&old, &new] {
            let signed = note.verify(std::slice::from_ref(key)).map_err(|_| NotSignedByBoth)?;
            if signed != text(&old, &new) {
                return Err(NotSignedByBoth);
            }
        }
        if old.name() == new.name() && old != new {
            Ok(Self { old, new })
        } else {
            Err(NotSignedByBoth)
        }
    }
}

fn keys_in(note: &SignedNote) -> Option<(NoteVerifier, NoteVerifier)> {
    let encoded = note.encode();
    let mut lines = encoded.lines().skip(1);
    Some((lines.next()?.parse().ok()?, lines.next()?.parse().ok()?))
}

fn text(old: &NoteVerifier, new: &NoteVerifier) -> String {
    format!("{TITLE}\n{old}\n{new}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(name: &str, seed: u8) -> NoteSigner {
        NoteSigner::from_seed(name.parse().unwrap(), &[seed; 32]).unwrap()
    }

    #[test]
    fn rule_21_a_rotation_counts_when_both_keys_signed_it() {
        let (old, new, other) = (signer("a/log", 1), signer("a/log", 2), signer("a/log", 3));
        let rotation = sign(&old, &new).unwrap();
        let verified = VerifiedRotation::verify(&rotation).unwrap();
        assert_eq!((&verified.old, &verified.new), (&old.verifier(), &new.verifier()));

        let refused = |rotation: &KeyRotation| VerifiedRotation::verify(rotation).unwrap_err();
        let said = text(&old.verifier(), &new.verifier());
        for signers in [vec![&old], vec![&new], vec![&old, &other], vec![&other, &new]] {
            let note = SignedNote::sign(&said, &signers).unwrap().encode();
            refused(&KeyRotation { note, ..rotation.clone() });
        }
        // The event must say what the note says.
        refused(&KeyRotation { new: other.verifier().to_string(), ..rotation.clone() });
        refused(&KeyRotation { old: other.verifier().to_string(), ..rotation });
        refused(&sign(&old, &old).unwrap());
        refused(&sign(&old, &signer("b/log", 2)).unwrap());
        // Both may sign something else; that names no successor.
        let note = SignedNote::sign("hello\n", &[&old, &new]).unwrap().encode();
        assert_eq!(VerifiedRotation::verify_note(&note), Err(NotSignedByBoth));
    }
}
