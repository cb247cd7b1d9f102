//! The binary on its host: what it makes, what it refuses, and what it survives.

mod acme;
mod api;
mod audit;
mod backups;
mod commands;
mod connections;
mod desk;
mod disk_full;
mod doctor;
mod erasing;
mod folder;
mod http;
mod joiner;
mod keys;
mod kills;
mod load;
mod log_lines;
mod metadata;
mod place;
mod policy_explain;
mod post;
mod refused_backups;
mod restarts;
mod small_organisation;
mod tls;
mod upgrade;
