//! Reading a backup. What it says is not believed before it was read to its end.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, Read},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use firstkey_age::{Identity, OpenError, open};
use tar::EntryType;

use super::manifest::{FORMAT, MANIFEST, Manifest, Part, copy_and_measure};

/// Longer than any manifest.
const LONGEST_MANIFEST: u64 = 1024 * 1024;

/// Why a backup cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// It cannot be opened.
    #[error("the backup cannot be opened: {0}")]
    Open(#[from] OpenError),
    /// It breaks off, or was altered, on the way.
    #[error("the backup cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It holds something else.
    #[error("the file holds no backup of firstkey")]
    NoBackup,
    /// Another version's.
    #[error(
        "the backup is of the format {found:?}, made by firstkey {version}; this version reads \
         {FORMAT:?}"
    )]
    Format {
        /// The format.
        found: String,
        /// The version that made it.
        version: String,
    },
    /// A part is missing, surplus, or not what the manifest says.
    #[error("the backup is damaged: {0} is not what its manifest says")]
    Damaged(String),
}

/// Unpacks a backup into a folder: the parts of these names, and no others.
pub fn unpack(
    file: &Path,
    identity: &Identity,
    names: &[&str],
    folder: &Path,
) -> Result<Manifest, UnpackError> {
    let file = BufReader::new(File::open(file)?);
    let mut opened = open(file, identity)?;
    let manifest = {
        let mut archive = tar::Archive::new(&mut opened);
        // As they stand in the archive: nothing is put together that we would not have written.
        let mut entries = archive.entries()?.raw(true);
        let mut first = entries.next().ok_or(UnpackError::NoBackup)??;
        let manifest = read_manifest(&mut first)?;
        if !manifest.parts.iter().map(|part| part.name.as_str()).eq(names.iter().copied()) {
            return Err(UnpackError::Damaged(MANIFEST.to_owned()));
        }
        for part in &manifest.parts {
            let damaged = || UnpackError::Damaged(part.name.clone());
            let mut entry = entries.next().ok_or_else(damaged)??;
            if !is_file(&entry) || entry.path()?.to_str() != Some(&part.name) {
                return Err(damaged());
            }
            write(&mut entry, folder, part)?;
        }
        if let Some(surplus) = entries.next() {
            let name = surplus?.path()?.display().to_string();
            return Err(UnpackError::Damaged(name));
        }
        manifest
    };
    // Only its end says that the file is whole.
    io::copy(&mut opened, &mut io::sink())?;
    Ok(manifest)
}

fn read_manifest(entry: &mut tar::Entry<'_, impl Read>) -> Result<Manifest, UnpackError> {
    if !is_file(entry) || entry.path()?.to_str() != Some(MANIFEST) {
        return Err(UnpackError::NoBackup);
    }
    let mut said = Vec::new();
    entry.take(LONGEST_MANIFEST).read_to_end(&mut said)?;
    let manifest: serde_json::Value =
        serde_json::from_slice(&said).map_err(|_| UnpackError::NoBackup)?;
    let text = |name: &str| manifest[name].as_str().unwrap_or_default().to_owned();
    if text("format") != FORMAT {
        return Err(UnpackError::Format { found: text("format"), version: text("version") });
    }
    serde_json::from_value(manifest).map_err(|_| UnpackError::Damaged(MANIFEST.to_owned()))
}

/// Whether it is a plain file: not sparse, no link, and not the name of another entry.
fn is_file(entry: &tar::Entry<'_, impl Read>) -> bool {
    entry.header().entry_type() == EntryType::Regular
}

fn write(entry: &mut impl Read, folder: &Path, part: &Part) -> Result<(), UnpackError> {
    let path = folder.join(&part.name);
    let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(path)?;
    // One byte more than it should have is enough to refuse it.
    let (bytes, sha256) =
        copy_and_measure(&mut entry.take(part.bytes.saturating_add(1)), &mut file)?;
    file.sync_all()?;
    if (bytes, &sha256) == (part.bytes, &part.sha256) {
        Ok(())
    } else {
        Err(UnpackError::Damaged(part.name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file_of(parts: &[(&str, &[u8])]) -> (tempfile::TempDir, Identity) {
        let parts = parts.iter().map(|(name, bytes)| (EntryType::Regular, *name, *bytes));
        file_of_types(&parts.collect::<Vec<_>>())
    }

    fn file_of_types(parts: &[(EntryType, &str, &[u8])]) -> (tempfile::TempDir, Identity) {
        let folder = tempfile::tempdir().unwrap();
        let identity = Identity::new([7; 32]);
        let to = [identity.recipient().unwrap()];
        let mut archive = tar::Builder::new(Vec::new());
        for (kind, name, bytes) in parts {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(*kind);
            header.set_size(bytes.len() as u64);
            archive.append_data(&mut header, name, *bytes).unwrap();
        }
        let plain = archive.into_inner().unwrap();
        let mut sealing = firstkey_age::seal(Vec::new(), &to, |bytes| bytes.fill(3)).unwrap();
        sealing.write_all(&plain).unwrap();
        std::fs::write(folder.path().join("backup"), sealing.finish().unwrap()).unwrap();
        (folder, identity)
    }

    fn manifest(parts: &str) -> String {
        format!(
            r#"{{"format":"{FORMAT}","version":"9","made":"2026-11-30T00:00:00Z","logs":[],"parts":{parts}}}"#
        )
    }

    fn refused(parts: &[(&str, &[u8])]) -> UnpackError {
        refused_file(file_of(parts))
    }

    fn refused_file((folder, identity): (tempfile::TempDir, Identity)) -> UnpackError {
        let into = tempfile::tempdir().unwrap();
        unpack(&folder.path().join("backup"), &identity, &["keys.json"], into.path()).unwrap_err()
    }

    const OF_A: &str = r#"[{"name":"keys.json","bytes":1,"sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}]"#;

    #[test]
    fn what_the_manifest_says_is_what_is_unpacked() {
        let said = manifest(OF_A);
        let (folder, identity) =
            file_of(&[("manifest.json", said.as_bytes()), ("keys.json", b"a")]);
        let into = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup");
        unpack(&file, &identity, &["keys.json"], into.path()).unwrap();
        assert_eq!(std::fs::read(into.path().join("keys.json")).unwrap(), b"a");
    }

    #[test]
    fn whoever_has_the_recipients_key_makes_no_file_that_lands_elsewhere() {
        let said = manifest(OF_A);
        let first = ("manifest.json", said.as_bytes());
        for parts in [
            &[first, ("keys.json", b"b")][..],
            &[first, ("keys.json", b"aa")],
            &[first, ("other.json", b"a")],
            &[first],
            &[first, ("keys.json", b"a"), ("more.json", b"a")],
        ] {
            assert!(matches!(refused(parts), UnpackError::Damaged(_)));
        }
        let other = manifest(&OF_A.replace("keys.json", "../keys.json"));
        let other = [("manifest.json", other.as_bytes()), ("keys.json", b"a")];
        assert!(matches!(refused(&other), UnpackError::Damaged(_)));
        assert!(matches!(refused(&[("keys.json", b"a")]), UnpackError::NoBackup));
        let newer = manifest(OF_A).replace("backup/1", "backup/2");
        let said = refused(&[("manifest.json", newer.as_bytes())]).to_string();
        assert!(said.contains("\"firstkey backup/2\", made by firstkey 9"), "{said}");
    }

    #[test]
    fn what_is_no_plain_file_is_refused() {
        let said = manifest(OF_A);
        for kind in [
            EntryType::Symlink,
            EntryType::Link,
            EntryType::Directory,
            EntryType::GNUSparse,
            EntryType::GNULongName,
            EntryType::Continuous,
        ] {
            let first = (EntryType::Regular, "manifest.json", said.as_bytes());
            let file = file_of_types(&[first, (kind, "keys.json", b"a")]);
            assert!(matches!(refused_file(file), UnpackError::Damaged(_)), "{kind:?}");
            let file = file_of_types(&[(kind, "manifest.json", said.as_bytes())]);
            assert!(matches!(refused_file(file), UnpackError::NoBackup), "{kind:?}");
        }
    }

    #[test]
    fn a_part_that_claims_to_be_as_long_as_can_be_is_refused() {
        let longest = OF_A.replace("\"bytes\":1", &format!("\"bytes\":{}", u64::MAX));
        let said = manifest(&longest);
        let parts = [("manifest.json", said.as_bytes()), ("keys.json", b"a")];
        assert!(matches!(refused(&parts), UnpackError::Damaged(_)));
    }
}
