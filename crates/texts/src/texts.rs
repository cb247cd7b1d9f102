//! The messages of one language.

use std::{fmt, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::{
    languages::{Clock, Direction, FALLBACK, OTHERS, Source},
    negotiate::{serves, wanted},
};

/// The messages of one language, with English behind it.
pub struct Texts {
    source: &'static Source,
    bundle: FluentBundle<FluentResource>,
}

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::read(&FALLBACK));
static OTHER_TEXTS: LazyLock<Vec<Texts>> =
    LazyLock::new(|| OTHERS.iter().map(Texts::read).collect());

impl Texts {
    /// The texts for somebody who wants `accept`: one BCP 47 tag (`de-AT`) or an `Accept-Language`
    /// value. Whoever wants none of our languages gets English.
    pub fn for_language(accept: &str) -> &'static Self {
        wanted(accept).into_iter().find_map(Self::offered).unwrap_or(&ENGLISH)
    }

    /// The language with exactly this tag, for whoever chose it from [`Self::all`].
    pub fn chosen(tag: &str) -> Option<&'static Self> {
        Self::all().find(|texts| texts.tag() == tag)
    }

    /// Every language, in the order in which a reader chooses.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [&*ENGLISH].into_iter().chain(OTHER_TEXTS.iter())
    }

    /// English: the language that is complete.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    fn offered(wanted: &str) -> Option<&'static Self> {
        Self::all().find(|texts| serves(texts.tag(), wanted))
    }

    fn read(source: &'static Source) -> Self {
        // Tags and files are constants; a test reads every one of them.
        let language: LanguageIdentifier = source.tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // In lines that run from right to left, names, times and addresses in Latin letters would
        // carry what stands beside them away. Fluent isolates each argument (UAX #9, FSI and PDI).
        // Elsewhere these marks would only end up in copied text and in mail.
        bundle.set_use_isolating(source.direction == Direction::RightToLeft);
        for file in source.files {
            let (Ok(resource) | Err((resource, _))) = FluentResource::try_new((*file).to_owned());
            bundle.add_resource_overriding(resource);
        }
        Self { source, bundle }
    }

    /// The BCP 47 tag of this language, for `lang` attributes.
    pub fn tag(&self) -> &'static str {
        self.source.tag
    }

    /// What those who speak this language call it.
    pub fn name(&self) -> &'static str {
        self.source.name
    }

    /// Which way its lines run, for `dir` attributes.
    pub fn direction(&self) -> Direction {
        self.source.direction
    }

    /// How those who speak it read a clock.
    pub fn clock(&self) -> Clock {
        self.source.clock
    }

    /// The message `id`, which takes no arguments. `id.attribute` is one of its attributes.
    pub fn get(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The message `id` with its arguments. Arguments are plain text: whoever writes HTML escapes
    /// the whole.
    pub fn with<'a, V: Into<FluentValue<'a>>>(
        &self,
        id: &str,
        arguments: impl IntoIterator<Item = (&'a str, V)>,
    ) -> String {
        let mut named = FluentArgs::new();
        for (name, value) in arguments {
            named.set(name, value);
        }
        self.format(id, Some(&named))
    }

    /// An unknown id is said as it stands: ugly on a page, and better than no page. A test refuses
    /// ids that do not exist.
    fn format(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let (message, attribute) = id.split_once('.').map_or((id, None), |(m, a)| (m, Some(a)));
        let message = self.bundle.get_message(message);
        let pattern = message.and_then(|message| match attribute {
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            return if self.tag() == FALLBACK.tag {
                id.to_owned()
            } else {
                ENGLISH.format(id, arguments)
            };
        };
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, arguments, &mut errors).into_owned()
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Texts({})", self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_wants_one_of_our_languages_is_spoken_to_in_it() {
        for (accept, tag) in [
            ("de-AT,de;q=0.9,en;q=0.8", "de"),
            ("fr-CA", "fr"),
            ("es-419,es;q=0.9,en;q=0.8", "es"),
            ("pt-BR", "pt"),
            ("pt-PT,pt;q=0.9", "pt"),
            ("ar-EG,ar;q=0.9,en-US;q=0.8", "ar"),
            ("nl,fr;q=0.5,en;q=0.4", "fr"),
            ("en-GB,de;q=0.9", "en"),
        ] {
            assert_eq!(Texts::for_language(accept).tag(), tag, "{accept}");
        }
    }

    #[test]
    fn only_a_tag_of_ours_chooses() {
        for texts in Texts::all() {
            assert_eq!(Texts::chosen(texts.tag()).map(Texts::tag), Some(texts.tag()));
        }
        for tag in ["", "de-AT", "DE", "tlh"] {
            assert!(Texts::chosen(tag).is_none(), "{tag}");
        }
    }

    #[test]
    fn what_is_put_into_lines_from_right_to_left_is_isolated() {
        let said = Texts::for_language("ar").with("join-title", [("name", "Ana")]);
        assert!(said.contains("\u{2068}Ana\u{2069}"), "{said:?}");
        let said = Texts::for_language("en").with("join-title", [("name", "Ana")]);
        assert_eq!(said, "Ana is expecting you");
    }

    #[test]
    fn every_file_is_well_formed_and_says_nothing_twice() {
        for source in OTHERS.iter().chain([&FALLBACK]) {
            source.tag.parse::<LanguageIdentifier>().unwrap();
            let mut strict = FluentBundle::new_concurrent(vec![]);
            for file in source.files {
                let resource = FluentResource::try_new((*file).to_owned())
                    .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", source.tag));
                strict
                    .add_resource(resource)
                    .unwrap_or_else(|errors| panic!("{}: {errors:?}", source.tag));
            }
        }
    }

    #[test]
    fn whoever_wants_a_language_that_we_do_not_speak_is_spoken_to_in_english() {
        for accept in ["", "tlh", "de;q=0", "en-GB,en;q=0.9", "*"] {
            assert_eq!(Texts::for_language(accept).tag(), "en", "{accept}");
        }
    }
}
