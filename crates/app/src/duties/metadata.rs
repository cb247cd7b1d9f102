//! Looking after the metadata in force: it is read before somebody waits for it, and told of once it is
//! out of date.

use crate::{App, Backend};

impl<S: Backend> App<S> {
    /// Reads the metadata in force, if that was not done yet, and logs how it stands. Done at the start
    /// and then daily: nobody else notices that a file stays away.
    pub async fn look_after_metadata(&self) {
        let report = match self.metadata_report().await {
            Ok(Some(report)) => report,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(event = "metadata.unusable", %error, "nobody can register, bind, or sign what needs a suitable passkey");
                return;
            }
        };
        let (blob, models) = (report.in_force.blob, report.models);
        let (number, next_update) = (blob.number, blob.next_update);
        if report.is_stale {
            tracing::warn!(
                event = "metadata.stale", number, %next_update, models,
                "a newer file of metadata was due; import it"
            );
        } else {
            tracing::info!(event = "metadata.in_force", number, %next_update, models);
        }
    }
}
