//! `GET /waiting/{enrollment}/handover` and `…/address`: the page that a voucher lets the applicant scan,
//! and what it shows next. Showing changes nothing.

use askama::Template;
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use firstkey_app::{
    Backend, Fault,
    vouching::{HandoverAddress, OfferFault},
};
use firstkey_domain::{EnrollmentId, enrollment::HandOverRefusal};
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        door::{Id, SignedIn, Watching},
        frame::{Frame, Place},
        fresh::Freshness,
        names::Names,
    },
    fault::problem,
    page::{QrCode, Reader, show},
    problem::{Kind, Problem},
};

#[derive(Template)]
#[template(path = "console/handover.html")]
struct HandoverPage {
    reader: Reader,
    frame: Frame,
    id: String,
    name: String,
    shown: Shown,
    do_matches_suffice: bool,
    state: Freshness,
}

/// What the screen shows now.
#[derive(Serialize)]
pub(in crate::console) struct Shown {
    url: String,
    qr: QrCode,
    /// In how many milliseconds the screen shows another: clocks of browsers decide nothing.
    lasts: u64,
}

impl Shown {
    fn of(address: &HandoverAddress, now: Timestamp) -> Result<Self, Problem> {
        let url = address.expose().to_owned();
        // Fails for texts of more than two thousand letters; ours have a hundred.
        let qr = QrCode::of(&url).map_err(|_| Problem::new(Kind::Internal))?;
        let lasts = address.ends.duration_since(now).as_millis();
        Ok(Self { url, qr, lasts: u64::try_from(lasts).unwrap_or_default() })
    }
}

/// Shows the address; goes back to the meeting when there is nobody to hand anything over to.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Id(id): Id<EnrollmentId>,
    reader: Reader,
) -> Result<Response, Problem> {
    let address = match web.app.handover_address(&session, id).await {
        Ok(address) => address,
        Err(Fault::Refused(OfferFault::NotAllowed(_))) => return Err(nothing_here()),
        Err(Fault::Refused(_)) => {
            return Ok(Redirect::to(&format!("/waiting/{id}")).into_response());
        }
        Err(fault) => return Err(problem(fault, refusal)),
    };
    let view = web.app.waiting(session.person_id(), id).await;
    let view = view.map_err(|fault| problem(fault, |_| nothing_here()))?;
    let state = Freshness::of(&[view.enrollment.version().to_string()]);
    let page = HandoverPage {
        frame: Frame::of(&web, &session, Place::Waiting, None).await?,
        id: id.to_string(),
        name: Names::new(&web, reader.texts).of(view.applicant.id).await?,
        shown: Shown::of(&address, web.app.now())?,
        do_matches_suffice: view.attempts.iter().all(|attempt| attempt.do_matches_suffice),
        state: state.clone(),
        reader,
    };
    Ok(state.tell(show(&page)))
}

/// What the screen shows next.
pub(in crate::console) async fn address<S: Backend>(
    State(web): State<Web<S>>,
    Watching(session): Watching,
    Id(id): Id<EnrollmentId>,
) -> Result<Json<Shown>, Problem> {
    let address = web.app.handover_address(&session, id).await;
    let address = address.map_err(|fault| problem(fault, refusal))?;
    Ok(Json(Shown::of(&address, web.app.now())?))
}

fn refusal(fault: OfferFault) -> Problem {
    match fault {
        OfferFault::NotAllowed(_) => nothing_here(),
        OfferFault::NobodyWaiting => Problem::new(Kind::NobodyWaiting),
        OfferFault::Refused(refusal) => Problem::new(match refusal {
            HandOverRefusal::Ended(_) => Kind::EnrollmentOver,
            HandOverRefusal::NoAttempt => Kind::NobodyWaiting,
            HandOverRefusal::Contested => Kind::BrowsersContested,
            HandOverRefusal::Barred => Kind::Barred,
            HandOverRefusal::NotAMeeting => return nothing_here(),
            HandOverRefusal::Already => Kind::HandoverDone,
        }),
    }
}
