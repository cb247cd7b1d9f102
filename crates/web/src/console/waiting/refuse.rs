//! `GET` and `POST /waiting/{enrollment}/refuse`: "this is not the person". Nobody is to blame.

use askama::Template;
use axum::{
    extract::State,
    response::{Redirect, Response},
};
use firstkey_app::{
    Backend,
    vouching::{Refuse, RefuseFault},
};
use firstkey_domain::EnrollmentId;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        done::Done,
        door::{Acting, Id, Nothing, SignedIn},
        frame::{Frame, Place},
        names::Names,
        refused,
    },
    fault::problem,
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/refuse.html")]
struct RefusePage {
    reader: Reader,
    frame: Frame,
    id: String,
    name: String,
}

/// Asks whether they are sure, and says what follows.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Id(id): Id<EnrollmentId>,
    reader: Reader,
) -> Result<Response, Problem> {
    let view = web.app.waiting(session.person_id(), id).await;
    let view = view.map_err(|fault| problem(fault, |_| nothing_here()))?;
    let name = Names::new(&web, reader.texts).of(view.applicant.id).await?;
    let frame = Frame::of(&web, &session, Place::Waiting, None).await?;
    Ok(show(&RefusePage { reader, frame, id: id.to_string(), name }))
}

/// Records the refusal: every browser is closed, and the link opens nothing any more.
pub(in crate::console) async fn refuse<S: Backend>(
    State(web): State<Web<S>>,
    Id(enrollment): Id<EnrollmentId>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    let command = Refuse { operator: session.person_id(), enrollment };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Done::Refused.redirect("/waiting"))
}

fn refusal(fault: RefuseFault) -> Problem {
    match fault {
        RefuseFault::NotAllowed(_) => nothing_here(),
        RefuseFault::Refused(refusal) => refused::vouching(refusal),
    }
}
