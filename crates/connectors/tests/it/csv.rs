//! A file of joiners, good and bad.

use std::{
    cell::Cell,
    io::{self, Read},
};

use firstkey_connectors::csv::{self, Row, RowError};
use firstkey_ports::SponsorRef;

const HEADER: &str = "external_id,given_name,family_name,personal_email,mobile,language,sponsor,\
                      start_date,time_zone,worker_type,department,groups";
const ANA: &str = "E-1,Ana,Núñez,ana@example.org,+34600111222,es-ES,boss@example.org,2026-03-31,\
                   Europe/Madrid,employee,Payments,staff;payments";
const BEN: &str = "E-2,Ben,Okafor,ben@example.org,,,E-1,2026-04-01,Africa/Lagos,contractor,,";

fn file(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes()
}

/// Reads a file as it must be read: once to look, and again.
fn read(bytes: &[u8]) -> Vec<Result<Row, RowError>> {
    let mut first = csv::read(bytes).unwrap_or_else(|error| panic!("{error}"));
    let looked_at = first.by_ref().count();
    let rows: Vec<_> = csv::read_again(bytes, first.repeated()).unwrap().collect();
    assert!(rows.len() >= looked_at, "what was wrong is still wrong");
    rows
}

fn joiners(bytes: &[u8]) -> Vec<Row> {
    read(bytes).into_iter().map(|row| row.unwrap_or_else(|error| panic!("{error}"))).collect()
}

fn faults(bytes: &[u8]) -> Vec<String> {
    read(bytes).into_iter().filter_map(Result::err).map(|error| error.to_string()).collect()
}

fn header_fault(bytes: &[u8]) -> String {
    csv::read(bytes).err().map(|error| error.to_string()).expect("the header is refused")
}

#[test]
fn a_good_file_yields_its_joiners_with_their_lines() {
    let rows = joiners(&file(&[ANA, ",,,,,,,,,,,", BEN]));
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
    let (ana, ben) = (&rows[0].joiner, &rows[1].joiner);
    assert_eq!(ana.family_name, "Núñez");
    assert_eq!(ana.sponsor, Some(SponsorRef::Email("boss@example.org".into())));
    assert_eq!(ana.groups.iter().collect::<Vec<_>>(), ["payments", "staff"]);
    assert_eq!(ben.sponsor, Some(SponsorRef::ExternalId("E-1".into())));
    assert_eq!((&ben.mobile, &ben.department), (&None, &None));
}

#[test]
fn a_byte_order_mark_and_line_ends_are_part_of_no_cell() {
    for line_end in ["\n", "\r\n", "\r"] {
        let text = String::from_utf8(file(&[ANA, "", "", BEN])).unwrap();
        let rows =
            joiners(format!("\u{FEFF}{}", text.trim_end().replace('\n', line_end)).as_bytes());
        assert_eq!(rows[0].joiner.external_id, "E-1");
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5], "{line_end:?}");
    }
}

#[test]
fn semicolons_separate_when_the_header_has_them() {
    let file = "Time_Zone; external_id;given_name;personal_email;start_date;worker_type;groups\n\
                Europe/Madrid;E-1;Ana;ana@example.org;2026-03-31;Employee;\"staff;payments\"\n";
    let rows = joiners(file.as_bytes());
    assert_eq!(rows[0].joiner.groups.len(), 2);
    assert_eq!(rows[0].joiner.worker_type, "employee");
}

#[test]
fn text_that_a_spreadsheet_would_run_stays_text() {
    let rows = joiners(&file(&[&ANA.replace("Ana", "=cmd|' /C calc'!A0")]));
    assert_eq!(rows[0].joiner.given_name, "=cmd|' /C calc'!A0");
}

#[test]
fn latin_1_is_named_with_line_column_and_what_to_do() {
    let mut bytes = file(&[BEN]);
    bytes.extend(ANA.chars().map(|c| u8::try_from(u32::from(c)).unwrap()));
    assert_eq!(
        faults(&bytes),
        ["line 3, column 3: family_name is not UTF-8; save the file as UTF-8 (in spreadsheets: \
          “CSV UTF-8”) and import it again"]
    );
}

#[test]
fn utf_16_is_named_with_what_to_do() {
    let bytes =
        format!("\u{FEFF}{HEADER}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    assert_eq!(
        header_fault(&bytes),
        "the file is in UTF-16; save the file as UTF-8 (in spreadsheets: “CSV UTF-8”) and import \
         it again"
    );
}

#[test]
fn an_unknown_column_is_answered_with_the_known_ones() {
    assert_eq!(
        header_fault(format!("{HEADER},shoe_size\x1B[2J\n").as_bytes()),
        "line 1, column 13: unknown column `shoe_size\\u{1b}[2j`; known columns are external_id, \
         given_name, family_name, personal_email, mobile, language, sponsor, start_date, time_zone, \
         worker_type, department, groups"
    );
}

#[test]
fn rule_1_a_column_of_roles_is_refused_by_name() {
    for name in ["role", "Roles", "operator_role", " ROLES "] {
        let fault = header_fault(format!("{HEADER},{name}\n").as_bytes());
        let name = name.trim().to_lowercase();
        assert_eq!(
            fault,
            format!(
                "line 1, column 13: the column `{name}` is refused: roles are never set by import; \
                 an administrator grants them"
            )
        );
    }
}

#[test]
fn a_header_lacks_nothing_and_says_nothing_twice() {
    assert_eq!(
        header_fault(b"external_id,given_name\n"),
        "line 1: missing personal_email, start_date, time_zone, worker_type"
    );
    assert_eq!(
        header_fault(format!("{HEADER},mobile\n").as_bytes()),
        "line 1, column 13: the column `mobile` is there twice"
    );
    assert!(header_fault(b"").starts_with("the file is empty; its first row must name"));
    assert!(header_fault(b"\xEF\xBB\xBF\r\n").starts_with("the file is empty"));
    assert!(
        header_fault(b"external_id,pr\xE9nom\n").starts_with("line 1, column 2: this is not UTF-8")
    );
    assert!(header_fault(&b"x".repeat(1 << 20)).starts_with("line 1: longer than 65536 bytes"));
}

#[test]
fn every_fault_of_every_row_is_reported_and_the_good_rows_remain() {
    let bad = "E-3,A\u{202E}na,,not an address,600,english,E-3,31/03/2026,Madrid,external staff,,";
    let rows = read(&file(&[ANA, bad, BEN]));
    assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 2);
    assert_eq!(
        faults(&file(&[ANA, bad, BEN])),
        [
            "line 3, column 2: given_name has a character that changes the direction of text \
             (U+202E) as character 2: remove it",
            "line 3, column 4: personal_email is not a plain e-mail address such as \
             ana@example.org (letters beyond a-z are not supported before the @; write such a \
             domain in its xn-- form)",
            "line 3, column 5: mobile is not an international number such as +34600111222 (a \
             spreadsheet may have dropped the plus sign: format that column as text)",
            "line 3, column 6: language is not a language tag such as en or pt-BR",
            "line 3, column 7: sponsor is the joiner: nobody sponsors themselves",
            "line 3, column 8: start_date is not a date written as 2026-03-31",
            "line 3, column 9: time_zone is not a known time zone such as Europe/Madrid",
            "line 3, column 10: worker_type may only have the letters a to z, digits, - and _, \
             such as employee",
        ]
    );
}

#[test]
fn a_header_line_cannot_be_smuggled_in_through_a_quoted_cell() {
    let bad = ANA.replace("ana@example.org", "\"ana@example.org\r\nBcc: eve@example.net\"");
    let said = faults(&file(&[&bad, BEN]));
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("line 2, column 4: personal_email is not a plain e-mail address"));
    let bad = ANA.replace("Ana", "\"Ana\nSubject: x\"");
    assert_eq!(
        faults(&file(&[&bad, "", &bad.replace("E-1", "E-2")])),
        [
            "line 2, column 2: given_name has a control character (U+000A) as character 4: remove it",
            "line 5, column 2: given_name has a control character (U+000A) as character 4: remove it",
        ]
    );
}

#[test]
fn a_row_with_too_few_or_too_many_cells_is_reported() {
    assert_eq!(
        faults(&file(&["E-9,Ana", &format!("{ANA},more")])),
        [
            "line 2: the row has 2 cells where the header has 12 columns",
            "line 3: the row has 13 cells where the header has 12 columns",
        ]
    );
}

#[test]
fn a_second_row_for_the_same_person_names_both_lines() {
    let again = BEN.replace("E-2", " E-1 ").replace(",E-1,2", ",,2");
    assert_eq!(
        faults(&file(&[ANA, BEN, &again, &again])),
        [
            "line 4, column 1: external_id is the same as on line 2",
            "line 5, column 1: external_id is the same as on line 2",
        ]
    );
}

#[test]
fn a_cell_beyond_the_limit_is_refused_and_reading_goes_on() {
    let long = ANA.replace("Payments", &"x".repeat(1025));
    assert_eq!(
        faults(&file(&[&long, BEN])),
        ["line 2, column 11: department is longer than 1024 bytes"]
    );
    assert_eq!(read(&file(&[&long, BEN])).len(), 2);
}

#[test]
fn a_10_mb_cell_is_refused_before_it_is_read() {
    let taken = Cell::new(0);
    let head = file(&[BEN, "E-1,\""]);
    let head_length = head.len();
    let source = Counting { inner: head.chain(io::repeat(b'x').take(10 << 20)), taken: &taken };
    let rows = csv::read(source).unwrap().collect::<Vec<_>>();
    let last = rows.last().unwrap().as_ref().unwrap_err();
    assert_eq!(
        last.to_string(),
        "line 3: the row is longer than 65536 bytes: is a quotation mark not closed? Reading \
         stopped here"
    );
    assert!(last.ends_reading());
    assert_eq!(rows.len(), 2);
    assert!(taken.get() - head_length <= 96 * 1024, "{} bytes were read", taken.get());
}

#[test]
fn a_file_that_breaks_off_is_not_taken_for_a_whole_one() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let rows = csv::read(file(&[ANA]).chain(Broken)).unwrap().collect::<Vec<_>>();
    let last = rows.last().unwrap().as_ref().unwrap_err();
    assert_eq!(
        last.to_string(),
        "line 3: the row cannot be read: the disk is gone. Reading stopped here"
    );
    assert!(last.ends_reading());
}

#[test]
fn reading_runs_ahead_of_the_rows_by_a_few_kilobytes_however_long_the_file() {
    const ROWS: usize = 50_000;
    let taken = Cell::new(0);
    let source = Counting { inner: Generated::new(ROWS), taken: &taken };
    let mut used = HEADER.len() + 1;
    let mut furthest = 0;
    let mut rows = 0;
    for row in csv::read(source).unwrap() {
        let row = row.unwrap();
        used += generated(rows).len();
        rows += 1;
        furthest = furthest.max(taken.get() - used);
        assert_eq!(row.line, rows as u64 + 1);
    }
    assert_eq!(rows, ROWS);
    assert!(furthest <= 64 * 1024, "{furthest} bytes were held");
}

fn generated(row: usize) -> String {
    format!("E-{row},Ana,Núñez,ana{row}@example.org,,,boss@example.org,2026-03-31,UTC,employee,,\n")
}

/// A file that is made while it is read.
struct Generated {
    rows: std::ops::Range<usize>,
    piece: io::Cursor<Vec<u8>>,
}

impl Generated {
    fn new(rows: usize) -> Self {
        Self { rows: 0..rows, piece: io::Cursor::new(format!("{HEADER}\n").into_bytes()) }
    }
}

impl Read for Generated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.piece.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        let Some(row) = self.rows.next() else { return Ok(0) };
        self.piece = io::Cursor::new(generated(row).into_bytes());
        self.piece.read(buffer)
    }
}

/// Counts what is taken from a file.
struct Counting<'a, R> {
    inner: R,
    taken: &'a Cell<usize>,
}

impl<R: Read> Read for Counting<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read);
        Ok(read)
    }
}
