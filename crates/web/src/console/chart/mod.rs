//! Charts, drawn here as SVG: numbers for attributes, classes for colours, and nothing that a page's
//! content security policy would refuse. Beside each stands a table that says the same.

mod columns;
mod number;

pub(super) use columns::{Column, Columns};
pub(super) use number::{grouped, percent};
