//! The invitation: who invites, what will happen, when it ends, and what nobody will ever ask for.

use firstkey_ports::InvitationContent;
use firstkey_texts::Texts;

use super::{content::Content, moment::moment};

pub(super) fn letter(texts: &Texts, invitation: &InvitationContent) -> Content {
    let (subject, sponsor) = match &invitation.sponsor {
        Some(name) => {
            (texts.with("letter-invitation-subject", [("sponsor", name.as_str())]), name.clone())
        }
        None => (texts.get("letter-invitation-subject-somebody"), texts.get("letter-somebody")),
    };
    let sponsor = [("sponsor", sponsor.as_str())];
    let ends = moment(texts, invitation.ends, &invitation.time_zone);
    Content::new(texts, &invitation.given_name, &subject)
        .say(texts.with("letter-invitation-lead", sponsor))
        .link(texts.get("letter-invitation-action"), &invitation.address)
        .say(texts.with("letter-invitation-steps", sponsor))
        .say(texts.with("letter-invitation-ends", [("date", ends.as_str())]))
        .say(texts.get("letter-never"))
        .say(texts.get("letter-invitation-unexpected"))
}
