//! Which assets there are.

use std::sync::LazyLock;

use firstkey_domain::Digest;

pub(super) struct Asset {
    pub(super) name: &'static str,
    pub(super) bytes: &'static [u8],
}

impl Asset {
    pub(super) fn media_type(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        }
    }
}

macro_rules! assets {
    ($($name:literal)+) => {
        const ASSETS: &[Asset] =
            &[$(Asset { name: $name, bytes: include_bytes!(concat!("../../assets/", $name)) },)+];
    };
}

assets! {
    "console/ask.js"
    "console/console.css"
    "console/fresh.js"
    "console/handover.js"
    "console/live.js"
    "console/own.js"
    "console/press.js"
    "console/said.js"
    "console/sign-in.js"
    "firstkey.css"
    "firstkey.svg"
    "join/api.js"
    "join/base64url.js"
    "join/begin.js"
    "join/browser-check.js"
    "join/clearance.js"
    "join/handover.js"
    "join/joining.js"
    "join/keystore.js"
    "join/language.js"
    "join/link.js"
    "join/live.js"
    "join/main.js"
    "join/match-code.js"
    "join/passkey.js"
    "join/proof.js"
    "join/qr.js"
    "join/views.js"
    "signals.js"
}

/// The digest of all assets, shortened: it tells versions apart, and guards nothing.
pub(super) static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    let parts: Vec<&[u8]> =
        ASSETS.iter().flat_map(|asset| [asset.name.as_bytes(), asset.bytes]).collect();
    Digest::of_parts("assets", &parts).to_string()[..16].to_owned()
});

pub(super) fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The address of an asset.
pub(crate) fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *FINGERPRINT)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn every_file_in_the_folder_is_served() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let mut folders = vec![root.clone()];
        let mut files = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                    files.insert(name);
                }
            }
        }
        let served: BTreeSet<String> = ASSETS.iter().map(|asset| asset.name.to_owned()).collect();
        assert_eq!(served, files);
    }

    #[test]
    fn every_asset_that_templates_name_exists() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut folders = vec![root];
        let mut named = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let template = fs::read_to_string(&path).unwrap();
                for rest in template.split("reader.asset(\"").skip(1) {
                    let name = rest.split('"').next().unwrap();
                    assert!(find(name).is_some(), "{} names {name}", path.display());
                    named += 1;
                }
            }
        }
        assert!(named > 0);
    }
}
