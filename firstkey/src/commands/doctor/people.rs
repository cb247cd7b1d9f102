//! Who would be locked out by losing one thing.

use firstkey_domain::Role;
use firstkey_ports::{After, PeopleFilter, Queries};
use firstkey_store_sqlite::SqliteStore;

use super::{CommandError, Finding};

/// How many rows are read at a time.
const CHUNK: u32 = 1024;
/// Setup is complete with so many (rule 23).
const ENOUGH: u32 = 2;

/// Administrators, and those of them with fewer than two authenticators.
pub async fn administrators(store: &SqliteStore) -> Result<Vec<Finding>, CommandError> {
    let about = "administrators";
    let all = store.people_with_role(Role::Administrator).await?;
    let able: Vec<_> =
        all.iter().filter(|person| person.active && person.authenticators > 0).collect();
    let mut findings = vec![match able.len() {
        0 => Finding::problem(about, "nobody can administer", "run `firstkey setup`"),
        1 => Finding::warning(
            about,
            "there is one: whoever is away, ill or leaves takes the console with them",
            "run `firstkey setup` for a second",
        ),
        several => Finding::ok(about, format!("there are {several}")),
    }];
    let below = able.iter().filter(|person| person.authenticators < ENOUGH);
    findings.extend(below.map(|person| {
        let found =
            format!("{} holds one authenticator, and setup is complete with two", person.id);
        Finding::problem(about, found, "they add another in the console, under their own name")
    }));
    Ok(findings)
}

/// Subscribers with one authenticator: losing it is losing access.
pub async fn second_authenticators(store: &SqliteStore) -> Result<Finding, CommandError> {
    let (mut one, mut enrolled) = (0_u64, 0_u64);
    let mut after = After::default();
    loop {
        let chunk = store.people(&PeopleFilter::default(), after, CHUNK).await?;
        let Some(last) = chunk.last() else { break };
        after = After(Some(last.id.uuid()));
        for person in chunk.iter().filter(|person| person.active && person.authenticators > 0) {
            enrolled += 1;
            one += u64::from(person.authenticators < ENOUGH);
        }
    }
    let found = format!("{one} of {enrolled} people who enrolled hold one authenticator only");
    Ok(if one == 0 {
        Finding::ok("people", found)
    } else {
        Finding::warning("people", found, "ask them to add a second one in the console")
    })
}
