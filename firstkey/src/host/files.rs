//! How many files, and so connections, this process may have open.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// More than the listener will ever ask for.
const ENOUGH: u64 = 16 * 1024;
/// What any system allows, where it does not say.
const USUAL: u64 = 1024;

/// How many files may be open, after asking for more: many systems start processes with 1,024,
/// which they may raise themselves.
pub fn open_files() -> u64 {
    let Ok((soft, hard)) = getrlimit(Resource::RLIMIT_NOFILE) else { return USUAL };
    let wanted = hard.min(ENOUGH);
    if wanted > soft && setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).is_ok() {
        return wanted;
    }
    soft
}
