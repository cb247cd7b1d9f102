//! Under which words a person is found: the same for all backends.

use std::collections::BTreeSet;

use deunicode::deunicode;

use crate::PersonRow;

/// The words of which each word of a search must begin one: names word by word, and user name,
/// address and external id whole.
pub fn person_words(person: &PersonRow) -> BTreeSet<String> {
    [
        &person.given_name,
        &person.family_name,
        &person.user_name,
        &person.personal_email,
        &person.external_id,
    ]
    .into_iter()
    .flat_map(|text| words(text))
    .collect()
}

/// The first eight words that somebody typed, in the form in which [`person_words`] gives them: lower
/// case and without accents, so that `muller` finds Müller. Nobody needs more to find a person, and
/// each costs a lookup.
pub fn search_words(text: &str) -> BTreeSet<String> {
    words(text).into_iter().take(8).collect()
}

fn words(text: &str) -> Vec<String> {
    let plain = if text.is_ascii() { text.to_owned() } else { deunicode(text) };
    plain.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// An address in the form in which addresses are compared.
pub fn email_key(address: &str) -> String {
    address.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_and_accents() {
        assert_eq!(words("  Zoë MÜLLER-Lüdenscheidt "), ["zoe", "muller-ludenscheidt"]);
    }

    #[test]
    fn a_name_in_another_script_is_found_by_either_spelling() {
        assert_eq!(search_words("Дмитрий"), search_words("dmitrii"));
    }

    #[test]
    fn a_search_of_very_many_words_costs_no_more_than_one_of_eight() {
        let many = (10..99).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(search_words(&many).len(), 8);
    }
}
