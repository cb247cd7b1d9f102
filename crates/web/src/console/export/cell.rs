//! Cells that a spreadsheet shows and does not run.

/// What makes a spreadsheet take a cell for a formula when it comes first, wide forms included
/// (OWASP, “CSV Injection”; CWE-1236).
const BEGINS_FORMULA: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The same text, behind an apostrophe when it would begin a formula: spreadsheets take it for text.
/// Space before it helps nobody: some leave it out.
pub(super) fn harmless(text: String) -> String {
    let shown = text.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\0']);
    if shown.starts_with(BEGINS_FORMULA) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_formula_becomes_text() {
        for formula in [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u{feff}=1",
            "\u{ff1d}1",
            "\u{ff20}x",
        ] {
            assert_eq!(harmless(formula.to_owned()), format!("'{formula}"));
        }
    }

    #[test]
    fn what_begins_none_stays() {
        for text in ["", "Ana", "a=1", "O'Neil", "2026-03-30", "'quoted", "Núñez-Prado"] {
            assert_eq!(harmless(text.to_owned()), text);
        }
    }
}
