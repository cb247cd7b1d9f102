//! Vouching: who may, for whom, and what it takes.

use firstkey_domain::{
    Actor, PersonId, Role,
    challenge::{Purpose, Statement},
    enrollment::{
        AttemptEnd, BeginRefusal, Checklist, Ended, Enrollment, EnrollmentEnd, EnrollmentEvent,
        Kind, Method, Proofing, Relation, Vouch, VouchRefusal, Voucher,
    },
    person::{Field, Person, PersonEvent},
};

use crate::{
    story::{Story, given},
    world::{
        ADMIN, DAY, FIRST, JOINER, LAPTOP, OFFICER, PHONE, SECOND, SPONSOR, STRANGER, approval,
        attempt_closed, authenticator_of, begin, begin_in, begun, bound, by_officer, by_sponsor,
        invite, invited, joiner, minute, newcomer, officer, opened, operator, profile, proofed,
        record, running, signed_by, sponsor, sponsors_proofing, subscriber, vouch,
    },
};

fn relation(voucher: &Person) -> Option<Relation> {
    let enrollment = invited().state();
    Voucher::person(&joiner(), &enrollment, voucher, None).map(|voucher| voucher.relation())
}

/// An additional enrollment in which the joiner's phone has begun.
fn adding() -> Story<Enrollment> {
    let enrolled = subscriber(JOINER, Some(SPONSOR)).state();
    opened(Kind::Additional)
        .when(|e, now| e.invite(&invite(now), now))
        .done()
        .when(move |e, now| e.begin(&enrolled, begin(PHONE), now))
        .done()
}

/// The applicant, after this person changed where their messages go.
fn address_changed_by(actor: Actor) -> Story<Person> {
    newcomer(JOINER, Some(SPONSOR))
        .and([PersonEvent::EnrollmentOpened { enrollment: FIRST }])
        .by(actor)
        .and([PersonEvent::Changed {
            profile: profile(Some(SPONSOR)),
            changed: [Field::Address].into(),
            signed: None,
            record: record("anna"),
        }])
}

// Who may vouch

#[test]
fn the_sponsor_officers_and_administrators_may_vouch_and_nobody_else() {
    assert_eq!(relation(&sponsor()), Some(Relation::Sponsor));
    assert_eq!(relation(&officer()), Some(Relation::Officer));
    let admin = operator(ADMIN, Role::Administrator).state();
    assert_eq!(relation(&admin), Some(Relation::Administrator));
    for role in [Role::Auditor, Role::Approver] {
        assert_eq!(relation(&operator(STRANGER, role).state()), None);
    }
    assert_eq!(relation(&subscriber(STRANGER, None).state()), None);
}

#[test]
fn whoever_holds_no_usable_authenticator_vouches_for_nobody() {
    assert_eq!(relation(&newcomer(SPONSOR, None).state()), None);
    let left = subscriber(SPONSOR, None).and([PersonEvent::Left]);
    assert_eq!(relation(&left.state()), None);
    let authenticator = authenticator_of(SPONSOR);
    let suspended =
        subscriber(SPONSOR, None).and([PersonEvent::AuthenticatorSuspended { authenticator }]);
    assert_eq!(relation(&suspended.state()), None);
}

#[test]
fn a_role_that_was_taken_back_lets_nobody_vouch() {
    let revoked = operator(OFFICER, Role::Officer)
        .and([PersonEvent::RoleRevoked { role: Role::Officer, signed: None }]);
    assert_eq!(relation(&revoked.state()), None);
}

#[test]
fn nobody_vouches_for_somebody_who_left_or_in_somebody_elses_enrollment() {
    let enrollment = invited().state();
    let left = newcomer(JOINER, Some(SPONSOR)).and([PersonEvent::Left]).state();
    assert_eq!(Voucher::person(&left, &enrollment, &sponsor(), None), None);
    let somebody_else = newcomer(STRANGER, Some(SPONSOR)).state();
    assert_eq!(Voucher::person(&somebody_else, &enrollment, &sponsor(), None), None);
}

#[test]
fn rule_03_nobody_vouches_for_themselves_on_the_first_day() {
    let own_sponsor = subscriber(JOINER, Some(JOINER)).and([
        PersonEvent::RoleGranted { role: Role::Officer, signed: None },
        PersonEvent::RoleGranted { role: Role::Administrator, signed: None },
    ]);
    let person = own_sponsor.state();
    assert_eq!(Voucher::person(&person, &invited().state(), &person, None), None);
}

#[test]
fn rule_03_nobody_vouches_for_whoever_vouches_for_them_at_the_same_time() {
    // The applicant vouched in the sponsor's own enrollment, which is still open.
    let sponsors_own = given::<Enrollment>(
        SECOND,
        [
            EnrollmentEvent::Opened {
                person: SPONSOR,
                enrollment: Kind::First,
                expires: minute(DAY),
                reason: firstkey_domain::Private::erased(),
            },
            EnrollmentEvent::Invited {
                generation: 1,
                from: minute(0),
                expires: minute(DAY),
                secret: None,
            },
        ],
    )
    .when(|e, now| e.begin(&sponsor(), begin_in(SECOND, PHONE), now))
    .done()
    .and([EnrollmentEvent::Proofed {
        attempt: PHONE,
        proofing: Proofing { voucher: Actor::Person(JOINER), ..sponsors_proofing(minute(0)) },
    }]);
    let enrollment = invited().state();
    let may = |own: &Story<Enrollment>| {
        Voucher::person(&joiner(), &enrollment, &sponsor(), Some(&own.state())).is_some()
    };
    assert!(!may(&sponsors_own));
    // Once it is closed it is no longer at the same time.
    let closed = EnrollmentEvent::Closed { reason: EnrollmentEnd::Withdrawn };
    assert!(may(&sponsors_own.and([closed])));
}

#[test]
fn rule_12_only_the_person_vouches_for_their_additional_authenticator() {
    let enrolled = subscriber(JOINER, Some(SPONSOR)).state();
    let enrollment = adding().state();
    assert_eq!(Voucher::person(&enrolled, &enrollment, &sponsor(), None), None);
    assert_eq!(Voucher::person(&enrolled, &enrollment, &officer(), None), None);
    let oneself = Voucher::person(&enrolled, &enrollment, &enrolled, None).expect("they may");
    assert_eq!(
        (oneself.relation(), oneself.method(&running(&adding()).attempts[0])),
        (Relation::Oneself, Method::OwnAuthenticator)
    );
}

#[test]
fn rule_12_an_existing_authenticator_signs_for_the_new_key() {
    let enrolled = subscriber(JOINER, Some(SPONSOR)).state();
    let oneself =
        |e: &Enrollment| Voucher::person(&enrolled, e, &enrolled, None).expect("they may");
    adding()
        .when(|e, now| e.vouch(Vouch { signed: None, ..vouch(e, oneself(e)) }, now))
        .refused(VouchRefusal::NotSigned)
        .when(|e, now| e.vouch(vouch(e, oneself(e)), now))
        .done();
}

#[test]
pub(crate) fn rule_02_whoever_changed_the_address_may_not_vouch() {
    let applicant = address_changed_by(Actor::Person(OFFICER)).state();
    begun([LAPTOP])
        .when(|e, now| {
            let voucher = Voucher::person(&applicant, e, &officer(), None).expect("an officer");
            assert!(voucher.is_barred());
            e.vouch(vouch(e, voucher), now)
        })
        .refused(VouchRefusal::Barred)
        .when(|e, now| {
            let voucher = Voucher::person(&applicant, e, &sponsor(), None).expect("the sponsor");
            e.vouch(vouch(e, voucher), now)
        })
        .done();
}

#[test]
fn rule_02_withdrawing_and_opening_anew_forgets_nothing() {
    let applicant = address_changed_by(Actor::Person(OFFICER))
        .and([PersonEvent::EnrollmentOpened { enrollment: SECOND }])
        .state();
    let is_barred = |applicant: &Person| {
        let enrollment = invited().state();
        Voucher::person(applicant, &enrollment, &officer(), None).expect("an officer").is_barred()
    };
    assert!(is_barred(&applicant));
    let bound = address_changed_by(Actor::Person(OFFICER)).and([PersonEvent::AuthenticatorBound {
        authenticator: authenticator_of(JOINER),
        credential: crate::world::credential(9),
        enrollment: SECOND,
    }]);
    assert!(!is_barred(&bound.state()), "it ends when an authenticator is bound");
}

#[test]
fn rule_02_a_change_before_any_enrollment_or_of_no_trust_path_bars_nobody() {
    let changed = |field: Field| PersonEvent::Changed {
        profile: profile(Some(SPONSOR)),
        changed: [field].into(),
        signed: None,
        record: record("anna"),
    };
    let before =
        newcomer(JOINER, Some(SPONSOR)).by(Actor::Person(OFFICER)).and([changed(Field::Address)]);
    assert!(before.state().barred.is_empty());
    let details =
        before.and([PersonEvent::EnrollmentOpened { enrollment: FIRST }, changed(Field::Details)]);
    assert!(details.state().barred.is_empty());
}

// What it takes

#[test]
fn a_match_by_the_sponsor_is_recorded_with_its_evidence() {
    let story =
        begun([LAPTOP]).at(minute(3)).when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now)).then([
            EnrollmentEvent::Proofed { attempt: LAPTOP, proofing: sponsors_proofing(minute(3)) },
        ]);
    let proofing = running(&story).attempts[0].proofings[0].clone();
    assert!(proofing.method.is_relayable(), "rule 4: a match is recorded as relayable");
    assert!(!Method::Handover.is_relayable() && !Method::Terminal.is_relayable());
}

#[test]
fn a_second_voucher_adds_a_second_proofing() {
    let story = proofed().when(|e, now| e.vouch(vouch(e, by_officer(e)), now)).done();
    assert_eq!(running(&story).attempts[0].proofings.len(), 2);
}

#[test]
pub(crate) fn the_same_voucher_twice_is_one_voucher() {
    proofed().when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now)).refused(VouchRefusal::Twice);
}

#[test]
fn the_terminal_vouches_without_a_signature_and_cannot_pretend_to_one() {
    let host = || Voucher::host("root".into());
    begun([LAPTOP])
        .when(|e, now| {
            let statement = approval(LAPTOP, Method::Terminal);
            let signed = signed_by(SPONSOR, Purpose::Approval, statement.digest());
            e.vouch(Vouch { voucher: host(), statement, signed: Some(signed) }, now)
        })
        .refused(VouchRefusal::NotSigned)
        .when(|e, now| e.vouch(vouch(e, host()), now))
        .then([EnrollmentEvent::Proofed {
            attempt: LAPTOP,
            proofing: Proofing {
                method: Method::Terminal,
                voucher: Actor::Host("root".into()),
                relation: Relation::Host,
                checklist: Checklist::COMPLETE,
                signed: None,
                at: minute(0),
            },
        }]);
}

#[test]
pub(crate) fn nobody_is_vouched_for_in_what_is_over() {
    let voucher = by_sponsor(&invited().state());
    bound()
        .when(|e, now| e.vouch(vouch(e, voucher), now))
        .refused(VouchRefusal::Ended(Ended(EnrollmentEnd::Bound)));
}

#[test]
pub(crate) fn before_anybody_began_there_is_nobody_to_vouch_for() {
    invited()
        .when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now))
        .refused(VouchRefusal::NobodyWaiting);
}

#[test]
fn rule_22_an_attempt_whose_day_is_over_is_nobody_waiting() {
    begun([LAPTOP])
        .at(minute(DAY))
        .when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now))
        .refused(VouchRefusal::NobodyWaiting);
}

#[test]
pub(crate) fn rule_04_a_match_never_counts_while_another_attempt_is_open() {
    begun([LAPTOP, PHONE])
        .when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now))
        .refused(VouchRefusal::Contested)
        // Sending again starts clean, and the joiner alone begins.
        .when(|e, now| e.invite(&invite(now), now))
        .done()
        .when(|e, now| {
            let begin = firstkey_domain::enrollment::Begin { generation: 2, ..begin(LAPTOP) };
            e.begin(&joiner(), begin, now)
        })
        .done()
        .when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now))
        .done();
}

#[test]
fn rule_22_an_attempt_whose_day_is_over_contests_nothing() {
    begun([PHONE])
        .at(minute(DAY - 1))
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .done()
        .at(minute(DAY))
        .when(|e, now| {
            let voucher = by_sponsor(e);
            let statement = approval(LAPTOP, Method::Match);
            let signed = signed_by(SPONSOR, Purpose::Approval, statement.digest());
            e.vouch(Vouch { voucher, statement, signed: Some(signed) }, now)
        })
        .done();
}

#[test]
pub(crate) fn rule_04_every_line_of_the_checklist_is_confirmed() {
    let complete = Checklist::COMPLETE;
    for checklist in [
        Checklist { started_by_me: false, ..complete },
        Checklist { known_channel: false, ..complete },
        Checklist { recognised: false, ..complete },
    ] {
        begun([LAPTOP])
            .when(|e, now| {
                let mut command = vouch(e, by_sponsor(e));
                command.statement.checklist = checklist;
                let digest = command.statement.digest();
                command.signed = Some(signed_by(SPONSOR, Purpose::Approval, digest));
                e.vouch(command, now)
            })
            .refused(VouchRefusal::Incomplete);
    }
}

#[test]
pub(crate) fn a_browser_that_changed_under_the_signature_was_not_vouched_for() {
    begun([LAPTOP])
        .and([attempt_closed(LAPTOP, AttemptEnd::Expired)])
        .when(|e, now| e.begin(&joiner(), begin(PHONE), now))
        .done()
        .when(|e, now| {
            let statement = approval(LAPTOP, Method::Match);
            let signed = signed_by(SPONSOR, Purpose::Approval, statement.digest());
            e.vouch(Vouch { voucher: by_sponsor(e), statement, signed: Some(signed) }, now)
        })
        .refused(VouchRefusal::Moved);
}

#[test]
fn a_voucher_cannot_claim_a_stronger_method_or_another_enrollment() {
    for (statement, reason) in [
        (approval(LAPTOP, Method::Handover), VouchRefusal::Moved),
        (approval(LAPTOP, Method::Terminal), VouchRefusal::Moved),
        (
            firstkey_domain::enrollment::ApprovalStatement {
                enrollment: SECOND,
                ..approval(LAPTOP, Method::Match)
            },
            VouchRefusal::Moved,
        ),
    ] {
        begun([LAPTOP])
            .when(|e, now| {
                let signed = signed_by(SPONSOR, Purpose::Approval, statement.digest());
                e.vouch(Vouch { voucher: by_sponsor(e), statement, signed: Some(signed) }, now)
            })
            .refused(reason);
    }
}

#[test]
pub(crate) fn rule_13_what_was_not_signed_as_an_approval_of_this_is_no_approval() {
    let statement = approval(LAPTOP, Method::Match);
    let other = approval(PHONE, Method::Match);
    let by = |person: PersonId, purpose, digest| Some(signed_by(person, purpose, digest));
    for signed in [
        None,
        by(SPONSOR, Purpose::SignIn, statement.digest()),
        by(SPONSOR, Purpose::Act, statement.digest()),
        by(SPONSOR, Purpose::Approval, other.digest()),
        // Somebody else's key, however good the signature.
        by(STRANGER, Purpose::Approval, statement.digest()),
    ] {
        begun([LAPTOP])
            .when(|e, now| e.vouch(Vouch { voucher: by_sponsor(e), statement, signed }, now))
            .refused(VouchRefusal::NotSigned);
    }
}

// Refusing

#[test]
fn refusing_closes_every_attempt_and_voids_the_locator() {
    let refused = |e: &Enrollment, now| e.refuse(&by_sponsor(e), now);
    begun([LAPTOP, PHONE])
        .when(refused)
        .then([
            attempt_closed(LAPTOP, AttemptEnd::Refused),
            attempt_closed(PHONE, AttemptEnd::Refused),
            EnrollmentEvent::Refused { voucher: Actor::Person(SPONSOR) },
        ])
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .refused(BeginRefusal::Replaced);
}

#[test]
fn there_is_nobody_to_refuse_before_anybody_began() {
    invited().when(|e, now| e.refuse(&by_sponsor(e), now)).refused(VouchRefusal::NobodyWaiting);
}
