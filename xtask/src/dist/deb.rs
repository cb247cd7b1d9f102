//! The Debian package: a tree of files, and what `packaging/debian` says of it.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    cannot, copy, files, fresh,
    papers::{BILL, MANUAL},
};
use crate::{
    command::{output, run},
    failure::Failure,
    workspace,
};

/// What is packed.
pub(super) struct Deb<'a> {
    pub(super) binary: &'a Path,
    /// Where the manual and the bill of materials are.
    pub(super) papers: &'a Path,
    pub(super) version: &'a str,
}

/// How much the package is worth making small.
#[derive(Clone, Copy)]
pub(super) enum Compression {
    Best,
    None,
}

/// Documents that go with it.
const DOCUMENTS: [&str; 6] = [
    "CHANGELOG.md",
    "docs/operators-guide.md",
    "docs/quick-start.md",
    "docs/rules.md",
    "docs/threat-model.md",
    "packaging/grafana/firstkey.json",
];
/// Scripts that dpkg runs.
const SCRIPTS: [&str; 3] = ["postinst", "prerm", "postrm"];

/// What a packaged installation has elsewhere than one in a working directory.
const PLACES: [(&str, &str); 2] = [
    ("folder = \"data\"", "folder = \"/var/lib/firstkey\""),
    ("unlock_file = \"\"", "unlock_file = \"/var/lib/firstkey-unlock/unlock.key\""),
];

impl Deb<'_> {
    /// Builds it into this folder; answers with its path.
    pub(super) fn build(&self, into: &Path, compression: Compression) -> Result<PathBuf, Failure> {
        let tree = into.join("tree");
        fresh(&tree)?;
        self.fill(&tree)?;
        self.describe(&tree)?;
        let architecture = architecture()?;
        let deb = into.join(format!("firstkey_{}_{architecture}.deb", self.version));
        let mut build = Command::new("dpkg-deb");
        build.args(["--root-owner-group", "--build"]);
        build.args(match compression {
            Compression::Best => ["-Zxz", "-z6"],
            Compression::None => ["-Znone", "-z0"],
        });
        run(build.arg(&tree).arg(&deb))?;
        fs::remove_dir_all(&tree).map_err(|error| cannot(&tree, &error))?;
        Ok(deb)
    }

    /// Everything that is installed.
    fn fill(&self, tree: &Path) -> Result<(), Failure> {
        let packaging = workspace::root().join("packaging/debian");
        put(self.binary, &tree.join("usr/bin/firstkey"), 0o755)?;
        for unit in ["firstkey.service", "firstkey.socket"] {
            put(&packaging.join(unit), &tree.join("lib/systemd/system").join(unit), 0o644)?;
        }
        let documents = tree.join("usr/share/doc/firstkey");
        for document in DOCUMENTS {
            let from = workspace::root().join(document);
            put(&from, &documents.join(from.file_name().unwrap_or_default()), 0o644)?;
        }
        put(&packaging.join("copyright"), &documents.join("copyright"), 0o644)?;
        put(&self.papers.join(BILL), &documents.join(BILL), 0o644)?;
        let manual = self.papers.join(MANUAL);
        for name in files(&manual)? {
            put(&manual.join(&name), &tree.join(place(&name)), 0o644)?;
        }
        let settings = tree.join("etc/firstkey/firstkey.toml");
        let example = workspace::root().join("firstkey/firstkey.example.toml");
        put(&example, &settings, 0o644)?;
        let mut text = fs::read_to_string(&settings).map_err(|error| cannot(&settings, &error))?;
        for (from, to) in PLACES {
            if !text.contains(from) {
                return Err(Failure::new(format!("{} has no {from}", example.display())));
            }
            text = text.replace(from, to);
        }
        fs::write(&settings, text).map_err(|error| cannot(&settings, &error))
    }

    /// What dpkg reads.
    fn describe(&self, tree: &Path) -> Result<(), Failure> {
        let packaging = workspace::root().join("packaging/debian");
        let debian = tree.join("DEBIAN");
        for script in SCRIPTS {
            put(&packaging.join(script), &debian.join(script), 0o755)?;
        }
        put(&packaging.join("conffiles"), &debian.join("conffiles"), 0o644)?;
        let control = debian.join("control");
        put(&packaging.join("control"), &control, 0o644)?;
        let text = fs::read_to_string(&control).map_err(|error| cannot(&control, &error))?;
        let size = fs::metadata(self.binary).map_err(|error| cannot(self.binary, &error))?.len();
        let text = text
            .replace("{version}", self.version)
            .replace("{architecture}", &architecture()?)
            .replace("{size}", &(size / 1024).to_string())
            .replace("{depends}", &self.libraries(tree)?);
        fs::write(&control, text).map_err(|error| cannot(&control, &error))
    }

    /// The packages of the libraries that the binary is linked with, and how new they must be.
    fn libraries(&self, tree: &Path) -> Result<String, Failure> {
        // It wants to be called where a source package is.
        let source = tree.with_file_name("source");
        fresh(&source.join("debian"))?;
        let control = source.join("debian/control");
        fs::write(&control, "Source: firstkey\n\nPackage: firstkey\nArchitecture: any\n")
            .map_err(|error| cannot(&control, &error))?;
        let mut ask = Command::new("dpkg-shlibdeps");
        ask.arg("-O").arg(self.binary).current_dir(&source);
        let said =
            output(&mut ask).ok_or_else(|| Failure::new("dpkg-shlibdeps did not succeed"))?;
        fs::remove_dir_all(&source).map_err(|error| cannot(&source, &error))?;
        let depends = said.strip_prefix("shlibs:Depends=").map(str::to_owned);
        depends.ok_or_else(|| Failure::new(format!("dpkg-shlibdeps said: {said}")))
    }
}

fn architecture() -> Result<String, Failure> {
    output(Command::new("dpkg").arg("--print-architecture"))
        .ok_or_else(|| Failure::new("`dpkg --print-architecture` did not succeed"))
}

/// Where a manual page or a completion is looked for.
fn place(name: &Path) -> PathBuf {
    let text = name.to_string_lossy();
    match text.as_ref() {
        "firstkey.bash" => "usr/share/bash-completion/completions/firstkey".into(),
        "_firstkey" => "usr/share/zsh/vendor-completions/_firstkey".into(),
        "firstkey.fish" => "usr/share/fish/vendor_completions.d/firstkey.fish".into(),
        _ => Path::new("usr/share/man/man1").join(name),
    }
}

fn put(from: &Path, to: &Path, mode: u32) -> Result<(), Failure> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    }
    copy(from, to)?;
    fs::set_permissions(to, fs::Permissions::from_mode(mode)).map_err(|error| cannot(to, &error))
}
