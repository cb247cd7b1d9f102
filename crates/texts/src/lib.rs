//! Everything that Firstkey says to people, in their language.
//!
//! Messages are [Fluent](https://projectfluent.org) files in `texts/<language>/`: `join.ftl` for the
//! joiner's pages (plain speech only), `console.ftl` for operators, `letters.ftl` for mail and
//! `problems.ftl` for what goes wrong. They are part of the binary. A language is added by adding its
//! folder to `languages.rs`; what it does not say yet is said in English.
//!
//! ```
//! use firstkey_texts::Texts;
//!
//! let texts = Texts::for_language("de-AT, en;q=0.8");
//! assert_eq!(texts.tag(), "en");
//! assert_eq!(texts.with("join-title", [("name", "Ana")]), "Ana is expecting you");
//! ```

mod languages;
mod negotiate;
mod texts;

pub use fluent_bundle::FluentValue as Value;
pub use texts::Texts;
