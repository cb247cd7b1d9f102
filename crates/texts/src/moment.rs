//! Moments as a language tells them.

use fluent_bundle::FluentValue;
use jiff::Zoned;

use crate::{Texts, languages::Clock};

impl Texts {
    /// The message `id` with all that can be said of a moment, each as an argument: `weekday` (1 is
    /// Monday), `day`, `month`, `year`, `time` as this language reads a clock, and `zone`, the IANA
    /// name. A message takes what it needs.
    pub fn moment(&self, id: &str, at: &Zoned) -> String {
        let zone = at.time_zone().iana_name().unwrap_or("UTC").to_owned();
        self.with(
            id,
            [
                ("weekday", FluentValue::from(at.weekday().to_monday_one_offset())),
                ("day", at.day().into()),
                ("month", at.month().into()),
                ("year", at.year().to_string().into()),
                ("time", self.time(at).into()),
                ("zone", zone.into()),
            ],
        )
    }

    fn time(&self, at: &Zoned) -> String {
        let clock = match self.clock() {
            Clock::Twelve => at.strftime("%-I:%M"),
            Clock::TwentyFour => at.strftime("%H:%M"),
        };
        let half = if at.hour() < 12 { "am" } else { "pm" };
        self.with(
            "moment-time",
            // One argument: each is isolated in lines from right to left, and two would change places.
            [("clock", clock.to_string()), ("half", half.to_owned())],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_tells_a_moment_in_its_own_way() {
        let at: Zoned = "2026-05-01T17:05:00+02:00[Europe/Madrid]".parse().unwrap();
        for (tag, soon, written) in [
            ("en", "Friday, 1 May, 17:05", "1 May 2026, 17:05 (Europe/Madrid)"),
            ("de", "Freitag, 1. Mai, 17:05 Uhr", "1. Mai 2026, 17:05 Uhr (Europe/Madrid)"),
            ("es", "viernes, 1 de mayo, 17:05", "1 de mayo de 2026, 17:05 (Europe/Madrid)"),
            ("fr", "vendredi 1er mai, 17:05", "1er mai 2026, 17:05 (Europe/Madrid)"),
            ("pt", "sexta-feira, 1 de maio, 17:05", "1 de maio de 2026, 17:05 (Europe/Madrid)"),
            ("ar", "الجمعة، 1 مايو، 5:05 مساءً", "1 مايو 2026، 5:05 مساءً (Europe/Madrid)"),
        ] {
            let texts = Texts::for_language(tag);
            let told = ["join-moment", "letter-moment"].map(|id| {
                let marks = ['\u{2068}', '\u{2069}'];
                texts.moment(id, &at).replace(marks, "")
            });
            assert_eq!(told, [soon, written], "{tag}");
        }
    }

    #[test]
    fn a_moment_from_right_to_left_has_a_letter_of_its_own_to_say_so() {
        let at: Zoned = "2026-05-01T17:05:00+00:00[UTC]".parse().unwrap();
        for id in ["join-moment", "letter-moment", "moment-time"] {
            let said = match id {
                "moment-time" => Texts::for_language("ar").time(&at),
                id => Texts::for_language("ar").moment(id, &at),
            };
            // What is isolated does not count for the direction of what it stands in (UAX #9, P2).
            let mut depth = 0;
            let first = said.chars().find(|c| {
                match c {
                    '\u{2068}' => depth += 1,
                    '\u{2069}' => depth -= 1,
                    _ => {}
                }
                depth == 0 && c.is_alphabetic()
            });
            assert!(matches!(first, Some('\u{0600}'..='\u{06FF}')), "{id}: {said:?}");
        }
    }

    #[test]
    fn midnight_and_noon_are_not_taken_for_each_other() {
        let arabic = Texts::for_language("ar");
        let time = |at: &str| {
            let at: Zoned = at.parse().unwrap();
            arabic.time(&at).replace(['\u{2068}', '\u{2069}'], "")
        };
        assert_eq!(time("2026-05-01T00:30:00+00:00[UTC]"), "12:30 صباحًا");
        assert_eq!(time("2026-05-01T12:30:00+00:00[UTC]"), "12:30 مساءً");
    }
}
