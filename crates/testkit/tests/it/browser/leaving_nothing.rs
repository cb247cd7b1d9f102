//! A test that starts a browser leaves neither a process nor a file behind.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use firstkey_testkit::browser::Browser;

#[tokio::test(flavor = "multi_thread")]
async fn the_process_and_its_folder_are_gone_when_the_last_page_is() {
    let browser = Browser::launch().await.unwrap();
    let folder = browser.folder().to_owned();
    let page = browser.profile().await.unwrap().page().await.unwrap();
    drop(browser);
    assert_eq!(page.eval::<u32>("1 + 1").await.unwrap(), 2, "a page keeps its browser alive");
    assert!(folder.exists());
    drop(page);
    assert!(!folder.exists());
    // What the browser started ends by itself when it finds the browser gone.
    let patience = Instant::now() + Duration::from_secs(15);
    while processes_with(&folder.to_string_lossy()) > 0 {
        assert!(Instant::now() < patience, "they stay");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(!folder.exists(), "nobody made it again");
}

/// How many processes have this in their command line.
fn processes_with(word: &str) -> usize {
    let command_lines = fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok());
    command_lines.filter(|line| String::from_utf8_lossy(line).contains(word)).count()
}
