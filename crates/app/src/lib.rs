//! Use cases: load, decide, commit.
//!
//! Each use case is a type with one [`UseCase::attempt`]; [`App::run`] commits what it decided and
//! repeats it when a stream that it read has moved. Time, randomness, keys, store and settings all
//! come from [`App`].

mod app;
pub mod audit;
mod decision;
pub mod duties;
pub mod enrolling;
mod explaining;
pub mod exporting;
mod fault;
mod handover;
pub mod inviting;
mod keys;
mod locator;
pub mod machines;
mod match_code;
pub mod metadata;
mod model;
pub mod own;
pub mod people;
mod planning;
pub mod policy;
mod privilege;
mod settings;
mod signals;
mod signer;
pub mod signing_in;
mod site;
mod ticket;
mod unit;
pub mod vouching;
mod webauthn;

pub use app::{App, Backend, Changed};
pub use explaining::DoorExplained;
pub use fault::{Fault, Outcome};
pub use keys::{KeyError, Keys, RootSecret};
pub use locator::{Locator, LocatorError};
pub use planning::{PlanFault, Prospect};
pub use settings::Settings;
pub use signals::Signals;
pub use site::{Site, SiteError};
pub use ticket::TicketError;
pub use unit::{Loaded, ProvenRequest, Unit, UseCase};
pub use webauthn::SignatureRefusal;
