//! `POST /me/authenticators`: opens the door for another passkey of one's own (rule 12).

use axum::{extract::State, response::Redirect};
use firstkey_app::{
    Backend,
    own::{AddAuthenticator, AddAuthenticatorFault},
};
use firstkey_domain::enrollment::OpenRefusal;

use crate::{
    Web,
    console::{
        allowed::nothing_here,
        door::{Acting, Nothing},
    },
    fault::problem,
    problem::{Kind, Problem},
};

/// Opens it. Asking again replaces the address that was shown before.
pub(in crate::console) async fn add<S: Backend>(
    State(web): State<Web<S>>,
    Acting { session, .. }: Acting<Nothing>,
) -> Result<Redirect, Problem> {
    let command = AddAuthenticator { person: session.person_id() };
    web.app.run(&command).await.map_err(|fault| problem(fault, refusal))?;
    Ok(Redirect::to("/me/adding"))
}

fn refusal(fault: AddAuthenticatorFault) -> Problem {
    match fault {
        AddAuthenticatorFault::NotAllowed(_) => nothing_here(),
        AddAuthenticatorFault::Refused(refusal) => opening(refusal),
        AddAuthenticatorFault::Ended(_) => Problem::new(Kind::EnrollmentOver),
    }
}

/// Why an enrollment was not opened.
pub(in crate::console) fn opening(refusal: OpenRefusal) -> Problem {
    Problem::new(match refusal {
        OpenRefusal::Left => Kind::HasLeft,
        OpenRefusal::AlreadyOpen => Kind::AlreadyOpen,
        OpenRefusal::AlreadyEnrolled => Kind::AlreadyEnrolled,
        OpenRefusal::NotEnrolled => Kind::NotEnrolled,
    })
}
