//! `GET /handover`: the page of the address on a voucher's screen, the same for everybody: what stands
//! behind the `#` never reaches the server by it. `POST /api/join/attempts/{attempt}/handover`: the browser
//! that has begun brings that.

use askama::Template;
use axum::{Json, extract::State, response::Response};
use firstkey_app::{
    Backend,
    enrolling::{BroughtSecret, HandOver, HandOverFault},
};
use firstkey_domain::enrollment::HandOverRefusal;
use serde::{Deserialize, Serialize};

use super::{address::AttemptAddress, proven::Proven};
use crate::{
    Web,
    fault::problem,
    page::{Reader, show},
    problem::{Kind, Problem},
};

#[derive(Template)]
#[template(path = "join/handover.html")]
struct HandoverPage {
    reader: Reader,
}

/// Shows the page. It says what to do in a browser that has not begun.
pub(crate) async fn get<S: Backend>(_: State<Web<S>>, reader: Reader) -> Response {
    show(&HandoverPage { reader })
}

/// What the page sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    /// From the fragment.
    secret: String,
}

/// It is done.
#[derive(Debug, Serialize)]
pub(crate) struct Taken {
    handed_over: bool,
}

/// Upgrades the attempt.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    AttemptAddress { enrollment, attempt }: AttemptAddress,
    Proven { request, body }: Proven<Input>,
) -> Result<Json<Taken>, Problem> {
    let secret = BroughtSecret(body.secret);
    let hand_over = HandOver { request, enrollment, attempt, secret };
    web.app.run(&hand_over).await.map_err(|fault| problem(fault, refused))?;
    Ok(Json(Taken { handed_over: true }))
}

fn refused(reason: HandOverFault) -> Problem {
    Problem::new(match reason {
        HandOverFault::Unknown => Kind::NotFound,
        HandOverFault::Over => Kind::HandoverOver,
        HandOverFault::NotForThis => Kind::HandoverElsewhere,
        HandOverFault::Withdrawn => Kind::HandoverWithdrawn,
        HandOverFault::ClockMoved => return Problem::new(Kind::Unavailable).retry_after(60),
        HandOverFault::Refused(refusal) => match refusal {
            HandOverRefusal::Ended(_) | HandOverRefusal::NoAttempt => Kind::Ended,
            HandOverRefusal::Contested => Kind::Contested,
            HandOverRefusal::Barred | HandOverRefusal::NotAMeeting => Kind::HandoverWithdrawn,
            HandOverRefusal::Already => Kind::HandoverDone,
        },
    })
}
