//! `GET /acts/{act}`: what a program prepared, and the press that does it. The press goes where the same
//! act on the person's own page goes, so that nothing weaker is asked of it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firstkey_app::{Backend, machines::Act};
use firstkey_policy::Operation;

use crate::{
    Web,
    console::{
        allowed::{demand, nothing_here},
        door::SignedIn,
        frame::{Frame, Place},
        moment::Moment,
        names::Names,
        roles::role_message,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/act.html")]
struct ActPage {
    reader: Reader,
    frame: Frame,
    what: String,
    program: String,
    ends: Moment,
    person: String,
    /// Where the question and the answer of the press go, below the person's address.
    place: &'static str,
    /// What the question says: names and values.
    fields: Vec<(&'static str, String)>,
    is_stop: bool,
}

/// Shows an act to whoever may do it.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Path(sealed): Path<String>,
    reader: Reader,
) -> Result<Response, Problem> {
    let prepared = web.app.prepared(&sealed).await.map_err(failure)?.ok_or_else(nothing_here)?;
    let person = prepared.act.person();
    let operation = match prepared.act {
        Act::Role(_) => Operation::GrantRole,
        Act::Stop(_) => Operation::SuspendAuthenticator,
    };
    demand(&web, &session, Some(person), operation).await?;
    let name = Names::new(&web, reader.texts).of(person).await?;
    let texts = reader.texts;
    let (what, place, fields) = match prepared.act {
        Act::Role(statement) => {
            let (role, held) = (statement.role, statement.held);
            let label = reader.get(role_message(role));
            let message = if held { "console-act-grant" } else { "console-act-revoke" };
            let what = texts.with(message, [("name", name.as_str()), ("role", label.as_str())]);
            let held = if held { "grant" } else { "revoke" };
            (what, "roles", vec![("role", role.name().to_owned()), ("held", held.to_owned())])
        }
        Act::Stop(statement) => {
            let what = texts.with("console-act-stop", [("name", name.as_str())]);
            let authenticator = statement.authenticator.to_string();
            (what, "authenticators/stop", vec![("authenticator", authenticator)])
        }
    };
    Ok(show(&ActPage {
        frame: Frame::of(&web, &session, Place::People, None).await?,
        what,
        program: prepared.program,
        ends: Moment(prepared.ends),
        person: person.to_string(),
        place,
        fields,
        is_stop: matches!(prepared.act, Act::Stop(_)),
        reader,
    }))
}
