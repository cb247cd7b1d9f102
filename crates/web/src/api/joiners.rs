//! `POST /api/v1/joiners`: one joiner or many, all of them or none.

use axum::{extract::State, response::Response};
use firstkey_app::{
    Backend,
    machines::{BringJoiners, BringJoinersFault, MOST_JOINERS, RowReason},
    people::Imported,
};
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use firstkey_ports::{Joiner, UnverifiedJoiner};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    allowed::scope,
    answer::{refusal, respond, write},
    call::Call,
    doc::{Doc, Shape},
};
use crate::{
    Web,
    fault::problem,
    problem::{Kind, Problem},
};

pub(super) const DOC: Doc = Doc {
    summary: "Says who joins, or what changed about somebody known by their external id: all or nothing.",
    scope: Scope::Joiners,
    query: &[],
    takes: Some(Shape::of::<Joiners>),
    gives: Shape::of::<Brought>,
    problems: &[
        Kind::IdempotencyKey,
        Kind::OtherRequest,
        Kind::Joiners,
        Kind::TooManyJoiners,
        Kind::Forbidden,
        Kind::TooManyInvitations,
    ],
};

/// Who joins.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Joiners {
    #[schema(min_items = 1, max_items = 100)]
    joiners: Vec<JoinerJson>,
}

/// Somebody who joins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JoinerJson {
    /// HR's identifier, by which they are known the next time.
    #[schema(max_length = 128)]
    external_id: String,
    #[schema(max_length = 128)]
    given_name: String,
    #[serde(default)]
    family_name: String,
    /// Where the invitation goes.
    personal_email: String,
    /// In international form, such as +34600111222.
    #[serde(default)]
    mobile: String,
    /// A language tag, such as pt-BR.
    #[serde(default)]
    language: String,
    /// Who vouches for them: an e-mail address or an external id, of somebody here or in this request.
    #[serde(default)]
    sponsor: String,
    /// The first working day, such as 2026-03-31.
    start_date: String,
    /// Such as Europe/Madrid.
    time_zone: String,
    /// Such as employee.
    worker_type: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    groups: Vec<String>,
}

impl std::fmt::Debug for JoinerJson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JoinerJson").finish_non_exhaustive()
    }
}

/// What became of each joiner, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Brought {
    joiners: Vec<Outcome>,
}

/// What became of a joiner.
#[derive(Debug, Serialize, ToSchema)]
struct Outcome {
    /// Their id here.
    person: Uuid,
    outcome: Became,
}

/// What became of a joiner.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Became {
    /// Somebody new; their first enrollment is open and its invitation scheduled.
    Joined,
    /// Somebody known, of whom something changed.
    Changed,
    /// Somebody known, of whom nothing differs.
    Same,
}

/// What is wrong with a joiner.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RowProblem {
    /// Which one, from 0.
    row: usize,
    /// Which member, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// What, as a sentence.
    reason: String,
}

/// Brings them.
pub(super) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, body, asked, .. }: Call<Joiners>,
) -> Result<Response, Problem> {
    scope(&web, &machine, Operation::ImportJoiners, false).await?;
    if !(1..=MOST_JOINERS).contains(&body.joiners.len()) {
        return Err(Problem::new(Kind::TooManyJoiners));
    }
    // Asked first: what was answered before is for nobody who may no more.
    let may = web.app.may(machine, None, Operation::ImportJoiners).await;
    let forbidden = || Problem::new(Kind::Forbidden);
    if !may.map_err(|fault| problem(fault, |_| forbidden()))? {
        return Err(forbidden());
    }
    let mut bring = BringJoiners::new(&web.app, machine, checked(body)?);
    let changed = bring.foresee(&web.app).await.map_err(|fault| problem(fault, refused))?;
    web.may_change(changed)?;
    let done = web.app.run_once(&bring, asked, |brought| write(&written(brought))).await;
    Ok(respond(done.map_err(|fault| refusal(fault, refused))?))
}

/// Checks every field of every row, and says all that is wrong at once.
pub(super) fn checked(body: Joiners) -> Result<Vec<Joiner>, Problem> {
    let mut wrong = Vec::new();
    let mut joiners = Vec::with_capacity(body.joiners.len());
    for (row, joiner) in body.joiners.into_iter().enumerate() {
        // In a file they stand in one column.
        if joiner.groups.iter().any(|group| group.contains(';')) {
            let reason = "groups may not have a semicolon in a name".to_owned();
            wrong.push(RowProblem { row, field: Some("groups"), reason });
            continue;
        }
        match joiner.unverified().verify() {
            Ok(joiner) => joiners.push(joiner),
            Err(faults) => wrong.extend(faults.into_iter().map(|fault| RowProblem {
                row,
                field: Some(fault.field.name()),
                reason: fault.to_string(),
            })),
        }
    }
    if wrong.is_empty() { Ok(joiners) } else { Err(said(wrong)) }
}

impl JoinerJson {
    fn unverified(self) -> UnverifiedJoiner {
        UnverifiedJoiner {
            external_id: self.external_id,
            given_name: self.given_name,
            family_name: self.family_name,
            personal_email: self.personal_email,
            mobile: self.mobile,
            language: self.language,
            sponsor: self.sponsor,
            start_date: self.start_date,
            time_zone: self.time_zone,
            worker_type: self.worker_type,
            department: self.department,
            groups: self.groups.join(";"),
        }
    }
}

fn written(brought: &[Imported]) -> Brought {
    let outcome = |imported: &Imported| {
        let (person, outcome) = match imported {
            Imported::Joined(id) => (id, Became::Joined),
            Imported::Changed(id) => (id, Became::Changed),
            Imported::Same(id) => (id, Became::Same),
        };
        Outcome { person: person.uuid(), outcome }
    };
    Brought { joiners: brought.iter().map(outcome).collect() }
}

fn refused(reason: BringJoinersFault) -> Problem {
    match reason {
        BringJoinersFault::NotAllowed(_) => Problem::new(Kind::Forbidden),
        BringJoinersFault::Rows(rows) => said(
            rows.into_iter()
                .map(|fault| RowProblem {
                    row: fault.row,
                    field: field(fault.reason),
                    reason: fault.reason.to_string(),
                })
                .collect(),
        ),
    }
}

const fn field(reason: RowReason) -> Option<&'static str> {
    match reason {
        RowReason::Twice { .. } => Some("external_id"),
        RowReason::NoSponsor | RowReason::SeveralSponsors => Some("sponsor"),
        RowReason::Refused(_) => None,
    }
}

fn said(rows: Vec<RowProblem>) -> Problem {
    let rows = serde_json::to_value(rows).unwrap_or_default();
    Problem::new(Kind::Joiners).with("rows", rows)
}
