//! What somebody has just done, told on the page that they come back to.

use axum::response::Redirect;
use serde::Deserialize;

/// What somebody has just done. It travels in the address, so it is one of these and never a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Done {
    Vouched,
    Refused,
    Named,
    Removed,
    Added,
    Opened,
    Reinvited,
    Withdrawn,
    Left,
    Corrected,
    Stopped,
    RoleChanged,
    Replayed,
    KeyRegistered,
    KeyEnded,
}

impl Done {
    pub(super) const fn message(self) -> &'static str {
        match self {
            Self::Vouched => "console-done-vouched",
            Self::Refused => "console-done-refused",
            Self::Named => "console-done-named",
            Self::Removed => "console-done-removed",
            Self::Added => "console-done-added",
            Self::Opened => "console-done-opened",
            Self::Reinvited => "console-done-reinvited",
            Self::Withdrawn => "console-done-withdrawn",
            Self::Left => "console-done-left",
            Self::Corrected => "console-done-corrected",
            Self::Stopped => "console-done-stopped",
            Self::RoleChanged => "console-done-role-changed",
            Self::Replayed => "console-done-replayed",
            Self::KeyRegistered => "console-done-key-registered",
            Self::KeyEnded => "console-done-key-ended",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Vouched => "vouched",
            Self::Refused => "refused",
            Self::Named => "named",
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Opened => "opened",
            Self::Reinvited => "reinvited",
            Self::Withdrawn => "withdrawn",
            Self::Left => "left",
            Self::Corrected => "corrected",
            Self::Stopped => "stopped",
            Self::RoleChanged => "role-changed",
            Self::Replayed => "replayed",
            Self::KeyRegistered => "key-registered",
            Self::KeyEnded => "key-ended",
        }
    }

    /// The address of a page that tells it.
    pub(super) fn at(self, path: &str) -> String {
        format!("{path}?done={}", self.name())
    }

    /// Goes to a page that tells it (post, redirect, get).
    pub(super) fn redirect(self, path: &str) -> Redirect {
        Redirect::to(&self.at(path))
    }
}

/// The query of pages that one comes back to. What cannot be read is not told.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Back {
    #[serde(default)]
    done: Option<String>,
}

impl Back {
    pub(super) fn done(&self) -> Option<Done> {
        let name = self.done.as_deref()?;
        serde_json::from_value(name.into()).ok()
    }
}
