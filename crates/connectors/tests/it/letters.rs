//! What letters say.

use firstkey_connectors::letters::FluentLetters;
use firstkey_ports::{
    InvitationContent, LetterContent, LetterWriter, NoticeContent, NoticeKind, Written,
};

const KINDS: [NoticeKind; 11] = [
    NoticeKind::Contested,
    NoticeKind::WrongCodes,
    NoticeKind::Bound,
    NoticeKind::Vouched,
    NoticeKind::Removed,
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
    let notices = KINDS.into_iter().flat_map(|kind| [notice(kind, true), notice(kind, false)]);
    let nobody = InvitationContent { sponsor: None, ..invitation() };
    [LetterContent::Invitation(invitation()), LetterContent::Invitation(nobody)]
        .into_iter()
        .chain(notices.map(LetterContent::Notice))
        .map(|content| write(&content))
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
