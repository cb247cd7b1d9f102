//! What policy says: facts about an enrollment or an operator go in, a decision comes out.
//!
//! Policies are written in Cedar against one schema. [`Engine::load`] refuses a policy that it cannot
//! fully check; [`Engine::decide_enrollment`] and [`Engine::decide_operation`] answer; and
//! [`Engine::plan`] says what an applicant still needs. Everything here is pure: no clock, no I/O.

mod cases;
mod decision;
mod engine;
mod facts;
mod fault;
mod gather;
mod holding;
mod load;
mod memo;
mod monotone;
mod operation;
mod plan;
mod positive;
mod question;
mod shape;
mod shipped;
mod step;
mod vocabulary;
mod weaken;

pub use decision::{Decision, Rule, Verdict};
pub use engine::Engine;
pub use facts::{Earned, Facts, Given, Held, Matches, NewAuthenticator, Privilege};
pub use fault::{Place, PolicyFault, PolicyFaults};
pub use gather::{Surroundings, vouchers_in_good_standing};
pub use monotone::Counterexample;
pub use operation::{Operation, OperatorFacts, Subject};
pub use plan::{Obstacle, Plan};
pub use shipped::{DEFAULT, DEMO, SCHEMA};
pub use step::Step;
