//! Which of our languages somebody understands best.

/// Tags from an `Accept-Language` value (RFC 9110 §12.5.4) or a single tag, most wanted first.
///
/// Refused ones (`q=0`) are left out; an unreadable weight counts as a full one, for it is only a wish.
pub(crate) fn wanted(accept: &str) -> Vec<&str> {
    let mut wishes: Vec<(&str, f32)> = accept
        .split(',')
        .filter_map(|wish| {
            let (tag, parameters) = wish.split_once(';').unwrap_or((wish, ""));
            let weight = parameters.trim().strip_prefix("q=").and_then(|q| q.parse().ok());
            let tag = tag.trim();
            (!tag.is_empty()).then_some((tag, weight.unwrap_or(1.0)))
        })
        .filter(|(_, weight)| *weight > 0.0)
        .collect();
    // Stable: among equal weights the order as written decides.
    wishes.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    wishes.into_iter().map(|(tag, _)| tag).collect()
}

/// Whether somebody who wants `wanted` is served by `offered`: the same tag, or a more general one
/// (lookup, RFC 4647 §3.4).
pub(crate) fn serves(offered: &str, wanted: &str) -> bool {
    let Some((start, rest)) = wanted.split_at_checked(offered.len()) else { return false };
    start.eq_ignore_ascii_case(offered) && (rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_ordered_by_weight_and_then_as_written() {
        assert_eq!(wanted("fr;q=0.5, de-AT, en;q=0.9, nl"), ["de-AT", "nl", "en", "fr"]);
        assert_eq!(wanted("de"), ["de"]);
        assert_eq!(wanted("de;q=0, en;q=0.1"), ["en"]);
        assert_eq!(wanted(""), [""; 0]);
    }

    #[test]
    fn a_general_language_serves_its_regions_and_not_the_other_way_round() {
        assert!(serves("de", "de-AT"));
        assert!(serves("de", "DE"));
        assert!(!serves("de-AT", "de"));
        assert!(!serves("de", "den"));
        assert!(!serves("en", "é"));
    }
}
