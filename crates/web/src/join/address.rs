//! How attempts are named in addresses.

use std::{fmt, str::FromStr};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use firstkey_domain::{AttemptId, EnrollmentId};
use serde::{Serialize, Serializer};

use crate::problem::{Kind, Problem};

/// An attempt and the enrollment that it belongs to: `<enrollment>.<attempt>`. It names and grants
/// nothing: whoever does not hold the attempt's key is told that there is no such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AttemptAddress {
    pub(crate) enrollment: EnrollmentId,
    pub(crate) attempt: AttemptId,
}

impl FromStr for AttemptAddress {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let unknown = || Problem::new(Kind::NotFound);
        let (enrollment, attempt) = text.split_once('.').ok_or_else(unknown)?;
        Ok(Self {
            enrollment: enrollment.parse().map_err(|_| unknown())?,
            attempt: attempt.parse().map_err(|_| unknown())?,
        })
    }
}

impl fmt::Display for AttemptAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.enrollment, self.attempt)
    }
}

impl Serialize for AttemptAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AttemptAddress {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::new(Kind::NotFound))?;
        text.parse()
    }
}
