//! The terminal vouches: somebody with a shell on the host types the code from the new
//! administrator's screen. This is how the first one comes through the same door as everybody.

use firstkey_domain::{
    Actor, EnrollmentId,
    challenge::Statement,
    enrollment::{
        self, Checklist, CodeOutcome, Enrollment, MAX_WRONG_CODES, MatchCode, Vouch, VouchRefusal,
        Voucher,
    },
};

use crate::{
    Backend, Fault, Loaded, Outcome, Unit, UseCase, decision::NotAllowed, match_code::accepted,
};

/// Somebody with a shell on the host types a code.
#[derive(Debug, Clone)]
pub struct TerminalVouch {
    /// The operating system's user name.
    pub host: String,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// What they typed.
    pub typed: MatchCode,
}

/// Why it did not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TerminalVouchFault {
    /// There is no such enrollment.
    #[error(transparent)]
    Unknown(#[from] NotAllowed),
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] VouchRefusal),
}

impl<S: Backend> UseCase<S> for TerminalVouch {
    /// `None` when the code was right; otherwise the tries left.
    type Output = Option<u8>;
    type Refusal = TerminalVouchFault;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.clone())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Option<u8>, TerminalVouchFault> {
        let (app, now) = (unit.app(), unit.now());
        let enrollment: Option<Loaded<Enrollment>> = unit.load(self.enrollment).await?;
        let enrollment = enrollment.ok_or_else(|| Fault::refuse(NotAllowed))?;
        let running = enrollment
            .running(now)
            .map_err(|ended| Fault::<TerminalVouchFault>::refuse(VouchRefusal::Ended(ended)))?;
        let shown =
            running.open(now).flat_map(|attempt| accepted(&app.keys, attempt, now)).collect();
        let voucher = Voucher::host(self.host.clone());
        let command = enrollment::TryCode {
            voucher: voucher.clone(),
            typed: self.typed,
            shown,
            // Whoever types here reads the code off the screen beside them.
            checklist: Checklist::COMPLETE,
        };
        match enrollment.check_code(&command, now).map_err(Fault::refuse)? {
            CodeOutcome::Right(statement) => {
                tracing::debug!(event = "terminal.matched", statement = %statement.digest());
                let vouch = Vouch { voucher, statement, signed: None };
                let events = enrollment.vouch(vouch, now).map_err(Fault::refuse)?;
                unit.append(enrollment, events)?;
                Ok(None)
            }
            CodeOutcome::Wrong(events) => {
                let left = MAX_WRONG_CODES.saturating_sub(running.wrong_codes.saturating_add(1));
                unit.append(enrollment, events)?;
                Ok(Some(left))
            }
        }
    }
}
