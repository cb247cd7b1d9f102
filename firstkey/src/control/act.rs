//! Doing what was asked, whether it came over the socket or from this process itself.

use std::path::Path;

use firstkey_app::{
    Fault,
    inviting::{Setup, SetupFault},
    people::{HostRole, HostRoleDone, ImportJoiner, Imported},
    policy::Activate,
    vouching::TerminalVouch,
};
use firstkey_domain::{Actor, PersonId, Role, enrollment::OpenRefusal};
use firstkey_ports::{Queries, UnverifiedJoiner};

use super::{
    NewAdministrator, Request, Response,
    policy::{explain, plan},
};
use crate::{
    commands::{backup::snapshot, erase::erase, import::import, keys::rotate, metadata},
    data::KeyFolder,
    running::HostApp,
};

/// Does it. `file` holds an import's bytes.
pub async fn act(
    app: &HostApp,
    keys: &KeyFolder,
    host: &str,
    request: Request,
    file: Option<&Path>,
) -> Response {
    let done = match request {
        Request::Setup { person, new } => setup(app, host, person, new).await,
        Request::SetupCode { enrollment, code } => setup_code(app, host, &enrollment, &code).await,
        Request::Import { skip_invalid, .. } => match file {
            Some(file) => import(app, host, file, skip_invalid).await.map(Response::Imported),
            None => Err("an import needs a file".to_owned()),
        },
        Request::Erase { people, reason } => {
            erase(app, host, &people, &reason).await.map(Response::Said)
        }
        Request::ImportMetadata { .. } => match file {
            Some(file) => metadata::import(app, host, file).await.map(Response::Said),
            None => Err("an import needs a file".to_owned()),
        },
        Request::ShowMetadata => metadata::show(app).await.map(Response::Said),
        Request::ActivatePolicy { text } => activate(app, host, text).await,
        Request::Plan { person, policy } => plan(app, &person, policy.as_deref()).await,
        Request::Explain { person, asked, about, policy } => {
            explain(app, &person, asked, about.as_deref(), policy.as_deref()).await
        }
        Request::AcceptClock => {
            let accepted = app.accept_clock(host).await.map_err(|error| error.to_string());
            accepted.map(|()| {
                tracing::warn!(event = "clock.accepted", host, "the clock was accepted as it is");
                Response::Said("the clock is accepted as it is now".to_owned())
            })
        }
        Request::Snapshot => snapshot(app, keys).await.map(Response::Snapshot),
        Request::RotateKey { which } => rotate(app, keys, host, which).await.map(Response::Said),
        Request::Role { person, role, held } => change_role(app, host, &person, role, held).await,
    };
    done.unwrap_or_else(Response::Refused)
}

async fn setup(
    app: &HostApp,
    host: &str,
    person: Option<String>,
    new: Option<NewAdministrator>,
) -> Result<Response, String> {
    let person = match (person, new) {
        (Some(external_id), _) => find(app, &external_id).await?,
        (None, Some(new)) => add(app, host, new).await?,
        (None, None) => return Err("say who: --person, or names and --email".to_owned()),
    };
    let link = match app.run(&Setup { host: host.to_owned(), person }).await {
        Err(Fault::Refused(SetupFault::Refused(OpenRefusal::AlreadyEnrolled))) => {
            return Err(
                "this person holds a passkey already; to make them an administrator, run: \
                 firstkey role grant --person <external id> --role administrator"
                    .to_owned(),
            );
        }
        link => link.map_err(|fault| fault.to_string())?,
    };
    Ok(Response::SetupLink {
        enrollment: link.enrollment.to_string(),
        address: link.expose().to_owned(),
    })
}

async fn change_role(
    app: &HostApp,
    host: &str,
    external_id: &str,
    role: Role,
    held: bool,
) -> Result<Response, String> {
    let person = find(app, external_id).await?;
    let change = HostRole { host: host.to_owned(), person, role, held };
    let done = app.run(&change).await.map_err(|fault| fault.to_string())?;
    tracing::warn!(event = "role.changed", host, %person, role = role.name(), held, "a role was changed");
    let held = if held { "holds" } else { "does not hold" };
    let now = format!("{external_id} {held} the role of {} now.", role.name());
    Ok(Response::Said(match done {
        HostRoleDone::Done => now,
        HostRoleDone::NotEnrolled => {
            format!(
                "{now}\nThey hold no passkey that works: `firstkey setup` invites administrators."
            )
        }
        HostRoleDone::NoSuitableKey => format!(
            "{now}\nPolicy takes none of their passkeys for it: they cannot sign changes of roles, or \
             vouch for privileged people, before they add a security key or a passkey that stays on \
             its device."
        ),
    }))
}

pub(super) async fn find(app: &HostApp, external_id: &str) -> Result<PersonId, String> {
    let found = app
        .store()
        .people_by_external_id(&[external_id.to_owned()])
        .await
        .map_err(|error| error.to_string())?;
    found
        .first()
        .map(|person| person.id)
        .ok_or_else(|| format!("nobody has the identifier {external_id}; import them first"))
}

async fn add(app: &HostApp, host: &str, new: NewAdministrator) -> Result<PersonId, String> {
    let today = app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let joiner = UnverifiedJoiner {
        external_id: format!("setup:{}", new.email),
        given_name: new.given_name,
        family_name: new.family_name,
        personal_email: new.email,
        start_date: today.to_string(),
        time_zone: "UTC".to_owned(),
        worker_type: "employee".to_owned(),
        ..UnverifiedJoiner::default()
    };
    let joiner = joiner
        .verify()
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    let known = app
        .resolve(std::slice::from_ref(&joiner))
        .await
        .map_err(|error| error.to_string())?
        .first()
        .and_then(|resolved| resolved.known);
    let imported = app
        .import_joiner(ImportJoiner {
            by: Actor::Host(host.to_owned()),
            joiner,
            known,
            sponsor: None,
            name_try: 0,
            invite: false,
            bulk: false,
        })
        .await
        .map_err(|fault| fault.to_string())?;
    match imported {
        Imported::Joined(id) | Imported::Changed(id) | Imported::Same(id) => Ok(id),
    }
}

async fn setup_code(
    app: &HostApp,
    host: &str,
    enrollment: &str,
    code: &str,
) -> Result<Response, String> {
    let vouch = TerminalVouch {
        host: host.to_owned(),
        enrollment: enrollment.parse().map_err(|_| "that is no enrollment".to_owned())?,
        typed: code.parse().map_err(|error| format!("{error}"))?,
    };
    match app.run(&vouch).await {
        Ok(None) => Ok(Response::Matched),
        Ok(Some(left)) => Ok(Response::WrongCode { left }),
        Err(fault) => Err(fault.to_string()),
    }
}

async fn activate(app: &HostApp, host: &str, text: String) -> Result<Response, String> {
    let activate = Activate { host: host.to_owned(), text };
    let digest = app.run(&activate).await.map_err(|fault| fault.to_string())?;
    Ok(Response::Said(format!("the policy {digest} is in force")))
}
