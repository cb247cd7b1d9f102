//! The outbox's worker: at least once, with backoff, and dead letters for an operator to look at.

use firstkey_domain::{
    AuthenticatorId, EnrollmentId, PersonId,
    enrollment::Enrollment,
    person::{Person, Record},
};
use firstkey_ports::{
    Channel, ChannelError, Claimed, CommitError, Delivery, InvitationContent, Letter,
    LetterContent, LetterWriter, Message, NoticeContent, NoticeKind,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};

use super::CloseAll;
use crate::{App, Backend, Locator, own::SuspendToken};

/// How many messages are taken at once.
const BATCH: u32 = 16;
/// How many of them are on their way at once: relays take some milliseconds for each, and many of them
/// allow a sender no more connections than this.
pub const AT_ONCE: usize = 3;
/// How long a worker may hold a message before another takes it.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// The wait after the first failure; it doubles with each one.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(15);
/// The longest wait.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);
/// Failures after which a message is dead: with these waits, about two days.
const TRIES: u32 = 56;

/// Delivers what waits in the outbox.
#[derive(Debug)]
pub struct Courier<C, W> {
    /// Carries letters.
    pub channel: C,
    /// Writes them.
    pub writer: W,
}

impl<C: Channel, W: LetterWriter> Courier<C, W> {
    /// Delivers what is due; answers with how many messages it handled.
    pub async fn deliver_due<S: Backend>(&self, app: &App<S>) -> Result<usize, CommitError> {
        let mut handled = 0;
        loop {
            let now = app.now();
            let lease = now.saturating_add(LEASE).unwrap_or(now);
            let claimed = app.store.claim(now, lease, BATCH).await?;
            if claimed.is_empty() {
                return Ok(handled);
            }
            handled += claimed.len();
            stream::iter(claimed)
                .map(|message| self.handle(app, message, now))
                .buffer_unordered(AT_ONCE)
                .try_collect::<()>()
                .await?;
        }
    }

    async fn handle<S: Backend>(
        &self,
        app: &App<S>,
        message: Claimed,
        now: Timestamp,
    ) -> Result<(), CommitError> {
        let delivery = self.deliver(app, &message, now).await;
        if let Delivery::Retry { error, .. } | Delivery::Dead { error } = &delivery {
            tracing::warn!(event = "outbox.failed", message = %message.id, tries = message.tries + 1, error, "a message was not delivered");
        }
        app.store.settle(message.id, delivery).await
    }

    async fn deliver<S: Backend>(
        &self,
        app: &App<S>,
        claimed: &Claimed,
        now: Timestamp,
    ) -> Delivery {
        let outcome = match &claimed.message {
            Message::CloseAll { person } => app
                .run(&CloseAll { person: *person })
                .await
                .map_err(|fault| ChannelError::Later(fault.to_string())),
            Message::Invitation { enrollment, generation } => {
                match self.invitation(app, *enrollment, *generation, now).await {
                    Ok(Some((reader, content))) => self.send(app, claimed, &reader, &content).await,
                    Ok(None) => Ok(()),
                    Err(error) => Err(error),
                }
            }
            Message::Notice { notice, to, about, authenticator, address } => {
                let notice = Notice {
                    kind: *notice,
                    to: *to,
                    about: *about,
                    authenticator: *authenticator,
                    at: claimed.due,
                };
                match notice.content(app).await {
                    Ok(Some((mut reader, content))) => {
                        if let Some(address) = address {
                            reader.address.clone_from(address);
                        }
                        self.send(app, claimed, &reader, &content).await
                    }
                    Ok(None) => Ok(()),
                    Err(error) => Err(error),
                }
            }
        };
        match outcome {
            Ok(()) => Delivery::Done,
            Err(ChannelError::Never(error)) => Delivery::Dead { error },
            Err(ChannelError::Later(error)) if claimed.tries + 1 >= TRIES => {
                Delivery::Dead { error }
            }
            Err(ChannelError::Later(error)) => {
                let at = now.saturating_add(wait(claimed.tries)).unwrap_or(Timestamp::MAX);
                Delivery::Retry { at, error }
            }
        }
    }

    async fn send<S: Backend>(
        &self,
        app: &App<S>,
        claimed: &Claimed,
        reader: &Reader,
        content: &LetterContent,
    ) -> Result<(), ChannelError> {
        let written = self.writer.write(reader.language.as_deref(), content);
        let host = app.site.console_origin.split("://").nth(1).unwrap_or_default();
        let host = host.split(':').next().unwrap_or(host);
        let letter = Letter {
            message_id: format!("<{}@{host}>", claimed.id),
            to: reader.address.clone(),
            subject: written.subject,
            text: written.text,
            html: written.html,
        };
        self.channel.carry(&letter).await
    }

    /// What the invitation says, unless a newer one was sent meanwhile or nothing is open any more.
    async fn invitation<S: Backend>(
        &self,
        app: &App<S>,
        id: EnrollmentId,
        generation: u32,
        now: Timestamp,
    ) -> Result<Option<(Reader, LetterContent)>, ChannelError> {
        let Some(enrollment) = app.peek::<Enrollment>(id).await.map_err(later)? else {
            return Ok(None);
        };
        let Ok(running) = enrollment.running(now) else { return Ok(None) };
        if running.invitation.generation != generation || running.invitation.from.is_none() {
            return Ok(None);
        }
        let Some((reader, record, person)) = reader(app, enrollment.person).await? else {
            return Ok(None);
        };
        let sponsor = match person.profile.sponsor {
            Some(sponsor) => app
                .peek::<Person>(sponsor)
                .await
                .map_err(later)?
                .and_then(|sponsor| sponsor.record.expose().map(full_name)),
            None => None,
        };
        let locator = Locator { enrollment: id, generation }.to_text(&app.keys);
        let content = LetterContent::Invitation(InvitationContent {
            given_name: record.given_name,
            sponsor,
            address: format!("{}/i/{locator}", app.site.join_origin),
            ends: running.expires,
            time_zone: reader.time_zone.clone(),
        });
        Ok(Some((reader, content)))
    }
}

/// The wait after so many earlier failures.
fn wait(tries: u32) -> SignedDuration {
    let doubled = FIRST_WAIT.as_secs().saturating_mul(1_i64 << tries.min(20));
    SignedDuration::from_secs(doubled.min(LONGEST_WAIT.as_secs()))
}

/// Whoever a letter goes to.
struct Reader {
    address: String,
    language: Option<String>,
    time_zone: String,
}

/// A person as a reader; `None` once their data was erased.
async fn reader<S: Backend>(
    app: &App<S>,
    id: PersonId,
) -> Result<Option<(Reader, Record, Person)>, ChannelError> {
    let Some(person) = app.peek::<Person>(id).await.map_err(later)? else { return Ok(None) };
    let Some(record) = person.record.expose().cloned() else { return Ok(None) };
    let reader = Reader {
        address: record.personal_email.clone(),
        language: record.language.clone(),
        time_zone: person.profile.time_zone.clone(),
    };
    Ok(Some((reader, record, person.state)))
}

struct Notice {
    kind: NoticeKind,
    to: PersonId,
    about: PersonId,
    authenticator: Option<AuthenticatorId>,
    at: Timestamp,
}

impl Notice {
    async fn content<S: Backend>(
        &self,
        app: &App<S>,
    ) -> Result<Option<(Reader, LetterContent)>, ChannelError> {
        let Some((reader, record, _)) = reader(app, self.to).await? else { return Ok(None) };
        let is_about_reader = self.about == self.to;
        let about = if is_about_reader {
            full_name(&record)
        } else {
            let about = app.peek::<Person>(self.about).await.map_err(later)?;
            // Nobody is told about somebody of whom nothing is known any more.
            let about = about.and_then(|about| about.record.expose().map(full_name));
            let Some(about) = about else { return Ok(None) };
            about
        };
        let console = &app.site.console_origin;
        let address = match self.kind {
            NoticeKind::Waiting | NoticeKind::Contested if !is_about_reader => {
                Some(format!("{console}/waiting"))
            }
            NoticeKind::Bound | NoticeKind::Removed => Some(format!("{console}/me")),
            NoticeKind::MachineKey => Some(format!("{console}/machine-keys")),
            NoticeKind::Stopped if is_about_reader => None,
            NoticeKind::Refused
            | NoticeKind::Stopped
            | NoticeKind::Suspended
            | NoticeKind::Unexpected => Some(format!("{console}/people/{}", self.about)),
            _ => None,
        };
        let not_me = self.authenticator.map(|authenticator| {
            let token = SuspendToken { person: self.to, authenticator };
            format!("{console}/notice/{}", token.to_text(&app.keys))
        });
        let content = LetterContent::Notice(NoticeContent {
            kind: self.kind,
            given_name: record.given_name,
            about,
            is_about_reader,
            at: self.at,
            time_zone: reader.time_zone.clone(),
            address,
            not_me,
        });
        Ok(Some((reader, content)))
    }
}

fn full_name(record: &Record) -> String {
    // People who have one name have no family name.
    format!("{} {}", record.given_name, record.family_name).trim_end().to_owned()
}

fn later(error: impl std::fmt::Display) -> ChannelError {
    ChannelError::Later(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        assert_eq!(wait(0).as_secs(), 15);
        assert_eq!(wait(1).as_secs(), 30);
        assert_eq!(wait(8).as_secs(), 3600);
        assert_eq!(wait(55).as_secs(), 3600);
    }
}
