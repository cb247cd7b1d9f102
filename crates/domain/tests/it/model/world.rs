//! The world that the model explores: one door, one applicant, two vouchers, one policy.

use std::sync::{Arc, LazyLock};

use firstkey_domain::{
    Action, Actor, Aggregate, AttemptId, Credential, Digest, Permit, PersonId, Recorded, Role,
    StreamId,
    challenge::Statement,
    enrollment::{
        Begin, Bind, BindingStatement, CodeOutcome, DropCredential, Enrollment, EnrollmentEvent,
        Method, Mint, Phase, Register, RegistrationStatement, Running, Voucher,
    },
    person::{Field, Person, PersonEvent},
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    story::Story,
    world::{
        DAY, FIRST, JOINER, LAPTOP, NEXT_PASS, OFFICER, PASS, PASSKEY, PHONE, SPARE, SPONSOR,
        begin, bind, binding_statement, credential_of, hand_over, invite, invited, mint, minute,
        newcomer, officer, profile, record, register, signed, sponsor, typing, vouch,
    },
};

/// The moments that matter: a pass ends before the second, an attempt before the third, and what was
/// not sent again before the fourth.
pub(super) const MOMENTS: [i64; 4] = [0, 11, DAY + 20, 15 * DAY];
pub(super) const BROWSERS: [AttemptId; 2] = [LAPTOP, PHONE];
pub(super) const VOUCHERS: [PersonId; 2] = [SPONSOR, OFFICER];
/// How many times somebody may press Begin.
pub(super) const BEGINS: u8 = 3;

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Next {
    /// A request runs from its beginning to its end.
    Do(Request),
    /// A request decides and is caught before its commit.
    Catch(Request),
    /// The caught request commits, or finds that something moved.
    Commit,
    /// Policy answers a request that is caught before it decides.
    Ask(Action, AttemptId),
    /// It decides on what it loads now, with the permit from before.
    Use,
    /// The caught request is lost.
    Crash,
    Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Request {
    Begin(AttemptId),
    Move { from: AttemptId, to: AttemptId },
    WrongCode,
    HandOver(AttemptId),
    Vouch(PersonId),
    Refuse,
    Mint(AttemptId),
    EndOutdated(AttemptId),
    Drop(AttemptId),
    Register(AttemptId),
    Bind(AttemptId),
    Reinvite,
    ChangeAddress,
    Withdraw,
    Leave,
    RevokeOfficer,
    ActivatePolicy,
    Sweep,
}

impl Next {
    /// Whether it comes from outside the path to a passkey.
    pub(super) fn disturbs(self) -> bool {
        use Request as R;
        match self {
            Self::Time => true,
            Self::Do(request) => matches!(
                request,
                R::Refuse
                    | R::Reinvite
                    | R::ChangeAddress
                    | R::Withdraw
                    | R::Leave
                    | R::RevokeOfficer
                    | R::ActivatePolicy
            ),
            Self::Catch(_) | Self::Commit | Self::Ask(..) | Self::Use | Self::Crash => false,
        }
    }
}

/// The versions of what a request read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Versions {
    pub(super) enrollment: u64,
    pub(super) joiner: u64,
    pub(super) officer: u64,
    pub(super) policy: u64,
}

/// What a request decided.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Decision {
    pub(super) read: Versions,
    pub(super) at: Timestamp,
    pub(super) enrollment: Vec<EnrollmentEvent>,
    pub(super) joiner: Vec<PersonEvent>,
    pub(super) officer: Vec<PersonEvent>,
    pub(super) policy: u64,
}

/// A request between two steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Caught {
    /// Policy permitted something. The store guards what policy read; that the enrollment has not
    /// moved is for the decider to see, because it is loaded afresh.
    Permitted {
        attempt: AttemptId,
        permit: Permit,
        read: Versions,
    },
    Decided(Decision),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct World {
    pub(super) moment: usize,
    pub(super) enrollment: Arc<Enrollment>,
    pub(super) joiner: Arc<Person>,
    pub(super) officer: Arc<Person>,
    pub(super) versions: Versions,
    pub(super) begins: u8,
    pub(super) disturbed: u8,
    pub(super) caught: Option<Caught>,
    /// Whether a passkey was made and refused.
    pub(super) has_dropped: bool,
    /// What must never happen, had it happened.
    pub(super) wrong: Option<&'static str>,
}

/// The sponsor, who stays who they are.
static SPONSORING: LazyLock<Person> = LazyLock::new(sponsor);

/// The policy's first revision asks for one voucher, the second for two; both for an attempt that is
/// alone.
fn is_satisfied(revision: u64, running: &Running, attempt: AttemptId, now: Timestamp) -> bool {
    let vouchers = running.attempt(attempt, now).map_or(0, |attempt| attempt.proofings.len());
    vouchers as u64 >= revision && !running.is_contested(now)
}

/// Each revision takes passkeys of its own kind, and none of the other's.
fn takes(revision: u64, credential: &Credential) -> bool {
    credential.aaguid == kind_of_revision(revision)
}

fn kind_of_revision(revision: u64) -> Uuid {
    Uuid::from_u128(revision.into())
}

fn policy_digest(revision: u64) -> Digest {
    Digest::of(&revision.to_be_bytes())
}

/// The passkey that a device makes while this revision is in force.
fn made_under(revision: u64, attempt: AttemptId) -> Credential {
    Credential { aaguid: kind_of_revision(revision), ..credential_of(attempt) }
}

fn browser_pass(attempt: AttemptId) -> firstkey_domain::PassId {
    if attempt == LAPTOP { PASS } else { NEXT_PASS }
}

impl World {
    pub(super) fn start() -> Self {
        let story: Story<Enrollment> = invited();
        let joiner: Story<Person> = newcomer(JOINER, Some(SPONSOR))
            .and([PersonEvent::EnrollmentOpened { enrollment: FIRST }]);
        Self {
            moment: 0,
            versions: Versions {
                enrollment: story.version(),
                joiner: joiner.version(),
                officer: 3,
                policy: 1,
            },
            enrollment: Arc::new(story.state()),
            joiner: Arc::new(joiner.state()),
            officer: Arc::new(officer()),
            begins: 0,
            disturbed: 0,
            caught: None,
            has_dropped: false,
            wrong: None,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        minute(MOMENTS[self.moment])
    }

    pub(super) fn running(&self) -> Option<&Running> {
        self.enrollment.running(self.now()).ok()
    }

    pub(super) fn generation(&self) -> u32 {
        match &self.enrollment.phase {
            Phase::Open(running) => running.invitation.generation,
            Phase::Closed { .. } => 0,
        }
    }

    /// What the application does when it asks policy.
    pub(super) fn permit(&self, action: Action, attempt: AttemptId) -> Option<Permit> {
        let running = self.running()?;
        let revision = self.versions.policy;
        let open = running.attempt(attempt, self.now())?;
        let vouchers = open.proofings.len();
        let is_taken = match action {
            Action::Mint => true,
            Action::Bind => open.verified.as_ref().is_none_or(|made| takes(revision, made)),
        };
        let is_permitted = is_taken && is_satisfied(revision, running, attempt, self.now());
        is_permitted.then(|| Permit {
            action,
            enrollment: FIRST,
            version: self.versions.enrollment,
            policy_revision: revision,
            policy: policy_digest(revision),
            facts: Digest::of(&vouchers.to_be_bytes()),
        })
    }

    pub(super) fn decision(&self) -> Decision {
        Decision {
            read: self.versions,
            at: self.now(),
            enrollment: Vec::new(),
            joiner: Vec::new(),
            officer: Vec::new(),
            policy: self.versions.policy,
        }
    }

    pub(super) fn decide(&self, request: Request) -> Option<Decision> {
        let (door, now) = (&self.enrollment, self.now());
        let mut decision = self.decision();
        decision.enrollment = match request {
            Request::Begin(attempt) => self.begin(attempt, None)?,
            Request::Move { from, to } => self.begin(to, Some(from))?,
            Request::WrongCode => {
                let voucher = self.voucher(SPONSOR)?;
                match door.check_code(&typing(voucher, "999999"), now).ok()? {
                    CodeOutcome::Wrong(events) => events,
                    CodeOutcome::Right(_) => return None,
                }
            }
            Request::HandOver(attempt) => {
                door.hand_over(&hand_over(attempt, self.voucher(SPONSOR)?), now).ok()?
            }
            Request::Vouch(person) => door.vouch(vouch(door, self.voucher(person)?), now).ok()?,
            Request::Refuse => door.refuse(&self.voucher(SPONSOR)?, now).ok()?,
            Request::Mint(attempt) => self.mint(attempt, self.permit(Action::Mint, attempt)?)?,
            Request::EndOutdated(attempt) => door.end_outdated_pass(attempt, now),
            Request::Drop(attempt) => self.drop_refused(attempt)?,
            Request::Register(attempt) => self.register(attempt)?,
            Request::Bind(attempt) => {
                return self.bind(attempt, self.permit(Action::Bind, attempt)?);
            }
            Request::Reinvite => door.invite(&invite(now), now).ok()?,
            Request::ChangeAddress => {
                decision.joiner = self.change_address()?;
                door.void(&Actor::Person(OFFICER), now).ok()?
            }
            Request::Withdraw => door.withdraw(now).ok()?,
            Request::Sweep => door.sweep(&self.joiner, now),
            Request::Leave => {
                decision.joiner = self.joiner.leave();
                Vec::new()
            }
            Request::RevokeOfficer => {
                let host = Actor::Host("root".into());
                decision.officer = self.officer.set_role(Role::Officer, false, &host, None).ok()?;
                Vec::new()
            }
            Request::ActivatePolicy => {
                decision.policy = 2;
                Vec::new()
            }
        };
        Some(decision)
    }

    pub(super) fn begin(
        &self,
        attempt: AttemptId,
        replaces: Option<AttemptId>,
    ) -> Option<Vec<EnrollmentEvent>> {
        let command = Begin { generation: self.generation(), replaces, ..begin(attempt) };
        self.enrollment.begin(&self.joiner, command, self.now()).ok()
    }

    pub(super) fn voucher(&self, person: PersonId) -> Option<Voucher> {
        let voucher = if person == SPONSOR { &*SPONSORING } else { &*self.officer };
        Voucher::person(&self.joiner, &self.enrollment, voucher, None)
    }

    pub(super) fn mint(&self, attempt: AttemptId, permit: Permit) -> Option<Vec<EnrollmentEvent>> {
        let version = self.versions.enrollment;
        let command = Mint { pass: browser_pass(attempt), permit, ..mint(attempt, version) };
        self.enrollment.mint(command, self.now()).ok()
    }

    pub(super) fn register(&self, attempt: AttemptId) -> Option<Vec<EnrollmentEvent>> {
        let mut command: Register = register(attempt);
        command.credential = made_under(self.versions.policy, attempt);
        let pass = browser_pass(attempt);
        command.challenge.context =
            RegistrationStatement { enrollment: FIRST, attempt, pass }.digest();
        self.enrollment.verify_credential(command, self.now()).ok()
    }

    /// What the application does when policy refuses to bind, and would mint.
    fn drop_refused(&self, attempt: AttemptId) -> Option<Vec<EnrollmentEvent>> {
        let made = self.running()?.attempt(attempt, self.now())?.verified.as_ref()?;
        let permit = self.permit(Action::Mint, attempt)?;
        if takes(permit.policy_revision, made) {
            return None;
        }
        let Permit { policy_revision, policy, .. } = permit;
        let command = DropCredential { attempt, policy_revision, policy, rules: Vec::new() };
        self.enrollment.drop_credential(command, self.now()).ok()
    }

    pub(super) fn bind(&self, attempt: AttemptId, permit: Permit) -> Option<Decision> {
        let running = self.running()?;
        let statement = BindingStatement {
            facts: permit.facts,
            policy: permit.policy,
            proofing: running
                .attempt(attempt, self.now())?
                .proofings
                .iter()
                .map(|_| Digest::of(b"leaf"))
                .collect(),
            ..binding_statement(attempt)
        };
        let made = running.attempt(attempt, self.now())?.verified.clone();
        let credential = made.unwrap_or_else(|| credential_of(attempt));
        let authenticator = if attempt == LAPTOP { PASSKEY } else { SPARE };
        let command = Bind {
            authenticator,
            signed: signed(
                firstkey_domain::challenge::Purpose::Binding,
                statement.digest(),
                authenticator,
                &credential,
            ),
            statement,
            permit,
            ..bind(attempt, self.versions.enrollment)
        };
        Some(Decision {
            enrollment: self.enrollment.bind(command, self.now()).ok()?,
            joiner: self.joiner.bind(authenticator, credential, FIRST).ok()?,
            ..self.decision()
        })
    }

    pub(super) fn change_address(&self) -> Option<Vec<PersonEvent>> {
        self.joiner.is_active().then(|| {
            vec![PersonEvent::Changed {
                profile: profile(Some(SPONSOR)),
                changed: [Field::Address].into(),
                signed: None,
                record: record("anna"),
            }]
        })
    }

    /// The store: all of it, or nothing when something that was read has moved.
    pub(super) fn commit(&self, decision: Decision) -> Option<Self> {
        if decision.read != self.versions {
            return None;
        }
        let mut world = self.clone();
        let at = decision.at;
        for event in decision.enrollment {
            world.watch(&event, at);
            if matches!(event, EnrollmentEvent::AttemptBegun { .. }) {
                world.begins += 1;
            }
            let by = Actor::Clock;
            fold(
                &mut world.enrollment,
                &mut world.versions.enrollment,
                FIRST.into(),
                at,
                by,
                event,
            );
        }
        for event in decision.joiner {
            let by = Actor::Person(OFFICER);
            fold(&mut world.joiner, &mut world.versions.joiner, JOINER.into(), at, by, event);
        }
        for event in decision.officer {
            let by = Actor::Host("root".into());
            fold(&mut world.officer, &mut world.versions.officer, OFFICER.into(), at, by, event);
        }
        world.versions.policy = decision.policy;
        Some(world)
    }

    /// Judges an event apart from the deciders that made it.
    pub(super) fn watch(&mut self, event: &EnrollmentEvent, at: Timestamp) {
        let Phase::Open(running) = &self.enrollment.phase else {
            self.wrong = Some("an event after the end");
            return;
        };
        match event {
            EnrollmentEvent::Bound { attempt, .. } => {
                if !is_satisfied(self.versions.policy, running, *attempt, at) {
                    self.wrong = Some("bound without policy");
                }
                let made = running.attempt(*attempt, at).and_then(|it| it.verified.as_ref());
                if made.is_none_or(|made| !takes(self.versions.policy, made)) {
                    self.wrong = Some("bound what policy does not take");
                }
                let pass = running.attempt(*attempt, at).and_then(|attempt| attempt.pass);
                if pass.is_none_or(|pass| at >= pass.expires) {
                    self.wrong = Some("bound without an open pass");
                }
                if !self.joiner.is_active() {
                    self.wrong = Some("bound to somebody who left");
                }
            }
            EnrollmentEvent::CredentialDropped { attempt, .. } => {
                let made = running.attempt(*attempt, at).and_then(|it| it.verified.as_ref());
                if made.is_none_or(|made| takes(self.versions.policy, made)) {
                    self.wrong = Some("dropped what policy takes");
                }
                self.has_dropped = true;
            }
            EnrollmentEvent::Proofed { attempt, proofing } => {
                let person = proofing.person();
                if person.is_some_and(|person| self.joiner.barred.contains(&person)) {
                    self.wrong = Some("vouched by whoever changed whom we trust");
                }
                if person == Some(OFFICER) && !self.officer.roles.contains(&Role::Officer) {
                    self.wrong = Some("vouched by an officer who is none");
                }
                if running.is_contested(at) {
                    self.wrong = Some("vouched while two browsers were at it");
                }
                let taken =
                    running.attempt(*attempt, at).map(|attempt| attempt.handed_over.clone());
                let was_handed_over = taken == person.map(|person| vec![person]);
                if (proofing.method == Method::Handover) != was_handed_over {
                    self.wrong =
                        Some("a handover without the voucher's screen, or a screen without one");
                }
            }
            EnrollmentEvent::HandedOver { .. } if running.is_contested(at) => {
                self.wrong = Some("handed over while two browsers were at it");
            }
            _ => {}
        }
    }

    pub(super) fn is_handed_over(&self) -> bool {
        let Phase::Open(running) = &self.enrollment.phase else { return false };
        let mut proofings = running.attempts.iter().flat_map(|attempt| &attempt.proofings);
        proofings.any(|proofing| proofing.method == Method::Handover)
    }

    pub(super) fn is_bound(&self) -> bool {
        matches!(&self.enrollment.phase, Phase::Closed { winner: Some(_), .. })
    }

    /// Nothing can be begun, minted, registered, bound or sent any more.
    pub(super) fn is_shut(&self) -> bool {
        let door = &self.enrollment;
        let now = self.now();
        let shut = |attempt: AttemptId| {
            self.begin(attempt, None).is_none()
                && self.register(attempt).is_none()
                && door.registering(attempt, now).is_err()
                && door.binding(attempt, now).is_err()
        };
        BROWSERS.into_iter().all(shut) && door.invite(&invite(now), now).is_err()
    }

    /// However far it came, the sweeper alone ends it in one round once its time is over.
    pub(super) fn drains(&self) -> bool {
        let far = minute(400 * DAY);
        let mut door = Arc::clone(&self.enrollment);
        let mut version = self.versions.enrollment;
        for event in self.enrollment.sweep(&self.joiner, far) {
            fold(&mut door, &mut version, FIRST.into(), far, Actor::Clock, event);
        }
        matches!(door.phase, Phase::Closed { .. }) && door.next_deadline().is_none()
    }
}

fn fold<A: Aggregate + Clone>(
    state: &mut Arc<A>,
    version: &mut u64,
    stream: StreamId,
    at: Timestamp,
    by: Actor,
    event: A::Event,
) {
    *version += 1;
    let recorded = Recorded { stream, version: *version, at, by, event };
    let folded = A::evolve(Some(A::clone(state)), &recorded).expect("what was decided folds");
    *state = Arc::new(folded);
}
