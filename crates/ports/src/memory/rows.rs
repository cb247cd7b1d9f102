//! Changes to rows.

use super::world::World;
use crate::{AuthenticatorRow, Message, Row};

impl World {
    pub(super) fn apply(&mut self, row: Row) {
        match row {
            Row::Person(person) => {
                self.people.insert(person.id, person);
            }
            Row::Enrollment(enrollment) => {
                if enrollment.stage.is_closed() {
                    self.unexpected.remove(&enrollment.id);
                }
                self.enrollments.insert(enrollment.id, enrollment);
            }
            Row::Attempts(enrollment, attempts) => {
                self.attempts.retain(|_, attempt| attempt.enrollment != enrollment);
                self.attempts.extend(attempts.into_iter().map(|attempt| (attempt.id, attempt)));
            }
            Row::Authenticators(person, held) => {
                let is_kept = |old: &AuthenticatorRow| {
                    old.person != person || held.iter().any(|new| new.id == old.id)
                };
                self.authenticators.retain(|_, old| is_kept(old));
                for new in held {
                    self.put_authenticator(new);
                }
            }
            Row::Roles(person, roles) => {
                self.roles.retain(|(holder, _), _| *holder != person);
                self.roles.extend(roles.into_iter().map(|role| ((person, role.role), role)));
            }
            Row::AuthenticatorUsed { id, at, sign_count } => {
                if let Some(used) = self.authenticators.get_mut(&id) {
                    used.last_used = Some(at);
                    used.sign_count = sign_count;
                }
            }
            Row::Session(session) => {
                self.sessions.insert(session.id, session);
            }
            Row::SessionSeen(id, at) => {
                if let Some(session) = self.sessions.get_mut(&id) {
                    session.seen = at;
                }
            }
            Row::SessionEnded(id) => {
                self.sessions.remove(&id);
            }
            Row::SessionsEnded(person) => {
                self.sessions.retain(|_, session| session.person != person);
            }
            Row::SessionsOfEnded(person, id) => {
                self.sessions
                    .retain(|_, session| (session.person, session.authenticator) != (person, id));
            }
            Row::Unsent { to, enrollments } => {
                self.outbox.retain(|_, queued| match &queued.new.message {
                    Message::Notice { to: reader, .. } => *reader != to,
                    Message::Invitation { enrollment, .. } => !enrollments.contains(enrollment),
                    Message::CloseAll { .. } => true,
                });
            }
            Row::ReportedUnexpected(enrollment, at) => {
                self.unexpected.insert(enrollment, at);
            }
            Row::Metadata(file) => self.metadata = Some(file),
            Row::Answer(answer) => {
                self.answers.insert(answer.key, answer);
            }
        }
    }

    fn put_authenticator(&mut self, mut new: AuthenticatorRow) {
        if let Some(old) = self.authenticators.get(&new.id) {
            new.last_used = old.last_used;
            new.sign_count = old.sign_count;
        }
        self.authenticators.insert(new.id, new);
    }
}
