//! Two origins under one name: which cookies the browser keeps and where it sends them.

use firstkey_testkit::browser::{Browser, Page};

use super::site::Site;

async fn cookies_sent(page: &Page, url: &str) -> Vec<String> {
    let fetch = format!("fetch({url:?}, {{ credentials: 'include' }}).then((r) => r.text())");
    let sent: String = page.eval(&fetch).await.unwrap();
    let mut sent: Vec<String> = sent.split("; ").map(ToOwned::to_owned).collect();
    sent.retain(|cookie| !cookie.is_empty());
    sent.sort();
    sent
}

#[tokio::test(flavor = "multi_thread")]
async fn host_cookies_are_kept_without_tls_and_reach_the_console_from_the_join_page_only() {
    let (site, browser) = (Site::start().await, Browser::launch().await.unwrap());
    let profile = browser.profile().await.unwrap();
    let both = ["__Host-lax=1", "__Host-strict=1"];

    let console = profile.open(&site.console("/sign-in")).await.unwrap();
    assert_eq!(cookies_sent(&console, &site.console("/cookies")).await, both);

    // Same site, another origin: sent, strict ones too, because the port and the label before
    // `firstkey.localhost` make no site.
    let join = profile.open(&site.join("/")).await.unwrap();
    assert_eq!(cookies_sent(&join, &site.console("/cookies")).await, both);
    // And they are the console's alone.
    assert!(cookies_sent(&join, &site.join("/cookies")).await.is_empty());

    // Another site: neither.
    let stranger = profile.open(&site.stranger("/")).await.unwrap();
    assert!(cookies_sent(&stranger, &site.console("/cookies")).await.is_empty());

    // Another person's browser knows nothing of them.
    let other = browser.profile().await.unwrap().open(&site.console("/")).await.unwrap();
    assert!(cookies_sent(&other, &site.console("/cookies")).await.is_empty());
}
