//! `GET /waiting/{enrollment}`: what a voucher sees before they act.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use firstkey_app::{
    Backend, Fault,
    vouching::{WaitingAttempt, WaitingView},
};
use firstkey_domain::{
    EnrollmentId,
    enrollment::{Enrollment, MAX_WRONG_CODES},
};
use firstkey_policy::Operation;

use super::situation::{Situation, Way, is_own};
use crate::{
    Web,
    console::{
        advice::{stage_message, stage_now},
        allowed::{demand, may, nothing_here},
        browser::in_few_words,
        done::Back,
        door::{Id, InAddress, SignedIn},
        frame::{Frame, Place},
        fresh::Freshness,
        moment::Moment,
        names::{Names, full_name},
        record::RecordLines,
    },
    fault::{failure, problem},
    page::{Reader, show},
    problem::Problem,
};

/// A browser that has begun, as its voucher is shown it.
struct Browser {
    device: Option<String>,
    raw: Option<String>,
    network: Option<String>,
    began: Moment,
    vouchers: Vec<String>,
}

#[derive(Template)]
#[template(path = "console/voucher.html")]
struct VoucherPage {
    reader: Reader,
    frame: Frame,
    id: String,
    name: String,
    record: RecordLines,
    browsers: Vec<Browser>,
    situation: Situation,
    tries_left: u8,
    has_wrong_codes: bool,
    invitation: String,
    may_reinvite: bool,
    state: Freshness,
}

#[derive(Template)]
#[template(path = "console/voucher-over.html")]
struct OverPage {
    reader: Reader,
    frame: Frame,
    person: String,
    name: String,
    stage: String,
}

/// Shows a meeting to whoever may vouch in it. The one for a passkey of one's own is elsewhere.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Id(id): Id<EnrollmentId>,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    let view = match web.app.waiting(session.person_id(), id).await {
        Ok(view) if is_own(&view) => return Ok(Redirect::to("/me/adding").into_response()),
        Ok(view) => view,
        Err(Fault::Refused(_)) => return over(&web, &session, reader, id).await,
        Err(fault) => return Err(problem(fault, |_| nothing_here())),
    };
    let frame = Frame::of(&web, &session, Place::Waiting, back.done()).await?;
    let mut names = Names::new(&web, reader.texts);
    let person = names.row(view.applicant.id).await?.cloned().ok_or_else(nothing_here)?;
    let mut browsers = Vec::new();
    for attempt in &view.attempts {
        browsers.push(browser(&mut names, attempt).await?);
    }
    let state = Freshness::of(&[view.enrollment.version().to_string()]);
    let page = VoucherPage {
        frame,
        id: id.to_string(),
        name: full_name(&person),
        record: RecordLines::of(reader, &mut names, &person).await?,
        browsers,
        situation: Situation::of(&view),
        tries_left: MAX_WRONG_CODES.saturating_sub(view.wrong_codes),
        has_wrong_codes: view.wrong_codes > 0,
        invitation: invitation(reader, &view, web.app.now()),
        may_reinvite: may(&web, &session, Some(person.id), Operation::Reinvite).await?,
        state: state.clone(),
        reader,
    };
    Ok(state.tell(show(&page)))
}

async fn browser<S: Backend>(
    names: &mut Names<'_, S>,
    attempt: &WaitingAttempt,
) -> Result<Browser, Problem> {
    let device = attempt.device.expose();
    let mut vouchers = Vec::new();
    for proofing in &attempt.proofings {
        vouchers.push(names.actor(&proofing.voucher).await?);
    }
    Ok(Browser {
        device: device.and_then(|device| in_few_words(&device.browser)),
        raw: device.map(|device| device.browser.clone()),
        network: device.map(|device| device.network.clone()),
        began: Moment(attempt.began),
        vouchers,
    })
}

/// Whether there is an invitation that works.
fn invitation(reader: Reader, view: &WaitingView, now: jiff::Timestamp) -> String {
    let running = view.enrollment.running(now).ok();
    match running.and_then(|running| running.invitation.from) {
        None => reader.get("console-invitation-none"),
        Some(from) if now < from => {
            reader.with("console-invitation-scheduled", "from", Moment(from).to_string())
        }
        Some(from) => reader.with("console-invitation-sent", "at", Moment(from).to_string()),
    }
}

/// What whoever could have vouched is told once it is over.
async fn over<S: Backend>(
    web: &Web<S>,
    session: &firstkey_app::signing_in::Session,
    reader: Reader,
    id: EnrollmentId,
) -> Result<Response, Problem> {
    let enrollment = web.app.peek::<Enrollment>(id).await.map_err(failure)?;
    let enrollment = enrollment.ok_or_else(nothing_here)?;
    demand(web, session, Some(enrollment.person), Operation::Vouch).await?;
    if enrollment.running(web.app.now()).is_ok() {
        return Err(nothing_here());
    }
    let mut names = Names::new(web, reader.texts);
    let row = web.app.store().enrollment(id).await;
    let row = row.map_err(|error| failure(Fault::Store(error)))?.ok_or_else(nothing_here)?;
    let page = OverPage {
        reader,
        frame: Frame::of(web, session, Place::Waiting, None).await?,
        person: enrollment.person.to_string(),
        name: names.of(enrollment.person).await?,
        stage: reader.get(stage_message(stage_now(&row, web.app.now()))),
    };
    Ok(show(&page))
}
