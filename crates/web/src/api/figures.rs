//! `GET /api/v1/figures`: how far people have come, what is open, and what must stay zero.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use firstkey_app::{Backend, Fault};
use firstkey_domain::machine_key::Scope;
use firstkey_policy::Operation;
use firstkey_ports::Tally;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    allowed::demand,
    call::Call,
    doc::{Doc, Shape},
};
use crate::{Web, fault::failure, problem::Problem};

pub(super) const DOC: Doc = Doc {
    summary: "How far people have come, what is open, and the counters that must stay zero.",
    scope: Scope::Read,
    query: &[],
    takes: None,
    gives: Shape::of::<Figures>,
    problems: &[],
};

/// The counters.
#[derive(Debug, Serialize, ToSchema)]
#[allow(clippy::struct_field_names, reason = "what programs read is called so")]
pub(super) struct Figures {
    /// Each counter by its name.
    figures: BTreeMap<&'static str, i64>,
    /// Those of them that must stay zero.
    must_be_zero: Vec<&'static str>,
    /// Whether all of those are.
    is_sound: bool,
}

/// Shows them.
pub(super) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Call { machine, .. }: Call,
) -> Result<Json<Figures>, Problem> {
    demand(&web, &machine, None, Operation::ViewPeople).await?;
    let tallies = web.app.store().tallies().await;
    let tallies = tallies.map_err(|error| failure(Fault::Store(error)))?;
    let figures: BTreeMap<_, _> =
        tallies.into_iter().map(|(tally, count)| (tally.name(), count)).collect();
    let must_be_zero: Vec<_> = Tally::MUST_BE_ZERO.into_iter().map(Tally::name).collect();
    let is_sound = must_be_zero.iter().all(|name| figures.get(name).is_none_or(|it| *it == 0));
    Ok(Json(Figures { figures, must_be_zero, is_sound }))
}
