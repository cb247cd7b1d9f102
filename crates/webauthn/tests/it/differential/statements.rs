//! Statement formats before both, beyond `packed`: as they should be, and spoilt.

use firstkey_testkit::authenticator::Algorithm as Soft;

use super::differences::AT_STATEMENTS;
use super::inputs::edited;
use super::{ACCEPTED, Registering, Tally, member, with};
use crate::statements::STATEMENTS;

/// One edit in three is made, for time's sake. A byte is edited in eight ways and then in five, so
/// each way comes up.
const ONE_IN: usize = 3;

/// TPMs hold keys of both kinds.
const BY_TPM: &[Soft] = &[Soft::Es256, Soft::Rs256];

#[test]
fn statements() {
    let registering = Registering::new();
    let mut tally = Tally::default();
    for statement in STATEMENTS.iter().filter(|known| !known.name.starts_with("packed")) {
        let name = statement.name;
        let algorithms = if name == "tpm" { BY_TPM } else { statement.algorithms };
        for soft in algorithms {
            let response = registering.create(&mut statement.authenticator(*soft));
            let (ours, theirs) = registering.judge(&response);
            tally.judge(name, format!("{soft:?}"), (ours, theirs.clone()));
            if theirs != ACCEPTED {
                continue;
            }
            for (what, bytes) in edited(&member(&response, "attestationObject")).step_by(ONE_IN) {
                let spoilt = with(&response, "attestationObject", bytes);
                tally.judge(&format!("{name} bytes"), what, registering.judge(&spoilt));
            }
        }
    }
    assert!(tally.judged > 9_000);
    tally.check(&[AT_STATEMENTS]);
}
