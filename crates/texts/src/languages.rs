//! The languages that are spoken, and the files that hold them.

/// A language as it is compiled in.
pub(crate) struct Source {
    /// Its BCP 47 tag.
    pub(crate) tag: &'static str,
    /// What those who speak it call it.
    pub(crate) name: &'static str,
    /// Which way its lines run.
    pub(crate) direction: Direction,
    /// How those who speak it read a clock.
    pub(crate) clock: Clock,
    /// The contents of its message files.
    pub(crate) files: &'static [&'static str],
}

/// Which way the lines of a language run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As English.
    LeftToRight,
    /// As Arabic.
    RightToLeft,
}

impl Direction {
    /// For `dir` attributes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// How many hours a clock has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Twice twelve, with a word for each half of the day.
    Twelve,
    /// From 0 to 23.
    TwentyFour,
}

impl Clock {
    /// For `hourCycle` in the browser (ECMA-402).
    pub const fn hour_cycle(self) -> &'static str {
        match self {
            Self::Twelve => "h12",
            Self::TwentyFour => "h23",
        }
    }
}

/// The language that is complete, and spoken when no other fits.
pub(crate) const FALLBACK: Source = Source {
    tag: "en",
    name: "English",
    direction: Direction::LeftToRight,
    clock: Clock::TwentyFour,
    files: &[
        include_str!("../texts/en/moments.ftl"),
        include_str!("../texts/en/join.ftl"),
        include_str!("../texts/en/console.ftl"),
        include_str!("../texts/en/letters.ftl"),
        include_str!("../texts/en/problems.ftl"),
    ],
};

/// The files of a language in which joiners are spoken to, and whoever gets letters.
macro_rules! files {
    ($tag:literal) => {
        &[
            include_str!(concat!("../texts/", $tag, "/moments.ftl")),
            include_str!(concat!("../texts/", $tag, "/join.ftl")),
            include_str!(concat!("../texts/", $tag, "/letters.ftl")),
            include_str!(concat!("../texts/", $tag, "/notice.ftl")),
            include_str!(concat!("../texts/", $tag, "/problems.ftl")),
        ]
    };
}

/// Languages besides the fallback, in the order in which a reader chooses.
pub(crate) const OTHERS: &[Source] = &[
    Source {
        tag: "de",
        name: "Deutsch",
        direction: Direction::LeftToRight,
        clock: Clock::TwentyFour,
        files: files!("de"),
    },
    Source {
        tag: "es",
        name: "Español",
        direction: Direction::LeftToRight,
        clock: Clock::TwentyFour,
        files: files!("es"),
    },
    Source {
        tag: "fr",
        name: "Français",
        direction: Direction::LeftToRight,
        clock: Clock::TwentyFour,
        files: files!("fr"),
    },
    Source {
        tag: "pt",
        name: "Português",
        direction: Direction::LeftToRight,
        clock: Clock::TwentyFour,
        files: files!("pt"),
    },
    Source {
        tag: "ar",
        name: "العربية",
        direction: Direction::RightToLeft,
        clock: Clock::Twelve,
        files: files!("ar"),
    },
];
