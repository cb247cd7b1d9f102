//! What the door does, told as stories: given these events, when this command, then those events or
//! that refusal. Tests that protect a rule of the door carry its number.

mod story;
mod world;

mod authenticators;
mod begin;
mod bind;
mod challenges;
mod close;
mod code;
mod correcting;
mod drop;
mod erase;
mod forged;
mod golden;
mod hand_over;
mod joining;
mod log;
mod machine_keys;
mod metadata;
mod model;
mod open;
mod pass;
mod policy;
mod profile;
mod properties;
mod refusals;
mod register;
mod roles;
mod sign_out;
mod sources;
mod vouch;
