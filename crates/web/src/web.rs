//! What handlers work with.

use std::{collections::BTreeSet, net::IpAddr, ops::Deref, sync::Arc, time::Duration};

use firstkey_app::{App, Backend};
use firstkey_domain::{AttemptId, Digest, EnrollmentId, KeyThumbprint, PersonId, SessionId};
use firstkey_proof::NONCE_LIFETIME_SECONDS;

use crate::{
    edge::{Network, Origin, OriginError, Rate, Recent, Streams, Throttle},
    problem::{Kind, Problem},
};

/// What handlers work with. Cheap to clone.
pub struct Web<S>(Arc<Parts<S>>);

/// The application, the two names, and what is remembered between requests.
pub struct Parts<S> {
    /// The application.
    pub app: Arc<App<S>>,
    /// Where applicants enroll.
    pub join: Origin,
    /// Where everybody else signs in.
    pub console: Origin,
    /// Proofs of joiners' pages that were read. Apart from those of programs, so that a flood of neither
    /// makes the other's be forgotten.
    pub(crate) join_proofs: Recent<Digest>,
    /// Proofs of programs that were read.
    pub(crate) program_proofs: Recent<Digest>,
    /// Answers that stream the progress of attempts.
    pub(crate) streams: Streams<AttemptId>,
    /// Answers that tell sessions that something has moved.
    pub(crate) listeners: Streams<SessionId>,
    /// Locators that opened nothing, by network.
    pub(crate) misses: Throttle<Network>,
    /// Begins, by enrollment.
    pub(crate) begins: Throttle<EnrollmentId>,
    /// Invitations that operators have sent, by whom they are for.
    pub(crate) invitations: Throttle<PersonId>,
    /// Changes that programs have made, by whom they are about. Apart from invitations, so that no program
    /// uses up what operators need to put a record right.
    pub(crate) changes: Throttle<PersonId>,
    /// Requests of programs, by their keys.
    pub(crate) programs: Throttle<KeyThumbprint>,
}

const MISSES: Rate = Rate { burst: 20, refill: Duration::from_secs(3) };
const BEGINS: Rate = Rate { burst: 10, refill: Duration::from_secs(6) };
/// Five an hour: more than anybody needs, and no flood in anybody's mailbox.
const INVITATIONS: Rate = Rate { burst: 5, refill: Duration::from_secs(12 * 60) };
/// Two thousand a second and a burst of twice as many: a loop that ran wild, and not a busy feed.
const PROGRAMS: Rate = Rate { burst: 4_000, refill: Duration::from_micros(500) };
/// How many keys a throttle remembers: at most some ten megabytes.
const REMEMBERED: usize = 50_000;

fn proofs() -> Recent<Digest> {
    Recent::new(Duration::from_secs(NONCE_LIFETIME_SECONDS.unsigned_abs()), REMEMBERED)
}

impl<S: Backend> Web<S> {
    /// Reads the two names from the application's configuration.
    pub fn new(app: Arc<App<S>>) -> Result<Self, OriginError> {
        Ok(Self(Arc::new(Parts {
            join: Origin::new(&app.site().join_origin)?,
            console: Origin::new(&app.site().console_origin)?,
            join_proofs: proofs(),
            program_proofs: proofs(),
            misses: Throttle::new(MISSES, REMEMBERED),
            begins: Throttle::new(BEGINS, REMEMBERED),
            invitations: Throttle::new(INVITATIONS, REMEMBERED),
            changes: Throttle::new(INVITATIONS, REMEMBERED),
            programs: Throttle::new(PROGRAMS, REMEMBERED),
            streams: Streams::default(),
            listeners: Streams::default(),
            app,
        })))
    }

    /// The time, for throttles.
    pub fn since_epoch(&self) -> Duration {
        Duration::try_from(self.app.now().duration_since(jiff::Timestamp::UNIX_EPOCH))
            .unwrap_or_default()
    }

    /// Whether this network may still look for locators.
    pub(crate) fn may_look(&self, client: IpAddr) -> bool {
        self.misses.is_free(&Network::around(client), self.since_epoch())
    }

    /// Counts an invitation that is about to be sent to this person.
    pub(crate) fn may_invite(&self, person: PersonId) -> Result<(), Problem> {
        let is_free = self.invitations.take(person, self.since_epoch());
        if is_free { Ok(()) } else { Err(too_many_invitations()) }
    }

    /// Counts changes that a program is about to make to these people; a change can void what they began,
    /// invite them again and mail them. When it is too often for one of them, it is counted for nobody.
    pub(crate) fn may_change(&self, people: &BTreeSet<PersonId>) -> Result<(), Problem> {
        let now = self.since_epoch();
        let is_free = people.iter().all(|person| self.changes.is_free(person, now))
            && people.iter().all(|person| self.changes.take(*person, now));
        if is_free { Ok(()) } else { Err(too_many_invitations()) }
    }

    /// Counts a locator that opened nothing.
    pub(crate) fn missed(&self, client: IpAddr) {
        self.misses.take(Network::around(client), self.since_epoch());
    }
}

fn too_many_invitations() -> Problem {
    let seconds = u32::try_from(INVITATIONS.refill.as_secs()).unwrap_or(u32::MAX);
    Problem::new(Kind::TooManyInvitations).retry_after(seconds)
}

impl<S> Clone for Web<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> Deref for Web<S> {
    type Target = Parts<S>;

    fn deref(&self) -> &Parts<S> {
        &self.0
    }
}
