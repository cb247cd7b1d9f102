//! `GET /metrics`, for whoever comes by address: gauges in the text format of Prometheus
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/>). They say how many, and never who.

mod gauge;
mod log;
mod metadata;
mod programme;

use std::net::{IpAddr, SocketAddr};

use axum::{
    Router,
    extract::State,
    http::{
        HeaderMap,
        header::{CONTENT_TYPE, HOST},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use firstkey_app::Backend;
use firstkey_domain::{StreamId, metadata::MetadataInForce};

use gauge::Gauge;

use crate::{
    Web,
    fault::failure,
    problem::{Kind, Problem},
};

/// The text format's media type.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Figures for whoever watches this server.
pub(crate) fn routes<S: Backend>(web: &Web<S>) -> Router {
    Router::new().route("/metrics", get(metrics::<S>)).with_state(web.clone())
}

/// Under names there are no figures: a proxy passes those on, and a page can make one lead here. How
/// well this server is looked after is for those who look after it, and they know its address.
async fn metrics<S: Backend>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if !is_by_address(&headers) {
        return Err(Problem::new(Kind::NotFound));
    }
    let mut gauges = vec![
        Gauge::new("firstkey_build_info", "Always 1; the version of this server is its label.")
            .labelled("version", env!("CARGO_PKG_VERSION"), 1),
    ];
    gauges.extend(programme::gauges(&web).await?);
    gauges.extend(log::gauges(&web).await?);
    let metadata = web.app.peek::<MetadataInForce>(StreamId::METADATA).await.map_err(failure)?;
    gauges.extend(metadata.iter().flat_map(|metadata| metadata::gauges(metadata)));
    let text: String = gauges.iter().map(ToString::to_string).collect();
    Ok(([(CONTENT_TYPE, TEXT)], text).into_response())
}

/// Whether a request was sent to an address, with a port or without.
fn is_by_address(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    // Two names in one request are none (RFC 9112 §3.2).
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    host.to_str().is_ok_and(|host| {
        host.parse::<SocketAddr>().is_ok()
            || host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok()
    })
}
