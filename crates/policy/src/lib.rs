//! What policy says: facts about an enrollment or an operator go in, a decision comes out.
//!
//! Policies are written in Cedar against one schema. [`Engine::load`] refuses a policy that it cannot
//! fully check; [`Engine::decide_enrollment`] and [`Engine::decide_operation`] answer; and
//! [`Engine::plan`] says what an applicant still needs. Everything here is pure: no clock, no I/O.

mod attesting;
mod authenticator;
mod cases;
mod classes;
mod decision;
mod engine;
mod explain;
mod facts;
mod fault;
mod gather;
mod holding;
mod listing;
mod load;
mod memo;
mod monotone;
mod operation;
mod plan;
mod positive;
mod powerset;
mod question;
mod shape;
mod shipped;
mod shortcoming;
mod space;
mod step;
mod vocabulary;
mod weaken;

pub use authenticator::{Model, NewAuthenticator, NoModel, Transport};
pub use decision::{Decision, Rule, Verdict};
pub use engine::Engine;
pub use explain::{Change, Explained};
pub use facts::{Earned, Facts, Given, Held, Matches, Privilege};
pub use fault::{Place, PolicyFault, PolicyFaults};
pub use gather::{Surroundings, vouchers_in_good_standing};
pub use listing::{Certified, Listing, ModelFacts};
pub use monotone::Counterexample;
pub use operation::{MachineFacts, Operation, OperatorFacts, Subject};
pub use plan::{Obstacle, Plan};
pub use shipped::{DEFAULT, DEMO, SCHEMA, SMALL_ORGANISATION};
pub use shortcoming::Shortcoming;
pub use step::Step;
