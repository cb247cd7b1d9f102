//! What lies around Firstkey: its configuration and the mail relay.

use std::net::ToSocketAddrs;

use super::{Finding, State};
use crate::{
    commands::{config::UNNAMED_PROXY, up::channel},
    config::{Config, MailTls},
};

/// The configuration was read, or this would not run; what is left is what only looks wrong.
pub fn configuration(config: &Config) -> Vec<Finding> {
    let about = "configuration";
    let mut findings = Vec::new();
    match config.settings() {
        Ok(_) => {
            let said = format!(
                "{} and {}, RP ID {}",
                config.server.join_origin, config.server.console_origin, config.server.rp_id
            );
            findings.push(Finding::ok(about, said));
        }
        Err(error) => {
            let to_do = "correct the file; `firstkey config example` explains every key";
            findings.push(Finding::problem(about, error.to_string(), to_do));
        }
    }
    if config.has_unnamed_proxy() {
        let found = UNNAMED_PROXY.replace('\n', " ");
        let to_do = "name the proxy's address in server.trusted_proxies";
        findings.push(Finding::warning(about, found, to_do));
    }
    findings
}

/// Whether the relay takes us, as configured.
pub async fn mail(config: &Config) -> Finding {
    let relay = format!("{}:{}", config.mail.host, config.mail.port);
    let channel = match channel(config) {
        Ok(channel) => channel,
        Err(error) => {
            return Finding::problem("mail", error.to_string(), "correct the [mail] section");
        }
    };
    match channel.greet().await {
        Err(error) => Finding::problem(
            "mail",
            format!("{relay}: {error}"),
            "see that the relay runs, and that host, port, TLS and credentials are its own",
        ),
        Ok(()) if matches!(config.mail.tls, MailTls::None) && !is_here(&relay) => Finding {
            about: "mail",
            state: State::Problem,
            found: format!("{relay} is another machine, and letters go to it in the clear"),
            to_do: Some("set mail.tls to starttls or implicit".to_owned()),
        },
        Ok(()) => Finding::ok("mail", format!("{relay} takes letters")),
    }
}

fn is_here(relay: &str) -> bool {
    relay
        .to_socket_addrs()
        .is_ok_and(|mut addresses| addresses.all(|address| address.ip().is_loopback()))
}
