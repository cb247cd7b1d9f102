//! When there is no space left, commits are unavailable; when there is again, they go on.

use std::{
    io::{BufRead, BufReader},
    process::Command,
};

use crate::writer_process::{assert_whole, command};

/// Lets files grow to 2 MB only, and makes a write beyond that an error rather than a signal.
const LITTLE_SPACE: &str = "trap '' XFSZ; ulimit -S -f 4096; exec \"$0\" \"$@\"";

#[tokio::test]
async fn commits_go_on_when_there_is_space_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firstkey.db");
    let mut writer = command(&file, 0, Some(LITTLE_SPACE)).spawn().unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut done: Vec<u128> = Vec::new();
    let mut read_until = |word: &str, done: &mut Vec<u128>| {
        for line in lines.by_ref() {
            assert!(!line.starts_with("unknown"), "surely nothing was written: {line}");
            done.extend(line.strip_prefix("done ").map(|number| number.parse::<u128>().unwrap()));
            if line.starts_with(word) {
                return;
            }
        }
        panic!("the writer died before it said {word:?}");
    };

    read_until("unavailable", &mut done);
    assert!(!done.is_empty());
    let pid = writer.id().to_string();
    let raised = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status();
    assert!(raised.unwrap().success());
    let before = done.len();
    while done.len() < before + 100 {
        read_until("done", &mut done);
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
    assert_whole(&file, &done).await;
}
