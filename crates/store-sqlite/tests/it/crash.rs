//! A process that dies at any moment loses nothing that it has acknowledged.

use std::{io::Read, thread, time::Duration};

use crate::writer_process::{assert_whole, command};

const ROUNDS: u32 = 20;

#[tokio::test]
async fn what_was_acknowledged_outlives_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firstkey.db");
    let mut acknowledged: Vec<u128> = Vec::new();
    for round in 0..ROUNDS {
        let mut writer = command(&file, u128::from(round) << 32, None).spawn().unwrap();
        // Spread over the opening of the file, the first commits and the moves of the WAL.
        thread::sleep(Duration::from_millis(u64::from(10 + round * 37 % ROUNDS * 15)));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let mut said = String::new();
        writer.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        // A line without its end may lack digits.
        let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
        let done = whole.lines().filter_map(|line| line.strip_prefix("done "));
        acknowledged.extend(done.map(|number| number.parse::<u128>().unwrap()));
        assert_whole(&file, &acknowledged).await;
    }
    assert!(acknowledged.len() > 100, "only {} commits were tried", acknowledged.len());
}
