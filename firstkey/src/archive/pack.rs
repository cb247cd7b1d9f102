//! Writing a backup.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use firstkey_age::{Recipient, SealError, seal};
use firstkey_ports::Entropy;

use super::manifest::{MANIFEST, Manifest};

/// Writes the parts of a folder into a file that only the recipients can open: whole, or not at all.
/// Nothing is overwritten.
pub fn pack(
    folder: &Path,
    manifest: &Manifest,
    recipients: &[Recipient],
    to: &Path,
    entropy: &dyn Entropy,
) -> Result<u64, SealError> {
    let partial = beside(to);
    let file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&partial)?;
    let written = write(file, folder, manifest, recipients, entropy).and_then(|bytes| {
        // Unlike a rename, this fails when somebody else made the file meanwhile.
        fs::hard_link(&partial, to)?;
        Ok(bytes)
    });
    let _ = fs::remove_file(&partial);
    let bytes = written?;
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(bytes)
}

fn write(
    file: File,
    folder: &Path,
    manifest: &Manifest,
    recipients: &[Recipient],
    entropy: &dyn Entropy,
) -> Result<u64, SealError> {
    let sealing = seal(BufWriter::new(file), recipients, |bytes| entropy.fill(bytes))?;
    let mut archive = tar::Builder::new(sealing);
    let said = serde_json::to_vec_pretty(manifest).map_err(io::Error::other)?;
    archive.append_data(&mut header(said.len() as u64), MANIFEST, &said[..])?;
    for part in &manifest.parts {
        let file = File::open(folder.join(&part.name))?;
        archive.append_data(&mut header(part.bytes), &part.name, file)?;
    }
    let file = archive.into_inner()?.finish()?.into_inner().map_err(io::Error::from)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header
}

fn beside(to: &Path) -> PathBuf {
    let mut partial = to.as_os_str().to_owned();
    partial.push(".partial");
    partial.into()
}
