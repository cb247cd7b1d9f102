//! The rows of a file as a stream of joiners and faults.

use std::{
    collections::VecDeque,
    io::{self, BufRead, BufReader, Chain, Cursor, Read},
};

use csv::ByteRecord;
use firstkey_ports::{Joiner, JoinerField, UnverifiedJoiner};

use super::{
    CELL_LIMIT, HeaderError, ROW_LIMIT, RowError, RowFault,
    header::{Columns, Preamble},
    repeated::{Names, Repeated},
    source::{RowTooLong, Source},
};

/// Bytes that are read from the file at a time; a row's allowance has one such piece on top.
const PIECE: usize = 16 * 1024;

/// A row that passed every check.
#[derive(Debug)]
pub struct Row {
    /// The line on which it begins, from 1, the header included.
    pub line: u64,
    /// Who is to join.
    pub joiner: Joiner,
}

/// A file from its first byte, of which the first line was looked at already.
type Whole<R> = Chain<Cursor<Vec<u8>>, BufReader<R>>;

/// The rows of a file. Rows without any text, as spreadsheets leave them, are passed over.
pub struct Rows<R> {
    reader: csv::Reader<Source<Whole<R>>>,
    columns: Columns,
    record: ByteRecord,
    names: Names,
    faults: VecDeque<RowError>,
    ended: bool,
}

impl<R: Read> Rows<R> {
    pub(super) fn begin(reader: R, names: Names) -> Result<Self, HeaderError> {
        let mut source = BufReader::with_capacity(PIECE, reader);
        let mut first = first_line(&mut source)?;
        let preamble = Preamble::of(&first)?;
        first.drain(..preamble.mark);

        let mut reader = csv::ReaderBuilder::new()
            .delimiter(preamble.delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(PIECE)
            .from_reader(Source::new(Cursor::new(first).chain(source)));
        let mut record = ByteRecord::new();
        match next_record(&mut reader, &mut record) {
            Ok(true) => {}
            Ok(false) => return Err(HeaderError::Empty),
            Err(RowFault::Unreadable(error)) => return Err(HeaderError::Unreadable(error)),
            Err(_) => return Err(HeaderError::TooLong),
        }
        let columns = Columns::parse(&record)?;
        Ok(Self { reader, columns, record, names, faults: VecDeque::new(), ended: false })
    }

    /// What the rows read so far name more than once.
    pub fn repeated(self) -> Repeated {
        self.names.repeated()
    }

    /// The line on which the row just read begins. The parser's own answer is where the row before
    /// ended, which is earlier when empty lines stand between them.
    fn line(&self) -> u64 {
        let lines = self.record.as_slice().split(|byte| *byte == b'\n').count() as u64;
        self.reader.position().line().saturating_sub(lines)
    }

    /// Reads one row: `None` when there is nothing to say of it because it is empty.
    fn row(&mut self, line: u64) -> Option<Row> {
        if self.record.iter().all(<[u8]>::is_empty) {
            return None;
        }
        let (expected, found) = (self.columns.len(), self.record.len());
        if found != expected {
            self.fault(line, None, RowFault::CellCount { expected, found });
            return None;
        }
        let unverified = self.unverified(line)?;
        let verified = unverified.verify();
        // Even a row that is wrong counts: the next one for the same person is wrong as well.
        let external_id = unverified.external_id.trim();
        let before = match external_id {
            "" => None,
            _ => self.names.note(external_id, line),
        };
        if let Some(first) = before {
            self.fault(line, Some(JoinerField::ExternalId), RowFault::SameAs { first });
        }
        match verified {
            Ok(joiner) => before.is_none().then_some(Row { line, joiner }),
            Err(faults) => {
                for fault in faults {
                    self.fault(line, Some(fault.field), fault.fault.into());
                }
                None
            }
        }
    }

    /// The row's cells as text, if all of them are.
    fn unverified(&mut self, line: u64) -> Option<UnverifiedJoiner> {
        let mut unverified = UnverifiedJoiner::default();
        let mut faults = Vec::new();
        for ((_, field), cell) in self.columns.iter().zip(&self.record) {
            if cell.len() > CELL_LIMIT {
                faults.push((field, RowFault::CellTooLong));
            } else if let Ok(text) = std::str::from_utf8(cell) {
                text.clone_into(unverified.field_mut(field));
            } else {
                faults.push((field, RowFault::NotUtf8));
            }
        }
        let is_text = faults.is_empty();
        for (field, reason) in faults {
            self.fault(line, Some(field), reason);
        }
        is_text.then_some(unverified)
    }

    fn fault(&mut self, line: u64, field: Option<JoinerField>, reason: RowFault) {
        let column = field.and_then(|field| self.columns.column(field));
        self.faults.push_back(RowError { line, column, field, reason });
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(fault) = self.faults.pop_front() {
                return Some(Err(fault));
            }
            if self.ended {
                return None;
            }
            let begins = self.reader.position().line();
            match next_record(&mut self.reader, &mut self.record) {
                Ok(true) => {
                    let line = self.line();
                    if let Some(row) = self.row(line) {
                        return Some(Ok(row));
                    }
                }
                Ok(false) => self.ended = true,
                Err(reason) => {
                    self.ended = true;
                    self.fault(begins, None, reason);
                }
            }
        }
    }
}

/// Reads the next row, within its allowance. `false` at the end of the file.
fn next_record<R: Read>(
    reader: &mut csv::Reader<Source<R>>,
    record: &mut ByteRecord,
) -> Result<bool, RowFault> {
    reader.get_mut().allow(ROW_LIMIT + PIECE);
    let is_row = reader.read_byte_record(record).map_err(|error| {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            // Flexible reading of bytes has no other kind.
            other => io::Error::other(format!("{other:?}")),
        };
        if RowTooLong::caused(&error) { RowFault::RowTooLong } else { RowFault::Unreadable(error) }
    })?;
    if record.as_slice().len() > ROW_LIMIT { Err(RowFault::RowTooLong) } else { Ok(is_row) }
}

/// The bytes up to the end of the first line, or as many as a row may have.
fn first_line(source: &mut impl BufRead) -> Result<Vec<u8>, HeaderError> {
    let mut line = Vec::new();
    while line.len() <= ROW_LIMIT {
        let piece = source.fill_buf()?;
        let end = piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let length = end.map_or(piece.len(), |index| index + 1);
        line.extend_from_slice(&piece[..length]);
        source.consume(length);
        if end.is_some() || length == 0 {
            return Ok(line);
        }
    }
    Err(HeaderError::TooLong)
}
