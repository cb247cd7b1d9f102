//! The sample organisation: an administrator, and people who join today and later.

use firstkey_app::{
    App, Backend, Fault,
    people::{ImportJoiner, ImportJoinerFault, Imported},
};
use firstkey_domain::{Actor, PersonId};
use firstkey_ports::{Joiner, UnverifiedJoiner};
use jiff::{ToSpan, civil::Date};

/// Its name.
pub const ORGANISATION: &str = "Meadow & Pine";
/// The administrator, by HR's identifier.
pub const ADMINISTRATOR: &str = "M-001";
/// The administrator's name.
pub const ADMINISTRATOR_NAME: &str = "Ana Duarte";

/// HR's identifier, given and family name, sponsor, days until the start, worker type, department,
/// groups.
type Sample = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i32,
    &'static str,
    &'static str,
    &'static str,
);

/// Sponsors come before those whom they sponsor. The administrator sponsors three.
const PEOPLE: [Sample; 12] = [
    (ADMINISTRATOR, "Ana", "Duarte", "", -400, "employee", "Identity", "identity"),
    ("M-002", "Tomás", "Lindqvist", ADMINISTRATOR, 0, "employee", "Workshop", "workshop-leads"),
    ("M-003", "Łucja", "Nowak", ADMINISTRATOR, 0, "employee", "Shop", "shop"),
    ("M-004", "Mehmet", "Özdemir", ADMINISTRATOR, 0, "contractor", "Web", "web"),
    ("M-005", "Ines", "Bauer", "M-002", 0, "employee", "Workshop", "workshop"),
    ("M-006", "Noor", "van Dijk", "M-002", 3, "employee", "Workshop", "workshop"),
    ("M-007", "Seán", "Ó Briain", "M-002", 7, "apprentice", "Workshop", "workshop"),
    ("M-008", "Mai", "Trần", "M-003", 0, "employee", "Shop", "shop"),
    ("M-009", "Olu", "Adeyemi", "M-003", 7, "employee", "Shop", "shop;till"),
    ("M-010", "Björk", "Jónsdóttir", "M-004", 14, "contractor", "Web", "web"),
    ("M-011", "Ana", "Duarte", "M-003", 14, "employee", "Shop", "shop"),
    ("M-012", "李", "静", "M-004", 30, "employee", "Web", "web"),
];

/// Fills an empty application. Nothing happens when it was filled before.
pub async fn seed<S: Backend>(app: &App<S>) -> Result<(), Fault<ImportJoinerFault>> {
    let today = app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    for sample in PEOPLE {
        let joiner = joiner(sample, today);
        let resolved = app.resolve(std::slice::from_ref(&joiner)).await?;
        let Some(resolved) = resolved.first().filter(|resolved| resolved.known.is_none()) else {
            continue;
        };
        let sponsor = match resolved.sponsor {
            firstkey_app::people::ResolvedSponsor::Known(sponsor) => Some(sponsor),
            _ => None,
        };
        import(app, joiner, sponsor, sample.0 != ADMINISTRATOR).await?;
    }
    Ok(())
}

async fn import<S: Backend>(
    app: &App<S>,
    joiner: Joiner,
    sponsor: Option<PersonId>,
    invite: bool,
) -> Result<Imported, Fault<ImportJoinerFault>> {
    app.import_joiner(ImportJoiner {
        by: Actor::Source("demo".to_owned()),
        joiner,
        known: None,
        sponsor,
        name_try: 0,
        invite,
        bulk: false,
    })
    .await
}

fn joiner(sample: Sample, today: Date) -> Joiner {
    let (external_id, given, family, sponsor, days, worker_type, department, groups) = sample;
    let start = today.checked_add(days.days()).unwrap_or(today);
    let mailbox = external_id.to_lowercase();
    let unverified = UnverifiedJoiner {
        external_id: external_id.to_owned(),
        given_name: given.to_owned(),
        family_name: family.to_owned(),
        personal_email: format!("{mailbox}@mail.example"),
        mobile: String::new(),
        language: "en".to_owned(),
        sponsor: sponsor.to_owned(),
        start_date: start.to_string(),
        time_zone: "Europe/Lisbon".to_owned(),
        worker_type: worker_type.to_owned(),
        department: department.to_owned(),
        groups: groups.to_owned(),
    };
    // Constants of this file, which a test checks.
    unverified.verify().expect("the sample people are sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_people_are_sound_and_sponsors_come_first() {
        let mut known = vec![""];
        for sample in PEOPLE {
            let _ = joiner(sample, Date::constant(2026, 1, 31));
            assert!(known.contains(&sample.3), "{}", sample.0);
            known.push(sample.0);
        }
        assert_eq!(PEOPLE.iter().filter(|sample| sample.3 == ADMINISTRATOR).count(), 3);
    }
}
