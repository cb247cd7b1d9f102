//! Numbers as people read them.

/// A number with its digits in groups of three, so that a million is seen at a glance.
pub(in crate::console) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "\u{2212}".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        // A narrow space that does not break (ISO 80000-1 §7.3.1).
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// Which share of the whole a part is, in percent, rounded. `None` of nothing.
pub(in crate::console) fn percent(part: i64, whole: i64) -> Option<u8> {
    if whole <= 0 {
        return None;
    }
    let share = (part.max(0).saturating_mul(100).saturating_add(whole / 2)) / whole;
    Some(u8::try_from(share.min(100)).unwrap_or(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_from_the_right() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1000, "1 000"), (1_234_567, "1 234 567"), (-1000, "−1 000")]
        {
            assert_eq!(grouped(number), text.replace(' ', "\u{202f}"));
        }
    }

    #[test]
    fn shares_are_rounded_and_never_above_the_whole() {
        assert_eq!(percent(1, 3), Some(33));
        assert_eq!(percent(2, 3), Some(67));
        assert_eq!(percent(7, 3), Some(100));
        assert_eq!(percent(-1, 3), Some(0));
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(i64::MAX, i64::MAX), Some(1), "what is beyond counting does not panic");
    }
}
