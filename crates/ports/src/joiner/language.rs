//! Language tags.

use super::fault::FieldFault;

/// Checks a language tag and writes it in its usual case (RFC 5646 §2.1 and §2.1.1): language,
/// script, region, variants. Extensions and private use choose no translation and are refused.
pub(super) fn tag(text: &str) -> Result<String, FieldFault> {
    let mut parts = text.split('-').peekable();
    let mut take = |is_part: fn(&str) -> bool| parts.next_if(|part| is_part(part));

    let mut tag = take(is_language).ok_or(FieldFault::NotALanguage)?.to_ascii_lowercase();
    if let Some(script) = take(is_script) {
        let (first, rest) = script.split_at(1);
        tag.extend(["-", &first.to_ascii_uppercase(), &rest.to_ascii_lowercase()]);
    }
    if let Some(region) = take(is_region) {
        tag.extend(["-", &region.to_ascii_uppercase()]);
    }
    while let Some(variant) = take(is_variant) {
        tag.extend(["-", &variant.to_ascii_lowercase()]);
    }
    if parts.next().is_none() && tag.len() <= 35 { Ok(tag) } else { Err(FieldFault::NotALanguage) }
}

fn is_language(part: &str) -> bool {
    matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(part: &str) -> bool {
    match part.len() {
        2 => part.bytes().all(|byte| byte.is_ascii_alphabetic()),
        3 => part.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

fn is_variant(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && match part.len() {
            4 => part.starts_with(|first: char| first.is_ascii_digit()),
            length => (5..=8).contains(&length),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_in_their_usual_case() {
        for (given, usual) in [
            ("en", "en"),
            ("PT-br", "pt-BR"),
            ("zh-HANT-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("ca-ES-VALENCIA", "ca-ES-valencia"),
            ("de-1996", "de-1996"),
            ("gsw", "gsw"),
        ] {
            assert_eq!(tag(given).as_deref(), Ok(usual));
        }
    }

    #[test]
    fn other_text_is_not_a_tag() {
        for text in [
            "",
            "e",
            "english",
            "en_US",
            "en-",
            "-en",
            "en--US",
            "en-US-u-ca-buddhist",
            "x-ours",
            "é",
            "en US",
            "en-USA",
            "de-abcde-abcde-abcde-abcde-abcde-abcde",
        ] {
            assert_eq!(tag(text), Err(FieldFault::NotALanguage), "{text:?}");
        }
    }
}
