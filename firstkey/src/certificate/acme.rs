//! A certificate that an authority signs, and signs again before it ends.

use std::{path::Path, sync::Arc, time::Duration};

use firstkey_certificates::{Acme, AcmeError, Kept, Pair};
use firstkey_ports::Clock;
use firstkey_web::Readiness;
use jiff::Timestamp;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use super::End;
use crate::{data::write_private, host::HostClock};

/// How often to look whether it is time.
const LOOK_EVERY: Duration = Duration::from_secs(3600);
/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long to wait after the first failure; twice as long after each further one, up to the last.
const AGAIN: Duration = Duration::from_secs(60);
const LAST: Duration = Duration::from_secs(6 * 3600);

/// A certificate that an authority signs.
pub struct FromAcme {
    acme: Acme,
    hosts: Vec<String>,
    kept: Arc<Kept>,
    /// From when until when the one counts that is served.
    counts: Option<(Timestamp, Timestamp)>,
    failures: u32,
    end: End,
}

impl FromAcme {
    /// Takes the one that was had last, if it is fit.
    pub fn open(acme: Acme, hosts: Vec<String>) -> Result<Self, AcmeError> {
        let mut certificate = Self {
            hosts,
            kept: Arc::default(),
            counts: None,
            failures: 0,
            end: End::default(),
            acme,
        };
        let now = HostClock.read().wall;
        if let Some(pair) = certificate.acme.last()?
            && pair.fits(&certificate.hosts, now).is_ok()
        {
            certificate.serve(pair);
        }
        Ok(certificate)
    }

    /// What is served: nothing until the authority has signed.
    pub fn kept(&self) -> Arc<Kept> {
        Arc::clone(&self.kept)
    }

    /// Has it signed when it is time, and at once on SIGHUP, until the server stops.
    pub async fn look_after(mut self, readiness: Readiness, mut stop: watch::Receiver<bool>) {
        let Ok(mut asked) = signal(SignalKind::hangup()) else { return };
        let mut is_asked = false;
        loop {
            let mut wait = LOOK_EVERY;
            if is_asked || self.is_due(HostClock.read().wall) {
                tokio::select! {
                    next = self.renew() => wait = next,
                    _ = stop.changed() => return,
                }
            }
            readiness.remark(self.remark(HostClock.read().wall));
            is_asked = tokio::select! {
                () = tokio::time::sleep(wait) => false,
                _ = asked.recv() => true,
                _ = stop.changed() => return,
            };
        }
    }

    /// Whether a third or less of its time is left.
    fn is_due(&self, now: Timestamp) -> bool {
        self.counts.is_none_or(|(begins, ends)| {
            ends.duration_since(now) <= ends.duration_since(begins) / 3
        })
    }

    /// Tries once; answers with how long to wait until the next look.
    async fn renew(&mut self) -> Duration {
        let obtaining = self.acme.obtain(&self.hosts, &self.kept, &write_private_file);
        let failed = match tokio::time::timeout(PATIENCE, obtaining).await {
            Err(_) => "the authority did not come to an end".to_owned(),
            Ok(Err(error)) => error.to_string(),
            Ok(Ok(pair)) => {
                if let Err(why) = pair.fits(&self.hosts, HostClock.read().wall) {
                    why.to_string()
                } else {
                    let ends = pair.ends();
                    self.serve(pair);
                    tracing::info!(event = "tls.renewed", %ends);
                    return LOOK_EVERY;
                }
            }
        };
        tracing::warn!(event = "tls.not_renewed", why = %failed);
        let wait = AGAIN.saturating_mul(1 << self.failures.min(10)).min(LAST);
        self.failures += 1;
        wait
    }

    fn serve(&mut self, pair: Pair) {
        self.counts = Some((pair.begins(), pair.ends()));
        self.failures = 0;
        self.kept.replace(pair);
    }

    /// What whoever watches this server should know. Everybody can read it.
    fn remark(&mut self, now: Timestamp) -> Option<String> {
        match (self.counts, self.failures) {
            (None, _) => Some("tls: there is no certificate yet".to_owned()),
            (Some((_, ends)), 0) => self.end.remark(ends, now),
            (Some((_, ends)), _) => {
                self.end.remark(ends, now);
                Some(format!("tls: the certificate was not renewed; one until {ends} is served"))
            }
        }
    }
}

/// In a folder that is made when it is not there: `write_private` makes files only.
fn write_private_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    write_private(path, bytes)
}
