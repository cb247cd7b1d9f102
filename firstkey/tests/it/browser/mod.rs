//! The whole product in a real browser: the joiner on a phone, the administrator at a desk.

mod doors;
mod everybody;
mod keyboard;
mod languages;
mod own;
mod people;
mod stage;
mod story;
