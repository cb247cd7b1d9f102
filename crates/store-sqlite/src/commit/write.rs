//! Writing a commit that was checked.

use rusqlite::{Connection, Result, params};

use super::prepared::Prepared;
use crate::{columns::micros, figures, rows, sql};

pub(super) fn write(connection: &Connection, prepared: &Prepared) -> Result<()> {
    streams(connection, prepared)?;
    entries(connection, prepared)?;
    erasures(connection, prepared)?;
    reservations(connection, prepared)?;
    for row in &prepared.commit.rows {
        rows::apply(connection, row)?;
    }
    for (tally, delta) in &prepared.commit.tallies {
        connection.prepare_cached(sql::TALLIES_MOVE)?.execute(params![tally.name(), delta])?;
    }
    for (figure, delta) in &prepared.commit.figures {
        figures::move_by(connection, figure, *delta)?;
    }
    messages(connection, prepared)
}

fn streams(connection: &Connection, prepared: &Prepared) -> Result<()> {
    let mut put = connection.prepare_cached(sql::STREAMS_PUT)?;
    let at = prepared.commit.at.map_or(0, micros);
    for append in &prepared.commit.appends {
        let version = append.expected + append.entries.len() as u64;
        let (kind, id) = (append.stream.kind().name(), append.stream.uuid());
        put.execute(params![kind, id.as_bytes(), version, at, append.state])?;
    }
    Ok(())
}

fn entries(connection: &Connection, prepared: &Prepared) -> Result<()> {
    if prepared.leaves.is_empty() {
        return Ok(());
    }
    let mut insert = connection.prepare_cached(sql::ENTRIES_INSERT)?;
    for (entry, leaf) in prepared.entries() {
        let stream = leaf.place.map(|(stream, _)| stream);
        insert.execute(params![
            leaf.log.to_string(),
            stream.map(|stream| stream.kind().name()),
            stream.map(|stream| *stream.uuid().as_bytes()),
            leaf.place.map(|(_, version)| version),
            entry.open,
            entry.sealed.as_ref().map(|sealed| sealed.salt),
            entry.sealed.as_ref().map(|sealed| &sealed.bytes),
            leaf.inner.as_ref().map(firstkey_domain::Digest::as_bytes),
            leaf.digest.as_bytes(),
        ])?;
    }
    if let Some(at) = prepared.commit.at {
        connection.prepare_cached(sql::STREAMS_MOVE_LAST_EVENT)?.execute([micros(at)])?;
    }
    Ok(())
}

/// What is deleted is overwritten: see `secure_delete` where the connection is opened. The demand to
/// write the file anew becomes durable with it.
fn erasures(connection: &Connection, prepared: &Prepared) -> Result<()> {
    if !prepared.commit.erasures.is_empty() {
        connection.prepare_cached(sql::SCRUB_DEMAND)?.execute([])?;
    }
    for erasure in &prepared.commit.erasures {
        let (kind, id) = (erasure.stream.kind().name(), erasure.stream.uuid());
        let mut erase = connection.prepare_cached(sql::ENTRIES_ERASE)?;
        erase.execute(params![kind, id.as_bytes(), erasure.version])?;
    }
    Ok(())
}

/// Releases come first, so that one commit can hand a thing over.
fn reservations(connection: &Connection, prepared: &Prepared) -> Result<()> {
    for (kind, key) in &prepared.commit.releases {
        let mut release = connection.prepare_cached(sql::RESERVATIONS_RELEASE)?;
        release.execute(params![kind.name(), key.as_bytes()])?;
    }
    for taken in &prepared.commit.reservations {
        let mut put = connection.prepare_cached(sql::RESERVATIONS_PUT)?;
        put.execute(params![
            taken.kind.name(),
            taken.key.as_bytes(),
            taken.owner.as_bytes(),
            taken.ends.map(micros),
        ])?;
    }
    Ok(())
}

fn messages(connection: &Connection, prepared: &Prepared) -> Result<()> {
    for (new, body) in prepared.commit.outbox.iter().zip(&prepared.bodies) {
        let mut insert = connection.prepare_cached(sql::OUTBOX_INSERT)?;
        insert.execute(params![new.id.as_bytes(), body, micros(new.due)])?;
    }
    for id in &prepared.commit.revivals {
        let mut revive = connection.prepare_cached(sql::OUTBOX_REVIVE)?;
        revive.execute(params![id.as_bytes(), prepared.commit.at.map(micros)])?;
    }
    Ok(())
}
