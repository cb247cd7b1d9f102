//! Somebody's record, line by line.

use firstkey_app::Backend;
use firstkey_ports::PersonRow;

use super::names::Names;
use crate::{page::Reader, problem::Problem};

/// What is known of somebody: pairs of a label and a value, only those that have one.
#[derive(Debug)]
pub(super) struct RecordLines(pub(super) Vec<(String, String)>);

impl RecordLines {
    pub(super) async fn of<S: Backend>(
        reader: Reader,
        names: &mut Names<'_, S>,
        person: &PersonRow,
    ) -> Result<Self, Problem> {
        let sponsor = match person.sponsor {
            Some(sponsor) => names.of(sponsor).await?,
            None => reader.get("console-record-no-sponsor"),
        };
        let groups = person.groups.iter().cloned().collect::<Vec<_>>().join(", ");
        let lines = [
            ("console-field-start-date", person.start_date.to_string()),
            ("console-field-department", person.department.clone().unwrap_or_default()),
            ("console-field-worker-type", person.worker_type.clone()),
            ("console-field-sponsor", sponsor),
            ("console-field-personal-email", person.personal_email.clone()),
            ("console-record-user-name", person.user_name.clone()),
            ("console-field-external-id", person.external_id.clone()),
            ("console-field-groups", groups),
        ];
        let held = lines.into_iter().filter(|(_, value)| !value.is_empty());
        Ok(Self(held.map(|(label, value)| (reader.get(label), value)).collect()))
    }
}
