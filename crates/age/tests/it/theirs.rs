//! Against `age` itself, as Debian ships it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use firstkey_age::{Identity, Recipient};

use crate::{opened, plain, sealed};

/// Makes a key with `age-keygen`.
fn keygen(folder: &Path) -> (PathBuf, Identity, Recipient) {
    let file = folder.join("key.txt");
    let made = Command::new("age-keygen").arg("-o").arg(&file).output();
    assert!(made.expect("age is installed").status.success());
    let identity = Identity::from_file(&fs::read_to_string(&file).unwrap()).unwrap();
    let recipient = identity.recipient().unwrap();
    (file, identity, recipient)
}

#[test]
fn age_opens_what_we_seal() {
    let folder = tempfile::tempdir().unwrap();
    let (key, _, recipient) = keygen(folder.path());
    for length in [0, 10, 64 * 1024, 200_000] {
        let file = folder.path().join("file.age");
        fs::write(&file, sealed(&[recipient], &plain(length))).unwrap();
        let output = Command::new("age").arg("-d").arg("-i").arg(&key).arg(&file).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert!(output.stdout == plain(length), "{length}");
    }
}

#[test]
fn we_open_what_age_seals() {
    let folder = tempfile::tempdir().unwrap();
    let (_, identity, recipient) = keygen(folder.path());
    let said = fs::read_to_string(folder.path().join("key.txt")).unwrap();
    assert!(said.contains(&recipient.to_string()), "{said}");
    for length in [0, 10, 64 * 1024, 200_000] {
        let (from, to) = (folder.path().join("plain"), folder.path().join("file.age"));
        fs::write(&from, plain(length)).unwrap();
        let mut age = Command::new("age");
        age.arg("-r").arg(recipient.to_string()).arg("-o").arg(&to).arg(&from);
        assert!(age.status().unwrap().success());
        assert!(opened(&fs::read(&to).unwrap(), &identity).unwrap() == plain(length), "{length}");
        fs::remove_file(to).unwrap();
    }
}
