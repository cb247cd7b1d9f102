//! `GET /people/{id}`: one person, and everything that happened to them, in order.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::{Backend, Fault, signing_in::Session};
use firstkey_domain::{PersonId, Role, person::Person};
use firstkey_policy::Operation;
use firstkey_ports::{After, EnrollmentFilter};

use crate::{
    Web,
    console::{
        advice::kind_message,
        allowed::{demand, may, nothing_here},
        done::Back,
        door::{Id, InAddress, SignedIn},
        frame::{Frame, Place},
        me::PasskeyLine,
        models::Models,
        names::{Names, full_name},
        record::RecordLines,
        roles::role_message,
        story::{StoryLine, story_of_person},
        waiting::WaitingRow,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

/// A role that an administrator may grant or revoke.
struct RoleLine {
    role: &'static str,
    label: String,
    is_held: bool,
}

#[derive(Template)]
#[template(path = "console/person.html")]
struct PersonPage {
    reader: Reader,
    frame: Frame,
    id: String,
    name: String,
    has_left: bool,
    is_erased: bool,
    is_enrolled: bool,
    record: RecordLines,
    roles: Vec<RoleLine>,
    has_role: bool,
    passkeys: Vec<PasskeyLine>,
    enrollments: Vec<WaitingRow>,
    story: Vec<StoryLine>,
    may_correct: bool,
    may_open: bool,
    may_stop: bool,
    may_leave: bool,
    may_grant: bool,
}

/// How many enrollments are listed; more than anybody has.
const ENROLLMENTS: u32 = 50;

/// Shows somebody to whoever may see them.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    Id(id): Id<PersonId>,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    demand(&web, &session, Some(id), Operation::ViewPerson).await?;
    let unreadable = |error| failure(Fault::Store(error));
    let store = web.app.store();
    let person = web.app.peek::<Person>(id).await.map_err(failure)?.ok_or_else(nothing_here)?;
    let mut names = Names::new(&web, reader.texts);
    let row = names.row(id).await?.cloned().ok_or_else(nothing_here)?;
    let rows = store.authenticators(id).await.map_err(unreadable)?;
    let filter = EnrollmentFilter { person: Some(id), ..EnrollmentFilter::default() };
    let found = store.enrollments(&filter, After::default(), ENROLLMENTS).await;
    let found = found.map_err(unreadable)?;
    let mut enrollments = Vec::new();
    for waiting in &found {
        let row = WaitingRow::of(&web, &session, reader, &mut names, waiting).await?;
        // Whose they are is said above them; what tells them apart is their kind.
        let name = reader.get(kind_message(waiting.enrollment.kind));
        enrollments.push(WaitingRow { name, department: None, ..row });
    }
    let ids: Vec<_> = found.iter().map(|waiting| waiting.enrollment.id).collect();
    let is_going_on = found.iter().any(|waiting| {
        !waiting.enrollment.stage.is_closed() && web.app.now() < waiting.enrollment.expires
    });
    let models = Models::of(&web).await;
    let held = person.authenticators.iter();
    Ok(show(&PersonPage {
        frame: Frame::of(&web, &session, Place::People, back.done()).await?,
        id: id.to_string(),
        name: full_name(&row),
        has_left: !person.is_active(),
        is_erased: person.is_erased(),
        is_enrolled: person.is_enrolled(),
        record: RecordLines::of(reader, &mut names, &row).await?,
        roles: roles(reader, &person),
        has_role: !person.roles.is_empty(),
        passkeys: held.map(|each| PasskeyLine::of(reader, &models, each, &rows)).collect(),
        enrollments,
        story: story_of_person(&web, reader, &mut names, &row, &ids).await?,
        may_correct: person.is_active()
            && may_do(&web, &session, id, Operation::ChangePerson).await?,
        may_open: person.is_active()
            && !person.is_enrolled()
            && !is_going_on
            && may_do(&web, &session, id, Operation::OpenEnrollment).await?,
        may_stop: may_do(&web, &session, id, Operation::SuspendAuthenticator).await?,
        may_leave: person.is_active()
            && id != session.person_id()
            && may_do(&web, &session, id, Operation::MarkLeft).await?,
        may_grant: person.is_active() && may_do(&web, &session, id, Operation::GrantRole).await?,
        reader,
    }))
}

async fn may_do<S: Backend>(
    web: &Web<S>,
    session: &Session,
    id: PersonId,
    operation: Operation,
) -> Result<bool, Problem> {
    may(web, session, Some(id), operation).await
}

fn roles(reader: Reader, person: &Person) -> Vec<RoleLine> {
    let line = |role: Role| RoleLine {
        role: role.name(),
        label: reader.get(role_message(role)),
        is_held: person.roles.contains(&role),
    };
    Role::ALL.into_iter().map(line).collect()
}
