//! A certificate in files: read again when they change.

use std::{sync::Arc, time::Duration};

use firstkey_certificates::{Contents, Files, FilesError, Kept, Pair, Unfit};
use firstkey_ports::Clock;
use firstkey_web::Readiness;
use jiff::Timestamp;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::MissedTickBehavior,
};

use super::End;
use crate::host::HostClock;

/// How often the files are looked into.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The files hold nothing to serve.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// They hold no pair.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// They hold one that browsers would refuse.
    #[error("{}: {why}", file.display())]
    Unfit {
        /// The certificate's file.
        file: std::path::PathBuf,
        /// Why they would.
        #[source]
        why: Unfit,
    },
}

/// Reads a pair and judges it for these hosts.
pub fn read(files: &Files, hosts: &[String], now: Timestamp) -> Result<Pair, Unusable> {
    judge(files, &files.contents()?, hosts, now)
}

fn judge(
    files: &Files,
    contents: &Contents,
    hosts: &[String],
    now: Timestamp,
) -> Result<Pair, Unusable> {
    let pair = files.pair(contents)?;
    pair.fits(hosts, now)
        .map_err(|why| Unusable::Unfit { file: files.certificate.clone(), why })?;
    Ok(pair)
}

/// A certificate in files.
pub struct FromFiles {
    files: Files,
    hosts: Vec<String>,
    kept: Arc<Kept>,
    /// What was read last, fit or not.
    seen: Option<Contents>,
    /// Why what was read last is not served.
    refused: Option<String>,
    end: End,
}

impl FromFiles {
    /// Reads the first one, which must be fit.
    pub fn open(files: Files, hosts: Vec<String>) -> Result<Self, Unusable> {
        let contents = files.contents()?;
        let kept = Arc::<Kept>::default();
        kept.replace(judge(&files, &contents, &hosts, HostClock.read().wall)?);
        Ok(Self { files, hosts, kept, seen: Some(contents), refused: None, end: End::default() })
    }

    /// What is served.
    pub fn kept(&self) -> Arc<Kept> {
        Arc::clone(&self.kept)
    }

    /// Looks into the files now and then, and at once on SIGHUP, until the server stops.
    pub async fn look_after(mut self, readiness: Readiness, mut stop: watch::Receiver<bool>) {
        let Ok(mut asked) = signal(SignalKind::hangup()) else { return };
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                _ = asked.recv() => self.seen = None,
                _ = stop.changed() => return,
            }
            let now = HostClock.read().wall;
            self.look(now);
            readiness.remark(self.remark(now));
        }
    }

    /// Serves what is in the files, if it changed and is fit.
    fn look(&mut self, now: Timestamp) {
        let contents = self.files.contents();
        // What was refused may be early, and is judged again.
        let is_seen = matches!((&contents, &self.seen), (Ok(now), Some(seen)) if now == seen);
        if is_seen && self.refused.is_none() {
            return;
        }
        let judged = contents.map_err(Unusable::from).and_then(|contents| {
            let contents = self.seen.insert(contents);
            judge(&self.files, contents, &self.hosts, now)
        });
        match judged {
            Ok(pair) => {
                tracing::info!(event = "tls.renewed", ends = %pair.ends());
                self.kept.replace(pair);
                self.refused = None;
            }
            Err(error) => self.refuse(error.to_string()),
        }
    }

    fn refuse(&mut self, why: String) {
        if self.refused.as_ref() != Some(&why) {
            tracing::warn!(event = "tls.refused", %why, "the certificate before is served on");
            self.refused = Some(why);
        }
    }

    /// What whoever watches this server should know. Everybody can read it, so it names no file.
    fn remark(&mut self, now: Timestamp) -> Option<String> {
        let ends = self.kept.ends()?;
        let soon = self.end.remark(ends, now);
        if self.refused.is_some() {
            return Some(format!(
                "tls: the certificate in the files cannot be used; one until {ends} is served"
            ));
        }
        soon
    }
}
