//! `GET /log/{*path}`: checkpoints and tiles, for everybody (C2SP tlog-tiles). Nothing personal is in
//! them: an entry is a digest.

use axum::{
    extract::{Path, State},
    http::{
        HeaderName, HeaderValue,
        header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, Fault};
use firstkey_ports::LogName;

use super::allowed::nothing_here;
use crate::{Web, fault::failure, problem::Problem};

/// Serves what stands under a log: `lifecycle/checkpoint`, `access/2026-03/tile/0/000.p/17`, and so on.
pub(super) async fn serve<S: Backend>(
    State(web): State<Web<S>>,
    Path(path): Path<String>,
) -> Result<Response, Problem> {
    let (log, rest) = split(&path).ok_or_else(nothing_here)?;
    let served = if rest == "checkpoint" {
        web.app.log_checkpoint(log).await
    } else {
        web.app.log_tile(log, rest).await
    };
    let served = served.map_err(|error| failure(Fault::Store(error)))?.ok_or_else(nothing_here)?;
    let cached =
        if served.is_immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(served.content_type)),
        (CACHE_CONTROL, HeaderValue::from_static(cached)),
        // Public by purpose: whoever checks the log may do so from any page.
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    Ok((headers, served.bytes).into_response())
}

/// A log's name and what is asked of it.
fn split(path: &str) -> Option<(LogName, &str)> {
    let places = path.match_indices('/').map(|(at, _)| at);
    places.take(2).find_map(|at| Some((path[..at].parse::<LogName>().ok()?, &path[at + 1..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_s_name_may_have_a_slash_in_it() {
        let name = |path: &str| split(path).map(|(log, rest)| (log.to_string(), rest.to_owned()));
        assert_eq!(name("lifecycle/checkpoint"), Some(("lifecycle".into(), "checkpoint".into())));
        assert_eq!(
            name("access/2026-03/tile/0/000"),
            Some(("access/2026-03".into(), "tile/0/000".into()))
        );
        assert_eq!(name("access/2026-13/checkpoint"), None);
        assert_eq!(name("checkpoint"), None);
    }
}
