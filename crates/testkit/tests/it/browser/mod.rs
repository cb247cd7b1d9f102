//! The browser driver, and what Chromium does that the product relies on.

mod cookies;
mod leaving_nothing;
mod passkeys;
mod proofs;
mod site;
mod using_pages;
