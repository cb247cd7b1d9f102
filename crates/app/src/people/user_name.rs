//! Planning user names: readable, transliterated, unique. The store decides who has one.

use firstkey_domain::{Digest, person::Record};
use firstkey_ports::Joiner;

/// Up to which number names are counted on, so that most people get a short one.
const COUNTED: u32 = 20;
/// How many long numbers are tried after that, before an operator must choose.
const DRAWN: u32 = 40;
/// Long numbers have six digits.
const LONG: u32 = 100_000;

/// Names to try in turn.
pub(crate) fn candidates<'a>(
    patterns: &'a [String],
    record: &'a Record,
) -> impl Iterator<Item = String> + 'a {
    let given = plain(&record.given_name);
    let family = plain(&record.family_name);
    let fallback = plain(&record.external_id);
    patterns.iter().flat_map(move |pattern| {
        let has_number = pattern.contains("{n}");
        let (given, family, fallback) = (given.clone(), family.clone(), fallback.clone());
        numbers(has_number, &record.external_id).map(move |number| {
            let first = |name: &str| name.chars().take(1).collect::<String>();
            let name = pattern
                .replace("{given}", &given)
                .replace("{family}", &family)
                .replace("{g}", &first(&given))
                .replace("{f}", &first(&family))
                .replace("{n}", &number.to_string());
            let name = name.trim_matches('.').to_owned();
            // A name in a script that has no transliteration leaves nothing; HR's id will do.
            if name.chars().any(|letter| letter.is_ascii_alphabetic()) {
                name
            } else {
                format!(
                    "u{fallback}{}",
                    if number > 1 { number.to_string() } else { String::new() }
                )
            }
        })
    })
}

/// The numbers to try for a person. Counting on alone would make the thousandth namesake try a
/// thousand names; their HR id scatters the later ones, the same way each time.
fn numbers(has_number: bool, external_id: &str) -> impl Iterator<Item = u32> {
    let (counted, drawn) = if has_number { (2..=COUNTED, 0..DRAWN) } else { (1..=1, 0..0) };
    counted.chain(drawn.map(move |draw| {
        let parts = [external_id.as_bytes(), &draw.to_be_bytes()];
        let digest = Digest::of_parts("firstkey user name number", &parts);
        let [a, b, c, d, ..] = *digest.as_bytes();
        LONG + u32::from_be_bytes([a, b, c, d]) % (9 * LONG)
    }))
}

/// Lower-case ASCII letters and digits, transliterated; hyphens inside stay.
fn plain(text: &str) -> String {
    let ascii = deunicode::deunicode(text).to_lowercase();
    let kept: String = ascii
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect();
    let words: Vec<_> = kept.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The record of a joiner with this user name.
pub(crate) fn record(joiner: &Joiner, user_name: String) -> Record {
    Record {
        external_id: joiner.external_id.clone(),
        given_name: joiner.given_name.clone(),
        family_name: joiner.family_name.clone(),
        personal_email: joiner.personal_email.clone(),
        mobile: joiner.mobile.clone(),
        language: joiner.language.clone(),
        user_name,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use firstkey_ports::UnverifiedJoiner;

    use super::*;

    #[test]
    fn names_become_plain_ascii() {
        assert_eq!(plain("Łukasz"), "lukasz");
        assert_eq!(plain("Nuñez  O'Brien"), "nunez-o-brien");
        assert!(!plain("李小龍").is_empty());
    }

    #[test]
    fn there_are_names_for_twenty_thousand_namesakes() {
        let patterns = ["{given}.{family}".to_owned(), "{given}.{family}{n}".to_owned()];
        let mut taken = BTreeSet::new();
        let mut tries = 0;
        for number in 0..20_000 {
            let joiner = UnverifiedJoiner {
                external_id: format!("E{number}"),
                given_name: "Maria".into(),
                family_name: "Silva".into(),
                personal_email: "maria@mail.example".into(),
                start_date: "2026-01-05".into(),
                time_zone: "UTC".into(),
                worker_type: "employee".into(),
                ..UnverifiedJoiner::default()
            };
            let record = record(&joiner.verify().unwrap(), String::new());
            let mut names = candidates(&patterns, &record);
            let found = names.by_ref().inspect(|_| tries += 1).find(|name| !taken.contains(name));
            taken.insert(found.expect("a name is left"));
        }
        assert!(tries < 20_000 * 23, "few tries each: {tries}");
    }
}
