//! Lists as CSV files (RFC 4180). That somebody took one is in the access log before its first row is
//! read; rows are read and sent a page at a time, so that a million take no more memory than a few.

mod cell;
mod enrollments;
mod people;

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use csv::{QuoteStyle, WriterBuilder};

use self::cell::harmless;

pub(super) use enrollments::export as enrollments;
pub(super) use people::export as people;

/// How many rows are read at a time.
const ROWS: u32 = 500;

/// Rows as a piece of a file. Every cell is quoted, so that a separator of another country splits none,
/// and none is a formula.
fn lines<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Bytes {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
    for row in rows {
        // Memory takes every row.
        let _ = writer.write_record(row.map(harmless));
    }
    writer.into_inner().unwrap_or_default().into()
}

/// A file that the browser keeps.
fn file(
    name: &'static str,
    pieces: impl futures_util::Stream<Item = Result<Bytes, Infallible>> + Send + 'static,
) -> Response {
    let media_type = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    let headers =
        [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, HeaderValue::from_static(name))];
    (headers, Body::from_stream(pieces)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_quoted_and_none_is_a_formula() {
        let rows = [["a\"b".to_owned(), "=1+1;=2".to_owned()], [String::new(), "x\ny".to_owned()]];
        let text = String::from_utf8(lines(rows).to_vec()).unwrap();
        assert_eq!(text, "\"a\"\"b\",\"'=1+1;=2\"\n\"\",\"x\ny\"\n");
    }
}
