//! What stands around every page of the console: who is signed in, and where they may go.

use firstkey_app::{Backend, signing_in::Session};
use firstkey_domain::Role;
use firstkey_policy::Operation;

use super::{allowed::may, done::Done, names::full_name};
use crate::{Web, problem::Problem};

/// With how many authenticators an administrator's setup is complete (rule 23).
const COMPLETE: u32 = 2;

/// Pages that the navigation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    Waiting,
    People,
    Enrollments,
    Overview,
    Open,
    Outbox,
    MachineKeys,
    Me,
}

impl Place {
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Start => "/",
            Self::Waiting => "/waiting",
            Self::People => "/people",
            Self::Enrollments => "/enrollments",
            Self::Overview => "/overview",
            Self::Open => "/open",
            Self::Outbox => "/outbox",
            Self::MachineKeys => "/machine-keys",
            Self::Me => "/me",
        }
    }

    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Start => "console-nav-start",
            Self::Waiting => "console-nav-waiting",
            Self::People => "console-nav-people",
            Self::Enrollments => "console-nav-enrollments",
            Self::Overview => "console-nav-overview",
            Self::Open => "console-nav-open",
            Self::Outbox => "console-nav-outbox",
            Self::MachineKeys => "console-nav-machine-keys",
            Self::Me => "console-nav-me",
        }
    }
}

/// What stands around a page.
#[derive(Debug)]
pub(super) struct Frame {
    /// Who is signed in.
    pub(super) who: String,
    /// What forms carry.
    pub(super) token: String,
    /// Where they are.
    pub(super) here: Place,
    /// Where they may go.
    pub(super) places: Vec<Place>,
    /// What they have just done.
    pub(super) done: Option<Done>,
    /// Whether to say that an administrator would be locked out by losing one device (rule 23). Not
    /// where somebody waits to be met: nothing is to stand above what is asked there.
    pub(super) is_setup_incomplete: bool,
}

impl Frame {
    /// The frame of a page for this session.
    pub(super) async fn of<S: Backend>(
        web: &Web<S>,
        session: &Session,
        here: Place,
        done: Option<Done>,
    ) -> Result<Self, Problem> {
        let mut places = vec![Place::Start, Place::Waiting];
        if may(web, session, None, Operation::ViewPeople).await? {
            places.extend([Place::People, Place::Enrollments, Place::Overview, Place::Open]);
        }
        if may(web, session, None, Operation::ViewOutbox).await? {
            places.push(Place::Outbox);
        }
        if may(web, session, None, Operation::ViewMachineKeys).await? {
            places.push(Place::MachineKeys);
        }
        places.push(Place::Me);
        Ok(Self {
            who: full_name(&session.person),
            token: session.form_token.clone(),
            here,
            places,
            done,
            is_setup_incomplete: here != Place::Waiting
                && session.roles.contains(&Role::Administrator)
                && session.person.authenticators < COMPLETE,
        })
    }
}
