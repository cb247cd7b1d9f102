//! Figures by week and by part: how each moves, and how they are read.

use firstkey_ports::{Figure, Holding, Measure, Part, PartKind, PartNow, Week};
use rusqlite::{Connection, Result, Row, params};

use crate::{columns::Columns, queries::all, sql};

/// Moves a figure.
pub(crate) fn move_by(connection: &Connection, figure: &Figure, delta: i64) -> Result<()> {
    match figure {
        Figure::Weekly { of, week, measure } => {
            connection.prepare_cached(sql::FIGURES_MOVE_WEEK)?.execute(params![
                of.kind.name(),
                of.name,
                week.to_string(),
                measure.name(),
                measure.bucket(),
                delta,
            ])?;
        }
        Figure::Now { of, holding } => {
            let of_it = |wanted: Holding| if wanted == *holding { delta } else { 0 };
            connection.prepare_cached(sql::FIGURES_MOVE_PART)?.execute(params![
                of.kind.name(),
                of.name,
                of_it(Holding::Any),
                of_it(Holding::One),
                of_it(Holding::Two),
            ])?;
        }
    }
    Ok(())
}

pub(crate) fn weeks(
    connection: &Connection,
    of: &Part,
    from: Week,
) -> Result<Vec<(Week, Measure, i64)>> {
    let params = params![of.kind.name(), of.name, from.to_string()];
    all(connection, sql::FIGURES_WEEKS, params, |row| weekly_at(row, 0))
}

pub(crate) fn parts(connection: &Connection, kind: PartKind, limit: u32) -> Result<Vec<PartNow>> {
    all(connection, sql::FIGURES_PARTS, params![kind.name(), limit], part_now_at)
}

/// Everything that is kept.
pub(crate) fn everything(connection: &Connection) -> Result<Vec<(Figure, i64)>> {
    let mut figures = all(connection, sql::FIGURES_ALL_WEEKS, [], |row| {
        let of = part_at(row)?;
        let (week, measure, count) = weekly_at(row, 2)?;
        Ok((Figure::Weekly { of, week, measure }, count))
    })?;
    for now in all(connection, sql::FIGURES_ALL_PARTS, [], part_now_at)? {
        let figure = |holding| Figure::Now { of: now.part.clone(), holding };
        figures.extend([
            (figure(Holding::Any), now.people),
            (figure(Holding::One), now.enrolled),
            (figure(Holding::Two), now.second),
        ]);
    }
    Ok(figures)
}

fn part_at(row: &Row<'_>) -> Result<Part> {
    Ok(Part { kind: row.word(0, PartKind::from_name)?, name: row.get(1)? })
}

fn weekly_at(row: &Row<'_>, first: usize) -> Result<(Week, Measure, i64)> {
    let bucket: u8 = row.get(first + 2)?;
    let week = row.word(first, |monday| monday.parse().ok())?;
    let measure = row.word(first + 1, |name| Measure::from_name(name, bucket))?;
    Ok((week, measure, row.get(first + 3)?))
}

fn part_now_at(row: &Row<'_>) -> Result<PartNow> {
    let (people, enrolled, second) = (row.get(2)?, row.get(3)?, row.get(4)?);
    Ok(PartNow { part: part_at(row)?, people, enrolled, second })
}
