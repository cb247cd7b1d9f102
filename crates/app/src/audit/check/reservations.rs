//! What is taken for good, beside the streams from which it follows: user names, HR's identifiers,
//! credentials. Spent challenges and proofs follow from no stream and end by themselves.

use std::collections::BTreeSet;

use firstkey_domain::{
    CredentialId, EnrollmentId, PersonId,
    enrollment::{Enrollment, EnrollmentEvent, Phase},
    person::{Person, PersonEvent},
};
use firstkey_ports::{LogName, Reservation, ReservationKind, RowKey, project, reserved};

use super::{
    CHUNK, Change, CheckError, CheckReport, Checked, RowName, Tampering,
    counted::Counted,
    fold::{Folded, refold},
};

/// What a person holds. Without the key, only credentials: names are reserved under keyed digests.
pub(super) fn of_person(person: &Person, key: Option<&RowKey>) -> Vec<Reservation> {
    let without_key = RowKey::new(&[0; 32]);
    let mut made = project::person_reservations(person, key.unwrap_or(&without_key));
    made.retain(|each| key.is_some() || each.kind == ReservationKind::Credential);
    made
}

/// Credentials that were verified in an enrollment and are nobody's: they stay taken. The one that it
/// bound is the person's, until they remove it.
pub(super) fn of_enrollment(folded: &Folded<Enrollment>) -> Vec<Reservation> {
    let bound: Option<&CredentialId> = match &folded.state.phase {
        Phase::Closed { winner, .. } => winner.as_ref().map(|winner| &winner.credential),
        Phase::Open(_) => None,
    };
    let verified = folded.events.iter().filter_map(|recorded| match &recorded.event {
        EnrollmentEvent::CredentialVerified { credential, .. } => Some(&credential.id),
        _ => None,
    });
    let nobodys = verified.filter(|id| Some(*id) != bound);
    nobodys
        .map(|id| Reservation {
            kind: ReservationKind::Credential,
            key: id.digest(),
            owner: folded.state.person.uuid(),
            ends: None,
        })
        .collect()
}

/// Everything that must be held was found. If more is held, names the first that follows from nothing.
pub(super) async fn surplus<S: Checked>(
    store: &S,
    key: Option<&RowKey>,
    counted: &Counted,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let of_names = [ReservationKind::UserName, ReservationKind::ExternalId];
    let kinds = of_names.iter().filter(|_| key.is_some()).chain(&[ReservationKind::Credential]);
    for kind in kinds {
        let mut held = 0;
        let mut last = None;
        loop {
            let chunk = store.reservations_after(*kind, last, CHUNK).await?;
            let Some(end) = chunk.last() else { break };
            last = Some(end.key);
            held += chunk.len() as u64;
        }
        if held > counted.reservations(*kind) {
            return Err(inserted(store, *kind, key).await?.into());
        }
        report.reservations += held;
    }
    Ok(())
}

/// Months are closed once each, and by their leaves: nothing else says that one is.
pub(super) async fn of_months<S: Checked>(
    store: &S,
    key: Option<&RowKey>,
    closed: impl Iterator<Item = LogName>,
) -> Result<(), CheckError> {
    let Some(key) = key else { return Ok(()) };
    let expected: BTreeSet<_> = closed.map(|log| reserved::closed_log(key, log)).collect();
    let held = store.reservations_after(ReservationKind::ClosedLog, None, u32::MAX).await?;
    let held: BTreeSet<_> = held.into_iter().map(|each| each.key).collect();
    let Some(differs) = expected.symmetric_difference(&held).next() else { return Ok(()) };
    let row = RowName::Reservation(ReservationKind::ClosedLog, *differs);
    let change = if held.contains(differs) { Change::Inserted } else { Change::Removed };
    Err(Tampering::Row { row, change }.into())
}

async fn inserted<S: Checked>(
    store: &S,
    kind: ReservationKind,
    key: Option<&RowKey>,
) -> Result<Tampering, CheckError> {
    let mut last = None;
    loop {
        let chunk = store.reservations_after(kind, last, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        last = Some(end.key);
        for found in chunk {
            if !of_owner(store, PersonId::from_uuid(found.owner), key).await?.contains(&found) {
                let row = RowName::Reservation(found.kind, found.key);
                return Ok(Tampering::Row { row, change: Change::Inserted });
            }
        }
    }
    // They were counted a moment ago in the same snapshot.
    let row = RowName::Reservation(kind, firstkey_domain::Digest::from_bytes([0; 32]));
    Ok(Tampering::Row { row, change: Change::Inserted })
}

/// Everything that somebody holds, from their streams.
async fn of_owner<S: Checked>(
    store: &S,
    person: PersonId,
    key: Option<&RowKey>,
) -> Result<Vec<Reservation>, CheckError> {
    let Some(folded) = refold::<Person>(&store.entries(person.into()).await?)? else {
        return Ok(Vec::new());
    };
    let opened = folded.events.iter().filter_map(|recorded| match &recorded.event {
        PersonEvent::EnrollmentOpened { enrollment } => Some(*enrollment),
        _ => None,
    });
    let opened: BTreeSet<EnrollmentId> = opened.collect();
    let mut held = of_person(&folded.state, key);
    for enrollment in opened {
        if let Some(folded) = refold::<Enrollment>(&store.entries(enrollment.into()).await?)? {
            held.extend(of_enrollment(&folded));
        }
    }
    Ok(held)
}
