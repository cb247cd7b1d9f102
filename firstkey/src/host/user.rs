//! Who is at the terminal: `host:<user>` in the log.

use nix::unistd::{Uid, User};

/// The user who runs this process.
pub fn current_user() -> String {
    user_name(Uid::effective().as_raw())
}

/// The name of a user id; the number when the host knows no name.
pub fn user_name(uid: u32) -> String {
    match User::from_uid(Uid::from_raw(uid)) {
        Ok(Some(user)) => user.name,
        _ => format!("uid {uid}"),
    }
}
