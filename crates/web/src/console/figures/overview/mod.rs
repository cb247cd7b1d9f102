//! `GET /overview?weeks=&of=`: the funnel and its times, who is stuck and who asked for help, where
//! everybody stands, and the counters that must stay zero.

mod attention;
mod parts;
mod weeks;

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_domain::{StreamId, metadata::MetadataInForce};
use firstkey_policy::Operation;
use firstkey_ports::{Part, Stage, Tally};
use serde::Deserialize;

use self::{
    attention::Attention,
    parts::{KindOfPart, from_address, kinds, said},
    weeks::Weeks,
};
use crate::{
    Web,
    console::{
        advice::stage_message,
        allowed::demand,
        chart::{grouped, percent},
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        moment::Moment,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

/// How many weeks there are to choose from, the usual first.
const CHOICES: [u8; 4] = [12, 4, 26, 52];

/// The address: a filter that can be kept as a bookmark.
#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Address {
    #[serde(default)]
    weeks: String,
    #[serde(default)]
    of: String,
}

impl Address {
    fn weeks(&self) -> u8 {
        let asked = self.weeks.parse().ok().filter(|weeks| CHOICES.contains(weeks));
        asked.unwrap_or(CHOICES[0])
    }
}

/// A figure.
struct Figure {
    label: String,
    number: i64,
}

/// How many enrollments stand at a stage.
struct StageLine {
    value: &'static str,
    label: String,
    number: String,
    share: u8,
}

/// What is known about models of passkeys.
struct Models {
    number: u64,
    next_update: String,
    imported: Moment,
    is_stale: bool,
}

#[derive(Template)]
#[template(path = "console/overview.html")]
struct OverviewPage {
    reader: Reader,
    frame: Frame,
    choices: Vec<(u8, String, bool)>,
    kinds: Vec<KindOfPart>,
    chosen: String,
    is_everybody: bool,
    weeks: Weeks,
    summary: String,
    attention: Attention,
    stages: Vec<StageLine>,
    alarms: Vec<Figure>,
    rings: bool,
    now: Vec<(String, String, Option<u8>)>,
    models: Option<Models>,
}

/// Shows it.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(address): InAddress<Address>,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::ViewPeople).await?;
    let tallies = web.app.store().tallies().await;
    let tallies: BTreeMap<Tally, i64> =
        tallies.map_err(|error| failure(Fault::Store(error)))?.into_iter().collect();
    let number = |tally| tallies.get(&tally).copied().unwrap_or(0);
    let alarm = |tally| Figure { label: reader.get(tally_message(tally)), number: number(tally) };
    let frame = Frame::of(&web, &session, Place::Overview, None).await?;
    let sees_outbox = frame.places.contains(&Place::Outbox);
    let of = from_address(&address.of);
    let count = address.weeks();
    let weeks = Weeks::of(&web, reader, &of, count).await?;
    let summary = reader.texts.with(
        "console-overview-summary",
        [
            ("enrolled", grouped(weeks.enrolled)),
            ("joined", grouped(weeks.joined)),
            ("open", grouped(number(Tally::OpenEnrollments))),
        ],
    );
    let people = number(Tally::People);
    let now = NOW.into_iter().map(|(tally, has_share)| {
        let share = if has_share { percent(number(tally), people) } else { None };
        (reader.get(tally_message(tally)), grouped(number(tally)), share)
    });
    let choices = CHOICES.into_iter().map(|weeks| {
        let label = reader.with("console-overview-weeks", "count", weeks.to_string());
        (weeks, label, weeks == count)
    });
    Ok(show(&OverviewPage {
        choices: choices.collect(),
        kinds: kinds(&web, reader, &of).await?,
        chosen: said(reader, &of),
        is_everybody: of == Part::everybody(),
        weeks,
        summary,
        attention: Attention::of(&web, &session, reader, sees_outbox).await?,
        stages: stages(reader, number),
        rings: Tally::MUST_BE_ZERO.into_iter().any(|tally| number(tally) != 0),
        alarms: Tally::MUST_BE_ZERO.into_iter().map(alarm).collect(),
        now: now.collect(),
        models: models(&web).await?,
        frame,
        reader,
    }))
}

/// The metadata in force, by its small state: nothing is read here that is large.
async fn models<S: Backend>(web: &Web<S>) -> Result<Option<Models>, Problem> {
    let metadata = web.app.peek::<MetadataInForce>(StreamId::METADATA).await.map_err(failure)?;
    Ok(metadata.map(|metadata| Models {
        number: metadata.blob.number,
        next_update: metadata.blob.next_update.to_string(),
        imported: Moment(metadata.imported),
        is_stale: metadata.is_stale_at(web.app.now()),
    }))
}

/// What stands now, and whether its share of the people says something.
const NOW: [(Tally, bool); 7] = [
    (Tally::People, false),
    (Tally::Enrolled, true),
    (Tally::SecondAuthenticator, true),
    (Tally::OpenEnrollments, false),
    (Tally::OpenAttempts, false),
    (Tally::OpenPasses, false),
    (Tally::Abandoned, false),
];

/// Where open enrollments stand, in the order in which they go on.
fn stages(reader: Reader, number: impl Fn(Tally) -> i64) -> Vec<StageLine> {
    let all = [
        (Stage::Uninvited, Tally::AtUninvited),
        (Stage::Invited, Tally::AtInvited),
        (Stage::Begun, Tally::AtBegun),
        (Stage::Contested, Tally::AtContested),
        (Stage::Proofed, Tally::AtProofed),
        (Stage::Pass, Tally::AtPass),
        (Stage::Verified, Tally::AtVerified),
    ];
    let most = all.iter().map(|(_, tally)| number(*tally)).max().unwrap_or(0);
    let line = |(stage, tally): (Stage, Tally)| StageLine {
        value: stage.name(),
        label: reader.get(stage_message(stage)),
        number: grouped(number(tally)),
        share: percent(number(tally), most).unwrap_or(0),
    };
    all.into_iter().map(line).collect()
}

const fn tally_message(tally: Tally) -> &'static str {
    match tally {
        Tally::People => "console-tally-people",
        Tally::Invited => "console-tally-invited",
        Tally::Begun => "console-tally-begun",
        Tally::Proofed => "console-tally-proofed",
        Tally::Enrolled => "console-tally-enrolled",
        Tally::SecondAuthenticator => "console-tally-second",
        Tally::OpenEnrollments => "console-tally-open-enrollments",
        Tally::OpenAttempts => "console-tally-open-attempts",
        Tally::OpenPasses => "console-tally-open-passes",
        Tally::AtUninvited => stage_message(Stage::Uninvited),
        Tally::AtInvited => stage_message(Stage::Invited),
        Tally::AtBegun => stage_message(Stage::Begun),
        Tally::AtContested => stage_message(Stage::Contested),
        Tally::AtProofed => stage_message(Stage::Proofed),
        Tally::AtPass => stage_message(Stage::Pass),
        Tally::AtVerified => stage_message(Stage::Verified),
        Tally::Abandoned => "console-tally-abandoned",
        Tally::PassesUsedLate => "console-tally-used-late",
        Tally::PassesEndedLate => "console-tally-ended-late",
        Tally::Unproofed => "console-tally-unproofed",
        Tally::ReadableSecrets => "console-tally-readable",
    }
}
