//! Everything that Firstkey says to people, in their language.
//!
//! Messages are [Fluent](https://projectfluent.org) files in `texts/<language>/`: `join.ftl` for the
//! joiner's pages (plain speech only), `console.ftl` for operators, `letters.ftl` for mail,
//! `problems.ftl` for what goes wrong, and `moments.ftl` for dates and times. They are part of the
//! binary. Operators are spoken to in English only; other languages have `notice.ftl` for the one page
//! of the console that anybody's letter leads to. A language is added by adding its folder to
//! `languages.rs`; tests name what it does not say yet.
//!
//! ```
//! use firstkey_texts::Texts;
//!
//! let texts = Texts::for_language("de-AT, en;q=0.8");
//! assert_eq!(texts.tag(), "de");
//! assert_eq!(texts.with("join-title", [("name", "Ana")]), "Ana erwartet Sie");
//! ```

mod languages;
mod moment;
mod negotiate;
mod texts;

pub use fluent_bundle::FluentValue as Value;
pub use languages::{Clock, Direction};
pub use texts::Texts;
