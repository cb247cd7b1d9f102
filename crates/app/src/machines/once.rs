//! Doing something once, however often a program asks: the commit that does it reserves the program's
//! idempotency key and keeps the answer.

use firstkey_domain::{Actor, Digest, KeyThumbprint};
use firstkey_ports::{AnswerRow, Reservation, ReservationKind, Row};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::{App, Backend, Fault, Outcome, Unit, UseCase};

/// How long an answer is kept for whoever asks again.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// What a program asks for, under a key of its choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    key: Digest,
    request: Digest,
}

impl Asked {
    /// Under this idempotency key, this program asks for this: method, address and body.
    pub fn new(program: KeyThumbprint, key: &str, request: [&[u8]; 3]) -> Self {
        Self {
            key: Digest::of_parts(
                "firstkey idempotency key/1",
                &[program.as_bytes(), key.as_bytes()],
            ),
            request: Digest::of_parts("firstkey idempotent request/1", &request),
        }
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The answer, as it was written.
    pub answer: Vec<u8>,
    /// Whether it was done before, and nothing now.
    pub before: bool,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OnceFault<R> {
    /// The idempotency key was used for something else.
    #[error("this idempotency key was used for another request")]
    Other,
    /// It was refused.
    #[error("refused")]
    Refused(R),
}

impl<S: Backend> App<S> {
    /// Does it and answers as `write` says; what was done before under the same key is answered as then.
    pub async fn run_once<U, W>(
        &self,
        use_case: &U,
        asked: Option<Asked>,
        write: W,
    ) -> Outcome<Done, OnceFault<U::Refusal>>
    where
        U: UseCase<S>,
        W: Fn(&U::Output) -> Vec<u8> + Sync,
    {
        if let Some(done) = self.answered(asked).await? {
            return Ok(done);
        }
        match self.run(&Once { use_case, asked, write }).await {
            Ok(answer) => Ok(Done { answer, before: false }),
            // Somebody with the same key was first, at this very moment.
            Err(Fault::Spent(ReservationKind::Answer)) => {
                self.answered(asked).await?.ok_or(Fault::Busy)
            }
            Err(fault) => Err(fault.map(OnceFault::Refused)),
        }
    }

    async fn answered<R>(&self, asked: Option<Asked>) -> Outcome<Option<Done>, OnceFault<R>> {
        let Some(asked) = asked else { return Ok(None) };
        let row = self.store.answer(asked.key).await?;
        let now = self.now();
        match row.filter(|row| now < row.ends) {
            None => Ok(None),
            Some(row) if row.request == asked.request => {
                Ok(Some(Done { answer: row.answer, before: true }))
            }
            Some(_) => Err(Fault::Refused(OnceFault::Other)),
        }
    }
}

/// A use case that leaves its answer with what it does.
struct Once<'a, U, W> {
    use_case: &'a U,
    asked: Option<Asked>,
    write: W,
}

impl<S, U, W> UseCase<S> for Once<'_, U, W>
where
    S: Backend,
    U: UseCase<S>,
    W: Fn(&U::Output) -> Vec<u8> + Sync,
{
    type Output = Vec<u8>;
    type Refusal = U::Refusal;

    fn actor(&self) -> Actor {
        self.use_case.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Vec<u8>, U::Refusal> {
        let output = self.use_case.attempt(unit).await?;
        let answer = (self.write)(&output);
        if let Some(Asked { key, request }) = self.asked {
            let ends = unit.now().saturating_add(KEPT).unwrap_or(jiff::Timestamp::MAX);
            unit.reserve(ReservationKind::Answer, key, Uuid::nil(), Some(ends));
            unit.row(Row::Answer(AnswerRow { key, request, answer: answer.clone(), ends }));
        }
        Ok(answer)
    }

    fn taken(&self, kind: ReservationKind) -> Fault<U::Refusal> {
        self.use_case.taken(kind)
    }

    fn taken_by(&self, taken: &Reservation) -> Option<Fault<U::Refusal>> {
        match taken.kind {
            ReservationKind::Answer => Some(Fault::Spent(ReservationKind::Answer)),
            _ => self.use_case.taken_by(taken),
        }
    }
}
