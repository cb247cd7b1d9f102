//! The FIDO metadata in force.

use firstkey_domain::metadata::MetadataInForce;

use super::gauge::Gauge;

/// No end when it is beyond the calendar.
pub(super) fn gauges(metadata: &MetadataInForce) -> Vec<Gauge> {
    let stale = Gauge::new(
        "firstkey_metadata_next_update_timestamp_seconds",
        "When the day is over by which newer FIDO metadata is due.",
    );
    vec![
        Gauge::new("firstkey_metadata_number", "The number of the FIDO metadata in force.")
            .is(metadata.blob.number),
        Gauge::new(
            "firstkey_metadata_imported_timestamp_seconds",
            "When the FIDO metadata in force was imported.",
        )
        .is(metadata.imported.as_second()),
        match metadata.stale_from() {
            Some(from) => stale.is(from.as_second()),
            None => stale,
        },
    ]
}
