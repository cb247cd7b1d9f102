//! The first row: which column is which.

use csv::ByteRecord;
use firstkey_ports::JoinerField;

use super::HeaderError;

/// Byte-order marks.
const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF16_MARKS: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];

/// What a file's first bytes tell before anything is parsed.
pub(super) struct Preamble {
    /// Bytes of the byte-order mark.
    pub(super) mark: usize,
    /// What separates cells.
    pub(super) delimiter: u8,
}

impl Preamble {
    /// Looks at the first line. No column's name has a comma or a semicolon in it, so the one that
    /// stands there separates.
    pub(super) fn of(first_line: &[u8]) -> Result<Self, HeaderError> {
        if UTF16_MARKS.iter().any(|mark| first_line.starts_with(mark)) {
            return Err(HeaderError::Utf16);
        }
        let mark = if first_line.starts_with(UTF8_MARK) { UTF8_MARK.len() } else { 0 };
        let count = |delimiter| first_line.split(|byte| *byte == delimiter).count();
        let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
        Ok(Self { mark, delimiter })
    }
}

/// The columns of a file, in its order.
pub(super) struct Columns(Vec<JoinerField>);

impl Columns {
    pub(super) fn parse(header: &ByteRecord) -> Result<Self, HeaderError> {
        let mut columns = Vec::with_capacity(header.len());
        for (index, cell) in header.iter().enumerate() {
            let column = index + 1;
            let cell = std::str::from_utf8(cell).map_err(|_| HeaderError::NotUtf8 { column })?;
            let name = cell.trim().to_ascii_lowercase();
            if is_about_roles(&name) {
                return Err(HeaderError::Role { column, name: shown(&name) });
            }
            let field = JoinerField::named(&name)
                .ok_or_else(|| HeaderError::Unknown { column, name: shown(&name) })?;
            if columns.contains(&field) {
                return Err(HeaderError::Twice { column, field });
            }
            columns.push(field);
        }
        let missing = JoinerField::ALL
            .into_iter()
            .filter(|field| field.is_required() && !columns.contains(field))
            .collect::<Vec<_>>();
        if missing.is_empty() { Ok(Self(columns)) } else { Err(HeaderError::Missing(missing)) }
    }

    pub(super) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Fields with their column, from 1.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, JoinerField)> {
        (1..).zip(self.0.iter().copied())
    }

    /// The column of a field, from 1.
    pub(super) fn column(&self, field: JoinerField) -> Option<usize> {
        self.0.iter().position(|each| *each == field).map(|index| index + 1)
    }
}

fn is_about_roles(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| matches!(word, "role" | "roles"))
}

/// A name as it may be printed: short, and nothing in it that a terminal would obey.
fn shown(name: &str) -> String {
    name.chars().take(40).flat_map(char::escape_debug).collect()
}
