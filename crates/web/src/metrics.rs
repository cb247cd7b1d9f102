//! `GET /metrics`, for whoever comes by address: a few gauges in the text format of Prometheus
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/>). They say nothing about people.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

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

use crate::{
    Web,
    fault::failure,
    problem::{Kind, Problem},
};

/// The text format's media type.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A number that goes up and down, by the name that dashboards and alarms know it by.
struct Gauge {
    name: &'static str,
    help: &'static str,
    value: i128,
}

impl fmt::Display for Gauge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, help, value } = self;
        writeln!(f, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}")
    }
}

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
    let metadata = web.app.peek::<MetadataInForce>(StreamId::METADATA).await.map_err(failure)?;
    let gauges = metadata.map(|metadata| of_metadata(&metadata)).unwrap_or_default();
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

/// None when no metadata was ever imported, and no end when it is beyond the calendar.
fn of_metadata(metadata: &MetadataInForce) -> Vec<Gauge> {
    let mut gauges = vec![
        Gauge {
            name: "firstkey_metadata_number",
            help: "The number of the FIDO metadata in force.",
            value: metadata.blob.number.into(),
        },
        Gauge {
            name: "firstkey_metadata_imported_timestamp_seconds",
            help: "When the FIDO metadata in force was imported.",
            value: metadata.imported.as_second().into(),
        },
    ];
    gauges.extend(metadata.stale_from().map(|stale| Gauge {
        name: "firstkey_metadata_next_update_timestamp_seconds",
        help: "When the day is over by which newer FIDO metadata is due.",
        value: stale.as_second().into(),
    }));
    gauges
}
