//! Which rows and counters follow from a state. Pure, and written once for all backends.

use firstkey_domain::{
    Aggregate,
    enrollment::{Attempt, Enrollment, EnrollmentEnd, Kind, Milestone, Phase, Running},
    log::Log,
    machine_key::MachineKey,
    metadata::MetadataInForce,
    person::{AuthenticatorStanding, Person, Record, Standing, Tombstones},
    policy::Policy,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    AttemptRow, AuthenticatorRow, EnrollmentRow, Figure, PersonRow, Reservation, ReservationKind,
    RoleRow, Row, RowKey, RowSeal, Stage, Tally, figure, reserved,
};

/// How soon the end of a pass must be recorded.
const ENDED_LATE: SignedDuration = SignedDuration::from_secs(60);

/// A state from which rows and counters follow.
pub trait Projected: Aggregate {
    /// The rows that follow from the state.
    fn rows(&self, key: &RowKey) -> Vec<Row>;

    /// How the change from `old` at `at` moves the counters.
    fn tallies(old: Option<&Self>, new: &Self, at: Timestamp) -> Vec<(Tally, i64)>;

    /// How it moves the figures.
    fn figures(_: Option<&Self>, _: &Self, _: Timestamp) -> Vec<(Figure, i64)> {
        Vec::new()
    }
}

impl Projected for Person {
    fn rows(&self, key: &RowKey) -> Vec<Row> {
        person_rows(self, key)
    }

    fn tallies(old: Option<&Self>, new: &Self, _: Timestamp) -> Vec<(Tally, i64)> {
        person_tallies(old, new)
    }

    fn figures(old: Option<&Self>, new: &Self, at: Timestamp) -> Vec<(Figure, i64)> {
        figure::of_person(old, new, at)
    }
}

impl Projected for Enrollment {
    fn rows(&self, _: &RowKey) -> Vec<Row> {
        enrollment_rows(self)
    }

    fn tallies(old: Option<&Self>, new: &Self, at: Timestamp) -> Vec<(Tally, i64)> {
        enrollment_tallies(old, new, at)
    }

    fn figures(old: Option<&Self>, new: &Self, at: Timestamp) -> Vec<(Figure, i64)> {
        figure::of_enrollment(old, new, at)
    }
}

impl Projected for Policy {
    fn rows(&self, _: &RowKey) -> Vec<Row> {
        Vec::new()
    }

    fn tallies(_: Option<&Self>, _: &Self, _: Timestamp) -> Vec<(Tally, i64)> {
        Vec::new()
    }
}

impl Projected for Log {
    fn rows(&self, _: &RowKey) -> Vec<Row> {
        Vec::new()
    }

    fn tallies(_: Option<&Self>, _: &Self, _: Timestamp) -> Vec<(Tally, i64)> {
        Vec::new()
    }
}

/// Requests find the state by the key that signed them, and lists read the states: there are few.
impl Projected for MachineKey {
    fn rows(&self, _: &RowKey) -> Vec<Row> {
        Vec::new()
    }

    fn tallies(_: Option<&Self>, _: &Self, _: Timestamp) -> Vec<(Tally, i64)> {
        Vec::new()
    }
}

/// The state holds the digest of a file, from which its bytes do not follow: whoever imports them puts
/// them into the same commit ([`Row::Metadata`]).
impl Projected for MetadataInForce {
    fn rows(&self, _: &RowKey) -> Vec<Row> {
        Vec::new()
    }

    fn tallies(_: Option<&Self>, _: &Self, _: Timestamp) -> Vec<(Tally, i64)> {
        Vec::new()
    }
}

/// The rows of a person.
pub fn person_rows(person: &Person, key: &RowKey) -> Vec<Row> {
    vec![
        Row::Person(person_row(person)),
        Row::Authenticators(person.id, authenticator_rows(person, key)),
        Row::Roles(person.id, role_rows(person, key)),
    ]
}

/// The person's row; erased data is empty.
pub fn person_row(person: &Person) -> PersonRow {
    let text = |pick: fn(&Record) -> &String| {
        person.record.expose().map(|record| pick(record).clone()).unwrap_or_default()
    };
    PersonRow {
        id: person.id,
        external_id: text(|record| &record.external_id),
        given_name: text(|record| &record.given_name),
        family_name: text(|record| &record.family_name),
        user_name: text(|record| &record.user_name),
        personal_email: text(|record| &record.personal_email),
        sponsor: person.profile.sponsor,
        start_date: person.profile.start_date,
        worker_type: person.profile.worker_type.clone(),
        department: person.profile.department.clone(),
        groups: person.profile.groups.clone(),
        active: person.is_active(),
        authenticators: u32::try_from(person.authenticators.len()).unwrap_or(u32::MAX),
        enrollment: person.enrollment,
    }
}

/// The person's authenticators. None once they left: nothing of theirs signs in.
pub fn authenticator_rows(person: &Person, key: &RowKey) -> Vec<AuthenticatorRow> {
    person
        .authenticators
        .iter()
        .map(|each| {
            let mut row = AuthenticatorRow {
                id: each.id,
                person: person.id,
                credential: each.credential.id.clone(),
                public_key: each.credential.public_key.as_bytes().to_vec(),
                backup_eligible: each.credential.backup_eligible,
                aaguid: each.credential.aaguid,
                transports: each.credential.transports.iter().map(|t| t.0.clone()).collect(),
                name: each.name.expose().cloned(),
                active: person.is_active() && each.standing == AuthenticatorStanding::Active,
                bound: each.bound,
                last_used: None,
                sign_count: each.credential.sign_count,
                seal: RowSeal([0; 32]),
            };
            row.seal = row.expected_seal(key);
            row
        })
        .collect()
}

/// The person's roles. None once they left.
pub fn role_rows(person: &Person, key: &RowKey) -> Vec<RoleRow> {
    let held = person.roles.iter().filter(|_| person.is_active());
    held.map(|role| {
        let mut row = RoleRow { person: person.id, role: *role, seal: RowSeal([0; 32]) };
        row.seal = row.expected_seal(key);
        row
    })
    .collect()
}

/// What stays taken as long as the person's stream is there: their user name and HR's identifier of
/// them, which outlive erasure as tombstones.
pub fn person_reservations(person: &Person, key: &RowKey) -> Vec<Reservation> {
    let names = match (&person.standing, person.record.expose()) {
        (Standing::Erased { tombstones, .. }, _) => Some(*tombstones),
        (_, Some(record)) => Some(tombstones(record, key)),
        (_, None) => None,
    };
    let reserved =
        |kind, digest| Reservation { kind, key: digest, owner: person.id.uuid(), ends: None };
    let names = names.into_iter().flat_map(|names| {
        [
            reserved(ReservationKind::UserName, names.user_name),
            reserved(ReservationKind::ExternalId, names.external_id),
        ]
    });
    let held = person.authenticators.iter();
    let held = held.map(|each| reserved(ReservationKind::Credential, each.credential.id.digest()));
    names.chain(held).collect()
}

/// The keys under which a record's user name and external id are taken.
pub fn tombstones(record: &Record, key: &RowKey) -> Tombstones {
    Tombstones {
        user_name: reserved::user_name(key, &record.user_name),
        external_id: reserved::external_id(key, &record.external_id),
    }
}

/// The rows of an enrollment.
pub fn enrollment_rows(enrollment: &Enrollment) -> Vec<Row> {
    vec![
        Row::Enrollment(enrollment_row(enrollment)),
        Row::Attempts(enrollment.id, attempt_rows(enrollment)),
    ]
}

/// The enrollment's row.
pub fn enrollment_row(enrollment: &Enrollment) -> EnrollmentRow {
    let (stage, invited_from, expires) = match &enrollment.phase {
        Phase::Open(running) => (stage(running), running.invitation.from, running.expires),
        Phase::Closed { reason, at, .. } => (Stage::Closed(*reason), None, *at),
    };
    EnrollmentRow {
        id: enrollment.id,
        person: enrollment.person,
        kind: enrollment.kind,
        stage,
        opened: enrollment.opened,
        invited_from,
        expires,
        deadline: enrollment.next_deadline(),
    }
}

/// The furthest that any browser has come.
fn stage(running: &Running) -> Stage {
    let furthest = running.attempts.iter().map(progress).max();
    match furthest {
        None if running.invitation.from.is_none() => Stage::Uninvited,
        None => Stage::Invited,
        Some(Stage::Begun) if running.attempts.len() > 1 => Stage::Contested,
        Some(stage) => stage,
    }
}

fn progress(attempt: &Attempt) -> Stage {
    if attempt.verified.is_some() {
        Stage::Verified
    } else if attempt.pass.is_some() {
        Stage::Pass
    } else if attempt.proofings.is_empty() {
        Stage::Begun
    } else {
        Stage::Proofed
    }
}

/// The attempts that were not closed.
pub fn attempt_rows(enrollment: &Enrollment) -> Vec<AttemptRow> {
    let Phase::Open(running) = &enrollment.phase else { return Vec::new() };
    running
        .attempts
        .iter()
        .map(|attempt| AttemptRow {
            id: attempt.id,
            enrollment: enrollment.id,
            key: attempt.key,
            began: attempt.began,
            expires: attempt.expires,
            pass_expires: attempt.pass.map(|pass| pass.expires),
        })
        .collect()
}

/// How a person's change moves the counters.
pub fn person_tallies(old: Option<&Person>, new: &Person) -> Vec<(Tally, i64)> {
    let count = |person: &Person| {
        let is_active = i64::from(person.is_active());
        [
            (Tally::People, is_active),
            (Tally::Enrolled, is_active * i64::from(person.is_enrolled())),
            (Tally::SecondAuthenticator, is_active * i64::from(person.authenticators.len() >= 2)),
        ]
    };
    differences(old.map(count), count(new))
}

/// How an enrollment's change at `at` moves the counters. The funnel counts how far first
/// enrollments have ever come; what is open is counted as it stands.
pub fn enrollment_tallies(
    old: Option<&Enrollment>,
    new: &Enrollment,
    at: Timestamp,
) -> Vec<(Tally, i64)> {
    let mut moved = differences(old.map(standing), standing(new));
    if let Some(old) = old {
        moved.extend(alarms(old, new, at));
    }
    moved
}

fn standing(enrollment: &Enrollment) -> [(Tally, i64); 14] {
    let is_first = enrollment.kind == Kind::First;
    let reached = |milestone| i64::from(is_first && enrollment.milestone >= milestone);
    let attempts = attempts(enrollment);
    let passes = attempts.iter().filter(|attempt| attempt.pass.is_some()).count();
    let signed = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let is_abandoned = matches!(
        &enrollment.phase,
        Phase::Closed { reason, .. } if *reason != EnrollmentEnd::Bound
    );
    let stage = match &enrollment.phase {
        Phase::Open(running) => Some(stage(running)),
        Phase::Closed { .. } => None,
    };
    let at = |wanted| i64::from(stage == Some(wanted));
    [
        (Tally::Invited, reached(Milestone::Invited)),
        (Tally::Begun, reached(Milestone::Begun)),
        (Tally::Proofed, reached(Milestone::Proofed)),
        (Tally::Abandoned, i64::from(is_first && is_abandoned)),
        (Tally::OpenEnrollments, i64::from(matches!(enrollment.phase, Phase::Open(_)))),
        (Tally::OpenAttempts, signed(attempts.len())),
        (Tally::OpenPasses, signed(passes)),
        (Tally::AtUninvited, at(Stage::Uninvited)),
        (Tally::AtInvited, at(Stage::Invited)),
        (Tally::AtBegun, at(Stage::Begun)),
        (Tally::AtContested, at(Stage::Contested)),
        (Tally::AtProofed, at(Stage::Proofed)),
        (Tally::AtPass, at(Stage::Pass)),
        (Tally::AtVerified, at(Stage::Verified)),
    ]
}

fn attempts(enrollment: &Enrollment) -> &[Attempt] {
    match &enrollment.phase {
        Phase::Open(running) => &running.attempts,
        Phase::Closed { .. } => &[],
    }
}

/// Counters that must stay zero, judged apart from the deciders that should keep them there.
fn alarms(old: &Enrollment, new: &Enrollment, at: Timestamp) -> Vec<(Tally, i64)> {
    let mut alarms = Vec::new();
    let winner = match &new.phase {
        Phase::Closed { winner, .. } => winner.as_ref().map(|winner| winner.attempt),
        Phase::Open(_) => None,
    };
    for attempt in attempts(old) {
        let is_winner = winner == Some(attempt.id);
        if is_winner && attempt.proofings.is_empty() {
            alarms.push((Tally::Unproofed, 1));
        }
        let Some(pass) = attempt.pass else { continue };
        let still_open =
            attempts(new).iter().any(|each| each.pass.is_some_and(|each| each.id == pass.id));
        if is_winner && at >= pass.expires {
            alarms.push((Tally::PassesUsedLate, 1));
        } else if !still_open
            && at > pass.expires.saturating_add(ENDED_LATE).unwrap_or(Timestamp::MAX)
        {
            alarms.push((Tally::PassesEndedLate, 1));
        }
    }
    alarms
}

fn differences<const N: usize>(
    old: Option<[(Tally, i64); N]>,
    new: [(Tally, i64); N],
) -> Vec<(Tally, i64)> {
    let old = old.map_or([0; N], |old| old.map(|(_, count)| count));
    new.into_iter()
        .zip(old)
        .map(|((tally, new), old)| (tally, new - old))
        .filter(|(_, delta)| *delta != 0)
        .collect()
}
