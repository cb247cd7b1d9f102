//! What the service manager is told (`sd_notify(3)`). Without one nobody listens, which is no failure.

use sd_notify::NotifyState;

/// The server answers.
pub fn tell_ready() {
    tell(NotifyState::Ready);
}

/// The server finishes what was begun, and ends.
pub fn tell_stopping() {
    tell(NotifyState::Stopping);
}

fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(event = "manager.not_told", %error);
    }
}
