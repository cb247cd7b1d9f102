//! `GET /machine-keys`: the programs that may speak to the API, and the form for another one.

use askama::Template;
use axum::{extract::State, response::Response};
use firstkey_app::Backend;
use firstkey_domain::machine_key::{MachineKey, Scope};
use firstkey_policy::Operation;

use crate::{
    Web,
    console::{
        allowed::{demand, may},
        done::Back,
        door::{InAddress, SignedIn},
        frame::{Frame, Place},
        moment::Moment,
        names::Names,
    },
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

struct KeyLine {
    key: String,
    name: String,
    owner: String,
    scopes: String,
    ends: Moment,
    ended: Option<Moment>,
    is_over: bool,
}

struct ScopeLine {
    name: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "console/machine-keys.html")]
struct KeysPage {
    reader: Reader,
    frame: Frame,
    keys: Vec<KeyLine>,
    scopes: Vec<ScopeLine>,
    may_register: bool,
    may_end: bool,
}

/// Shows them.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    SignedIn(session): SignedIn,
    reader: Reader,
    InAddress(back): InAddress<Back>,
) -> Result<Response, Problem> {
    demand(&web, &session, None, Operation::ViewMachineKeys).await?;
    let mut names = Names::new(&web, reader.texts);
    let mut keys = Vec::new();
    for key in web.app.machine_keys().await.map_err(failure)? {
        let owner = names.of(key.grant.owner).await?;
        keys.push(line(reader, &key, owner, web.app.now()));
    }
    let scope = |scope: Scope| ScopeLine { name: scope.name(), label: label(reader, scope) };
    Ok(show(&KeysPage {
        frame: Frame::of(&web, &session, Place::MachineKeys, back.done()).await?,
        keys,
        scopes: Scope::ALL.into_iter().map(scope).collect(),
        may_register: may(&web, &session, None, Operation::RegisterMachineKey).await?,
        may_end: may(&web, &session, None, Operation::EndMachineKey).await?,
        reader,
    }))
}

fn line(reader: Reader, key: &MachineKey, owner: String, now: jiff::Timestamp) -> KeyLine {
    let scopes: Vec<_> = key.grant.scopes.iter().map(|scope| label(reader, *scope)).collect();
    KeyLine {
        key: key.grant.key.to_string(),
        name: key.grant.name.clone(),
        owner,
        scopes: scopes.join(" · "),
        ends: Moment(key.grant.ends),
        ended: key.ended.map(Moment),
        is_over: !key.is_good_at(now),
    }
}

fn label(reader: Reader, scope: Scope) -> String {
    reader.get(match scope {
        Scope::Read => "console-scope-read",
        Scope::Joiners => "console-scope-joiners",
        Scope::Invitations => "console-scope-invitations",
        Scope::Outbox => "console-scope-outbox",
        Scope::Policy => "console-scope-policy",
        Scope::Prepare => "console-scope-prepare",
    })
}
