//! The languages that are spoken, and the files that hold them.

/// A language as it is compiled in.
pub(crate) struct Source {
    /// Its BCP 47 tag.
    pub(crate) tag: &'static str,
    /// The contents of its message files.
    pub(crate) files: &'static [&'static str],
}

/// The language that is complete, and spoken when no other fits.
pub(crate) const FALLBACK: Source = Source {
    tag: "en",
    files: &[
        include_str!("../texts/en/join.ftl"),
        include_str!("../texts/en/console.ftl"),
        include_str!("../texts/en/letters.ftl"),
        include_str!("../texts/en/problems.ftl"),
    ],
};

/// Languages besides the fallback.
pub(crate) const OTHERS: &[Source] = &[];
