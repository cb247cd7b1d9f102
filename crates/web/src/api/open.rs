//! `GET /api/v1/open`: everything that could still let somebody in, soonest end first.

use axum::{Json, extract::State};
use firstkey_app::{Backend, Fault};
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use firstkey_ports::AttemptRow;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    allowed::demand,
    call::Call,
    doc::{Doc, Shape},
    enrollments::list::EnrollmentJson,
};
use crate::{Web, fault::failure, problem::Problem};

pub(super) const DOC: Doc = Doc {
    summary: "Everything that could still let somebody in, soonest end first.",
    scope: Scope::Read,
    query: &[],
    takes: None,
    gives: Shape::of::<Open>,
    problems: &[],
};

/// How many of each are shown.
const SHOWN: u32 = 200;

/// What is open now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Open {
    enrollments: Vec<EnrollmentJson>,
    attempts: Vec<AttemptJson>,
    /// Whether there is more of either than is shown.
    is_cut: bool,
}

/// A browser that has begun.
#[derive(Debug, Serialize, ToSchema)]
struct AttemptJson {
    id: Uuid,
    enrollment: Uuid,
    began: Timestamp,
    ends: Timestamp,
    /// When its pass ends, if it holds one.
    pass_ends: Option<Timestamp>,
}

impl From<&AttemptRow> for AttemptJson {
    fn from(row: &AttemptRow) -> Self {
        Self {
            id: row.id.uuid(),
            enrollment: row.enrollment.uuid(),
            began: row.began,
            ends: row.expires,
            pass_ends: row.pass_expires,
        }
    }
}

/// Shows it.
pub(super) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, .. }: Call,
) -> Result<Json<Open>, Problem> {
    demand(&web, &machine, None, Operation::ViewPeople).await?;
    let open = web.app.store().open_now(SHOWN + 1).await;
    let open = open.map_err(|error| failure(Fault::Store(error)))?;
    let most = SHOWN as usize;
    let enrollments = open.enrollments.iter().take(most);
    Ok(Json(Open {
        enrollments: enrollments.map(|open| EnrollmentJson::from(&open.enrollment)).collect(),
        attempts: open.attempts.iter().take(most).map(AttemptJson::from).collect(),
        is_cut: open.enrollments.len() > most || open.attempts.len() > most,
    }))
}
