//! What only tests need is not linked into what is shipped.

use std::process::Command;

use crate::tree;

/// Another relying party, for comparison, and the cryptography that it brings.
const FOR_TESTS: [&str; 6] = ["webauthn-rs-core", "crypto-glue", "ecdsa", "p256", "p384", "rsa"];

#[test]
fn the_binary_has_one_cryptographic_provider() {
    let linked = packages("normal,build");
    assert!(linked.iter().any(|package| package == "aws-lc-rs"));
    for package in FOR_TESTS {
        assert!(!linked.iter().any(|linked| linked == package), "{package} would be shipped");
    }
    // The names are right: tests do have them.
    let tested = packages("normal,build,dev");
    for package in FOR_TESTS {
        assert!(tested.iter().any(|tested| tested == package), "{package} is not in the tree");
    }
}

/// The names of all packages of the workspace's tree, over these kinds of edges.
fn packages(edges: &str) -> Vec<String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["tree", "--workspace", "--locked", "--target", "all", "--prefix", "none"]);
    command.args(["--format", "{p}", "--edges", edges]).current_dir(tree::root());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}
