//! What a changed record does to an enrollment that is open, and who is told (rule 2).

use std::collections::BTreeSet;

use firstkey_domain::{
    enrollment::{Enrollment, Kind, WithdrawRefusal},
    person::{Field, Person, Profile, Record},
};
use firstkey_policy::Privilege;
use firstkey_ports::{Message, NoticeKind};
use jiff::Timestamp;

use super::ImportJoinerFault;
use crate::{
    Backend, Fault, Loaded, Outcome, Unit,
    inviting::{invite_first, scheduled},
    policy::in_force,
    privilege::given,
};

/// Which trust-bearing parts of a record differ.
pub(super) fn personal(old: &Record, new: &Record) -> BTreeSet<Field> {
    let name = (&old.given_name, &old.family_name) != (&new.given_name, &new.family_name);
    let address = (&old.personal_email, &old.mobile) != (&new.personal_email, &new.mobile);
    [(Field::Name, name), (Field::Address, address)]
        .into_iter()
        .filter_map(|(field, differs)| differs.then_some(field))
        .collect()
}

/// Somebody whom a source or an operator changed.
pub(super) struct Changed<'a> {
    /// Before.
    before: &'a Person,
    /// After.
    after: &'a Person,
    /// Their record before.
    old: &'a Record,
    /// Whether sponsor, an address or the name differ, so that what was begun is void.
    voids: bool,
}

impl<'a> Changed<'a> {
    /// Compares somebody, of whom `personal` differs, with what they were.
    pub(super) fn of(
        before: &'a Person,
        after: &'a Person,
        old: &'a Record,
        personal: &BTreeSet<Field>,
    ) -> Self {
        let voids = personal.iter().any(|field| field.voids_enrollment())
            || before.profile.sponsor != after.profile.sponsor;
        Self { before, after, old, voids }
    }

    /// Voids what was begun, or ends it where policy would come to ask for less. Refuses what only
    /// weakens: whoever could take a group away from a joiner must not thereby open the door wider.
    /// An invitation that has not gone out goes out by the start date as it is now.
    ///
    /// What also voids is never refused, because it may take a link out of a thief's hands; then the
    /// enrollment closes, and nothing weaker can be walked. One that its owner opened for themselves
    /// closes as well: nobody holds off a change by keeping it open.
    pub(super) async fn reach_enrollment<S: Backend>(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> Outcome<(), ImportJoinerFault> {
        let Some(newest) = self.after.enrollment else { return Ok(()) };
        if self.voids {
            // Also when it is over: where letters go has changed, and with them "this was not me".
            self.tell(unit);
        }
        if !self.voids && !self.touches_policy() && !self.moves_the_start() {
            return Ok(());
        }
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
            self.void(unit, enrollment)?;
        } else if self.moves_the_start()
            && let Some(due) = due_later(unit, &enrollment)
        {
            let from = scheduled(unit, self.after);
            if from != due {
                invite(unit, enrollment, from)?;
            }
        }
        Ok(())
    }

    /// Whether the day or the hour of their start differs.
    fn moves_the_start(&self) -> bool {
        let start = |person: &Person| {
            let Profile { start_date, time_zone, .. } = &person.profile;
            (*start_date, time_zone.clone())
        };
        start(self.before) != start(self.after)
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

    /// What was begun is void; the new address gets a new invitation.
    fn void<S: Backend>(
        &self,
        unit: &mut Unit<'_, S>,
        enrollment: Loaded<Enrollment>,
    ) -> Outcome<(), ImportJoinerFault> {
        let now = unit.now();
        let events = enrollment.void(unit.by(), now).map_err(Fault::refuse)?;
        let is_due_later = due_later(unit, &enrollment).is_some();
        let enrollment = unit.append(enrollment, events)?;
        // The address for a passkey of one's own is shown on one's own page and never mailed.
        if enrollment.kind.is_own_act() {
            return Ok(());
        }
        let from = if is_due_later { scheduled(unit, self.after) } else { now };
        invite(unit, enrollment, from)
    }
}

/// When the invitation goes out, if it has not gone out yet. It is due at the lead time before the start
/// date then: nothing else sends one later than at once.
fn due_later<S: Backend>(unit: &Unit<'_, S>, enrollment: &Enrollment) -> Option<Timestamp> {
    let from = enrollment.running(unit.now()).ok()?.invitation.from;
    from.filter(|from| *from > unit.now())
}

fn invite<S: Backend>(
    unit: &mut Unit<'_, S>,
    enrollment: Loaded<Enrollment>,
    from: Timestamp,
) -> Outcome<(), ImportJoinerFault> {
    let invited = invite_first(unit, enrollment, from, None);
    invited.map(drop).map_err(|fault| fault.map(ImportJoinerFault::Ended))
}
