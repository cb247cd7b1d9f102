//! `firstkey config`.

use std::process::ExitCode;

use super::CommandError;
use crate::{
    cli,
    config::{Config, EXAMPLE},
};

/// Looks at the configuration.
pub fn run(
    command: &cli::Config,
    load: impl FnOnce() -> Result<Config, CommandError>,
) -> Result<ExitCode, CommandError> {
    match command {
        cli::Config::Example => print!("{EXAMPLE}"),
        cli::Config::Check => {
            let config = load()?;
            let server = &config.server;
            println!("The configuration can be used.");
            println!("  People who join:   {}", server.join_origin);
            println!("  Everybody else:    {}", server.console_origin);
            println!("  RP ID (permanent): {}", server.rp_id);
            println!("  Listens on:        {}", server.listen);
            println!("  Mail relay:        {}:{}", config.mail.host, config.mail.port);
            println!("  Data folder:       {}", config.data.folder.display());
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
