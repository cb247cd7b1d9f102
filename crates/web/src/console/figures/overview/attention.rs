//! Who is stuck, who asked for help, and what could not be delivered.

use std::collections::BTreeMap;

use firstkey_app::{Backend, Fault, signing_in::Session};
use firstkey_domain::{PersonId, enrollment::Kind};
use firstkey_ports::{After, EnrollmentFilter, OutboxState, Stage};

use crate::{
    Web,
    console::{moment::Moment, names::Names, waiting::WaitingRow},
    fault::failure,
    page::Reader,
    problem::Problem,
};

/// How many rows of each list are shown here; the lists behind them have pages.
const SHOWN: u32 = 5;
/// How many open enrollments, newest first, are looked through for sponsors who cannot vouch.
const LOOKED_THROUGH: u32 = 100;
/// How many messages that could not be delivered are counted.
const COUNTED: u32 = 100;

/// Somebody who must enroll before they can vouch for others.
pub(super) struct Blocked {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) count: usize,
}

/// Whose invitation was not expected.
pub(super) struct Report {
    pub(super) row: WaitingRow,
    pub(super) at: Moment,
}

/// What somebody must look at.
pub(super) struct Attention {
    pub(super) contested: Vec<WaitingRow>,
    pub(super) uninvited: Vec<WaitingRow>,
    pub(super) unexpected: Vec<Report>,
    /// Messages that could not be delivered, for those who may see them.
    pub(super) dead: usize,
    pub(super) blocked: Vec<Blocked>,
    pub(super) without_sponsor: usize,
}

impl Attention {
    /// Reads it.
    pub(super) async fn of<S: Backend>(
        web: &Web<S>,
        viewer: &Session,
        reader: Reader,
        sees_outbox: bool,
    ) -> Result<Self, Problem> {
        let unreadable = |error| failure(Fault::Store(error));
        let store = web.app.store();
        let mut names = Names::new(web, reader.texts);
        let mut lists = [Vec::new(), Vec::new()];
        for (list, stage) in lists.iter_mut().zip([Stage::Contested, Stage::Uninvited]) {
            let filter = EnrollmentFilter { stage: Some(stage), ..EnrollmentFilter::default() };
            let found = store.enrollments(&filter, After::default(), SHOWN).await;
            for waiting in found.map_err(unreadable)? {
                list.push(WaitingRow::of(web, viewer, reader, &mut names, &waiting).await?);
            }
        }
        let [contested, uninvited] = lists;
        let mut unexpected = Vec::new();
        for (waiting, at) in store.reported_unexpected(SHOWN).await.map_err(unreadable)? {
            let row = WaitingRow::of(web, viewer, reader, &mut names, &waiting).await?;
            unexpected.push(Report { row, at: Moment(at) });
        }
        let dead = if sees_outbox {
            store.messages(OutboxState::Dead, COUNTED).await.map_err(unreadable)?.len()
        } else {
            0
        };
        let (blocked, without_sponsor) = blocked(web, &mut names).await?;
        Ok(Self { contested, uninvited, unexpected, dead, blocked, without_sponsor })
    }

    /// Whether nothing is the matter.
    pub(super) const fn is_empty(&self) -> bool {
        self.contested.is_empty()
            && self.uninvited.is_empty()
            && self.unexpected.is_empty()
            && self.dead == 0
    }
}

/// Sponsors without a passkey, by how many wait for them, and how many have no sponsor at all.
async fn blocked<S: Backend>(
    web: &Web<S>,
    names: &mut Names<'_, S>,
) -> Result<(Vec<Blocked>, usize), Problem> {
    let filter = EnrollmentFilter { open: true, ..EnrollmentFilter::default() };
    let open = web.app.store().enrollments(&filter, After::default(), LOOKED_THROUGH).await;
    let open = open.map_err(|error| failure(Fault::Store(error)))?;
    let mut without_sponsor = 0;
    let mut waiting: BTreeMap<PersonId, usize> = BTreeMap::new();
    for each in open.iter().filter(|each| each.enrollment.kind == Kind::First) {
        match each.person.sponsor {
            None => without_sponsor += 1,
            Some(sponsor) => {
                let row = names.row(sponsor).await?;
                if row.is_none_or(|row| row.authenticators == 0) {
                    *waiting.entry(sponsor).or_default() += 1;
                }
            }
        }
    }
    let mut blocked = Vec::new();
    for (id, count) in waiting {
        blocked.push(Blocked { id: id.to_string(), name: names.of(id).await?, count });
    }
    blocked.sort_by_key(|each| std::cmp::Reverse(each.count));
    Ok((blocked, without_sponsor))
}
