//! `GET /metrics`, for whoever comes by address: a few gauges in the text format of Prometheus
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/>). They say nothing about people.

use std::fmt;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};
use firstkey_app::Backend;
use firstkey_domain::{StreamId, metadata::MetadataInForce};

use crate::{
    Web,
    edge::is_named,
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

/// Under the names that everybody has, which a proxy passes on, there are no figures: how well this
/// server is looked after is for those who look after it.
async fn metrics<S: Backend>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let rp_id = web.app.site().relying_party.id();
    let is_public = is_named(rp_id, &headers)
        || [&web.join, &web.console].iter().any(|origin| origin.is_host_of(&headers));
    if is_public {
        return Err(Problem::new(Kind::NotFound));
    }
    let metadata = web.app.peek::<MetadataInForce>(StreamId::METADATA).await.map_err(failure)?;
    let gauges = metadata.map(|metadata| of_metadata(&metadata)).unwrap_or_default();
    let text: String = gauges.iter().map(ToString::to_string).collect();
    Ok(([(header::CONTENT_TYPE, TEXT)], text).into_response())
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
