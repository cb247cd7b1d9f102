//! `POST /api/join/begin`: the browser's new key starts an attempt.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header::USER_AGENT},
};
use firstkey_app::{
    Backend, Fault, Locator, ProvenRequest,
    enrolling::{Begin, BeginFault, SetupLinkSecret},
    inviting::LookAnswer,
};
use firstkey_domain::{
    EnrollmentId, Private,
    enrollment::{BeginRefusal, Device, Enrollment, Phase},
};
use serde::Deserialize;

use super::{address::AttemptAddress, progress::ProgressJson, proven::Proven, standing::standing};
use crate::{
    Web,
    edge::Client,
    fault::{failure, problem},
    problem::{Kind, Problem},
};

/// What the page sends when Begin is pressed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Input {
    /// From the page's address.
    locator: String,
    /// From the fragment of a setup link.
    secret: Option<String>,
    /// The console's word that no operator is signed in.
    clearance: String,
    /// From the fragment of a link that another device showed.
    #[serde(rename = "move")]
    moved: Option<String>,
}

/// Begins. Asked again by the same key, because the answer was lost, it answers the same.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    client: Client,
    headers: HeaderMap,
    Proven { request, body }: Proven<Input>,
) -> Result<(StatusCode, Json<ProgressJson>), Problem> {
    let locator = locator(&web, client, &body.locator).await?;
    let begin = Begin {
        request,
        locator: body.locator,
        secret: body.secret.map(SetupLinkSecret),
        clearance: body.clearance,
        moved: body.moved,
        device: Private::held(Device { browser: browser(&headers), network: client.0.to_string() }),
    };
    let attempt = match web.app.run(&begin).await {
        Ok(attempt) => attempt,
        Err(Fault::Refused(BeginFault::Refused(BeginRefusal::KeyInUse))) => {
            let address = held_by(&web, locator.enrollment, &request).await?;
            return Ok((StatusCode::OK, Json(standing(&web, address, &request).await?)));
        }
        Err(fault) => return Err(problem(fault, refused)),
    };
    let address = AttemptAddress { enrollment: locator.enrollment, attempt };
    Ok((StatusCode::CREATED, Json(standing(&web, address, &request).await?)))
}

/// Reads the locator, and counts against whoever guesses, or presses too often. A link that opens
/// nothing is refused before anything else is looked at, so that nobody learns from the answer
/// whether there ever was such an invitation, or how it ended.
async fn locator<S: Backend>(web: &Web<S>, client: Client, text: &str) -> Result<Locator, Problem> {
    let locator = match Locator::from_text(text, web.app.keys()) {
        Ok(locator) => match web.app.look(text).await.map_err(failure)? {
            LookAnswer::Active(_) => locator,
            LookAnswer::NotActive => return Err(inactive(web, client)),
        },
        Err(_) => return Err(inactive(web, client)),
    };
    if !web.begins.take(locator.enrollment, web.since_epoch()) {
        return Err(Problem::new(Kind::Throttled).retry_after(60));
    }
    Ok(locator)
}

fn inactive<S: Backend>(web: &Web<S>, client: Client) -> Problem {
    if !web.may_look(client.0) {
        return Problem::new(Kind::Throttled).retry_after(60);
    }
    web.missed(client.0);
    Problem::new(Kind::LinkInactive)
}

/// The attempt that this key began earlier.
async fn held_by<S: Backend>(
    web: &Web<S>,
    enrollment: EnrollmentId,
    request: &ProvenRequest,
) -> Result<AttemptAddress, Problem> {
    let loaded = web.app.peek::<Enrollment>(enrollment).await.map_err(failure)?;
    let attempt = loaded.and_then(|loaded| match &loaded.phase {
        Phase::Open(running) => {
            let held = running.attempts.iter().find(|attempt| attempt.key == request.key);
            held.map(|attempt| attempt.id)
        }
        Phase::Closed { .. } => None,
    });
    let attempt = attempt.ok_or_else(|| Problem::new(Kind::LinkInactive))?;
    Ok(AttemptAddress { enrollment, attempt })
}

/// What the browser calls itself, shortened. Shown to the voucher; it decides nothing.
fn browser(headers: &HeaderMap) -> String {
    let name = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    name.chars().take(300).collect()
}

fn refused(reason: BeginFault) -> Problem {
    Problem::new(match reason {
        BeginFault::Locator(_) => Kind::LinkInactive,
        BeginFault::Clearance(_) => Kind::NotCleared,
        BeginFault::Move(_) => Kind::CannotMove,
        BeginFault::Refused(refusal) => match refusal {
            BeginRefusal::Ended(_) | BeginRefusal::Left | BeginRefusal::Replaced => {
                Kind::LinkInactive
            }
            BeginRefusal::NotYet => Kind::LinkLater,
            BeginRefusal::NotCleared => Kind::NotCleared,
            BeginRefusal::TooMany => Kind::TooManyBrowsers,
            BeginRefusal::KeyInUse => Kind::Spent,
            BeginRefusal::BadSecret => Kind::SetupLink,
            BeginRefusal::CannotMove => Kind::CannotMove,
        },
    })
}
