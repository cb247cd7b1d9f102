//! `GET /api/v1/people/{id}/story`: everything that happened to somebody, in order.

use axum::{Json, extract::State};
use firstkey_app::{Backend, Fault};
use firstkey_domain::{Actor, PersonId, StreamId, machine_key::Scope};
use firstkey_policy::Operation;
use firstkey_ports::{After, EnrollmentFilter, StoredEntry};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Web,
    api::{
        allowed::demand,
        call::Call,
        doc::{Doc, Shape},
    },
    console::Id,
    fault::failure,
    problem::Problem,
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "Everything that happened to one person, in the order in which it was committed.",
    scope: Scope::Read,
    query: &[],
    takes: None,
    gives: Shape::of::<Story>,
    problems: &[],
};

/// Everything that happened to somebody.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Story {
    events: Vec<EventJson>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
struct EventJson {
    /// Its place in commit order.
    sequence: u64,
    /// The stream that it moved, such as `person/…`.
    stream: String,
    /// The stream's version after it.
    version: u64,
    /// What it is, such as `person.joined/1`.
    kind: String,
    at: Timestamp,
    /// Who caused it.
    by: ActorJson,
    /// Its index in the lifecycle log, once it has one.
    leaf: Option<u64>,
}

/// Who caused something.
#[derive(Debug, Serialize, ToSchema)]
struct ActorJson {
    /// `person`, `applicant`, `host`, `source`, `machine` or `clock`.
    kind: &'static str,
    /// Which person, attempt, user of the host, feed or machine key.
    name: Option<String>,
}

impl From<Actor> for ActorJson {
    fn from(actor: Actor) -> Self {
        let (kind, name) = match actor {
            Actor::Person(id) => ("person", Some(id.to_string())),
            Actor::Applicant(id) => ("applicant", Some(id.to_string())),
            Actor::Host(user) => ("host", Some(user)),
            Actor::Source(source) => ("source", Some(source)),
            Actor::Machine { key, .. } => ("machine", Some(key.to_string())),
            Actor::Clock => ("clock", None),
        };
        Self { kind, name }
    }
}

/// What is read of any event.
#[derive(Deserialize)]
struct Head {
    at: Timestamp,
    by: Actor,
    event: Kind,
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

/// How many enrollments are read; more than anybody has.
const ENROLLMENTS: u32 = 50;

/// Tells it.
pub(in crate::api) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Id(id): Id<PersonId>,
    Call { machine, .. }: Call,
) -> Result<Json<Story>, Problem> {
    demand(&web, &machine, Some(id), Operation::ViewPerson).await?;
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let filter = EnrollmentFilter { person: Some(id), ..EnrollmentFilter::default() };
    let found = store.enrollments(&filter, After::default(), ENROLLMENTS).await;
    let enrollments = found.map_err(unreadable)?.into_iter();
    let streams = enrollments.map(|found| StreamId::from(found.enrollment.id));
    let mut events = Vec::new();
    for stream in std::iter::once(id.into()).chain(streams) {
        let entries = store.entries(stream).await.map_err(unreadable)?;
        for entry in &entries {
            events.push(event(stream, entry)?);
        }
    }
    events.sort_by_key(|event| event.sequence);
    Ok(Json(Story { events }))
}

fn event(stream: StreamId, entry: &StoredEntry) -> Result<EventJson, Problem> {
    let altered = || failure(Fault::Corrupt(stream.to_string()));
    let head: Head = serde_json::from_slice(&entry.open).map_err(|_| altered())?;
    Ok(EventJson {
        sequence: entry.sequence,
        stream: stream.to_string(),
        version: entry.stream.map_or(0, |(_, version)| version),
        kind: head.event.kind,
        at: head.at,
        by: head.by.into(),
        leaf: entry.leaf,
    })
}
