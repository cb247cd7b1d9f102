//! How large a policy may be. Cedar's parser and validator recurse: some fifty brackets inside each
//! other exhaust a thread's stack, which no error handling can catch. So what is too deep is refused
//! before it is parsed. The limits are far above what a readable rule needs.

use crate::PolicyFault;

/// The longest text, in bytes.
const MAX_TEXT: usize = 64 * 1024;
/// Brackets inside each other.
const MAX_NESTING: usize = 12;
/// Operators and clauses of one rule that lengthen a chain: `&&`, `||`, `if`, `when` and arithmetic.
const MAX_OPERATORS: usize = 64;
/// Accesses after each other, such as the two of `resource.proofing.matched`.
const MAX_ACCESSES: usize = 12;

/// Words between which a chain of accesses ends.
const KEYWORDS: [&str; 11] =
    ["else", "forbid", "has", "if", "in", "is", "like", "permit", "then", "unless", "when"];

/// What is too large about a text, if anything.
pub(crate) fn too_large(text: &str) -> Option<PolicyFault> {
    if text.len() > MAX_TEXT {
        return Some(PolicyFault::text(
            format!("the policy is longer than {MAX_TEXT} bytes"),
            "let rules speak of groups or worker types rather than of one case each",
        ));
    }
    let mut shape = Shape::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let token = &rest[..token_length(rest, first)];
        shape.take(token);
        if let Some((message, advice)) = shape.excess() {
            return Some(PolicyFault::text_at(text, text.len() - rest.len(), message, advice));
        }
        rest = &rest[token.len()..];
    }
    None
}

/// The length of what begins here: a comment, a string, a word, or one character.
fn token_length(rest: &str, first: char) -> usize {
    if rest.starts_with("//") {
        return rest.find(['\n', '\r']).unwrap_or(rest.len());
    }
    if first == '"' {
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, letter)| {
            let ends = *letter == '"' && !escaped;
            escaped = *letter == '\\' && !escaped;
            ends
        });
        return end.map_or(rest.len(), |(at, _)| at + 1);
    }
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if is_word(first) {
        return rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
    }
    first.len_utf8()
}

/// What was counted so far.
#[derive(Default)]
struct Shape {
    nesting: usize,
    operators: usize,
    accesses: usize,
}

impl Shape {
    fn take(&mut self, token: &str) {
        match token {
            "(" | "{" => self.nesting += 1,
            "[" => {
                self.nesting += 1;
                self.accesses += 1;
            }
            ")" | "]" | "}" => self.nesting = self.nesting.saturating_sub(1),
            "." => self.accesses += 1,
            ";" => *self = Self { nesting: self.nesting, ..Self::default() },
            // Both halves of `&&` and `||` arrive; the excess counts them as two.
            "&" | "|" => self.operators += 1,
            "+" | "-" | "*" | "/" | "%" | "if" | "when" | "unless" => self.operators += 2,
            _ => {}
        }
        if matches!(token, "," | "&" | "|" | "=" | "<" | ">" | "+" | "-" | "*")
            || KEYWORDS.contains(&token)
        {
            self.accesses = 0;
        }
    }

    fn excess(&self) -> Option<(&'static str, &'static str)> {
        if self.nesting > MAX_NESTING {
            Some(("too many brackets inside each other", "leave out those that are not needed"))
        } else if self.operators > 2 * MAX_OPERATORS {
            Some((
                "this rule is too long",
                "make several rules of it, or write [\"a\", \"b\"].contains(…) for a list",
            ))
        } else if self.accesses > MAX_ACCESSES {
            Some(("too many accesses after each other", "nothing in the schema lies so deep"))
        } else {
            None
        }
    }
}
