//! Gathering what a receipt holds.

use std::collections::{BTreeMap, BTreeSet};

use firstkey_domain::{
    EnrollmentId, PersonId, StreamId,
    challenge::Signed,
    enrollment::{EnrollmentEvent, Kind, Method, Proofing, Relation},
    person::PersonEvent,
};
use firstkey_ports::{LogName, StoredEntry};
use serde::Deserialize;

use super::{
    Logged, ProvenEntry, Receipt, RelyingPartyClaim, VERSION,
    approval::{is_handover, role_of},
};
use crate::{
    App, Backend, Fault, Outcome,
    audit::{lineage::Lineage, tiles::Tiles},
};

/// There is nothing to give a receipt for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this enrollment has bound nothing")]
pub struct NoReceipt;

/// Why gathering stops.
enum Stop {
    /// An entry has no place in a signed tree yet.
    NotYet,
    Fault(Fault<NoReceipt>),
}

impl<E: Into<Fault<NoReceipt>>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}

struct Collector<'a, S> {
    app: &'a App<S>,
    /// The size of the signed tree.
    size: u64,
    streams: BTreeMap<StreamId, Vec<(StoredEntry, Logged)>>,
    kept: BTreeMap<u64, StoredEntry>,
    origins: BTreeSet<String>,
    to_do: Vec<EnrollmentId>,
}

impl<S: Backend> App<S> {
    /// The receipt of an enrollment that bound an authenticator. `None` until the log has signed
    /// everything in it, which takes a moment.
    pub async fn receipt(&self, enrollment: EnrollmentId) -> Outcome<Option<Receipt>, NoReceipt> {
        let is_bound = self.store.entries(enrollment.into()).await?.iter().any(|entry| {
            let logged = Logged::decode(&entry.open);
            logged.is_some_and(|logged| bound(&logged).is_some())
        });
        if !is_bound {
            return Err(Fault::Refused(NoReceipt));
        }
        let Some(note) = self.store.checkpoint(LogName::Lifecycle).await? else { return Ok(None) };
        let lineage = Lineage::read(&self.store, &self.keys.log().verifier()).await;
        let lineage = lineage.map_err(|_| corrupt("the log's own stream"))?;
        let opened = lineage.open(&note).map_err(|_| corrupt("the checkpoint"))?;
        let (origin, signed) = (opened.log.to_string(), opened.checkpoint);
        let mut collector = Collector {
            app: self,
            size: signed.size(),
            streams: BTreeMap::new(),
            kept: BTreeMap::new(),
            origins: BTreeSet::new(),
            to_do: vec![enrollment],
        };
        let bound = match collector.gather(enrollment).await {
            Ok(bound) => bound,
            Err(Stop::NotYet) => return Ok(None),
            Err(Stop::Fault(fault)) => return Err(fault),
        };
        let entries = collector.prove().await?;
        let relying_party = RelyingPartyClaim {
            id: self.site.relying_party.id().to_owned(),
            origins: collector.origins.into_iter().collect(),
        };
        Ok(Some(Receipt {
            version: VERSION,
            origin,
            relying_party,
            checkpoint: note,
            bound,
            entries,
            rotations: lineage.notes(),
        }))
    }
}

fn corrupt(what: &str) -> Fault<NoReceipt> {
    Fault::Corrupt(what.to_owned())
}

fn bound(logged: &Logged) -> Option<&EnrollmentEvent> {
    match logged {
        Logged::Enrollment(recorded) => {
            Some(&recorded.event).filter(|event| matches!(event, EnrollmentEvent::Bound { .. }))
        }
        _ => None,
    }
}

impl<S: Backend> Collector<'_, S> {
    /// Keeps what the enrollment rests on, and what that rests on. Answers with the index of its
    /// binding.
    async fn gather(&mut self, first: EnrollmentId) -> Result<u64, Stop> {
        let mut seen = BTreeSet::new();
        let mut answer = None;
        while let Some(enrollment) = self.to_do.pop() {
            if seen.insert(enrollment) {
                let index = self.enrollment(enrollment).await?;
                if enrollment == first {
                    answer = Some(index);
                }
            }
        }
        answer.ok_or_else(|| corrupt(&first.to_string()).into())
    }

    async fn enrollment(&mut self, id: EnrollmentId) -> Result<u64, Stop> {
        self.read(id.into()).await?;
        let (winner, authenticator, permit, signed) = self
            .find(id.into(), u64::MAX, |logged| match bound(logged) {
                Some(EnrollmentEvent::Bound { attempt, authenticator, permit, signed, .. }) => {
                    Some((*attempt, *authenticator, permit.clone(), signed.clone()))
                }
                _ => None,
            })?
            .1;
        let index = self.keep_where(id.into(), u64::MAX, |logged| bound(logged).map(drop))?;
        self.pressed(&signed);
        let (opened, (person, kind)) = self.find(id.into(), u64::MAX, |logged| match logged {
            Logged::Enrollment(recorded) => match &recorded.event {
                EnrollmentEvent::Opened { person, enrollment, .. } => Some((*person, *enrollment)),
                _ => None,
            },
            _ => None,
        })?;
        self.keep(&opened)?;
        self.holding(person, authenticator).await?;
        if kind == Kind::First {
            self.joined(person).await?;
        }
        self.read(StreamId::POLICY).await?;
        self.keep_where(StreamId::POLICY, u64::MAX, |logged| {
            (logged.place().1 == permit.policy_revision).then_some(())
        })?;

        let proofings: Vec<(StoredEntry, Proofing)> = self.streams[&StreamId::from(id)]
            .iter()
            .filter_map(|(entry, logged)| match logged {
                Logged::Enrollment(recorded) => {
                    let (attempt, proofing) = recorded.event.proofing()?;
                    (attempt == winner).then(|| (entry.clone(), proofing.clone()))
                }
                _ => None,
            })
            .collect();
        for (entry, proofing) in proofings {
            self.keep(&entry)?;
            if proofing.method == Method::Handover {
                self.keep_where(id.into(), entry.sequence, |logged| {
                    let event = &logged.of_enrollment(id)?.event;
                    is_handover(event, winner, &proofing).then_some(())
                })?;
            }
            self.proofing(person, &entry, &proofing).await?;
        }
        Ok(index)
    }

    /// How somebody was recorded, and the passkey of whoever signed for it.
    async fn joined(&mut self, person: PersonId) -> Result<(), Stop> {
        let (joined, (by, signed)) = self.find(person.into(), u64::MAX, |logged| {
            let recorded = logged.of_person(person)?;
            match &recorded.event {
                PersonEvent::Joined { signed, .. } => Some((recorded.by.person(), signed.clone())),
                _ => None,
            }
        })?;
        self.keep(&joined)?;
        if let (Some(by), Some(signature)) = (by, signed) {
            self.pressed(&signature.signed);
            self.passkey(by, &signature.signed).await?;
        }
        Ok(())
    }

    /// What a proofing rests on: the voucher's passkey, and why they may vouch.
    async fn proofing(
        &mut self,
        applicant: PersonId,
        entry: &StoredEntry,
        proofing: &Proofing,
    ) -> Result<(), Stop> {
        let (Some(voucher), Some(signed)) = (proofing.person(), &proofing.signed) else {
            return Ok(());
        };
        self.pressed(signed);
        self.passkey(voucher, signed).await?;
        match proofing.relation {
            Relation::Sponsor => {
                self.read(applicant.into()).await?;
                let (named, corrected) = self.find(applicant.into(), entry.sequence, |logged| {
                    let recorded = logged.of_person(applicant)?;
                    let (profile, corrected) = match &recorded.event {
                        PersonEvent::Joined { profile, .. }
                        | PersonEvent::Changed { profile, .. } => (profile, None),
                        PersonEvent::Corrected { profile, signature, .. } => {
                            (profile, recorded.by.person().zip(Some(signature.signed.clone())))
                        }
                        _ => return None,
                    };
                    (profile.sponsor == Some(voucher)).then_some(corrected)
                })?;
                self.keep(&named)?;
                if let Some((by, signed)) = corrected {
                    self.pressed(&signed);
                    self.passkey(by, &signed).await?;
                }
            }
            relation => {
                if let Some(role) = role_of(relation) {
                    self.granted(voucher, role, entry.sequence).await?;
                }
            }
        }
        Ok(())
    }

    /// The grant of a role, and the passkey with which it was signed.
    async fn granted(
        &mut self,
        holder: PersonId,
        wanted: firstkey_domain::Role,
        before: u64,
    ) -> Result<(), Stop> {
        self.read(holder.into()).await?;
        let (entry, (by, signed)) = self.find(holder.into(), before, |logged| {
            let recorded = logged.of_person(holder)?;
            match &recorded.event {
                PersonEvent::RoleGranted { role, signed } if *role == wanted => {
                    Some((recorded.by.person(), signed.clone()))
                }
                _ => None,
            }
        })?;
        self.keep(&entry)?;
        if let (Some(by), Some(signed)) = (by, signed) {
            self.pressed(&signed);
            self.passkey(by, &signed).await?;
        }
        Ok(())
    }

    /// The passkey that signed: who it belongs to, and the enrollment that bound it.
    async fn passkey(&mut self, holder: PersonId, signed: &Signed) -> Result<(), Stop> {
        let enrollment = self.holding(holder, signed.authenticator).await?;
        self.to_do.push(enrollment);
        Ok(())
    }

    async fn holding(
        &mut self,
        holder: PersonId,
        id: firstkey_domain::AuthenticatorId,
    ) -> Result<EnrollmentId, Stop> {
        self.read(holder.into()).await?;
        let (entry, enrollment) =
            self.find(holder.into(), u64::MAX, |logged| match &logged.of_person(holder)?.event {
                PersonEvent::AuthenticatorBound { authenticator, enrollment, .. } => {
                    (*authenticator == id).then_some(*enrollment)
                }
                _ => None,
            })?;
        self.keep(&entry)?;
        Ok(enrollment)
    }

    /// The newest entry of a stream, before a place in commit order, of which `pick` makes something.
    fn find<T>(
        &self,
        stream: StreamId,
        before: u64,
        pick: impl Fn(&Logged) -> Option<T>,
    ) -> Result<(StoredEntry, T), Stop> {
        let entries = self.streams.get(&stream).map_or(&[][..], Vec::as_slice);
        entries
            .iter()
            .rev()
            .filter(|(entry, _)| entry.sequence < before)
            .find_map(|(entry, logged)| Some((entry.clone(), pick(logged)?)))
            .ok_or_else(|| corrupt(&stream.to_string()).into())
    }

    fn keep_where(
        &mut self,
        stream: StreamId,
        before: u64,
        is_wanted: impl Fn(&Logged) -> Option<()>,
    ) -> Result<u64, Stop> {
        let (entry, ()) = self.find(stream, before, is_wanted)?;
        self.keep(&entry)
    }

    fn keep(&mut self, entry: &StoredEntry) -> Result<u64, Stop> {
        let leaf = entry.leaf.filter(|leaf| *leaf < self.size).ok_or(Stop::NotYet)?;
        self.kept.insert(leaf, entry.clone());
        Ok(leaf)
    }

    async fn read(&mut self, stream: StreamId) -> Result<(), Stop> {
        if self.streams.contains_key(&stream) {
            return Ok(());
        }
        let stored = self.app.store.entries(stream).await.map_err(Fault::from)?;
        let decoded = stored.into_iter().map(|entry| {
            let logged = Logged::decode(&entry.open).ok_or_else(|| corrupt(&stream.to_string()))?;
            Ok((entry, logged))
        });
        let decoded = decoded.collect::<Result<Vec<_>, Fault<NoReceipt>>>()?;
        self.streams.insert(stream, decoded);
        Ok(())
    }

    /// Remembers on which origin somebody pressed.
    fn pressed(&mut self, signed: &Signed) {
        #[derive(Deserialize)]
        struct ClientData {
            origin: String,
        }
        let client_data = serde_json::from_slice(signed.assertion.client_data_json.as_bytes());
        self.origins.extend(client_data.ok().map(|data: ClientData| data.origin));
    }

    /// Proves that what was kept is in the signed tree.
    async fn prove(&mut self) -> Outcome<Vec<ProvenEntry>, NoReceipt> {
        let mut tiles = Tiles::new(&self.app.store, LogName::Lifecycle);
        let mut entries = Vec::with_capacity(self.kept.len());
        for (index, entry) in std::mem::take(&mut self.kept) {
            let proof = tiles.inclusion(index, self.size).await;
            let proof = proof.map_err(|error| corrupt(&error.to_string()))?;
            entries.push(ProvenEntry {
                index,
                open: String::from_utf8(entry.open).map_err(|_| corrupt("an event"))?,
                inner: entry.inner,
                proof: proof.into_iter().map(firstkey_log::hash::Hash::to_base64).collect(),
            });
        }
        Ok(entries)
    }
}
