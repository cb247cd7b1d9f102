//! What a change from a source does to an enrollment that is open (rule 2).

use firstkey_domain::{
    enrollment::{Enrollment, Kind, WithdrawRefusal},
    person::{Person, Profile, Record},
};
use firstkey_policy::Privilege;
use firstkey_ports::{Message, NoticeKind};

use super::ImportJoinerFault;
use crate::{
    Backend, Fault, Loaded, Outcome, Unit, inviting::invite_first, policy::in_force,
    privilege::given,
};

/// Somebody whom a source changed.
pub(super) struct Changed<'a> {
    /// Before.
    pub(super) before: &'a Person,
    /// After.
    pub(super) after: &'a Person,
    /// Their record before.
    pub(super) old: &'a Record,
    /// Whether sponsor, an address or the name differ, so that what was begun is void.
    pub(super) voids: bool,
}

impl Changed<'_> {
    /// Voids what was begun, or ends it where policy would come to ask for less. Refuses what only
    /// weakens: whoever could take a group away from a joiner must not thereby open the door wider.
    ///
    /// What also voids is never refused, because it may take a link out of a thief's hands; then the
    /// enrollment closes, and nothing weaker can be walked. One that its owner opened for themselves
    /// closes as well: nobody holds off a change by keeping it open.
    pub(super) async fn reach_enrollment<S: Backend>(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> Outcome<(), ImportJoinerFault> {
        if !self.voids && !self.touches_policy() {
            return Ok(());
        }
        let Some(newest) = self.after.enrollment else { return Ok(()) };
        let enrollment = unit.load::<Enrollment, ImportJoinerFault>(newest).await?;
        let now = unit.now();
        let Some(enrollment) = enrollment.filter(|it| it.running(now).is_ok()) else {
            return Ok(());
        };
        if self.weakens(unit, enrollment.kind).await? {
            if !self.voids && !enrollment.kind.is_own_act() {
                return Err(Fault::Refused(ImportJoinerFault::Weakens));
            }
            let events = enrollment
                .withdraw(now)
                .map_err(|WithdrawRefusal::Ended(ended)| Fault::refuse(ended))?;
            unit.append(enrollment, events)?;
        } else if self.voids {
            void(unit, enrollment)?;
        }
        if self.voids {
            self.tell(unit);
        }
        Ok(())
    }

    /// Of what a source changes, policy may read no more than this.
    fn touches_policy(&self) -> bool {
        let facts = |person: &Person| {
            let Profile { groups, worker_type, .. } = &person.profile;
            (groups.clone(), worker_type.clone())
        };
        facts(self.before) != facts(self.after)
    }

    /// Whether policy would be content with less from somebody whose door is open.
    async fn weakens<S: Backend>(
        &self,
        unit: &mut Unit<'_, S>,
        kind: Kind,
    ) -> Outcome<bool, ImportJoinerFault> {
        if !self.touches_policy() {
            return Ok(false);
        }
        let policy = in_force(unit).await?;
        let was = given(unit, &policy, self.before, kind).await?;
        let is = given(unit, &policy, self.after, kind).await?;
        // Whoever vouches for somebody privileged signs with a key that suits it (rule 23). That is
        // asked beside the policy's cases, and would be asked no more.
        let was_privileged = was.privilege != Privilege::None;
        let loses_privilege = was_privileged && is.privilege == Privilege::None;
        Ok(loses_privilege || policy.engine.weakens(&was, &is).is_some())
    }

    /// Tells the old address and the old sponsor.
    fn tell<S: Backend>(&self, unit: &mut Unit<'_, S>) {
        let notice = |to, address| Message::Notice {
            notice: NoticeKind::RecordChanged,
            to,
            about: self.after.id,
            authenticator: None,
            address,
        };
        let now = unit.now();
        unit.send(notice(self.after.id, Some(self.old.personal_email.clone())), now);
        if let Some(sponsor) = self.before.profile.sponsor {
            unit.send(notice(sponsor, None), now);
        }
    }
}

/// What was begun is void; the new address gets a new invitation.
fn void<S: Backend>(
    unit: &mut Unit<'_, S>,
    enrollment: Loaded<Enrollment>,
) -> Outcome<(), ImportJoinerFault> {
    let now = unit.now();
    let events = enrollment.void(unit.by(), now).map_err(Fault::refuse)?;
    let from = enrollment.running(now).ok().and_then(|running| running.invitation.from);
    let enrollment = unit.append(enrollment, events)?;
    // The address for a passkey of one's own is shown on one's own page and never mailed.
    if !enrollment.kind.is_own_act() {
        let from = from.map_or(now, |from| from.max(now));
        invite_first(unit, enrollment, from, None)
            .map_err(|fault| fault.map(ImportJoinerFault::Ended))?;
    }
    Ok(())
}
