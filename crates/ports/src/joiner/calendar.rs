//! Days and the zones in which they begin.

use jiff::{civil::Date, tz::TimeZone};

use super::fault::FieldFault;

/// Checks a date in the one form that every country reads alike, `2026-03-31`.
pub(super) fn date(text: &str) -> Result<Date, FieldFault> {
    let bytes = text.as_bytes();
    let has_shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !has_shape {
        return Err(FieldFault::NotADate);
    }
    let date: Date = text.parse().map_err(|_| FieldFault::NotADate)?;
    if (1970..=2199).contains(&date.year()) { Ok(date) } else { Err(FieldFault::ImplausibleYear) }
}

/// Checks a time zone's name and spells it as the zone database does.
pub(super) fn time_zone(text: &str) -> Result<String, FieldFault> {
    let zone = TimeZone::get(text).map_err(|_| FieldFault::NotATimeZone)?;
    match zone.iana_name() {
        Some(name) if !zone.is_unknown() => Ok(name.to_owned()),
        _ => Err(FieldFault::NotATimeZone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_iso_form_are_dates() {
        assert_eq!(date("2028-02-29"), Ok(jiff::civil::date(2028, 2, 29)));
        for text in [
            "",
            "2027-02-29",
            "2026-13-01",
            "31/03/2026",
            "20260331",
            "2026-3-1",
            "2026-03-31T09:00",
            "+002026-03-31",
            "46112",
        ] {
            assert_eq!(date(text), Err(FieldFault::NotADate), "{text:?}");
        }
        assert_eq!(date("0026-03-31"), Err(FieldFault::ImplausibleYear));
    }

    #[test]
    fn zones_are_spelt_as_the_database_spells_them() {
        assert_eq!(time_zone("Europe/Madrid").as_deref(), Ok("Europe/Madrid"));
        assert_eq!(time_zone("europe/madrid").as_deref(), Ok("Europe/Madrid"));
        assert_eq!(time_zone("UTC").as_deref(), Ok("UTC"));
        for text in ["", "Europe/Madird", "CET+1", "+01:00", "../../etc/passwd", "Etc/Unknown"] {
            assert_eq!(time_zone(text), Err(FieldFault::NotATimeZone), "{text:?}");
        }
    }
}
