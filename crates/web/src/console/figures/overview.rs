//! `GET /overview`: the funnel, the counters that must stay zero, and whose joiners wait for somebody
//! who cannot vouch yet.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_domain::{PersonId, StreamId, enrollment::Kind, metadata::MetadataInForce};
use firstkey_policy::Operation;
use firstkey_ports::{After, EnrollmentFilter, Tally};

use crate::{
    Web,
    console::{
        allowed::demand,
        door::SignedIn,
        frame::{Frame, Place},
        moment::Moment,
        names::Names,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

/// A figure.
struct Figure {
    label: String,
    number: i64,
    /// Its share of the funnel's first, in percent.
    share: Option<i64>,
}

/// Somebody who must enroll before they can vouch for others.
struct Blocked {
    id: String,
    name: String,
    count: usize,
}

/// What is known about models of passkeys.
struct MetadataFigures {
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
    funnel: Vec<Figure>,
    alarms: Vec<Figure>,
    rings: bool,
    open: Vec<Figure>,
    models: Option<MetadataFigures>,
    blocked: Vec<Blocked>,
    without_sponsor: usize,
}

/// How many open enrollments are looked through for sponsors who cannot vouch.
const LOOKED_THROUGH: u32 = 500;

/// Shows it.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::ViewPeople).await?;
    let tallies = web.app.store().tallies().await;
    let tallies: BTreeMap<Tally, i64> =
        tallies.map_err(|error| failure(Fault::Store(error)))?.into_iter().collect();
    let number = |tally| tallies.get(&tally).copied().unwrap_or(0);
    let figure = |tally| Figure {
        label: reader.get(tally_message(tally)),
        number: number(tally),
        share: None,
    };
    let whole = number(Tally::Invited);
    let funnel = FUNNEL.into_iter().map(|tally| Figure {
        share: (whole > 0).then(|| (number(tally) * 100 + whole / 2) / whole),
        ..figure(tally)
    });
    let mut names = Names::new(&web, reader.texts);
    let (blocked, without_sponsor) = blocked(&web, &mut names).await?;
    Ok(show(&OverviewPage {
        frame: Frame::of(&web, &session, Place::Overview, None).await?,
        funnel: funnel.collect(),
        rings: Tally::MUST_BE_ZERO.into_iter().any(|tally| number(tally) != 0),
        alarms: Tally::MUST_BE_ZERO.into_iter().map(figure).collect(),
        open: OPEN.into_iter().map(figure).collect(),
        models: models(&web).await?,
        blocked,
        without_sponsor,
        reader,
    }))
}

/// The metadata in force, by its small state: nothing is read here that is large.
async fn models<S: Backend>(web: &Web<S>) -> Result<Option<MetadataFigures>, Problem> {
    let metadata = web.app.peek::<MetadataInForce>(StreamId::METADATA).await.map_err(failure)?;
    Ok(metadata.map(|metadata| MetadataFigures {
        number: metadata.blob.number,
        next_update: metadata.blob.next_update.to_string(),
        imported: Moment(metadata.imported),
        is_stale: metadata.is_stale_at(web.app.now()),
    }))
}

const FUNNEL: [Tally; 5] =
    [Tally::Invited, Tally::Begun, Tally::Proofed, Tally::Enrolled, Tally::SecondAuthenticator];
const OPEN: [Tally; 5] = [
    Tally::People,
    Tally::OpenEnrollments,
    Tally::OpenAttempts,
    Tally::OpenPasses,
    Tally::Abandoned,
];

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
        Tally::Abandoned => "console-tally-abandoned",
        Tally::PassesUsedLate => "console-tally-used-late",
        Tally::PassesEndedLate => "console-tally-ended-late",
        Tally::Unproofed => "console-tally-unproofed",
        Tally::ReadableSecrets => "console-tally-readable",
    }
}

/// Sponsors without a passkey, by how many wait for them, and how many have no sponsor at all.
async fn blocked<S: Backend>(
    web: &Web<S>,
    names: &mut Names<'_, S>,
) -> Result<(Vec<Blocked>, usize), Problem> {
    let filter = EnrollmentFilter { open: true, ..EnrollmentFilter::default() };
    let open = web.app.store().enrollments(&filter, After::default(), LOOKED_THROUGH).await;
    let open = open.map_err(|error| failure(Fault::Store(error)))?;
    let mut without_sponsor = 0;
    let mut waiting: BTreeMap<PersonId, usize> = BTreeMap::new();
    for each in open.iter().filter(|each| each.enrollment.kind == Kind::First) {
        match each.person.sponsor {
            None => without_sponsor += 1,
            Some(sponsor) => {
                let row = names.row(sponsor).await?;
                if row.is_none_or(|row| row.authenticators == 0) {
                    *waiting.entry(sponsor).or_default() += 1;
                }
            }
        }
    }
    let mut blocked = Vec::new();
    for (id, count) in waiting {
        blocked.push(Blocked { id: id.to_string(), name: names.of(id).await?, count });
    }
    blocked.sort_by_key(|each| std::cmp::Reverse(each.count));
    Ok((blocked, without_sponsor))
}
