//! Notices: that something happened, what to do, and "this was not me".

use firstkey_ports::{NoticeContent, NoticeKind};
use firstkey_texts::Texts;

use super::{content::Content, moment::moment};

/// The messages of one kind of notice.
struct Words {
    subject: &'static str,
    says: &'static [&'static str],
    action: Option<&'static str>,
}

pub(super) fn letter(texts: &Texts, notice: &NoticeContent) -> Content {
    let words = words(notice.kind, notice.is_about_reader);
    let about = match notice.about.trim() {
        "" => texts.get("letter-somebody"),
        name => name.to_owned(),
    };
    let about = [("about", about.as_str())];
    let at = moment(texts, notice.at, &notice.time_zone);

    let mut letter = Content::new(texts, &notice.given_name, &texts.with(words.subject, about));
    for id in words.says {
        letter = letter.say(texts.with(id, about));
    }
    letter = letter.say(texts.with("letter-when", [("date", at.as_str())]));
    if let (Some(action), Some(address)) = (words.action, &notice.address) {
        letter = letter.link(texts.get(action), address);
    }
    if let Some(address) = &notice.not_me {
        letter =
            letter.say(texts.get("letter-not-me")).link(texts.get("letter-not-me-action"), address);
    }
    letter.say(texts.get("letter-never"))
}

const fn words(kind: NoticeKind, is_about_reader: bool) -> Words {
    match (kind, is_about_reader) {
        (NoticeKind::Waiting, _) => Words {
            subject: "letter-waiting-subject",
            says: &["letter-waiting-lead", "letter-waiting-care"],
            action: Some("letter-waiting-action"),
        },
        (NoticeKind::Contested, true) => Words {
            subject: "letter-contested-subject",
            says: &["letter-contested-lead", "letter-contested-what"],
            action: None,
        },
        (NoticeKind::Contested, false) => Words {
            subject: "letter-contested-other-subject",
            says: &["letter-contested-other-lead", "letter-contested-other-what"],
            action: Some("letter-waiting-action"),
        },
        (NoticeKind::WrongCodes, _) => Words {
            subject: "letter-wrong-codes-subject",
            says: &["letter-wrong-codes-lead", "letter-wrong-codes-what"],
            action: None,
        },
        (NoticeKind::Bound, _) => Words {
            subject: "letter-bound-subject",
            says: &["letter-bound-lead", "letter-bound-second"],
            action: Some("letter-bound-action"),
        },
        (NoticeKind::Removed, _) => Words {
            subject: "letter-removed-subject",
            says: &["letter-removed-lead"],
            action: Some("letter-removed-action"),
        },
        (NoticeKind::MachineKey, _) => Words {
            subject: "letter-machine-key-subject",
            says: &["letter-machine-key-lead", "letter-machine-key-what"],
            action: Some("letter-machine-key-action"),
        },
        (NoticeKind::Vouched, _) => Words {
            subject: "letter-vouched-subject",
            says: &["letter-vouched-lead", "letter-vouched-what"],
            action: None,
        },
        (NoticeKind::RecordChanged, true) => Words {
            subject: "letter-record-changed-subject",
            says: &["letter-record-changed-lead", "letter-record-changed-what"],
            action: None,
        },
        (NoticeKind::RecordChanged, false) => Words {
            subject: "letter-record-changed-other-subject",
            says: &["letter-record-changed-other-lead", "letter-record-changed-other-what"],
            action: None,
        },
        (NoticeKind::Refused, _) => Words {
            subject: "letter-refused-subject",
            says: &["letter-refused-lead"],
            action: Some("letter-refused-action"),
        },
        (NoticeKind::Unexpected, _) => Words {
            subject: "letter-unexpected-subject",
            says: &["letter-unexpected-lead", "letter-unexpected-what"],
            action: Some("letter-refused-action"),
        },
        (NoticeKind::Stopped, true) => Words {
            subject: "letter-stopped-subject",
            says: &["letter-stopped-lead", "letter-stopped-what"],
            action: None,
        },
        (NoticeKind::Stopped, false) => Words {
            subject: "letter-stopped-other-subject",
            says: &["letter-stopped-other-lead"],
            action: Some("letter-suspended-action"),
        },
        (NoticeKind::Suspended, _) => Words {
            subject: "letter-suspended-subject",
            says: &["letter-suspended-lead"],
            action: Some("letter-suspended-action"),
        },
    }
}
