//! What letters say.

use firstkey_connectors::letters::FluentLetters;
use firstkey_ports::{
    InvitationContent, LetterContent, LetterWriter, NoticeContent, NoticeKind, Written,
};
use firstkey_texts::Texts;

const KINDS: [NoticeKind; 12] = [
    NoticeKind::Contested,
    NoticeKind::WrongCodes,
    NoticeKind::Bound,
    NoticeKind::Vouched,
    NoticeKind::Removed,
    NoticeKind::MachineKey,
    NoticeKind::RecordChanged,
    NoticeKind::Refused,
    NoticeKind::Stopped,
    NoticeKind::Suspended,
    NoticeKind::Unexpected,
    NoticeKind::Waiting,
];

fn invitation() -> InvitationContent {
    InvitationContent {
        given_name: "Ana".into(),
        sponsor: Some("Björn O'Neil".into()),
        address: "https://join.example.org/i/abc".into(),
        ends: "2026-04-30T22:30:00Z".parse().unwrap(),
        time_zone: "Europe/Madrid".into(),
    }
}

fn notice(kind: NoticeKind, is_about_reader: bool) -> NoticeContent {
    NoticeContent {
        kind,
        given_name: "Ana".into(),
        about: "Carla Núñez".into(),
        is_about_reader,
        at: "2026-04-01T08:00:00Z".parse().unwrap(),
        time_zone: "UTC".into(),
        address: Some("https://console.example.org/there".into()),
        not_me: None,
    }
}

fn write(content: &LetterContent) -> Written {
    FluentLetters.write(Some("en-GB"), content)
}

fn every_letter() -> Vec<Written> {
    every_letter_in("en-GB")
}

fn every_letter_in(language: &str) -> Vec<Written> {
    let notices = KINDS.into_iter().flat_map(|kind| [notice(kind, true), notice(kind, false)]);
    let nobody = InvitationContent { sponsor: None, ..invitation() };
    [LetterContent::Invitation(invitation()), LetterContent::Invitation(nobody)]
        .into_iter()
        .chain(notices.map(LetterContent::Notice))
        .map(|content| FluentLetters.write(Some(language), &content))
        .collect()
}

#[test]
fn the_invitation_says_who_invites_what_happens_when_it_ends_and_what_nobody_asks_for() {
    let written = write(&LetterContent::Invitation(invitation()));
    assert_eq!(written.subject, "Björn O'Neil is expecting you");
    assert_eq!(
        written.text,
        "Hello Ana,\n\
         \n\
         Björn O'Neil invites you to make your passkey: a key that lives in your phone or computer \
         and opens with your face, your finger or your screen lock. There is no password to \
         remember.\n\
         \n\
         Start here:\n\
         https://join.example.org/i/abc\n\
         \n\
         What will happen: you open the page and press Begin, Björn O'Neil meets or calls you to \
         see that it is you, and your phone or computer makes the passkey. It takes about two \
         minutes.\n\
         \n\
         The link works until 1 May 2026, 00:30 (Europe/Madrid). Opening it changes nothing, and \
         you may open it as often as you like.\n\
         \n\
         Nobody will ever ask you for a code, by mail, by message or by phone. If somebody does, \
         it is not us: say no.\n\
         \n\
         Did you not expect this? Open the page and choose “I did not expect this”, or delete this \
         letter. Nothing happens by itself.\n\
         \n\
         -- \n\
         A computer sent this letter, and nobody reads answers to it."
    );
}

#[test]
fn every_letter_has_all_its_words_in_text_and_in_html() {
    for written in every_letter() {
        for body in [&written.subject, &written.text, &written.html] {
            assert!(!body.trim().is_empty());
            assert!(!body.contains("letter-") && !body.contains("{$"), "{body}");
        }
        assert!(written.text.contains("Nobody will ever ask you for a code"));
        assert!(written.html.contains("Nobody will ever ask you for a code"));
        assert!(written.subject.chars().count() <= 78, "{}", written.subject);
    }
}

#[test]
fn opening_a_letter_fetches_nothing_from_anywhere() {
    for written in every_letter() {
        for remote in ["<img", "<script", "<link", "<iframe", "url(", "src=", "@import"] {
            assert!(!written.html.contains(remote), "{remote} in {}", written.html);
        }
    }
}

#[test]
fn a_notice_offers_this_was_not_me_when_there_is_something_to_stop() {
    let address = "https://console.example.org/notice/xyz";
    let with = NoticeContent { not_me: Some(address.into()), ..notice(NoticeKind::Bound, true) };
    let with = write(&LetterContent::Notice(with));
    assert!(with.text.contains(&format!("This was not me:\n{address}\n")), "{}", with.text);
    assert!(with.html.contains(&format!("href=\"{address}\"")));
    let without = write(&LetterContent::Notice(notice(NoticeKind::Bound, true)));
    assert!(!without.text.contains("This was not me"));
    assert!(without.text.contains("See your passkeys:\nhttps://console.example.org/there\n"));
}

#[test]
fn the_applicant_and_the_sponsor_are_told_of_a_second_browser_each_in_their_words() {
    let applicant = write(&LetterContent::Notice(notice(NoticeKind::Contested, true)));
    let sponsor = write(&LetterContent::Notice(notice(NoticeKind::Contested, false)));
    assert_eq!(applicant.subject, "A second browser has begun with your link");
    assert_eq!(sponsor.subject, "Two browsers have begun as Carla Núñez");
    assert!(sponsor.text.contains("1 April 2026, 08:00 (UTC)"));
}

#[test]
fn names_stay_names_in_html_and_the_subject_stays_one_line() {
    let hostile = InvitationContent {
        sponsor: Some("<img src=x onerror=alert(1)>\r\nBcc: eve@example.net".into()),
        ..invitation()
    };
    let written = write(&LetterContent::Invitation(hostile));
    assert!(!written.html.contains("<img"));
    assert!(!written.subject.contains(['\r', '\n']));
}

#[test]
fn a_letter_is_in_the_readers_language_whatever_region_they_are_from() {
    let invitation = LetterContent::Invitation(invitation());
    for (language, subject, greeting, tag) in [
        (Some("de-AT"), "Björn O'Neil erwartet Sie", "Guten Tag Ana,", "de"),
        (Some("fr-CA"), "Björn O'Neil vous attend", "Bonjour Ana,", "fr"),
        (Some("es"), "Björn O'Neil te espera", "Hola, Ana:", "es"),
        (Some("pt-BR"), "Björn O'Neil espera por você", "Olá, Ana!", "pt"),
        (Some("nl"), "Björn O'Neil is expecting you", "Hello Ana,", "en"),
        (None, "Björn O'Neil is expecting you", "Hello Ana,", "en"),
    ] {
        let written = FluentLetters.write(language, &invitation);
        assert_eq!(written.subject, subject);
        assert!(written.text.starts_with(greeting), "{}", written.text);
        assert!(written.html.contains(&format!("<html lang=\"{tag}\" dir=\"ltr\">")));
    }
}

#[test]
fn every_letter_in_every_language_has_all_its_words_and_a_subject_that_is_seen_whole() {
    for texts in Texts::all() {
        for written in every_letter_in(texts.tag()) {
            for body in [&written.subject, &written.text, &written.html] {
                assert!(!body.trim().is_empty());
                assert!(!body.contains("letter-") && !body.contains("{$"), "{body}");
            }
            let never = texts.get("letter-never");
            assert!(written.text.contains(&never), "{}", written.text);
            assert!(written.subject.chars().count() <= 78, "{}", written.subject);
            let is_english = written.text.contains("Nobody will ever ask you for a code");
            assert_eq!(is_english, texts.tag() == "en", "{}", written.text);
        }
    }
}

#[test]
fn a_letter_from_right_to_left_says_so_in_html_and_in_each_line_of_text() {
    for written in every_letter_in("ar-EG") {
        assert!(written.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
        // Programs that show letters within a page of theirs keep neither html nor body.
        assert!(written.html.contains("<div lang=\"ar\" dir=\"rtl\""));
        assert!(written.subject.starts_with('\u{200F}'), "{:?}", written.subject);
        for line in written.text.lines().filter(|line| !line.is_empty() && *line != "-- ") {
            // An address stays as it is, so that it can be opened and copied.
            let is_address = line.starts_with("https://") && line.is_ascii();
            assert!(is_address || line.starts_with('\u{200F}'), "{line:?}");
        }
    }
    let written = FluentLetters.write(Some("ar"), &LetterContent::Invitation(invitation()));
    assert!(written.text.contains("\u{2068}Björn O'Neil\u{2069}"), "{}", written.text);
    assert!(written.text.contains("\nhttps://join.example.org/i/abc\n"), "{}", written.text);
    assert!(written.html.contains("href=\"https://join.example.org/i/abc\""));
}
