//! A way in for the fuzz target, built by cargo-fuzz and for the test below.

use crate::{
    Aggregate, Event as _, Recorded, enrollment::Enrollment, log::Log, machine_key::MachineKey,
    metadata::MetadataInForce, person::Person, policy::Policy,
};

/// A row of the log as it may stand in a file that somebody edited: open bytes and, after the first
/// line break, the confidential part.
///
/// What is read is written as it was read, and folding it is refused or makes a state, which is read
/// as it was written too.
pub fn event(input: &[u8]) {
    let cut = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (open, confidential) = (&input[..cut], input.get(cut + 1..));
    of::<Person>(open, confidential);
    of::<Enrollment>(open, confidential);
    of::<Policy>(open, confidential);
    of::<MetadataInForce>(open, confidential);
    of::<Log>(open, confidential);
    of::<MachineKey>(open, confidential);
}

fn of<A: Aggregate>(open: &[u8], confidential: Option<&[u8]>) {
    let Ok(mut recorded) = serde_json::from_slice::<Recorded<A::Event>>(open) else { return };
    let written = serde_json::to_vec(&recorded).expect("what was read is written");
    let again: Recorded<A::Event> = serde_json::from_slice(&written).expect("and read");
    assert_eq!(serde_json::to_vec(&again).ok(), Some(written));
    if let Some(part) = confidential
        && recorded.event.attach(part).is_ok()
    {
        let kept = recorded.event.confidential().expect("what was attached is there");
        assert!(recorded.event.attach(&kept).is_ok());
    }
    if let Ok(state) = A::evolve(None, &recorded) {
        let written = serde_json::to_vec(&state).expect("a state is written");
        let state: A = serde_json::from_slice(&written).expect("and read");
        let _ = A::evolve(Some(state), &recorded);
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn every_golden_event_and_every_seed_goes_through() {
        for folder in ["tests/golden", "../../fuzz/seeds/event"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            for file in fs::read_dir(folder).unwrap() {
                super::event(&fs::read(file.unwrap().path()).unwrap());
            }
        }
    }
}
