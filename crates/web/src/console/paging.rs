//! Keyset paging: a page is named by the last id of the page before, so that rows which come and go
//! shift nothing. And what a list was asked for.

use firstkey_ports::{After, WaitingAfter};
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

/// How many rows a page has.
pub(super) const ROWS: usize = 25;

/// Where a page begins. What is no id begins at the start.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct From(pub(super) After);

impl<'de> Deserialize<'de> for From {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Ok(Self(After(Uuid::parse_str(&text).ok())))
    }
}

/// Where a page of those who wait begins: whether a browser waited in the last row, and its id.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WaitingFrom(pub(super) Option<WaitingAfter>);

impl WaitingFrom {
    /// As it stands in an address.
    pub(super) fn text(after: WaitingAfter) -> String {
        let kind = if after.has_browser { "waits" } else { "open" };
        format!("{kind}.{}", after.enrollment)
    }
}

impl<'de> Deserialize<'de> for WaitingFrom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let after = text.split_once('.').and_then(|(kind, id)| {
            Some(WaitingAfter { has_browser: kind == "waits", enrollment: id.parse().ok()? })
        });
        Ok(Self(after))
    }
}

/// What was searched for, as it is looked for and shown again.
pub(super) fn sought(search: &str) -> String {
    search.trim().chars().take(100).collect()
}

/// How many rows to ask the store for: one more than is shown says whether there is another page.
pub(super) const fn wanted() -> u32 {
    // The number above is small.
    #[allow(clippy::cast_possible_truncation)]
    {
        ROWS as u32 + 1
    }
}

/// Takes the rows that a page shows; answers with where the next page begins, if there is one.
pub(super) fn cut<T>(rows: &mut Vec<T>, id: impl Fn(&T) -> Uuid) -> Option<Uuid> {
    let has_more = rows.len() > ROWS;
    rows.truncate(ROWS);
    rows.last().filter(|_| has_more).map(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_next_page_only_when_there_is_another_row() {
        let id = |number: &u128| Uuid::from_u128(*number);
        let mut full: Vec<u128> = (1..=25).collect();
        assert_eq!(cut(&mut full, id), None);
        let mut more: Vec<u128> = (1..=26).collect();
        assert_eq!(cut(&mut more, id), Some(Uuid::from_u128(25)));
        assert_eq!(more.len(), 25);
    }
}
