//! Each reader is spoken to in their language, and operators in English.

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use firstkey_app::own::SuspendToken;
use firstkey_domain::person::Person;
use firstkey_texts::Texts;
use firstkey_web::page::Reader;
use serde_json::json;

use crate::world::{Answer, Browser, CONSOLE, Desk, JOIN, World};

const TAGS: [(&str, &str); 6] =
    [("en", "ltr"), ("de", "ltr"), ("es", "ltr"), ("fr", "ltr"), ("pt", "ltr"), ("ar", "rtl")];

fn reads(address: &str, accept: &str) -> &'static str {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
    Reader::of(&address.parse().unwrap(), &headers).texts.tag()
}

#[test]
fn what_was_chosen_on_the_page_counts_before_what_the_browser_asks_for() {
    assert_eq!(reads("/i/abc", "fr-CA, en;q=0.5"), "fr");
    assert_eq!(reads("/i/abc?lang=ar", "fr-CA, en;q=0.5"), "ar");
    assert_eq!(reads("/i/abc?lang=en", "fr-CA"), "en");
    assert_eq!(reads("/i/abc?x=1&lang=de", "fr"), "de");
}

#[test]
fn a_choice_that_is_none_changes_nothing() {
    for query in ["lang=", "lang=tlh", "lang=%64%65", "lang=%3Cscript%3E", "language=de", ""] {
        assert_eq!(reads(&format!("/i/abc?{query}"), "fr"), "fr", "{query}");
    }
}

/// A page, or what a script asks for, in a browser with these languages.
async fn ask(
    world: &World,
    method: Method,
    address: (&str, &str),
    accept: &str,
    body: &str,
) -> Answer {
    let (origin, path) = address;
    let accepts = if method == Method::GET { "text/html" } else { "*/*" };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, origin.split("://").nth(1).unwrap())
        .header(header::ORIGIN, JOIN)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, accepts)
        .header(header::ACCEPT_LANGUAGE, accept);
    world.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn page(world: &World, origin: &str, path: &str, accept: &str) -> String {
    ask(world, Method::GET, (origin, path), accept, "").await.text
}

fn is_in(page: &str, tag: &str, direction: &str) -> bool {
    page.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">"))
}

/// Sentences of the joiner's pages that take no arguments.
fn sentences(texts: &Texts) -> Vec<String> {
    [
        "join-time",
        "join-steps-heading",
        "join-match-waiting",
        "join-never",
        "join-contested-lead",
        "join-offline",
    ]
    .map(|id| texts.get(id))
    .into()
}

#[tokio::test]
async fn an_invitation_is_whole_in_the_language_that_the_browser_asks_for() {
    let world = World::new().await;
    let path = format!("/i/{}", world.locator(world.ben).await);
    for (tag, direction) in TAGS {
        let shown = page(&world, JOIN, &path, &format!("{tag}, tlh;q=0.1")).await;
        assert!(is_in(&shown, tag, direction), "{tag}");
        for (other, _) in TAGS {
            for sentence in sentences(Texts::chosen(other).unwrap()) {
                assert_eq!(shown.contains(&sentence), other == tag, "{tag}: {sentence}");
            }
        }
    }
}

#[tokio::test]
async fn a_reader_may_choose_another_language_and_nothing_is_kept_of_it() {
    let world = World::new().await;
    let path = format!("/i/{}", world.locator(world.ben).await);
    let offered = page(&world, JOIN, &path, "fr").await;
    for (tag, direction) in TAGS {
        let link = format!(
            "<a href=\"?lang={tag}\" hreflang=\"{tag}\" lang=\"{tag}\" dir=\"{direction}\""
        );
        assert!(offered.contains(&link), "{tag}");
        let chosen =
            ask(&world, Method::GET, (JOIN, &format!("{path}?lang={tag}")), "fr", "").await;
        assert!(is_in(&chosen.text, tag, direction), "{tag}");
        assert!(chosen.headers.get(header::SET_COOKIE).is_none());
    }
    // The next page asks the browser again.
    assert!(is_in(&page(&world, JOIN, &path, "fr").await, "fr", "ltr"));
}

#[tokio::test]
async fn a_link_that_leads_nowhere_and_a_page_that_is_not_there_speak_it_too() {
    let world = World::new().await;
    for (path, id) in [("/i/nothing", "join-inactive-lead"), ("/nothing", "problem-not-found")] {
        for (tag, direction) in TAGS {
            let shown = page(&world, JOIN, path, tag).await;
            assert!(is_in(&shown, tag, direction), "{path} {tag}");
            assert!(shown.contains(&Texts::chosen(tag).unwrap().get(id)), "{path} {tag}");
        }
    }
}

#[tokio::test]
async fn what_a_page_tells_its_reader_of_a_problem_is_in_the_language_of_the_page() {
    let world = World::new().await;
    let begin = (JOIN, "/api/join/begin");
    let clearance = (CONSOLE, "/clearance");
    for (address, kind) in [(begin, "problem-proof"), (clearance, "problem-malformed")] {
        for (tag, _) in TAGS {
            let answer = ask(&world, Method::POST, address, tag, "{}").await.json();
            let detail = Texts::chosen(tag).unwrap().get(&format!("{kind}.detail"));
            assert_eq!(answer["detail"], json!(detail), "{address:?} {tag}");
        }
    }
}

#[tokio::test]
async fn the_console_speaks_english_to_every_browser() {
    let world = World::new().await;
    for (tag, _) in TAGS {
        for path in ["/sign-in", "/sign-in?lang=de", "/nothing"] {
            let shown = page(&world, CONSOLE, path, tag).await;
            assert!(is_in(&shown, "en", "ltr"), "{path} {tag}: {shown}");
        }
    }
    let refused = ask(&world, Method::POST, (CONSOLE, "/sign-in/options"), "de", "[]").await;
    assert_ne!(refused.status, StatusCode::OK);
    assert!(sentence_is_english(&refused), "{refused:?}");
}

fn sentence_is_english(answer: &Answer) -> bool {
    let title = answer.json()["title"].as_str().unwrap().to_owned();
    let kind = answer.problem();
    Texts::english().get(&format!("problem-{kind}")) == title
}

#[tokio::test]
async fn this_was_not_me_is_asked_in_the_language_of_whoever_opens_the_letter() {
    let world = World::new().await;
    let ben = Desk::enrolled_with(&world, world.ben, Browser::new(4)).await;
    let person = world.app.peek::<Person>(ben.person).await.unwrap().unwrap();
    let authenticator = person.authenticators[0].id;
    let token = SuspendToken { person: ben.person, authenticator }.to_text(world.app.keys());
    for (tag, direction) in TAGS {
        let texts = Texts::chosen(tag).unwrap();
        let shown = page(&world, CONSOLE, &format!("/notice/{token}"), tag).await;
        assert!(is_in(&shown, tag, direction), "{tag}");
        for id in ["console-notice-title", "console-notice-what", "console-passkey-synced"] {
            assert!(shown.contains(&texts.get(id)), "{tag} {id}: {shown}");
        }
    }
}
