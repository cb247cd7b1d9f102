//! The page of a link, with every view that its script may show, in the reader's language.

use askama::Template;
use firstkey_app::{Site, inviting::InvitationView};
use firstkey_domain::{enrollment::Kind, person::Person};
use firstkey_texts::Texts;
use jiff::{Timestamp, tz::TimeZone};

use crate::page::Reader;

/// The page of a link.
#[derive(Template)]
#[template(path = "join/page.html")]
pub(super) struct JoinPage {
    reader: Reader,
    /// What the reader may choose.
    languages: Vec<&'static Texts>,
    /// From the address; what does not look like one is not repeated.
    locator: String,
    /// The console's origin.
    console: String,
    /// `start` or `inactive`.
    view: &'static str,
    title: String,
    lead: String,
    until: String,
    meeting: String,
    /// Who expects the reader.
    sponsor: String,
    changes_before: String,
    changes_after: String,
    /// Why it can end, with what is said then.
    endings: Vec<(&'static str, String)>,
    /// What the script says, by name.
    words: Vec<(String, String)>,
}

/// A link that opens later.
#[derive(Template)]
#[template(path = "join/later.html")]
pub(super) struct LaterPage {
    reader: Reader,
    /// What the reader may choose.
    languages: Vec<&'static Texts>,
    date: String,
}

impl LaterPage {
    pub(super) fn new(reader: Reader, view: &InvitationView) -> Self {
        let date = date(reader, view.from, &view.person);
        Self { reader, languages: Texts::all().collect(), date }
    }
}

impl JoinPage {
    pub(super) fn new(
        reader: Reader,
        site: &Site,
        locator: String,
        view: Option<&InvitationView>,
    ) -> Self {
        let known = view.and_then(|view| view.sponsor.as_ref()).and_then(given_name);
        let sponsor = known.clone().unwrap_or_else(|| reader.get("join-somebody"));
        let is_again = view.is_some_and(|view| view.kind == Kind::Additional);
        let organisation = &site.organisation;
        let time = "\u{1}";
        let changes = reader.with("join-code-changes", "time", time);
        let (before, after) = changes.split_once(time).unwrap_or((&changes, ""));
        Self {
            languages: Texts::all().collect(),
            locator,
            console: site.console_origin.clone(),
            view: if view.is_some() { "start" } else { "inactive" },
            title: match (view, is_again, known) {
                (None, ..) => reader.get("join-inactive-title"),
                (_, true, _) => reader.get("join-title-again"),
                (_, _, Some(name)) => reader.with("join-title", "name", name),
                (_, _, None) => reader.get("join-title-somebody"),
            },
            lead: if is_again {
                reader.with("join-lead-again", "name", organisation)
            } else {
                reader.with("join-lead", "name", organisation)
            },
            until: view
                .map(|view| {
                    reader.with("join-until", "date", date(reader, view.ends, &view.person))
                })
                .unwrap_or_default(),
            meeting: if is_again {
                reader.get("join-step-own")
            } else {
                reader.with("join-step-meet", "name", &sponsor)
            },
            changes_before: before.to_owned(),
            changes_after: after.to_owned(),
            endings: endings(reader),
            words: words(reader, &sponsor),
            sponsor,
            reader,
        }
    }
}

fn given_name(person: &Person) -> Option<String> {
    person.record.expose().map(|record| record.given_name.clone())
}

/// A moment as the joiner's calendar and clock show it.
fn date(reader: Reader, at: Timestamp, person: &Person) -> String {
    let zone = TimeZone::get(&person.profile.time_zone).unwrap_or(TimeZone::UTC);
    reader.texts.moment("join-moment", &at.to_zoned(zone))
}

fn endings(reader: Reader) -> Vec<(&'static str, String)> {
    [
        ("wrong_codes", "join-ended-wrong-codes"),
        ("failed_ceremonies", "join-ended-failed-ceremonies"),
        ("expired", "join-ended-expired"),
        ("moved", "join-ended-moved"),
        ("reinvited", "join-ended-reinvited"),
        ("refused", "join-ended-refused"),
        ("voided", "join-ended-voided"),
        ("withdrawn", "join-ended-withdrawn"),
        ("left", "join-ended-left"),
        ("restored", "join-ended-restored"),
        ("elsewhere", "join-ended-elsewhere"),
    ]
    .map(|(reason, id)| (reason, reader.get(id)))
    .into()
}

fn words(reader: Reader, sponsor: &str) -> Vec<(String, String)> {
    let plain = [
        ("offline", "join-offline"),
        ("retrying", "join-retrying"),
        ("back", "join-back"),
        ("trouble", "join-trouble-lead"),
        ("code-new", "join-code-new"),
        ("code-soon", "join-code-soon"),
        ("state-done", "join-step-done"),
        ("state-now", "join-step-now"),
        ("state-next", "join-step-next"),
        ("kind-second_match", "join-kind-second-match"),
        ("kind-terminal", "join-kind-terminal"),
        ("kind-own_authenticator", "join-kind-own-authenticator"),
        ("kind-make", "join-kind-make"),
        ("kind-confirm", "join-kind-confirm"),
    ]
    .map(|(name, id)| (name.to_owned(), reader.get(id)));
    let named = [
        ("kind-match", "join-kind-match"),
        ("kind-match_by_sight", "join-kind-match"),
        ("kind-handover", "join-kind-handover"),
    ]
    .map(|(name, id)| (name.to_owned(), reader.with(id, "name", sponsor)));
    plain.into_iter().chain(named).collect()
}
