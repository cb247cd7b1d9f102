//! `GET /enrollments/{id}`: one enrollment's story, and what can be done with it.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault};
use firstkey_domain::{EnrollmentId, enrollment::Kind};
use firstkey_policy::Operation;
use firstkey_ports::Waiting;

use crate::{
    Web,
    console::{
        advice::stage_now,
        allowed::{demand, may, nothing_here},
        done::Back,
        door::{Id, InAddress, SignedIn},
        frame::{Frame, Place},
        moment::Moment,
        names::Names,
        story::{StoryLine, story_of_enrollment},
        waiting::WaitingRow,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/enrollment.html")]
struct EnrollmentPage {
    reader: Reader,
    frame: Frame,
    row: WaitingRow,
    opened: Moment,
    is_open: bool,
    is_own_act: bool,
    story: Vec<StoryLine>,
    may_reinvite: bool,
    may_withdraw: bool,
    may_vouch: bool,
}

/// Shows it to whoever may see it.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Id(id): Id<EnrollmentId>,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let enrollment = store.enrollment(id).await.map_err(unreadable)?.ok_or_else(nothing_here)?;
    let subject = Some(enrollment.person);
    demand(&web, &session, subject, Operation::ViewEnrollment).await?;
    let person = store.person(enrollment.person).await.map_err(unreadable)?;
    let person = person.ok_or_else(nothing_here)?;
    let is_open = !stage_now(&enrollment, web.app.now()).is_closed();
    let is_own_act = enrollment.kind == Kind::Additional;
    let opened = Moment(enrollment.opened);
    let mut names = Names::new(&web, reader.texts);
    let waiting = Waiting { enrollment, person };
    Ok(show(&EnrollmentPage {
        frame: Frame::of(&web, &session, Place::Enrollments, back.done()).await?,
        row: WaitingRow::of(&web, &session, reader, &mut names, &waiting).await?,
        opened,
        is_open,
        is_own_act,
        story: story_of_enrollment(&web, reader, &mut names, id).await?,
        // Whoever adds a passkey of their own starts again on their own page.
        may_reinvite: is_open
            && !is_own_act
            && may(&web, &session, subject, Operation::Reinvite).await?,
        may_withdraw: is_open && may(&web, &session, subject, Operation::Withdraw).await?,
        may_vouch: is_open && !is_own_act && may(&web, &session, subject, Operation::Vouch).await?,
        reader,
    }))
}
