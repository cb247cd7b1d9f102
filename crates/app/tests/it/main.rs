//! Use cases and the log from outside, over real stores, with authenticators in software.

#![allow(clippy::unwrap_used, reason = "a story that cannot be set up should say so")]
#![allow(clippy::large_futures, reason = "whole stories are large; they run one at a time")]

mod adding;
mod audit_check;
mod audit_erasures;
mod audit_events;
mod audit_receipt;
mod audit_receipt_added;
mod audit_receipt_forged;
mod audit_rows;
mod audit_sequencer;
mod audit_states;
mod binding_races;
mod clock_moves;
mod correcting;
mod couriers;
mod edited_database;
mod erasing;
mod failing_commits;
mod failing_store;
mod figures;
mod handover_evidence;
mod handovers;
mod importing;
mod invariants;
mod machines;
mod metadata;
mod models;
mod months;
mod names;
mod passes;
mod policy_moves;
mod post;
mod receipts;
mod relogged;
mod restarts;
mod restoring;
mod rotating;
mod sessions;
mod setup_links;
mod signals;
mod stopping;
mod suitable_keys;
mod sweeping;
mod tickets_and_proofs;
mod two_browsers;
mod units;
mod vouchers;
mod world;
