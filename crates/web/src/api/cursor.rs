//! Cursors: where the next page of a list begins. Only one that was given for the same list with the same
//! filters is taken, so nobody finds rows by making cursors up.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_app::{App, Backend};
use firstkey_ports::{After, RowSeal};
use serde::Deserialize;
use uuid::Uuid;

use crate::problem::{Kind, Problem};

/// How many rows a page has when nothing else is asked for, and at most.
const USUAL: u32 = 50;
const MOST: u32 = 200;

/// How many rows a page is to have.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
pub(super) struct Limit(u32);

impl TryFrom<u32> for Limit {
    type Error = &'static str;

    fn try_from(rows: u32) -> Result<Self, Self::Error> {
        if (1..=MOST).contains(&rows) { Ok(Self(rows)) } else { Err("a page has 1 to 200 rows") }
    }
}

/// One list, as it is filtered: its name and everything that stood in the query but cursor and limit.
pub(super) struct List<'a> {
    name: &'static str,
    filters: &'a [&'a str],
    rows: u32,
}

impl<'a> List<'a> {
    pub(super) fn new(name: &'static str, filters: &'a [&'a str], limit: Option<Limit>) -> Self {
        Self { name, filters, rows: limit.map_or(USUAL, |limit| limit.0) }
    }

    /// How many rows to ask the store for: one more than is answered says whether there are others.
    pub(super) const fn wanted(&self) -> u32 {
        self.rows + 1
    }

    /// Where the page begins that a cursor stands for.
    pub(super) fn after<S: Backend>(
        &self,
        app: &App<S>,
        cursor: Option<&str>,
    ) -> Result<After, Problem> {
        let Some(cursor) = cursor else { return Ok(After(None)) };
        let mut bytes = [0; 48];
        let read = URL_SAFE_NO_PAD.decode_slice(cursor, &mut bytes);
        let (id, seal) = bytes.split_at(16);
        let (id, seal) = (<[u8; 16]>::try_from(id), <[u8; 32]>::try_from(seal));
        match (read, id, seal) {
            (Ok(48), Ok(id), Ok(seal)) if self.is_ours(app, &id, &RowSeal(seal)) => {
                Ok(After(Some(Uuid::from_bytes(id))))
            }
            _ => Err(Problem::new(Kind::Cursor)),
        }
    }

    /// Takes the rows of a page; answers with the cursor of the next one, if there is one.
    pub(super) fn cut<S: Backend, T>(
        &self,
        app: &App<S>,
        rows: &mut Vec<T>,
        id: impl Fn(&T) -> Uuid,
    ) -> Option<String> {
        let has_more = rows.len() > self.rows as usize;
        rows.truncate(self.rows as usize);
        let last = rows.last().filter(|_| has_more).map(id)?;
        let seal = app.keys().rows().seal("api cursor/1", &self.parts(last.as_bytes()));
        Some(URL_SAFE_NO_PAD.encode([&last.as_bytes()[..], &seal.0].concat()))
    }

    fn is_ours<S: Backend>(&self, app: &App<S>, id: &[u8; 16], seal: &RowSeal) -> bool {
        app.keys().rows().holds("api cursor/1", &self.parts(id), seal)
    }

    fn parts<'b>(&'b self, id: &'b [u8; 16]) -> Vec<&'b [u8]> {
        let filters = self.filters.iter().map(|filter| filter.as_bytes());
        [self.name.as_bytes(), id].into_iter().chain(filters).collect()
    }
}
