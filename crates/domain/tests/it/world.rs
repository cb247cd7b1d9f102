//! The people, browsers and keys of the stories.

use std::collections::BTreeSet;

use firstkey_domain::{
    Action, Actor, AttemptId, Attestation, AuthenticatorId, Bytes, Clearance, Credential,
    CredentialId, Digest, EnrollmentId, KeyThumbprint, PassId, Permit, PersonId, Private,
    RawAssertion, Role,
    challenge::{Challenge, Purpose, Signed, Statement},
    enrollment::{
        ApprovalStatement, AttemptEnd, Begin, Bind, BindingStatement, Checklist, Device,
        Enrollment, EnrollmentEvent, HandOver, Invite, Kind, MatchCode, Method, Mint, Phase,
        Proofing, Register, RegistrationStatement, Relation, Running, TryCode, Vouch, Voucher,
    },
    person::{Person, PersonEvent, Profile, Record},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::story::{Story, given};

macro_rules! named {
    ($($name:ident: $id:ident = $number:expr;)+) => {$(
        pub(crate) const $name: $id = $id::from_uuid(Uuid::from_u128($number));
    )+};
}

named! {
    JOINER: PersonId = 0x10;
    SPONSOR: PersonId = 0x11;
    OFFICER: PersonId = 0x12;
    ADMIN: PersonId = 0x13;
    STRANGER: PersonId = 0x14;
    FIRST: EnrollmentId = 0x20;
    SECOND: EnrollmentId = 0x21;
    LAPTOP: AttemptId = 0x31;
    PHONE: AttemptId = 0x32;
    TABLET: AttemptId = 0x33;
    KIOSK: AttemptId = 0x34;
    PASS: PassId = 0x41;
    NEXT_PASS: PassId = 0x42;
    PASSKEY: AuthenticatorId = 0x51;
    SPARE: AuthenticatorId = 0x52;
}

pub(crate) const HOUR: i64 = 60;
pub(crate) const DAY: i64 = 24 * HOUR;
/// How long enrollments stay open here.
pub(crate) const LIFETIME: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Minutes since the story began.
pub(crate) fn minute(minutes: i64) -> Timestamp {
    /// 2031-03-03T08:00:00Z
    const START: i64 = 1_930_291_200;
    Timestamp::from_second(START + minutes * 60).expect("a time within the calendar")
}

fn low_byte(uuid: Uuid) -> u8 {
    uuid.as_bytes()[15]
}

/// The browser key of an attempt.
pub(crate) fn key(attempt: AttemptId) -> KeyThumbprint {
    KeyThumbprint::from_bytes([low_byte(attempt.uuid()); 32])
}

/// The authenticator with which a person of these stories signs.
pub(crate) fn authenticator_of(person: PersonId) -> AuthenticatorId {
    AuthenticatorId::from_uuid(Uuid::from_u128(0x500 + u128::from(low_byte(person.uuid()))))
}

/// A credential, told apart by its number.
pub(crate) fn credential(number: u8) -> Credential {
    Credential {
        id: CredentialId::new(vec![number; 16]),
        public_key: Bytes::new(vec![number, 0xa5]),
        aaguid: Uuid::nil(),
        backup_eligible: true,
        backed_up: true,
        sign_count: 0,
        transports: Vec::new(),
        attestation: Attestation::None,
    }
}

/// The credential that an attempt registers.
pub(crate) fn credential_of(attempt: AttemptId) -> Credential {
    credential(low_byte(attempt.uuid()))
}

/// A signature by an authenticator with that credential.
pub(crate) fn signed(
    purpose: Purpose,
    context: Digest,
    authenticator: AuthenticatorId,
    credential: &Credential,
) -> Signed {
    Signed {
        challenge: Challenge { purpose, context, nonce: Digest::of(b"nonce") },
        authenticator,
        assertion: RawAssertion {
            credential_id: credential.id.clone(),
            authenticator_data: Bytes::new(vec![1]),
            client_data_json: Bytes::new(vec![2]),
            signature: Bytes::new(vec![3]),
        },
    }
}

/// A person's signature with the authenticator that they hold.
pub(crate) fn signed_by(person: PersonId, purpose: Purpose, context: Digest) -> Signed {
    let credential = credential(low_byte(person.uuid()));
    signed(purpose, context, authenticator_of(person), &credential)
}

// People

pub(crate) fn profile(sponsor: Option<PersonId>) -> Profile {
    Profile {
        sponsor,
        start_date: jiff::civil::date(2031, 3, 10),
        time_zone: "Europe/Lisbon".into(),
        worker_type: "employee".into(),
        department: None,
        groups: BTreeSet::new(),
    }
}

pub(crate) fn record(name: &str) -> Private<Record> {
    Private::held(Record {
        external_id: format!("hr-{name}"),
        given_name: name.into(),
        family_name: "Silva".into(),
        personal_email: format!("{name}@example.org"),
        mobile: None,
        language: None,
        user_name: name.into(),
    })
}

/// Somebody who joined and holds nothing yet.
pub(crate) fn newcomer(id: PersonId, sponsor: Option<PersonId>) -> Story<Person> {
    given(id, [joined(sponsor)])
}

/// A feed told us of them.
pub(crate) fn joined(sponsor: Option<PersonId>) -> PersonEvent {
    let (profile, record) = (profile(sponsor), record("ana"));
    PersonEvent::Joined { profile, signed: None, record, blind: Private::erased() }
}

/// Somebody who joined and holds an authenticator.
pub(crate) fn subscriber(id: PersonId, sponsor: Option<PersonId>) -> Story<Person> {
    newcomer(id, sponsor).and([PersonEvent::AuthenticatorBound {
        authenticator: authenticator_of(id),
        credential: credential(low_byte(id.uuid())),
        enrollment: EnrollmentId::from_uuid(Uuid::from_u128(0x2f)),
    }])
}

/// A subscriber who holds an operator role.
pub(crate) fn operator(id: PersonId, role: Role) -> Story<Person> {
    subscriber(id, None).and([PersonEvent::RoleGranted { role, signed: None }])
}

/// The applicant of most stories.
pub(crate) fn joiner() -> Person {
    newcomer(JOINER, Some(SPONSOR)).state()
}

pub(crate) fn sponsor() -> Person {
    subscriber(SPONSOR, None).state()
}

pub(crate) fn officer() -> Person {
    operator(OFFICER, Role::Officer).state()
}

// How far an enrollment has come

pub(crate) fn opened(kind: Kind) -> Story<Enrollment> {
    given(
        FIRST,
        [EnrollmentEvent::Opened {
            person: JOINER,
            enrollment: kind,
            expires: minute(0) + LIFETIME,
            reason: Private::held("first day".into()),
        }],
    )
}

pub(crate) fn invited() -> Story<Enrollment> {
    opened(Kind::First).when(|e, now| e.invite(&invite(now), now)).done()
}

/// These browsers pressed Begin.
pub(crate) fn begun<const N: usize>(attempts: [AttemptId; N]) -> Story<Enrollment> {
    attempts.into_iter().fold(invited(), |story, attempt| {
        story.when(|e, now| e.begin(&joiner(), begin(attempt), now)).done()
    })
}

/// The sponsor vouched for the laptop.
pub(crate) fn proofed() -> Story<Enrollment> {
    begun([LAPTOP]).when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now)).done()
}

/// The laptop took the address from the sponsor's screen.
pub(crate) fn handed_over() -> Story<Enrollment> {
    begun([LAPTOP]).when(|e, now| e.hand_over(&hand_over(LAPTOP, by_sponsor(e)), now)).done()
}

/// The laptop holds a pass.
pub(crate) fn minted() -> Story<Enrollment> {
    let story = proofed();
    let version = story.version();
    story.when(|e, now| e.mint(mint(LAPTOP, version), now)).done()
}

/// The laptop registered a credential.
pub(crate) fn verified() -> Story<Enrollment> {
    minted().when(|e, now| e.verify_credential(register(LAPTOP), now)).done()
}

/// The laptop's credential was bound.
pub(crate) fn bound() -> Story<Enrollment> {
    let story = verified();
    let version = story.version();
    story.when(|e, now| e.bind(bind(LAPTOP, version), now)).done()
}

/// The open part of an enrollment.
pub(crate) fn running(story: &Story<Enrollment>) -> Running {
    match story.state().phase {
        Phase::Open(running) => running,
        Phase::Closed { .. } => panic!("closed"),
    }
}

// Commands

pub(crate) fn invite(from: Timestamp) -> Invite {
    Invite { from, lifetime: LIFETIME, secret: None }
}

pub(crate) fn device() -> Private<Device> {
    Private::held(Device { browser: "Firefox on Linux".into(), network: "192.0.2.7".into() })
}

pub(crate) fn begin(attempt: AttemptId) -> Begin {
    begin_in(FIRST, attempt)
}

pub(crate) fn begin_in(enrollment: EnrollmentId, attempt: AttemptId) -> Begin {
    Begin {
        attempt,
        key: key(attempt),
        generation: 1,
        secret: None,
        clearance: Clearance { enrollment, key: key(attempt), ends: minute(400 * DAY) },
        device: device(),
        replaces: None,
    }
}

pub(crate) fn by_sponsor(enrollment: &Enrollment) -> Voucher {
    Voucher::person(&joiner(), enrollment, &sponsor(), None).expect("the sponsor may vouch")
}

pub(crate) fn by_officer(enrollment: &Enrollment) -> Voucher {
    Voucher::person(&joiner(), enrollment, &officer(), None).expect("an officer may vouch")
}

pub(crate) const SHOWN: &str = "042 137";

/// The voucher types a code while the laptop shows 042 137.
pub(crate) fn typing(voucher: Voucher, typed: &str) -> TryCode {
    let code = |text: &str| text.parse::<MatchCode>().expect("six digits");
    TryCode {
        voucher,
        typed: code(typed),
        shown: vec![(LAPTOP, code(SHOWN))],
        checklist: Checklist::COMPLETE,
    }
}

/// What this voucher is to sign for an attempt.
pub(crate) fn approval(attempt: AttemptId, method: Method) -> ApprovalStatement {
    ApprovalStatement {
        enrollment: FIRST,
        attempt,
        attempt_key: key(attempt),
        method,
        checklist: Checklist::COMPLETE,
    }
}

/// The voucher signs for the oldest attempt of the enrollment.
pub(crate) fn vouch(enrollment: &Enrollment, voucher: Voucher) -> Vouch {
    let oldest = match &enrollment.phase {
        Phase::Open(running) => running.attempts.first(),
        Phase::Closed { .. } => None,
    };
    let method = oldest.map_or(Method::Match, |attempt| voucher.method(attempt));
    let attempt = oldest.map_or(LAPTOP, |attempt| attempt.id);
    let statement = ApprovalStatement { enrollment: enrollment.id, ..approval(attempt, method) };
    let signed = voucher
        .actor()
        .person()
        .map(|person| signed_by(person, Purpose::Approval, statement.digest()));
    Vouch { voucher, statement, signed }
}

/// An attempt brings what it took from this voucher's screen.
pub(crate) fn hand_over(attempt: AttemptId, voucher: Voucher) -> HandOver {
    HandOver { attempt, voucher }
}

/// The proofing that the sponsor's match of the laptop leaves.
pub(crate) fn sponsors_proofing(at: Timestamp) -> Proofing {
    let statement = approval(LAPTOP, Method::Match);
    Proofing {
        method: Method::Match,
        voucher: Actor::Person(SPONSOR),
        relation: Relation::Sponsor,
        checklist: Checklist::COMPLETE,
        signed: Some(signed_by(SPONSOR, Purpose::Approval, statement.digest())),
        at,
    }
}

pub(crate) fn permit(action: Action, version: u64) -> Permit {
    Permit {
        action,
        enrollment: FIRST,
        version,
        policy_revision: 1,
        policy: Digest::of(b"policy"),
        facts: Digest::of(b"facts"),
    }
}

pub(crate) fn mint(attempt: AttemptId, version: u64) -> Mint {
    Mint {
        attempt,
        pass: PASS,
        lifetime: SignedDuration::from_mins(10),
        permit: permit(Action::Mint, version),
        version,
    }
}

pub(crate) fn register(attempt: AttemptId) -> Register {
    let statement = RegistrationStatement { enrollment: FIRST, attempt, pass: PASS };
    Register {
        attempt,
        credential: credential_of(attempt),
        challenge: Challenge {
            purpose: Purpose::Registration,
            context: statement.digest(),
            nonce: Digest::of(b"nonce"),
        },
    }
}

pub(crate) fn binding_statement(attempt: AttemptId) -> BindingStatement {
    let credential = credential_of(attempt);
    BindingStatement {
        enrollment: FIRST,
        attempt_key: key(attempt),
        credential_id: credential.id,
        public_key: credential.public_key,
        facts: Digest::of(b"facts"),
        policy: Digest::of(b"policy"),
        proofing: vec![Digest::of(b"leaf")],
    }
}

pub(crate) fn bind(attempt: AttemptId, version: u64) -> Bind {
    let statement = binding_statement(attempt);
    Bind {
        attempt,
        authenticator: PASSKEY,
        signed: signed(Purpose::Binding, statement.digest(), PASSKEY, &credential_of(attempt)),
        statement,
        permit: permit(Action::Bind, version),
        version,
    }
}

/// The event that ends an attempt.
pub(crate) fn attempt_closed(attempt: AttemptId, reason: AttemptEnd) -> EnrollmentEvent {
    EnrollmentEvent::AttemptClosed { attempt, reason }
}
