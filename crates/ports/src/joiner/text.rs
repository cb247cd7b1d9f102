//! Text that people read: names, departments, groups, identifiers.

use super::fault::{FieldFault, Unseen};

/// Accepts text whose every character shows as what it is.
///
/// Text that a spreadsheet would run as a formula (`=…`, `+…`) is accepted: it is text here, and
/// making it harmless is the duty of whatever writes a file for a spreadsheet.
pub(super) fn visible(text: &str, limit: usize) -> Result<(), FieldFault> {
    if text.chars().count() > limit {
        return Err(FieldFault::TooLong { limit });
    }
    let mut before = None;
    let mut rest = text.chars();
    let mut at = 0;
    while let Some(c) = rest.next() {
        at += 1;
        if c == '\u{FFFD}' {
            return Err(FieldFault::Damaged { at });
        }
        let joins_letters = matches!(c, '\u{200C}' | '\u{200D}')
            && before.is_some_and(needs_joiners)
            && rest.clone().next().is_some_and(needs_joiners);
        if !joins_letters && let Some(unseen) = unseen(c) {
            return Err(FieldFault::Unseen { unseen, code: u32::from(c), at });
        }
        before = Some(c);
    }
    Ok(())
}

/// Accepts a person's name: visible, with at least one letter of any script.
pub(super) fn name(text: &str, limit: usize) -> Result<(), FieldFault> {
    visible(text, limit)?;
    if text.chars().any(char::is_alphabetic) { Ok(()) } else { Err(FieldFault::NoLetter) }
}

/// Persian, Urdu and the Indic scripts spell with U+200C and U+200D between letters.
fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}')
}

fn unseen(c: char) -> Option<Unseen> {
    match c {
        _ if c.is_control() => Some(Unseen::Control),
        '\u{2028}' | '\u{2029}' => Some(Unseen::Control),
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => Some(Unseen::Direction),
        '\u{00AD}'
        | '\u{034F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFC}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => Some(Unseen::Invisible),
        '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{F0000}'.. => {
            Some(Unseen::Unassigned)
        }
        // The last two code points of every plane are not characters.
        _ if u32::from(c) & 0xFFFE == 0xFFFE => Some(Unseen::Unassigned),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_world_are_accepted() {
        for text in [
            "Ana",
            "María José",
            "O’Brien-Łukasiewicz",
            "Nguyễn Thị Hương",
            "陈大文",
            "محمد",
            "نازی\u{200C}فر",
            "ක්\u{200D}රිෂ්ණ",
            "X Æ A-12",
            "=SUM(A1)",
        ] {
            assert_eq!(name(text, 128), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_a_reader_would_not_see_is_named_with_its_place() {
        let cases = [
            ("A\u{0}na", Unseen::Control, 0, 2),
            ("Ana\u{85}", Unseen::Control, 0x85, 4),
            ("\nAna", Unseen::Control, 0xA, 1),
            ("Ana\u{2028}", Unseen::Control, 0x2028, 4),
            ("Ana \u{202E}gro", Unseen::Direction, 0x202E, 5),
            ("A\u{2066}na", Unseen::Direction, 0x2066, 2),
            ("An\u{200B}a", Unseen::Invisible, 0x200B, 3),
            ("An\u{200D}a", Unseen::Invisible, 0x200D, 3),
            ("An\u{AD}a", Unseen::Invisible, 0xAD, 3),
            ("Ana\u{E0041}", Unseen::Invisible, 0xE0041, 4),
            ("Ana\u{E001}", Unseen::Unassigned, 0xE001, 4),
            ("Ana\u{1FFFE}", Unseen::Unassigned, 0x1FFFE, 4),
        ];
        for (text, unseen, code, at) in cases {
            assert_eq!(name(text, 128), Err(FieldFault::Unseen { unseen, code, at }), "{text:?}");
        }
    }

    #[test]
    fn damaged_text_and_names_without_letters_are_refused() {
        assert_eq!(name("Mar\u{FFFD}a", 128), Err(FieldFault::Damaged { at: 4 }));
        assert_eq!(name("-", 128), Err(FieldFault::NoLetter));
        assert_eq!(name("12", 128), Err(FieldFault::NoLetter));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(visible(&"é".repeat(128), 128), Ok(()));
        assert_eq!(visible(&"é".repeat(129), 128), Err(FieldFault::TooLong { limit: 128 }));
    }
}
