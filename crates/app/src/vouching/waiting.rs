//! What a voucher is shown before they act.

use firstkey_domain::{
    AttemptId, EnrollmentId, PersonId, Private,
    enrollment::{Device, Enrollment, Proofing, Voucher},
    person::Person,
};
use firstkey_policy::{Operation, Plan};
use jiff::Timestamp;

use super::Vouching;
use crate::{
    App, Backend, Fault, Loaded, Outcome, Unit,
    decision::{Case, NotAllowed},
};

/// An open attempt as its voucher sees it.
#[derive(Debug, Clone)]
pub struct WaitingAttempt {
    /// Its id.
    pub id: AttemptId,
    /// When Begin was pressed.
    pub began: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// Browser and network.
    pub device: Private<Device>,
    /// Who vouched already.
    pub proofings: Vec<Proofing>,
    /// Whether the applicant took the address from the screen of whoever looks.
    pub is_handed_over: bool,
    /// What is still needed.
    pub plan: Plan,
    /// Whether a second voucher would do as well as a handover.
    pub do_matches_suffice: bool,
}

/// An enrollment as its voucher sees it.
#[derive(Debug, Clone)]
pub struct WaitingView {
    /// The enrollment.
    pub enrollment: Loaded<Enrollment>,
    /// The applicant.
    pub applicant: Person,
    /// Who looks.
    pub voucher: Voucher,
    /// Open attempts.
    pub attempts: Vec<WaitingAttempt>,
    /// Wrong codes so far.
    pub wrong_codes: u8,
}

impl<S: Backend> App<S> {
    /// Shows an enrollment to somebody who may vouch in it.
    pub async fn waiting(
        &self,
        operator: PersonId,
        enrollment: EnrollmentId,
    ) -> Outcome<WaitingView, NotAllowed> {
        let mut unit = Unit::viewing(self);
        let Vouching { enrollment, applicant, operator, voucher } =
            Vouching::load(&mut unit, operator, enrollment, Operation::Vouch).await?;
        let now = unit.now();
        let running = enrollment.running(now).map_err(|_| Fault::Refused(NotAllowed))?;
        let mut attempts = Vec::new();
        for attempt in running.open(now) {
            let case =
                Case::gather::<S, NotAllowed>(&mut unit, &enrollment, &applicant, attempt).await?;
            attempts.push(WaitingAttempt {
                id: attempt.id,
                began: attempt.began,
                expires: attempt.expires,
                device: attempt.device.clone(),
                proofings: attempt.proofings.clone(),
                is_handed_over: attempt.was_handed_over_by(operator.id),
                plan: case.plan(&enrollment),
                do_matches_suffice: case.do_matches_suffice(),
            });
        }
        let wrong_codes = running.wrong_codes;
        Ok(WaitingView { applicant: applicant.state, voucher, attempts, wrong_codes, enrollment })
    }
}
