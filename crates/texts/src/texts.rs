//! The messages of one language.

use std::{fmt, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::{
    languages::{FALLBACK, OTHERS, Source},
    negotiate::{serves, wanted},
};

/// The messages of one language, with English behind it.
pub struct Texts {
    tag: &'static str,
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

    fn offered(wanted: &str) -> Option<&'static Self> {
        OTHER_TEXTS.iter().chain([&*ENGLISH]).find(|texts| serves(texts.tag, wanted))
    }

    fn read(source: &Source) -> Self {
        // Tags and files are constants; a test reads every one of them.
        let language: LanguageIdentifier = source.tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Isolation marks would end up in copied text and in mail. Languages written from right to
        // left put them into their messages where they need them.
        bundle.set_use_isolating(false);
        for file in source.files {
            let (Ok(resource) | Err((resource, _))) = FluentResource::try_new((*file).to_owned());
            bundle.add_resource_overriding(resource);
        }
        Self { tag: source.tag, bundle }
    }

    /// The BCP 47 tag of this language, for `lang` attributes.
    pub fn tag(&self) -> &'static str {
        self.tag
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
            return if self.tag == FALLBACK.tag {
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
        write!(f, "Texts({})", self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
