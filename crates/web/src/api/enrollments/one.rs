//! `GET /api/v1/enrollments/{id}`: one enrollment. Its entity tag serves in `If-Match`.

use axum::{
    Extension, Json,
    extract::State,
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, Fault};
use firstkey_domain::{EnrollmentId, enrollment::Enrollment, machine_key::Scope};
use firstkey_policy::Operation;

use super::list::EnrollmentJson;
use crate::{
    Web,
    api::{
        allowed::{demand, not_allowed, scope},
        call::Call,
        doc::{Doc, Shape},
        etag::Version,
    },
    console::Id,
    fault::failure,
    problem::Problem,
};

pub(in crate::api) const DOC: Doc = Doc {
    summary: "One enrollment.",
    scope: Scope::Read,
    query: &[],
    takes: None,
    gives: Shape::of::<EnrollmentJson>,
    problems: &[],
};

/// Shows it.
pub(in crate::api) async fn get<S: Backend>(
    State(web): State<Web<S>>,
    Id(id): Id<EnrollmentId>,
    Call { machine, .. }: Call,
) -> Result<Response, Problem> {
    scope(&web, &machine, Operation::ViewEnrollment, true).await?;
    let enrollment = web.app.peek::<Enrollment>(id).await.map_err(failure)?;
    let enrollment = enrollment.ok_or_else(not_allowed)?;
    demand(&web, &machine, Some(enrollment.person), Operation::ViewEnrollment).await?;
    let row = web.app.store().enrollment(id).await.map_err(|error| failure(Fault::Store(error)))?;
    let row = EnrollmentJson::from(&row.ok_or_else(not_allowed)?);
    Ok((Extension(Version(enrollment.version())), Json(row)).into_response())
}
