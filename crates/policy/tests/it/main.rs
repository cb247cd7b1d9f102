//! What policies permit, told as stories.

mod authenticators;
mod console;
mod default_policy;
mod explaining;
mod facts;
mod gathering;
mod loading;
mod machines;
mod planning;
mod small_organisation;
mod stage;
