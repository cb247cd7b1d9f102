//! From what was recorded to what policy sees.

use std::collections::BTreeSet;

use firstkey_domain::{
    Action, Actor, Aggregate, AttemptId, Attestation, AuthenticatorId, Bytes, Credential,
    CredentialId, Digest, EnrollmentId, KeyThumbprint, PersonId, Private, RawAssertion, Recorded,
    Role, StreamId,
    challenge::{Challenge, Purpose, Signed},
    enrollment::{
        Acquaintance, Attempt, Checklist, Enrollment, EnrollmentEvent, Kind, Method, Phase,
        Proofing, Relation,
    },
    person::{Authenticator, AuthenticatorStanding, Person, PersonEvent, Profile, Standing},
};
use firstkey_policy::{
    Earned, Facts, Held, Listing, Matches, Model, ModelFacts, NewAuthenticator, OperatorFacts,
    Privilege, Subject, Surroundings, Transport,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::stage::{AAGUID, SHIPPED};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const SPONSOR: u8 = 2;
const OFFICER: u8 = 3;

fn later() -> Timestamp {
    NOW + jiff::SignedDuration::from_hours(24)
}

fn person_id(number: u8) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number.into()))
}

fn credential(number: u8, backup_eligible: bool) -> Credential {
    Credential {
        id: CredentialId::new(vec![number]),
        public_key: Bytes::new(vec![number]),
        aaguid: Uuid::nil(),
        backup_eligible,
        backed_up: false,
        sign_count: 0,
        transports: Vec::new(),
        attestation: Attestation::SelfSigned,
    }
}

/// The state that one event makes.
fn begins<A: Aggregate>(stream: impl Into<StreamId>, event: A::Event) -> A {
    let by = Actor::Source("hr".into());
    let recorded = Recorded { stream: stream.into(), version: 1, at: NOW, by, event };
    A::evolve(None, &recorded).expect("the event begins the stream")
}

/// Somebody with one authenticator, whose id is theirs.
fn person(number: u8) -> Person {
    let profile = Profile {
        sponsor: None,
        start_date: jiff::civil::date(2031, 3, 10),
        time_zone: "UTC".into(),
        worker_type: "contractor".into(),
        department: None,
        groups: ["staff".into()].into(),
    };
    let joined = PersonEvent::Joined {
        profile,
        signed: None,
        record: Private::erased(),
        blind: Private::erased(),
    };
    let mut person: Person = begins(person_id(number), joined);
    person.authenticators.push(Authenticator {
        id: AuthenticatorId::from_uuid(Uuid::from_u128(number.into())),
        credential: credential(number, true),
        enrollment: EnrollmentId::from_uuid(Uuid::nil()),
        bound: NOW,
        name: Private::erased(),
        standing: AuthenticatorStanding::Active,
    });
    person
}

fn applicant() -> Person {
    let mut applicant = person(1);
    applicant.authenticators.clear();
    applicant.profile.sponsor = Some(person_id(SPONSOR));
    applicant
}

fn officer() -> Person {
    let mut officer = person(OFFICER);
    officer.roles = [Role::Officer].into();
    officer
}

fn proofing(method: Method, by: u8, relation: Relation) -> Proofing {
    Proofing {
        method,
        voucher: Actor::Person(person_id(by)),
        relation,
        checklist: Checklist::ACQUAINTED,
        signed: Some(Signed {
            challenge: Challenge {
                purpose: Purpose::Approval,
                context: Digest::of(b"statement"),
                nonce: Digest::of(b"nonce"),
            },
            authenticator: AuthenticatorId::from_uuid(Uuid::from_u128(by.into())),
            assertion: RawAssertion {
                credential_id: CredentialId::new(vec![by]),
                authenticator_data: Bytes::new(Vec::new()),
                client_data_json: Bytes::new(Vec::new()),
                signature: Bytes::new(Vec::new()),
            },
        }),
        at: NOW,
    }
}

fn attempt(number: u8, proofings: &[Proofing]) -> Attempt {
    Attempt {
        id: AttemptId::from_uuid(Uuid::from_u128(number.into())),
        key: KeyThumbprint::from_bytes([number; 32]),
        began: NOW,
        expires: later(),
        device: Private::erased(),
        handed_over: Vec::new(),
        proofings: proofings.to_vec(),
        pass: None,
        verified: None,
        failed_ceremonies: 0,
    }
}

fn enrollment(attempts: &[Attempt]) -> Enrollment {
    let opened = EnrollmentEvent::Opened {
        person: person_id(1),
        enrollment: Kind::First,
        expires: later(),
        reason: Private::erased(),
    };
    let mut enrollment: Enrollment = begins(EnrollmentId::from_uuid(Uuid::from_u128(9)), opened);
    if let Phase::Open(running) = &mut enrollment.phase {
        running.attempts = attempts.to_vec();
    }
    enrollment
}

/// The facts about the first of these attempts.
fn gather(applicant: &Person, attempts: &[Attempt], vouchers: &[Person]) -> Facts {
    let named_groups = ["payroll".to_owned()].into();
    let around = Surroundings {
        named_groups: &named_groups,
        sponsors_privileged: false,
        vouchers,
        listing: Listing::Unlisted,
    };
    Facts::gather(applicant, &enrollment(attempts), &attempts[0], around, NOW)
}

fn by_sponsor() -> Proofing {
    proofing(Method::Match, SPONSOR, Relation::Sponsor)
}

#[test]
fn an_ordinary_joiner_whom_the_sponsor_met_gets_a_pass() {
    let facts = gather(&applicant(), &[attempt(1, &[by_sponsor()])], &[person(SPONSOR)]);
    assert_eq!(facts.given.privilege, Privilege::None);
    assert_eq!(facts.given.held, Held::None);
    assert_eq!(facts.given.worker_type, "contractor");
    assert_eq!(facts.earned.matches, Matches::One);
    assert!(facts.given.vouchers_in_good_standing && !facts.given.contested);
    assert!(SHIPPED.decide_enrollment(&facts, Action::Mint).is_permitted());
}

#[test]
fn two_different_vouchers_count_twice_and_the_same_one_once() {
    let by_officer = proofing(Method::Match, OFFICER, Relation::Officer);
    let count =
        |proofings: &[Proofing]| gather(&applicant(), &[attempt(1, proofings)], &[]).earned.matches;
    assert_eq!(count(&[by_sponsor(), by_officer]), Matches::Several);
    assert_eq!(count(&[by_sponsor(), by_sponsor()]), Matches::One);
    assert_eq!(count(&[]), Matches::None);
}

#[test]
fn rule_04_a_sponsor_who_never_met_the_joiner_is_not_enough_alone() {
    let stranger = |acquaintance| {
        let checklist = Checklist { acquaintance, ..Checklist::COMPLETE };
        let attempts = [attempt(1, &[Proofing { checklist, ..by_sponsor() }])];
        gather(&applicant(), &attempts, &[person(SPONSOR)])
    };
    for said in [None, Some(Acquaintance::FirstMeeting)] {
        let facts = stranger(said);
        assert!(facts.earned.matches == Matches::One && !facts.earned.known_by_sight);
        assert!(!SHIPPED.decide_enrollment(&facts, Action::Mint).is_permitted(), "{said:?}");
    }
    let facts = stranger(Some(Acquaintance::BySight));
    assert!(SHIPPED.decide_enrollment(&facts, Action::Mint).is_permitted());
}

#[test]
fn rule_04_a_handover_is_a_match_as_well_and_by_one_voucher() {
    let handover = || proofing(Method::Handover, SPONSOR, Relation::Sponsor);
    let earned = |proofings: &[Proofing]| Earned::from_proofings(proofings);
    let alone = earned(&[handover()]);
    assert!(alone.handover && alone.matches == Matches::One);
    assert_eq!(earned(&[by_sponsor(), handover()]).matches, Matches::One);
    let by_officer = proofing(Method::Match, OFFICER, Relation::Officer);
    assert_eq!(earned(&[handover(), by_officer]).matches, Matches::Several);
    // What nobody but the host or the applicant said of sight counts for nothing.
    let own = earned(&[proofing(Method::OwnAuthenticator, 1, Relation::Oneself)]);
    assert!(!own.known_by_sight);
}

#[test]
fn privilege_comes_from_a_role_a_named_group_or_those_one_sponsors() {
    let browser = [attempt(1, &[])];
    let mut operator = applicant();
    operator.roles = [Role::Approver].into();
    assert_eq!(gather(&operator, &browser, &[]).given.privilege, Privilege::Own);
    let mut clerk = applicant();
    clerk.profile.groups.insert("payroll".into());
    assert_eq!(gather(&clerk, &browser, &[]).given.privilege, Privilege::Own);
    let around = Surroundings {
        named_groups: &BTreeSet::new(),
        sponsors_privileged: true,
        vouchers: &[],
        listing: Listing::Unlisted,
    };
    let facts = Facts::gather(&operator, &enrollment(&browser), &browser[0], around, NOW);
    assert_eq!(facts.given.privilege, Privilege::Sponsor);
}

#[test]
fn a_second_open_browser_contests_the_first_until_its_time_is_over() {
    let mut second = attempt(2, &[]);
    let first = attempt(1, &[by_sponsor()]);
    assert!(gather(&applicant(), &[first.clone(), second.clone()], &[]).given.contested);
    second.expires = NOW;
    assert!(!gather(&applicant(), &[first, second], &[]).given.contested);
}

#[test]
fn a_voucher_loses_standing_by_leaving_by_losing_the_relation_or_their_authenticator() {
    let stands = |applicant: &Person, voucher: &Person, proofing: Proofing| {
        let vouchers = std::slice::from_ref(voucher);
        gather(applicant, &[attempt(1, &[proofing])], vouchers).given.vouchers_in_good_standing
    };
    let by_officer = || proofing(Method::Match, OFFICER, Relation::Officer);
    assert!(stands(&applicant(), &officer(), by_officer()));

    let mut gone = person(SPONSOR);
    gone.standing = Standing::Left(NOW);
    assert!(!stands(&applicant(), &gone, by_sponsor()), "left");

    let mut reassigned = applicant();
    reassigned.profile.sponsor = Some(person_id(OFFICER));
    assert!(!stands(&reassigned, &person(SPONSOR), by_sponsor()), "sponsors no longer");

    assert!(!stands(&applicant(), &person(OFFICER), by_officer()), "role revoked");

    let mut suspended = officer();
    suspended.authenticators[0].standing = AuthenticatorStanding::Suspended;
    assert!(!stands(&applicant(), &suspended, by_officer()), "key stopped");

    let unsigned = Proofing { signed: None, ..by_officer() };
    assert!(!stands(&applicant(), &officer(), unsigned), "never signed");

    assert!(!stands(&applicant(), &officer(), by_sponsor()), "was not loaded");
}

#[test]
fn the_host_has_no_standing_to_lose_and_nobody_passes_for_it() {
    let by_host = Proofing {
        voucher: Actor::Host("root".into()),
        signed: None,
        ..proofing(Method::Terminal, 0, Relation::Host)
    };
    let facts = gather(&applicant(), &[attempt(1, std::slice::from_ref(&by_host))], &[]);
    assert!(facts.given.vouchers_in_good_standing && facts.earned.terminal);
    let feigned = Proofing { relation: Relation::Sponsor, ..by_host };
    let facts = gather(&applicant(), &[attempt(1, &[feigned])], &[]);
    assert!(!facts.given.vouchers_in_good_standing);
}

#[test]
fn only_authenticators_that_work_count_as_held() {
    let mut subscriber = person(1);
    let own = proofing(Method::OwnAuthenticator, 1, Relation::Oneself);
    let browser = [attempt(1, &[own])];
    let facts = gather(&subscriber, &browser, &[]);
    assert_eq!(facts.given.held, Held::One);
    assert!(facts.earned.own_authenticator && facts.given.vouchers_in_good_standing);
    subscriber.authenticators[0].standing = AuthenticatorStanding::Suspended;
    let facts = gather(&subscriber, &browser, &[]);
    assert_eq!(facts.given.held, Held::None);
    assert!(!facts.given.vouchers_in_good_standing);
}

#[test]
fn a_registered_authenticator_is_device_bound_unless_it_may_be_backed_up() {
    let mut browser = attempt(1, &[]);
    for backup_eligible in [true, false] {
        browser.verified = Some(credential(7, backup_eligible));
        let facts = gather(&applicant(), &[browser.clone()], &[]);
        let expected = NewAuthenticator {
            device_bound: !backup_eligible,
            attestation: Attestation::SelfSigned,
            model: Model::Unknown,
            transports: BTreeSet::new(),
            listing: Listing::Unlisted,
        };
        assert_eq!(facts.authenticator, Some(expected));
    }
}

#[test]
fn a_registered_authenticator_brings_its_model_its_transports_and_what_is_known_of_the_model() {
    let mut browser = attempt(1, &[]);
    let names = ["usb", "nfc", "smart-card", "carrier-pigeon"];
    browser.verified = Some(Credential {
        aaguid: AAGUID,
        transports: names.map(|name| firstkey_domain::Transport(name.into())).to_vec(),
        ..credential(7, false)
    });
    let listing = Listing::Listed(ModelFacts { compromised: true, ..ModelFacts::default() });
    let around = Surroundings {
        named_groups: &BTreeSet::new(),
        sponsors_privileged: false,
        vouchers: &[],
        listing,
    };
    let enrollment = enrollment(std::slice::from_ref(&browser));
    let facts = Facts::gather(&applicant(), &enrollment, &browser, around, NOW);
    let new = facts.authenticator.unwrap();
    assert_eq!(new.model, Model::Named(AAGUID));
    let known = [Transport::Usb, Transport::Nfc, Transport::SmartCard];
    assert_eq!(new.transports, known.into(), "what has no name here is no fact");
    assert_eq!(new.listing, listing);
}

#[test]
fn a_bound_authenticator_suits_its_holder_as_long_as_policy_would_bind_it_again() {
    let mut holder = person(1);
    let would_bind = |holder: &Person, sponsors_privileged| {
        let own = &holder.authenticators[0];
        SHIPPED.would_bind(holder, own, sponsors_privileged, Listing::Unlisted).is_permitted()
    };
    for backup_eligible in [true, false] {
        holder.authenticators[0].credential = credential(7, backup_eligible);
        holder.roles.clear();
        assert!(would_bind(&holder, false));
        assert_eq!(would_bind(&holder, true), !backup_eligible, "sponsors privileged people");
        holder.roles.insert(Role::Officer);
        assert!(would_bind(&holder, false));
        holder.roles.insert(Role::Administrator);
        assert_eq!(would_bind(&holder, false), !backup_eligible, "an administrator");
    }
}

#[test]
fn a_bound_authenticator_suits_nobody_any_more_once_its_model_is_revoked() {
    let holder = person(1);
    let would_bind = |listing| {
        let decision = SHIPPED.would_bind(&holder, &holder.authenticators[0], false, listing);
        let by = decision.rules.iter().any(|rule| rule.id == "revoked-models-are-refused");
        assert_eq!(by, !decision.is_permitted());
        decision.is_permitted()
    };
    let sound = ModelFacts::default();
    assert!(would_bind(Listing::Listed(sound)));
    assert!(!would_bind(Listing::Listed(ModelFacts { revoked: true, ..sound })));
    assert!(!would_bind(Listing::SetAside), "it may be revoked");
}

#[test]
fn operators_bring_roles_and_relation_and_nothing_once_they_left() {
    let mut sponsor = person(SPONSOR);
    let subject = |subject: Option<&Person>, sponsor: &Person| {
        OperatorFacts::gather(sponsor, subject).map(|facts| facts.subject)
    };
    assert_eq!(subject(None, &sponsor), Some(Subject::Organisation));
    assert_eq!(subject(Some(&applicant()), &sponsor), Some(Subject::OwnJoiner));
    assert_eq!(subject(Some(&officer()), &sponsor), Some(Subject::Somebody));
    assert_eq!(subject(Some(&sponsor), &sponsor), Some(Subject::Oneself));
    sponsor.standing = Standing::Left(NOW);
    assert_eq!(OperatorFacts::gather(&sponsor, Some(&applicant())), None);
}
