//! The site as browsers meet it, on a store in memory.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod world;

mod api;
mod api_document;
mod api_keys;
mod api_refusals;
mod api_table;
mod changed_rules;
mod clearing;
mod console_correcting;
mod console_door;
mod console_export;
mod console_figures;
mod console_in_a_browser;
mod console_live;
mod console_own;
mod console_people;
mod console_table;
mod console_vouching;
mod forged_requests;
mod handover;
mod handover_in_a_browser;
mod in_a_browser;
mod in_trouble;
mod join_table;
mod languages;
mod languages_in_a_browser;
mod listener;
mod live_streams;
mod locators;
mod lost_passkeys;
mod metrics;
mod other_origins;
mod the_whole_path;
mod tls;
mod unexpected;
mod what_answers_tell;
