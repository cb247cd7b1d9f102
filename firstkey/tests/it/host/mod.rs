//! The binary on its host: what it makes, what it refuses, and what it survives.

mod acme;
mod commands;
mod connections;
mod desk;
mod disk_full;
mod erasing;
mod folder;
mod http;
mod joiner;
mod kills;
mod metadata;
mod place;
mod post;
mod restarts;
mod small_organisation;
mod tls;
