//! People by site, ring, worker type and department, and the choice among them.

use firstkey_app::{Backend, Fault};
use firstkey_ports::{Part, PartKind, PartNow};

use crate::{
    Web,
    console::chart::{grouped, percent},
    fault::failure,
    page::Reader,
    problem::Problem,
};

/// How many of each kind are shown, largest first.
const SHOWN: u32 = 12;

/// A part of the people.
pub(super) struct PartLine {
    /// As it stands in an address.
    pub(super) value: String,
    pub(super) name: String,
    pub(super) people: String,
    pub(super) enrolled: Option<u8>,
    pub(super) second: Option<u8>,
    pub(super) is_chosen: bool,
}

/// The parts of one kind, largest first.
pub(super) struct KindOfPart {
    pub(super) label: String,
    pub(super) lines: Vec<PartLine>,
}

/// Reads all kinds that have any.
pub(super) async fn kinds<S: Backend>(
    web: &Web<S>,
    reader: Reader,
    chosen: &Part,
) -> Result<Vec<KindOfPart>, Problem> {
    let mut kinds = Vec::new();
    for kind in PartKind::APART {
        let parts = web.app.store().parts(kind, SHOWN).await;
        let parts = parts.map_err(|error| failure(Fault::Store(error)))?;
        if !parts.is_empty() {
            let lines = parts.iter().map(|part| line(part, chosen)).collect();
            kinds.push(KindOfPart { label: reader.get(kind_message(kind)), lines });
        }
    }
    Ok(kinds)
}

fn line(PartNow { part, people, enrolled, second }: &PartNow, chosen: &Part) -> PartLine {
    PartLine {
        value: in_address(part),
        name: part.name.clone(),
        people: grouped(*people),
        enrolled: percent(*enrolled, *people),
        second: percent(*second, *people),
        is_chosen: part == chosen,
    }
}

/// As it stands in an address: `site:Madrid`. Empty for everybody.
fn in_address(part: &Part) -> String {
    match part.kind {
        PartKind::Everybody => String::new(),
        kind => format!("{}:{}", kind.name(), part.name),
    }
}

/// The part that an address names; everybody when it names none.
pub(super) fn from_address(text: &str) -> Part {
    let named = text.split_once(':').and_then(|(kind, name)| {
        let kind = PartKind::from_name(kind).filter(|kind| *kind != PartKind::Everybody)?;
        Some(Part::new(kind, name))
    });
    named.unwrap_or_else(Part::everybody)
}

/// How the chosen part is named on the page.
pub(super) fn said(reader: Reader, part: &Part) -> String {
    match part.kind {
        PartKind::Everybody => reader.get("console-part-everybody"),
        kind => format!("{}: {}", reader.get(kind_message(kind)), part.name),
    }
}

const fn kind_message(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Everybody => "console-part-everybody",
        PartKind::Site => "console-part-site",
        PartKind::Ring => "console-part-ring",
        PartKind::WorkerType => "console-part-worker-type",
        PartKind::Department => "console-part-department",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_part_or_everybody() {
        let madrid = Part::new(PartKind::Site, "Madrid: centre");
        assert_eq!(from_address(&in_address(&madrid)), madrid);
        for none in ["", "Madrid", "everybody:x", "planet:Mars"] {
            assert_eq!(from_address(none), Part::everybody(), "{none}");
        }
        assert_eq!(in_address(&Part::everybody()), "");
    }
}
