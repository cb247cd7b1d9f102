//! Installing Debian packages, where that needs no question.

use std::process::Command;

use super::programs::in_path;
use crate::command::{output, run, shown};
use crate::failure::Failure;

/// Installs the packages as root or by passwordless sudo; otherwise fails, saying what to type.
pub(super) fn install(packages: &[&str]) -> Result<(), Failure> {
    let mut update = Command::new("apt-get");
    update.arg("update");
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "--no-install-recommends"]).args(packages);
    if in_path("apt-get").is_none() {
        let names = packages.join(" ");
        return Err(Failure::new(format!("install what Debian calls: {names}")));
    }
    match privilege() {
        Privilege::Root => {
            install.env("DEBIAN_FRONTEND", "noninteractive");
            run(&mut update)?;
            run(&mut install)
        }
        Privilege::Sudo => {
            run(&mut with_sudo(&update))?;
            run(&mut with_sudo(&install))
        }
        Privilege::None => {
            let (update, install) = (shown(&update), shown(&install));
            Err(Failure::new(format!("run this first: sudo {update} && sudo {install}")))
        }
    }
}

enum Privilege {
    Root,
    Sudo,
    None,
}

fn privilege() -> Privilege {
    if output(Command::new("id").arg("-u")).as_deref() == Some("0") {
        Privilege::Root
    } else if output(Command::new("sudo").args(["-n", "true"])).is_some() {
        Privilege::Sudo
    } else {
        Privilege::None
    }
}

fn with_sudo(command: &Command) -> Command {
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive"]);
    sudo.arg(command.get_program()).args(command.get_args());
    sudo
}
