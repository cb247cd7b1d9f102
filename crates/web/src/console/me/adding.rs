//! `GET /me/adding`: the link for the device that is to hold the new passkey, and the code from its
//! screen.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use firstkey_app::{Backend, Locator};
use firstkey_domain::{
    enrollment::{Enrollment, EnrollmentEnd, Kind, Phase, Running},
    person::Person,
};
use jiff::Timestamp;

use crate::{
    Web,
    console::{
        browser::in_few_words,
        done::{Back, Done},
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        fresh::Freshness,
        moment::Moment,
    },
    fault::failure,
    page::{QrCode, Reader, show},
    problem::Problem,
};

/// How far the other device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It has not begun.
    Open,
    /// It shows a code.
    Code,
    /// More than one browser has begun.
    Contested,
    /// The code was signed for; it makes the passkey now.
    Signed,
}

#[derive(Template)]
#[template(path = "console/adding.html")]
struct AddingPage {
    reader: Reader,
    frame: Frame,
    enrollment: String,
    step: Step,
    link: String,
    qr: Option<QrCode>,
    device: Option<String>,
    ends: Moment,
    state: Freshness,
}

/// Shows the link and the way on; goes back to one's own page when there is nothing going on.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    let person = web.app.peek::<Person>(session.person_id()).await.map_err(failure)?;
    let newest = match person.and_then(|person| person.enrollment) {
        Some(newest) => web.app.peek::<Enrollment>(newest).await.map_err(failure)?,
        None => None,
    };
    let Some(enrollment) = newest.filter(|newest| newest.kind == Kind::Additional) else {
        return Ok(Redirect::to("/me").into_response());
    };
    let now = web.app.now();
    let Ok(running) = enrollment.running(now) else {
        let is_bound =
            matches!(enrollment.phase, Phase::Closed { reason: EnrollmentEnd::Bound, .. });
        let to = if is_bound { Done::Added.at("/me") } else { "/me".to_owned() };
        return Ok(Redirect::to(&to).into_response());
    };
    let locator = Locator { enrollment: enrollment.id, generation: running.invitation.generation };
    let link = format!("{}/i/{}", web.join.as_str(), locator.to_text(web.app.keys()));
    let state = Freshness::of(&[enrollment.version().to_string()]);
    let page = AddingPage {
        reader,
        frame: Frame::of(&web, &session, Place::Me, back.done()).await?,
        enrollment: enrollment.id.to_string(),
        step: step(running, now),
        // A link that is too long for a picture still stands there as text.
        qr: QrCode::of(&link).ok(),
        device: device(running, now),
        ends: Moment(running.expires),
        link,
        state: state.clone(),
    };
    Ok(state.tell(show(&page)))
}

fn step(running: &Running, now: Timestamp) -> Step {
    let mut open = running.open(now);
    match (open.next(), open.next()) {
        (None, _) => Step::Open,
        (Some(_), Some(_)) => Step::Contested,
        (Some(attempt), None) if attempt.proofings.is_empty() => Step::Code,
        (Some(_), None) => Step::Signed,
    }
}

fn device(running: &Running, now: Timestamp) -> Option<String> {
    let device = running.open(now).next()?.device.expose()?;
    in_few_words(&device.browser)
}
