//! What happened, in sentences: every kind of event has one.

mod enrollment;
mod entry;
mod person;

use firstkey_app::{Backend, Fault};
use firstkey_domain::{EnrollmentId, StreamId};
use firstkey_ports::{PersonRow, StoredEntry};

use self::entry::decode;
use super::{
    moment::Moment,
    names::{Names, full_name},
};
use crate::{Web, fault::failure, page::Reader, problem::Problem};

/// One thing that happened.
#[derive(Debug)]
pub(super) struct StoryLine {
    /// Its place in commit order.
    sequence: u64,
    /// When; `None` when the entry cannot be read.
    pub(super) at: Option<Moment>,
    /// What.
    pub(super) said: String,
}

/// Everything that happened to a person, in the order in which it was committed.
pub(super) async fn story_of_person<S: Backend>(
    web: &Web<S>,
    reader: Reader,
    names: &mut Names<'_, S>,
    person: &PersonRow,
    enrollments: &[EnrollmentId],
) -> Result<Vec<StoryLine>, Problem> {
    let name = full_name(person);
    let mut story = Vec::new();
    for entry in entries(web, person.id.into()).await? {
        let line = match decode(&entry) {
            Some(recorded) => {
                let who = names.actor(&recorded.by).await?;
                let said = person::sentence(reader, &who, &name, &recorded.event);
                line(&entry, Some(Moment(recorded.at)), said)
            }
            None => unreadable(reader, &entry),
        };
        story.push(line);
    }
    for id in enrollments {
        story.extend(story_of_enrollment(web, reader, names, *id).await?);
    }
    story.sort_by_key(|line| line.sequence);
    Ok(story)
}

/// Everything that happened in an enrollment, in order.
pub(super) async fn story_of_enrollment<S: Backend>(
    web: &Web<S>,
    reader: Reader,
    names: &mut Names<'_, S>,
    id: EnrollmentId,
) -> Result<Vec<StoryLine>, Problem> {
    let mut story = Vec::new();
    let mut name = String::new();
    for entry in entries(web, id.into()).await? {
        let Some(recorded) = decode(&entry) else {
            story.push(unreadable(reader, &entry));
            continue;
        };
        if let firstkey_domain::enrollment::EnrollmentEvent::Opened { person, .. } = &recorded.event
        {
            name = names.of(*person).await?;
        }
        let who = names.actor(&enrollment::who(&recorded)).await?;
        let said = enrollment::sentence(reader, &who, &name, recorded.at, &recorded.event);
        story.push(line(&entry, Some(Moment(recorded.at)), said));
    }
    Ok(story)
}

async fn entries<S: Backend>(web: &Web<S>, stream: StreamId) -> Result<Vec<StoredEntry>, Problem> {
    let entries = web.app.store().entries(stream).await;
    entries.map_err(|error| failure(Fault::Store(error)))
}

const fn line(entry: &StoredEntry, at: Option<Moment>, said: String) -> StoryLine {
    StoryLine { sequence: entry.sequence, at, said }
}

/// What cannot be read was altered, or is from a newer version. It is shown, not hidden.
fn unreadable(reader: Reader, entry: &StoredEntry) -> StoryLine {
    let sequence = entry.sequence;
    tracing::error!(event = "entry_unreadable", sequence);
    line(entry, None, reader.get("console-story-unreadable"))
}
