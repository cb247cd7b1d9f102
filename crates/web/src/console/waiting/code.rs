//! `POST /waiting/{enrollment}/code`: the code that the voucher sees on the applicant's screen.

use axum::{Json, extract::State};
use firstkey_app::{
    Backend,
    vouching::{CodeAnswer, TryCode, TryCodeFault},
};
use firstkey_domain::{
    EnrollmentId,
    enrollment::{Acquaintance, Checklist},
};
use serde::Deserialize;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        door::{Acting, Id},
        press::Asked,
        refused,
    },
    fault::problem,
    problem::{Kind, Problem},
};

/// What the voucher typed and confirmed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::console) struct Input {
    code: String,
    started_by_me: bool,
    known_channel: bool,
    recognised: bool,
    /// Only where the page asks: not after a handover, and not of oneself.
    #[serde(default)]
    acquaintance: Option<Acquaintance>,
}

/// Compares the code. When it is right, answers with what the voucher is to sign.
pub(in crate::console) async fn code<S: Backend>(
    State(web): State<Web<S>>,
    Id(enrollment): Id<EnrollmentId>,
    Acting { session, input }: Acting<Input>,
) -> Result<Json<Asked>, Problem> {
    let typed = input.code.parse().map_err(|_| Problem::new(Kind::NotACode))?;
    let command = TryCode {
        operator: session.person_id(),
        enrollment,
        typed,
        checklist: Checklist {
            started_by_me: input.started_by_me,
            known_channel: input.known_channel,
            recognised: input.recognised,
            acquaintance: input.acquaintance,
        },
    };
    let answer = web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    match answer {
        CodeAnswer::Right(ceremony) => Ok(Json(ceremony.into())),
        CodeAnswer::Wrong { left: 0 } => Err(Problem::new(Kind::CodesUsedUp)),
        CodeAnswer::Wrong { left } => Err(Problem::new(Kind::WrongCode).with("left", left)),
    }
}

fn refusal(fault: TryCodeFault) -> Problem {
    match fault {
        TryCodeFault::NotAllowed(_) => nothing_here(),
        TryCodeFault::Signature(error) => refused::signature(&error),
        TryCodeFault::Refused(refusal) => refused::vouching(refusal),
    }
}
