//! The store on SQLite: one writer thread, group commit, and readers that do not wait for it.
//!
//! [`SqliteStore`] is the handle. A commit is checked and written by the `writer`'s thread, many in
//! one transaction, and answered once they are durable. Reads use connections of their own. The SQL
//! is in `sql/`, the schema in `migrations/`.

mod archive;
mod columns;
mod commit;
mod connection;
mod figures;
mod ledger;
mod outbox;
mod queries;
mod readers;
mod recount;
mod rows;
mod schema;
mod snapshot;
mod sql;
mod store;
mod streams;
mod writer;

pub use connection::Options;
pub use schema::OpenError;
pub use store::SqliteStore;
