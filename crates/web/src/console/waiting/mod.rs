//! The voucher's side: who waits, the meeting, the code, the signature, the refusal.

pub(super) mod approve;
pub(super) mod code;
pub(super) mod handover;
pub(super) mod list;
pub(super) mod page;
pub(super) mod refuse;
mod rows;
mod situation;

pub(super) use rows::{WaitingRow, WaitingRows, waiting_rows};
