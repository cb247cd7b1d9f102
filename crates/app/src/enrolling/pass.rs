//! Minting the pass and starting the registration. The pass has no textual form: what goes to the
//! browser are the creation options of one ceremony.

use firstkey_domain::{
    Action, Actor, AttemptId, EnrollmentId, PassId,
    challenge::{Challenge, Purpose, Statement},
    enrollment::{Enrollment, Mint, MintRefusal, RegistrationStatement},
    person::Person,
};
use firstkey_policy::Plan;
use firstkey_webauthn::registration::{Conveyance, Options, User};
use serde_json::Value;

use super::{holder, still_belongs};
use crate::{
    Backend, Fault, Loaded, Outcome, ProvenRequest, Unit, UseCase,
    decision::Case,
    ticket::Ticket,
    webauthn::{credentials_of, descriptors, names_of, user_handle, wire_challenge},
};

/// A ceremony that the browser is to run.
#[derive(Debug, Clone)]
pub struct Ceremony {
    /// What `parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` takes.
    pub options: Value,
    /// What comes back with the answer.
    pub ticket: String,
}

/// The applicant is ready to make a passkey.
#[derive(Debug)]
pub struct AskPass {
    /// The request, signed by the attempt's key.
    pub request: ProvenRequest,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The attempt.
    pub attempt: AttemptId,
}

/// Why there is no pass.
#[derive(Debug, thiserror::Error)]
pub enum AskPassFault {
    /// There is no such attempt with this key.
    #[error("this page is not active any more; open your invitation again")]
    Unknown,
    /// Policy asks for more.
    #[error("something is still missing")]
    Missing(Plan),
    /// A passkey was made; it waits for its second press.
    #[error("a passkey was already made; confirm it instead of making another")]
    AlreadyMade,
    /// Minting stopped because the clock moved (rule 22).
    #[error("the server's clock was moved; an administrator must look at it first")]
    ClockMoved,
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] MintRefusal),
}

impl<S: Backend> UseCase<S> for AskPass {
    type Output = Ceremony;
    type Refusal = AskPassFault;

    fn actor(&self) -> Actor {
        Actor::Applicant(self.attempt)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Ceremony, AskPassFault> {
        let now = unit.now();
        let unknown = || Fault::Refused(AskPassFault::Unknown);
        let enrollment: Loaded<Enrollment> =
            unit.load(self.enrollment).await?.ok_or_else(unknown)?;
        let person: Loaded<Person> = unit.load(enrollment.person).await?.ok_or_else(unknown)?;
        let attempt =
            holder(&enrollment, self.attempt, self.request.key, now).ok_or_else(unknown)?;
        still_belongs(&person).map_err(|left| Fault::refuse(MintRefusal::from(left)))?;
        let case = Case::gather(unit, &enrollment, &person, attempt).await?;
        if unit.app().is_clock_moved() {
            return Err(Fault::Refused(AskPassFault::ClockMoved));
        }
        let Ok(permit) = case.ask(Action::Mint, &enrollment) else {
            return Err(Fault::Refused(AskPassFault::Missing(case.plan(&enrollment))));
        };
        let conveyance = conveyance(unit, &case).await?;
        unit.spend_proof(&self.request);
        let open = attempt.open_pass(now);
        if let Some(pass) = open.filter(|open| open.policy_revision == permit.policy_revision) {
            // The same attempt asks again, because the page was reloaded or the press cancelled:
            // the pass it holds is still good.
            if attempt.verified.is_some() {
                return Err(Fault::Refused(AskPassFault::AlreadyMade));
            }
            return Ok(self.ceremony(unit, &enrollment, &person, pass.id, conveyance));
        }
        let pass = PassId::from_uuid(unit.new_uuid());
        let command = Mint {
            attempt: self.attempt,
            pass,
            lifetime: unit.app().settings.pass_lifetime,
            permit,
            version: enrollment.version(),
        };
        let is_made = attempt.verified.is_some();
        let events = enrollment.mint(command, now).map_err(Fault::refuse)?;
        let enrollment = unit.append(enrollment, events)?;
        Ok(if is_made {
            // A new pass for a passkey that waits: there is nothing to create.
            Ceremony { options: Value::Null, ticket: String::new() }
        } else {
            self.ceremony(unit, &enrollment, &person, pass, conveyance)
        })
    }
}

/// Whether the authenticator is to prove what it is.
///
/// Some browsers then ask people whether this site may see make and model of their security key,
/// which frightens them. So it is asked for where policy could decide otherwise about this applicant
/// for the answer, and nowhere else.
///
/// Under the default policy, before metadata is imported that is the case for nobody but the members
/// of groups whose keys must be attested: no model is known to be revoked. Afterwards it is the case
/// for everybody. Platform passkeys tell their model either way; but of a security key whose
/// attestation is not asked for, browsers hide the model, so that the rule against revoked models
/// would let revoked security keys pass without a word. An organisation that does not want to ask
/// everybody has that rule speak of privileged people only, and then only they are asked.
///
/// To be asked is not to be made to answer: whoever declines registers a model that is unknown, and
/// policy says whether that will do.
async fn conveyance<S: Backend, R>(unit: &mut Unit<'_, S>, case: &Case) -> Outcome<Conveyance, R> {
    let is_heeded = case.heeds_attestation(unit).await?;
    Ok(if is_heeded { Conveyance::Direct } else { Conveyance::None })
}

impl AskPass {
    fn ceremony<S: Backend>(
        &self,
        unit: &Unit<'_, S>,
        enrollment: &Enrollment,
        person: &Person,
        pass: PassId,
        conveyance: Conveyance,
    ) -> Ceremony {
        let (app, now) = (unit.app(), unit.now());
        let statement =
            RegistrationStatement { enrollment: enrollment.id, attempt: self.attempt, pass };
        let ticket: Ticket<()> =
            Ticket::begin(Purpose::Registration, statement.digest(), (), app.entropy(), now);
        let options =
            creation_options(app.site(), person, enrollment, &ticket.challenge, conveyance, now);
        Ceremony { options, ticket: ticket.seal(&app.keys, app.entropy()) }
    }
}

/// Creation options that exclude what the person holds, and what other attempts have made: without
/// that, `create()` silently replaces the same user's passkey (rule 11).
fn creation_options(
    site: &crate::Site,
    person: &Person,
    enrollment: &Enrollment,
    challenge: &Challenge,
    conveyance: Conveyance,
    now: jiff::Timestamp,
) -> Value {
    let excluded = descriptors(credentials_of(person, Some(enrollment), now));
    let (name, display) = names_of(person);
    let handle = user_handle(person.id);
    let user = User { id: &handle, name, display_name: &display };
    let options = Options::new(&site.relying_party, user, wire_challenge(challenge))
        .exclude(&excluded)
        .attestation(conveyance);
    serde_json::to_value(options).unwrap_or_default()
}
