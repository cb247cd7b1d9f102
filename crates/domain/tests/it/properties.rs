//! Whatever anybody tries, in whatever order and at whatever time.

use std::fmt::Debug;

use firstkey_domain::{
    Action, Actor, Aggregate, AttemptId, Digest, Event, PassId, PersonId, Private, Recorded, Role,
    StreamId,
    challenge::{Purpose, Statement},
    enrollment::{
        Begin, Bind, BindingStatement, CodeOutcome, DropCredential, Enrollment, EnrollmentEvent,
        Invite, Kind, MAX_OPEN_ATTEMPTS, MAX_PASS_LIFETIME, Mint, Phase, RegistrationStatement,
        SetupSecret, Voucher,
    },
    person::{
        Correction, CorrectionStatement, Field, Person, PersonEvent, Profile, RecordSignature,
        Removal, RemovalStatement, RoleStatement, SignedRecord,
    },
};
use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, option, prelude::*};
use uuid::Uuid;

use crate::world::{
    ADMIN, DAY, FIRST, JOINER, KIOSK, LAPTOP, LIFETIME, OFFICER, PASSKEY, PHONE, SPARE, SPONSOR,
    TABLET, authenticator_of, begin, bind, binding_statement, by_sponsor, credential,
    credential_of, hand_over, invite, mint, minute, newcomer, officer, opened, permit, record,
    register, signed, signed_by, sponsor, subscriber, typing, vouch,
};

const BROWSERS: [AttemptId; 4] = [LAPTOP, PHONE, TABLET, KIOSK];

/// Something that somebody tries in an enrollment.
#[derive(Debug, Clone, Copy)]
enum Try {
    Invite { delay: i64, secret: bool },
    Begin { browser: usize, replaces: Option<usize>, stale: bool },
    Code { right: bool },
    HandOver { browser: usize, by: usize },
    Vouch(usize),
    Refuse,
    Mint { browser: usize, version: u64 },
    EndOutdated(usize),
    Drop { browser: usize, policy_revision: u64 },
    Register { browser: usize, credential: u8 },
    Fail(usize),
    Bind { browser: usize, version: u64, credential: u8 },
    Void,
    Withdraw,
    Sweep,
}

/// Something that happens to the person.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Change(Field, u8),
    Leave,
    Role { role: usize, held: bool, by: usize },
    Bind { number: u8 },
    Suspend(usize),
    Remove { which: usize, by: usize },
    Opened,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Wait(i64),
    /// Whatever brings the oldest browser nearer to its passkey.
    Advance,
    Try(Try),
    Happen(Happening),
}

fn tries() -> impl Strategy<Value = Try> {
    let browser = || 0..BROWSERS.len();
    prop_oneof![
        2 => (prop_oneof![Just(0), 0..2 * DAY], any::<bool>())
            .prop_map(|(delay, secret)| Try::Invite { delay, secret }),
        6 => (browser(), option::weighted(0.3, browser()), prop::bool::weighted(0.1))
            .prop_map(|(browser, replaces, stale)| Try::Begin { browser, replaces, stale }),
        2 => any::<bool>().prop_map(|right| Try::Code { right }),
        3 => (browser(), 0..4_usize).prop_map(|(browser, by)| Try::HandOver { browser, by }),
        6 => (0..4_usize).prop_map(Try::Vouch),
        1 => Just(Try::Refuse),
        6 => (browser(), 6..8_u64).prop_map(|(browser, version)| Try::Mint { browser, version }),
        1 => browser().prop_map(Try::EndOutdated),
        1 => (browser(), 1..3_u64)
            .prop_map(|(browser, policy_revision)| Try::Drop { browser, policy_revision }),
        6 => (browser(), 0..2_u8)
            .prop_map(|(browser, credential)| Try::Register { browser, credential }),
        3 => browser().prop_map(Try::Fail),
        6 => (browser(), 6..8_u64, 0..2_u8)
            .prop_map(|(browser, version, credential)| Try::Bind { browser, version, credential }),
        1 => Just(Try::Void),
        1 => Just(Try::Withdraw),
        2 => Just(Try::Sweep),
    ]
}

fn happenings() -> impl Strategy<Value = Happening> {
    let fields = [Field::Name, Field::Address, Field::Sponsor, Field::Groups, Field::Details];
    prop_oneof![
        6 => (prop::sample::select(fields.to_vec()), 0..3_u8)
            .prop_map(|(field, number)| Happening::Change(field, number)),
        1 => Just(Happening::Leave),
        6 => (0..Role::ALL.len(), any::<bool>(), 0..4_usize)
            .prop_map(|(role, held, by)| Happening::Role { role, held, by }),
        6 => (0..4_u8).prop_map(|number| Happening::Bind { number }),
        3 => (0..4_usize).prop_map(Happening::Suspend),
        6 => (0..4_usize, 0..4_usize).prop_map(|(which, by)| Happening::Remove { which, by }),
        1 => Just(Happening::Opened),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let wait = prop_oneof![8 => 0..12_i64, 1 => 0..DAY + 60, 1 => 0..20 * DAY];
    vec(
        prop_oneof![
            3 => wait.prop_map(Step::Wait),
            6 => Just(Step::Advance),
            8 => tries().prop_map(Step::Try),
            1 => happenings().prop_map(Step::Happen),
        ],
        0..60,
    )
}

/// What a decider answered, its refusal in words.
type Answer<E> = Result<Vec<E>, String>;

fn said<E, R: Debug>(answer: Result<Vec<E>, R>) -> Answer<E> {
    answer.map_err(|refusal| format!("{refusal:?}"))
}

fn pass_number(number: u64) -> PassId {
    PassId::from_uuid(Uuid::from_u128(0x4000 + u128::from(number)))
}

fn voucher(door: &Enrollment, person: &Person, who: usize) -> Option<Voucher> {
    match who {
        0 => Some(Voucher::host("root".into())),
        1 => Voucher::person(person, door, &sponsor(), None),
        2 => Voucher::person(person, door, &officer(), None),
        _ => Voucher::person(person, door, person, None),
    }
}

/// Takes the step against the enrollment, as the application would.
fn decide(
    door: &Enrollment,
    person: &Person,
    what: Try,
    number: u64,
    now: Timestamp,
) -> Answer<EnrollmentEvent> {
    let running = match &door.phase {
        Phase::Open(running) => Some(running),
        Phase::Closed { .. } => None,
    };
    let facts = |attempt: AttemptId| {
        running.and_then(|r| r.attempts.iter().find(|a| a.id == attempt)).cloned()
    };
    match what {
        Try::Invite { delay, secret } => {
            let from = now + SignedDuration::from_mins(delay);
            let secret = secret.then(|| SetupSecret::new(Digest::of(b"setup"), now));
            said(door.invite(&Invite { from, lifetime: LIFETIME, secret }, now))
        }
        Try::Begin { browser, replaces, stale } => {
            let generation = running.map_or(1, |r| r.invitation.generation);
            let command = Begin {
                generation: generation.saturating_sub(u32::from(stale)),
                replaces: replaces.map(|browser| BROWSERS[browser]),
                secret: Some(Digest::of(b"setup")),
                ..begin(BROWSERS[browser])
            };
            said(door.begin(person, command, now))
        }
        Try::Code { right } => {
            let command =
                typing(by_sponsor(&for_joiner(door)), if right { "042137" } else { "1 2 3 4 5 6" });
            match door.check_code(&command, now) {
                Ok(CodeOutcome::Right(_)) => Ok(Vec::new()),
                Ok(CodeOutcome::Wrong(events)) => Ok(events),
                Err(refusal) => Err(format!("{refusal:?}")),
            }
        }
        Try::HandOver { browser, by } => {
            let Some(voucher) = voucher(door, person, by) else { return Err("no voucher".into()) };
            said(door.hand_over(&hand_over(BROWSERS[browser], voucher), now))
        }
        Try::Vouch(who) => {
            let Some(voucher) = voucher(door, person, who) else { return Err("no voucher".into()) };
            // Which browser is in front of them, once dead ones are looked past.
            let alive = running.and_then(|r| r.open(now).next());
            let mut command = vouch(door, voucher);
            if let Some(alive) = alive {
                command.statement.attempt = alive.id;
                command.statement.attempt_key = alive.key;
                command.statement.method = command.voucher.method(alive);
            }
            command.signed = command
                .voucher
                .actor()
                .person()
                .map(|person| signed_by(person, Purpose::Approval, command.statement.digest()));
            said(door.vouch(command, now))
        }
        Try::Refuse => said(door.refuse(&Voucher::host("root".into()), now)),
        Try::Mint { browser, version } => said(door.mint(
            Mint {
                pass: pass_number(number),
                permit: permit(Action::Mint, 7),
                ..mint(BROWSERS[browser], version)
            },
            now,
        )),
        Try::EndOutdated(browser) => Ok(door.end_outdated_pass(BROWSERS[browser], now)),
        Try::Drop { browser, policy_revision } => {
            let (attempt, policy) = (BROWSERS[browser], Digest::of(b"policy"));
            let command = DropCredential { attempt, policy_revision, policy, rules: Vec::new() };
            said(door.drop_credential(command, now))
        }
        Try::Register { browser, credential: number } => {
            let attempt = BROWSERS[browser];
            let mut command = register(attempt);
            command.credential =
                if number == 0 { credential_of(attempt) } else { credential(number) };
            let pass = facts(attempt).and_then(|a| a.pass).map_or(pass_number(0), |pass| pass.id);
            command.challenge.context =
                RegistrationStatement { enrollment: FIRST, attempt, pass }.digest();
            said(door.verify_credential(command, now))
        }
        Try::Fail(browser) => said(door.fail_ceremony(BROWSERS[browser], "signature", now)),
        Try::Bind { browser, version, credential: number } => {
            let attempt = BROWSERS[browser];
            let new = if number == 0 { credential_of(attempt) } else { credential(number) };
            let proofings = facts(attempt).map_or(0, |attempt| attempt.proofings.len());
            let statement = BindingStatement {
                credential_id: new.id.clone(),
                public_key: new.public_key.clone(),
                proofing: vec![Digest::of(b"leaf"); proofings],
                ..binding_statement(attempt)
            };
            let command = Bind {
                signed: signed(Purpose::Binding, statement.digest(), PASSKEY, &new),
                statement,
                permit: permit(Action::Bind, 7),
                ..bind(attempt, version)
            };
            said(door.bind(command, now))
        }
        Try::Void => said(door.void(&Actor::Person(OFFICER), now)),
        Try::Withdraw => said(door.withdraw(now)),
        Try::Sweep => Ok(door.sweep(person, now)),
    }
}

/// What a well-meaning applicant and voucher would do next.
fn advance(door: &Enrollment, now: Timestamp) -> Try {
    let Ok(running) = door.running(now) else { return Try::Sweep };
    if running.invitation.from.is_none_or(|from| now < from) {
        return Try::Invite { delay: 0, secret: false };
    }
    let Some(attempt) = running.open(now).next() else {
        return Try::Begin { browser: 0, replaces: None, stale: false };
    };
    let browser = BROWSERS.iter().position(|id| *id == attempt.id).unwrap_or_default();
    if attempt.proofings.is_empty() {
        Try::Vouch(if door.kind == Kind::First { 1 } else { 3 })
    } else if attempt.open_pass(now).is_none() {
        Try::Mint { browser, version: 7 }
    } else if attempt.verified.is_none() {
        Try::Register { browser, credential: 0 }
    } else {
        Try::Bind { browser, version: 7, credential: 0 }
    }
}

/// The enrollment as the fixed applicant's, so that the sponsor can always be asked.
fn for_joiner(door: &Enrollment) -> Enrollment {
    Enrollment { kind: Kind::First, ..door.clone() }
}

fn happen(person: &Person, what: Happening) -> (Actor, Answer<PersonEvent>) {
    let feed = Actor::Source("hr".into());
    let authenticators = [PASSKEY, SPARE, authenticator_of(JOINER), authenticator_of(SPONSOR)];
    match what {
        Happening::Change(field, number) => {
            let others: [PersonId; 3] = [SPONSOR, OFFICER, JOINER];
            let sponsor = Some(others[usize::from(number)]);
            let profile = Profile { sponsor, ..person.profile.clone() };
            let (described, by) = (Digest::of(b"described"), Actor::Person(OFFICER));
            let statement =
                CorrectionStatement { person: person.id, profile: &profile, record: described };
            let signed = signed_by(OFFICER, Purpose::Act, statement.digest());
            let signature = RecordSignature { signed, described };
            let correction = Correction {
                profile,
                record: record(&format!("ana{number}")),
                personal: [field].into(),
                reason: Private::held("a reason".into()),
                signed: SignedRecord { signature, blind: Digest::of(b"blind") },
            };
            (by.clone(), said(person.correct(correction, &by)))
        }
        Happening::Leave => (feed, Ok(person.leave())),
        Happening::Role { role, held, by } => {
            let role = Role::ALL[role];
            let by =
                [feed, Actor::Host("root".into()), Actor::Person(ADMIN), Actor::Person(JOINER)][by]
                    .clone();
            let digest = RoleStatement { person: JOINER, role, held }.digest();
            let signed = Some(signed_by(ADMIN, Purpose::Act, digest));
            (by.clone(), said(person.set_role(role, held, &by, signed)))
        }
        Happening::Bind { number } => {
            let authenticator = authenticators[usize::from(number)];
            let taken = person.authenticators.iter().any(|each| each.id == authenticator);
            let answer = said(person.bind(authenticator, credential(number), FIRST));
            // Ids are drawn at random and do not meet.
            (Actor::Clock, if taken { Ok(Vec::new()) } else { answer })
        }
        Happening::Suspend(which) => {
            (Actor::Clock, said(person.suspend_authenticator(authenticators[which])))
        }
        Happening::Remove { which, by } => {
            let (authenticator, by) = (authenticators[which], authenticators[by]);
            let digest = RemovalStatement { person: JOINER, authenticator }.digest();
            let signed = signed(Purpose::Act, digest, by, &credential(0));
            let answer = person.remove_authenticator(Removal { authenticator, signed });
            (Actor::Person(JOINER), said(answer))
        }
        Happening::Opened => (feed, Ok(person.note_enrollment(FIRST))),
    }
}

/// A stream and what was written of it: open bytes and confidential bytes.
struct Stream<A> {
    id: StreamId,
    state: A,
    written: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

impl<A> Stream<A>
where
    A: Aggregate + Clone + PartialEq + Debug,
    A::Event: Clone + PartialEq + Debug,
{
    fn new(id: impl Into<StreamId>, state: A) -> Self {
        Self { id: id.into(), state, written: Vec::new() }
    }

    fn append(&mut self, events: Vec<A::Event>, at: Timestamp, by: &Actor) {
        for event in events {
            let version = self.written.len() as u64 + 1;
            let recorded = Recorded { stream: self.id, version, at, by: by.clone(), event };
            let confidential = recorded.event.confidential();
            self.written.push((serde_json::to_vec(&recorded).expect("json"), confidential));
            self.state = A::evolve(Some(self.state.clone()), &recorded).expect("folds");
        }
    }

    /// Reads everything back and folds it again, after `start`.
    fn refolded(&self, start: A) -> A {
        self.written.iter().fold(start, |state, (open, confidential)| {
            let mut recorded: Recorded<A::Event> = serde_json::from_slice(open).expect("reads");
            if let Some(confidential) = confidential {
                recorded.event.attach(confidential).expect("attaches");
            }
            A::evolve(Some(state), &recorded).expect("folds again")
        })
    }
}

fn round_trips<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + Debug>(state: &T) {
    let json = serde_json::to_vec(state).expect("json");
    assert_eq!(&serde_json::from_slice::<T>(&json).expect("reads"), state);
}

/// What must be true of every enrollment.
fn check(door: &Enrollment, person: &Person, now: Timestamp) {
    round_trips(door);
    let swept = swept(door, person, now);
    assert!(swept.sweep(person, now).is_empty(), "one round of sweeping is enough");
    assert!(swept.next_deadline().is_none_or(|deadline| deadline > now));
    match &door.phase {
        Phase::Open(running) => {
            assert!(running.open(now).count() <= MAX_OPEN_ATTEMPTS);
            for attempt in &running.attempts {
                assert!(attempt.pass.is_none_or(|p| p.expires <= p.minted + MAX_PASS_LIFETIME));
                let alike = running.attempts.iter().filter(|each| each.key == attempt.key);
                assert_eq!(alike.count(), 1, "a key is one attempt's");
            }
        }
        Phase::Closed { .. } => assert_eq!(door.next_deadline(), None),
    }
}

fn swept(door: &Enrollment, person: &Person, now: Timestamp) -> Enrollment {
    let mut stream = Stream::new(door.id, door.clone());
    stream.append(door.sweep(person, now), now, &Actor::Clock);
    stream.state
}

/// The state that a step and the sweeper lead to, or the refusal; without what pages remember of ended attempts,
/// whose end has another reason when the sweeper saw it first.
fn outcome(
    door: &Enrollment,
    person: &Person,
    what: Try,
    now: Timestamp,
) -> Result<Enrollment, String> {
    let mut stream = Stream::new(door.id, door.clone());
    let events = decide(door, person, what, 1, now)?;
    stream.append(events, now, &Actor::Clock);
    Ok(Enrollment { ended: Vec::new(), ..swept(&stream.state, person, now) })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn the_door_holds_whatever_is_tried(kind in 0..2_u8, steps in steps()) {
        let (kind, person) = if kind == 0 {
            (Kind::First, newcomer(JOINER, Some(SPONSOR)).state())
        } else {
            (Kind::Additional, subscriber(JOINER, Some(SPONSOR)).state())
        };
        let mut now = minute(0);
        let mut person = Stream::new(JOINER, person);
        let first_person = person.state.clone();
        let start = opened(kind).when(|e, now| e.invite(&invite(now), now)).done().state();
        let mut door = Stream::new(FIRST, start.clone());
        let mut bound = 0;
        for (number, step) in (1..).zip(steps) {
            let step = match step {
                Step::Advance => Step::Try(advance(&door.state, now)),
                other => other,
            };
            match step {
                Step::Advance => {}
                Step::Wait(minutes) => now += SignedDuration::from_mins(minutes),
                Step::Happen(what) => {
                    let (by, answer) = happen(&person.state, what);
                    if let Ok(events) = answer {
                        person.append(events, now, &by);
                    }
                    round_trips(&person.state);
                }
                Step::Try(what) => {
                    // Rule 22: whether the sweeper has come by makes no difference.
                    if person.state.is_active() {
                        let unswept = outcome(&door.state, &person.state, what, now);
                        let swept = swept(&door.state, &person.state, now);
                        prop_assert_eq!(unswept, outcome(&swept, &person.state, what, now));
                    }
                    let is_closed = matches!(door.state.phase, Phase::Closed { .. });
                    let answer = decide(&door.state, &person.state, what, number, now);
                    if is_closed {
                        prop_assert!(answer.as_ref().map_or(true, Vec::is_empty), "{what:?}: {answer:?}");
                    }
                    let events = answer.unwrap_or_default();
                    bound += events
                        .iter()
                        .filter(|event| matches!(event, EnrollmentEvent::Bound { .. }))
                        .count();
                    door.append(events, now, &Actor::Clock);
                }
            }
            check(&door.state, &person.state, now);
        }
        prop_assert!(bound <= 1, "one enrollment binds one authenticator");
        prop_assert_eq!(door.refolded(start), door.state);
        prop_assert_eq!(person.refolded(first_person), person.state);
    }

    #[test]
    fn a_person_keeps_a_way_in_whatever_happens(happenings in vec(happenings(), 0..80)) {
        let start = subscriber(JOINER, Some(SPONSOR)).state();
        let mut person = Stream::new(JOINER, start.clone());
        for what in happenings {
            let before = person.state.clone();
            let (by, answer) = happen(&before, what);
            let Ok(events) = answer else { continue };
            let is_removal = matches!(what, Happening::Remove { .. });
            let is_feed = matches!(by, Actor::Source(_));
            person.append(events, minute(0), &by);
            let after = &person.state;
            round_trips(after);
            // Rule 12: removing never takes the last usable one.
            if is_removal {
                let is_usable = |a: &firstkey_domain::person::Authenticator| {
                    after.usable_authenticator(a.id).is_some()
                };
                prop_assert!(after.authenticators.iter().any(is_usable));
            }
            // Rule 1: a feed changes no role.
            prop_assert!(!is_feed || before.roles == after.roles);
            // Nobody's leaving is undone.
            prop_assert!(before.is_active() || !after.is_active());
            prop_assert!(before.is_active() || after.authenticators.len() <= before.authenticators.len());
        }
        prop_assert_eq!(person.refolded(start), person.state);
    }

    #[test]
    fn what_people_type_as_a_code_breaks_nothing(text in "\\PC*") {
        if let Ok(code) = text.parse::<firstkey_domain::enrollment::MatchCode>() {
            prop_assert_eq!(code.to_string().parse(), Ok(code));
        }
    }

    #[test]
    fn any_text_as_an_id_breaks_nothing(text in "\\PC*") {
        if let Ok(id) = text.parse::<StreamId>() {
            prop_assert_eq!(id.to_string().parse::<StreamId>().ok(), Some(id));
        }
        if let Ok(digest) = text.parse::<Digest>() {
            prop_assert_eq!(digest.to_string(), text);
        }
    }
}
