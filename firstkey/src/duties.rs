//! Background loops of a running server. Each ends when the server stops.

use std::{sync::Arc, time::Duration};

use firstkey_app::{
    audit::{MonthCloser, Sequencer},
    duties::Courier,
};
use firstkey_ports::{Channel, LetterWriter};
use firstkey_web::Readiness;
use tokio::{
    sync::{Mutex, watch},
    task::JoinSet,
    time::MissedTickBehavior,
};

use crate::running::HostApp;

/// How often the outbox is looked into.
const DELIVER_EVERY: Duration = Duration::from_secs(1);
/// How often ended things are written down; a pass's end must be within 60 seconds.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// How often ended sessions are forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(600);

/// How often to look for a month that is over.
const CLOSE_EVERY: Duration = Duration::from_secs(3600);

/// How often the metadata in force is looked after.
const LOOK_AFTER_METADATA_EVERY: Duration = Duration::from_secs(24 * 3600);

/// Looks after the metadata in force, at once and then daily.
pub fn look_after_metadata(
    loops: &mut JoinSet<()>,
    app: &Arc<HostApp>,
    stop: &watch::Receiver<bool>,
) {
    let app = app.clone();
    loops.spawn(every(LOOK_AFTER_METADATA_EVERY, stop.clone(), move || {
        let app = app.clone();
        async move { app.look_after_metadata().await }
    }));
}

/// Starts all loops but those that need not run before the first answer.
pub fn start<C: Channel, W: LetterWriter>(
    app: &Arc<HostApp>,
    courier: Courier<C, W>,
    readiness: &Readiness,
    stop: &watch::Receiver<bool>,
) -> JoinSet<()> {
    let mut loops = JoinSet::new();
    let (sequencing, unready, mut stopped) = (app.clone(), readiness.clone(), stop.clone());
    loops.spawn(async move {
        let stop = async move { drop(stopped.changed().await) };
        // It says itself why it ended early. What was committed is safe and unsigned; whoever
        // watches this server is told by its readiness.
        if Sequencer::default().run(&sequencing, stop).await.is_err() {
            unready.set(false);
        }
    });
    let courier = Arc::new(courier);
    let delivering = app.clone();
    loops.spawn(every(DELIVER_EVERY, stop.clone(), move || {
        let (app, courier) = (delivering.clone(), courier.clone());
        async move {
            if let Err(error) = courier.deliver_due(&app).await {
                tracing::error!(event = "outbox.stopped", %error, "the outbox is not worked on");
            }
        }
    }));
    let forgetting = app.clone();
    loops.spawn(every(FORGET_EVERY, stop.clone(), move || {
        let app = forgetting.clone();
        async move {
            if let Err(error) = app.end_sessions().await {
                tracing::error!(event = "sessions.not_ended", %error, "the end of sessions is not noted");
            }
        }
    }));
    let closing = app.clone();
    let months = Arc::new(Mutex::new(MonthCloser::default()));
    loops.spawn(every(CLOSE_EVERY, stop.clone(), move || {
        let (app, months) = (closing.clone(), months.clone());
        async move {
            if let Err(error) = months.lock().await.close_ended(&app).await {
                tracing::error!(event = "month.not_closed", %error, "an access log stays open");
            }
        }
    }));
    let sweeping = app.clone();
    loops.spawn(every(SWEEP_EVERY, stop.clone(), move || {
        let app = sweeping.clone();
        async move {
            if let Err(error) = app.sweep().await {
                tracing::error!(event = "sweep.failed", %error, "what time ended is not written down");
            }
        }
    }));
    loops
}

async fn every<F: Future<Output = ()>>(
    period: Duration,
    mut stop: watch::Receiver<bool>,
    mut work: impl FnMut() -> F,
) {
    let mut ticks = tokio::time::interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => work().await,
            _ = stop.changed() => return,
        }
    }
}
