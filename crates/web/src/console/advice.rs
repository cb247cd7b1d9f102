//! Where an enrollment stands, and the one thing to do about it.

use firstkey_app::{Backend, signing_in::Session};
use firstkey_domain::enrollment::{EnrollmentEnd, Kind};
use firstkey_ports::{EnrollmentRow, Stage, Waiting};
use jiff::Timestamp;

use super::{
    moment::Moment,
    names::{Names, full_name},
};
use crate::{page::Reader, problem::Problem};

/// How loudly a list says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Nothing to do.
    Quiet,
    /// Somebody is at it.
    Live,
    /// It will not go on by itself.
    Stuck,
    /// Done.
    Good,
}

impl Tone {
    /// The class of the badge.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Live => "live",
            Self::Stuck => "stuck",
            Self::Good => "good",
        }
    }
}

/// Where an enrollment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Advice {
    /// In a word or two.
    pub(super) stage: String,
    /// How loudly.
    pub(super) tone: Tone,
    /// Why, and what to do.
    pub(super) sentence: String,
}

/// The stage that shows once time is counted: what the sweeper has not recorded yet is over, too.
pub(super) fn stage_now(row: &EnrollmentRow, now: Timestamp) -> Stage {
    if !row.stage.is_closed() && now >= row.expires {
        Stage::Closed(EnrollmentEnd::Expired)
    } else {
        row.stage
    }
}

/// The message that names a stage.
pub(super) const fn stage_message(stage: Stage) -> &'static str {
    match stage {
        Stage::Uninvited => "console-stage-uninvited",
        Stage::Invited => "console-stage-invited",
        Stage::Begun => "console-stage-begun",
        Stage::Contested => "console-stage-contested",
        Stage::Proofed => "console-stage-proofed",
        Stage::Pass => "console-stage-pass",
        Stage::Verified => "console-stage-verified",
        Stage::Closed(EnrollmentEnd::Bound) => "console-stage-bound",
        Stage::Closed(EnrollmentEnd::Withdrawn) => "console-stage-withdrawn",
        Stage::Closed(EnrollmentEnd::Expired) => "console-stage-expired",
        Stage::Closed(EnrollmentEnd::Left) => "console-stage-left",
        Stage::Closed(EnrollmentEnd::Restored) => "console-stage-restored",
    }
}

/// The message that names a kind.
pub(super) const fn kind_message(kind: Kind) -> &'static str {
    match kind {
        Kind::First => "console-kind-first",
        Kind::Additional => "console-kind-additional",
    }
}

/// Says, to whoever looks, where an enrollment stands and what to do.
pub(super) async fn advice<S: Backend>(
    viewer: &Session,
    reader: Reader,
    names: &mut Names<'_, S>,
    Waiting { enrollment: row, person }: &Waiting,
    now: Timestamp,
) -> Result<Advice, Problem> {
    let stage = stage_now(row, now);
    let name = full_name(person);
    let name = name.as_str();
    let say = |message: &str| reader.with(message, "name", name);
    let sponsor = match person.sponsor {
        Some(sponsor) => names.row(sponsor).await?.cloned(),
        None => None,
    };
    // Whoever vouches signs with a passkey of their own.
    let can_sign = sponsor.as_ref().is_some_and(|sponsor| sponsor.authenticators > 0);
    let sponsor = sponsor.as_ref().map(full_name);
    let by_sponsor = |message: &str, sponsor: &str| {
        reader.texts.with(message, [("name", name), ("sponsor", sponsor)])
    };
    let is_own = row.kind == Kind::Additional;
    let (tone, sentence) = match stage {
        Stage::Uninvited => (Tone::Stuck, say("console-advice-uninvited")),
        Stage::Invited if is_own => (Tone::Quiet, say("console-advice-own-invited")),
        Stage::Invited | Stage::Begun if !is_own && !can_sign => match &sponsor {
            Some(sponsor) => (Tone::Stuck, by_sponsor("console-advice-sponsor-first", sponsor)),
            None => (Tone::Stuck, say("console-advice-no-sponsor")),
        },
        Stage::Invited => match row.invited_from.filter(|from| now < *from) {
            Some(from) => {
                let from = Moment(from).to_string();
                (Tone::Quiet, reader.with("console-advice-scheduled", "from", from))
            }
            None => (Tone::Quiet, say("console-advice-invited")),
        },
        Stage::Begun if is_own => (Tone::Live, say("console-advice-own-begun")),
        Stage::Begun if person.sponsor == Some(viewer.person_id()) => {
            (Tone::Live, say("console-advice-begun-yours"))
        }
        Stage::Begun => {
            let sponsor = sponsor.unwrap_or_default();
            (Tone::Live, by_sponsor("console-advice-begun", &sponsor))
        }
        Stage::Contested => (Tone::Stuck, say("console-advice-contested")),
        Stage::Proofed => (Tone::Live, say("console-advice-proofed")),
        Stage::Pass => (Tone::Live, say("console-advice-pass")),
        Stage::Verified => (Tone::Live, say("console-advice-verified")),
        Stage::Closed(EnrollmentEnd::Bound) => (Tone::Good, say("console-advice-bound")),
        Stage::Closed(EnrollmentEnd::Withdrawn) => (Tone::Quiet, say("console-advice-withdrawn")),
        Stage::Closed(EnrollmentEnd::Expired) => (Tone::Quiet, say("console-advice-expired")),
        Stage::Closed(EnrollmentEnd::Left) => (Tone::Quiet, say("console-advice-left")),
        Stage::Closed(EnrollmentEnd::Restored) => (Tone::Quiet, say("console-advice-restored")),
    };
    Ok(Advice { stage: reader.get(stage_message(stage)), tone, sentence })
}
