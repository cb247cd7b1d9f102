//! `firstkey config`.

use std::process::ExitCode;

use firstkey_ports::Clock;

use super::CommandError;
use crate::{
    certificate, cli,
    config::{Config, EXAMPLE},
    host::HostClock,
};

/// What is said when a proxy must be there and is not named.
pub const UNNAMED_PROXY: &str = "\
Look again: the origins are https, so a proxy stands before this server, and server.trusted_proxies
names none. Everybody looks like one client then, and shares one client's limits.";

/// Looks at the configuration.
pub fn run(
    command: &cli::Config,
    load: impl FnOnce() -> Result<Config, CommandError>,
) -> Result<ExitCode, CommandError> {
    match command {
        cli::Config::Example => print!("{EXAMPLE}"),
        cli::Config::Check => {
            let config = load()?;
            config.settings()?;
            let server = &config.server;
            println!("The configuration can be used.");
            println!("  People who join:   {}", server.join_origin);
            println!("  Everybody else:    {}", server.console_origin);
            println!("  RP ID (permanent): {}", server.rp_id);
            let site = config.site().map_err(CommandError::failed)?;
            for app in config.android_apps().map_err(CommandError::failed)? {
                println!("  Signs in as well:  {app}");
            }
            if let Some(related) = site.related_origins() {
                for origin in related.origins() {
                    println!("  Signs in as well:  {origin}");
                }
                let document = serde_json::to_string(&related).map_err(CommandError::failed)?;
                println!("  https://{}/.well-known/webauthn must say:", server.rp_id);
                println!("    {document}");
            }
            println!("  Listens on:        {}", server.listen);
            if let Some(redirect) = config.redirect().map_err(CommandError::failed)? {
                println!("  Leads to https:    {redirect}");
            }
            if let Some(files) = config.tls_files().map_err(CommandError::failed)? {
                let hosts = config.hosts().map_err(CommandError::failed)?;
                let pair = certificate::read(&files, &hosts, HostClock.read().wall);
                let ends = pair.map_err(CommandError::failed)?.ends();
                println!("  Certificate:       {}, until {ends}", files.certificate.display());
            }
            if !config.acme.directory.is_empty() {
                println!("  Certificate:       signed by {}", config.acme.directory);
            }
            println!("  Mail relay:        {}:{}", config.mail.host, config.mail.port);
            println!("  Data folder:       {}", config.data.folder.display());
            if config.has_unnamed_proxy() {
                println!("\n{UNNAMED_PROXY}");
            }
            for proxies in config.trusted_proxies().map_err(CommandError::failed)? {
                if !proxies.is_private() {
                    println!(
                        "\nLook again: server.trusted_proxies has {proxies}, which is a public network. \
                         Whoever\nconnects from there may claim any address; name your own proxies only."
                    );
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
