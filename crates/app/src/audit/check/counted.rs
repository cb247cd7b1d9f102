//! What the streams say that there must be, summed up while they are folded.

use std::collections::BTreeMap;

use firstkey_ports::{Figure, Reservation, ReservationKind, Tally};

use super::{Change, CheckError, CheckReport, Checked, RowName, Tampering};

/// Sums over all streams. They do not grow with them.
#[derive(Debug, Default)]
pub(super) struct Counted {
    tallies: BTreeMap<Tally, i64>,
    figures: BTreeMap<Figure, i64>,
    reservations: BTreeMap<ReservationKind, u64>,
}

impl Counted {
    /// The counters and figures moved like this.
    pub(super) fn moved(&mut self, tallies: Vec<(Tally, i64)>, figures: Vec<(Figure, i64)>) {
        for (tally, delta) in tallies {
            *self.tallies.entry(tally).or_default() += delta;
        }
        for (figure, delta) in figures {
            *self.figures.entry(figure).or_default() += delta;
        }
    }

    /// These must be held; each is looked up.
    pub(super) async fn held<S: Checked>(
        &mut self,
        store: &S,
        reservations: Vec<Reservation>,
    ) -> Result<(), CheckError> {
        for made in reservations {
            let row = RowName::Reservation(made.kind, made.key);
            let change = match store.reservation(made.kind, made.key).await? {
                Some(found) if found == made => {
                    *self.reservations.entry(made.kind).or_default() += 1;
                    continue;
                }
                Some(_) => Change::Altered,
                None => Change::Removed,
            };
            return Err(Tampering::Row { row, change }.into());
        }
        Ok(())
    }

    /// How many of a kind must be held.
    pub(super) fn reservations(&self, kind: ReservationKind) -> u64 {
        self.reservations.get(&kind).copied().unwrap_or_default()
    }

    /// The counters that pages show are what counting gives.
    pub(super) async fn compare_tallies<S: Checked>(
        &self,
        store: &S,
        report: &mut CheckReport,
    ) -> Result<(), CheckError> {
        for (tally, kept) in store.tallies().await? {
            if kept != self.tallies.get(&tally).copied().unwrap_or_default() {
                let row = RowName::Tally(tally);
                return Err(Tampering::Row { row, change: Change::Altered }.into());
            }
            report.tallies += 1;
        }
        Ok(())
    }

    /// So are the figures. One of which nothing is left may be there or not.
    pub(super) async fn compare_figures<S: Checked>(
        &self,
        store: &S,
        report: &mut CheckReport,
    ) -> Result<(), CheckError> {
        let mut kept: BTreeMap<Figure, i64> = store.figures().await?.into_iter().collect();
        let missed = self.figures.keys().filter(|figure| !kept.contains_key(figure));
        let missed: Vec<_> = missed.cloned().map(|figure| (figure, 0)).collect();
        kept.extend(missed);
        for (figure, kept) in kept {
            if kept != self.figures.get(&figure).copied().unwrap_or_default() {
                let row = RowName::Figure(figure.name(), figure.week());
                return Err(Tampering::Row { row, change: Change::Altered }.into());
            }
            report.figures += u64::from(kept != 0);
        }
        Ok(())
    }
}
