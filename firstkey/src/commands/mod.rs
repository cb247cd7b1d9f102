//! The commands.

mod api;
mod audit;
pub mod backup;
mod config;
mod doctor;
pub mod erase;
mod error;
pub mod import;
pub mod keys;
mod log;
pub mod metadata;
mod policy;
mod restore;
mod setup;
mod up;
mod upgrade;
mod verify;

use std::{path::Path, process::ExitCode};

use firstkey_policy::DEFAULT;

use crate::{
    cli::{Cli, Command, Keys, Metadata, Role, RoleChange, policy::Policy},
    config::Config,
    control::{Request, Response, act, connect},
    data::DataFolder,
    host::current_user,
    running,
};

pub use error::CommandError;

/// Runs a command.
pub fn run(cli: Cli) -> Result<ExitCode, CommandError> {
    let is_default = cli.config == Path::new("firstkey.toml");
    let load = || Config::load(&cli.config, is_default).map_err(CommandError::from);
    match cli.command {
        Command::Config(command) => config::run(&command, load),
        Command::Verify(options) => verify::run(&options),
        Command::Api(command) => api::run(&command, load),
        Command::Policy(Policy::Check { file }) => policy::check(file.as_deref()),
        Command::Policy(Policy::Show { pack }) => Ok(policy::show(pack)),
        Command::Up(options) => runtime()?.block_on(up::run(load()?, &options)),
        Command::Setup(options) => {
            let config = with_data(load()?, options.data.as_deref());
            runtime()?.block_on(setup::run(&config, &options))
        }
        Command::Import(options) => {
            let config = with_data(load()?, options.data.as_deref());
            runtime()?.block_on(import::run(&config, &options))
        }
        Command::Erase(options) => {
            let config = with_data(load()?, options.data.as_deref());
            erase::run(&config, &options)
        }
        Command::Role(Role::Grant(change)) => change_role(load()?, change, true),
        Command::Role(Role::Revoke(change)) => change_role(load()?, change, false),
        Command::Policy(Policy::Plan { person, file, data }) => {
            let config = with_data(load()?, data.as_deref());
            let policy = file.map(std::fs::read_to_string).transpose()?;
            say(&config, Request::Plan { person, policy })
        }
        Command::Policy(Policy::Explain { person, action, about, file, data }) => {
            let config = with_data(load()?, data.as_deref());
            let policy = file.map(std::fs::read_to_string).transpose()?;
            say(&config, Request::Explain { person, asked: action, about, policy })
        }
        Command::Policy(Policy::Activate { file, pack, data }) => {
            let config = with_data(load()?, data.as_deref());
            let text = policy::chosen(file.as_deref(), pack)?;
            say(&config, Request::ActivatePolicy { text })
        }
        Command::Metadata(Metadata::Import { file, data }) => {
            metadata::run(&with_data(load()?, data.as_deref()), &file)
        }
        Command::Metadata(Metadata::Show { data }) => {
            say(&with_data(load()?, data.as_deref()), Request::ShowMetadata)
        }
        Command::Backup(options) => {
            let config = with_data(load()?, options.data.as_deref());
            runtime()?.block_on(backup::run(&config, &options))
        }
        Command::Restore(options) => {
            let config = with_data(load()?, options.data.as_deref());
            runtime()?.block_on(restore::run(config, &options))
        }
        Command::Keys(Keys::List { json, data }) => {
            keys::list(&with_data(load()?, data.as_deref()), json)
        }
        Command::Keys(Keys::Rotate { which, data }) => {
            say(&with_data(load()?, data.as_deref()), Request::RotateKey { which })
        }
        Command::Doctor(options) => {
            let config = with_data(load()?, options.data.as_deref());
            runtime()?.block_on(doctor::run(&config, options.json))
        }
        Command::Log(command) => runtime()?.block_on(log::run(load()?, &command)),
        Command::Upgrade(options) => {
            let config = with_data(load()?, options.data.as_deref());
            runtime()?.block_on(upgrade::run(&config))
        }
        Command::Audit(command) => runtime()?.block_on(audit::run(load, &command)),
        Command::AcceptClock { data } => {
            say(&with_data(load()?, data.as_deref()), Request::AcceptClock)
        }
    }
}

fn change_role(
    config: Config,
    RoleChange { person, role, data }: RoleChange,
    held: bool,
) -> Result<ExitCode, CommandError> {
    say(&with_data(config, data.as_deref()), Request::Role { person, role, held })
}

fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

fn with_data(mut config: Config, data: Option<&Path>) -> Config {
    if let Some(data) = data {
        data.clone_into(&mut config.data.folder);
    }
    config
}

/// Asks the running server, or does it in this process when none runs.
async fn ask(
    config: &Config,
    request: Request,
    file: Option<&Path>,
) -> Result<Response, CommandError> {
    let folder = DataFolder::existing(&config.data.folder)?;
    if let Some(mut server) = connect(&folder).await {
        return Ok(server.ask(&request, file).await?);
    }
    let _lock = folder.lock()?;
    let opened = Box::pin(running::open(config, &folder, false, DEFAULT)).await?;
    let response = act(&opened.app, &opened.keys, &current_user(), request, file).await;
    opened.app.sequence_once().await.map_err(CommandError::failed)?;
    opened.app.store().close().await;
    Ok(response)
}

/// Asks, and says the answer.
fn say(config: &Config, request: Request) -> Result<ExitCode, CommandError> {
    say_with(config, request, None)
}

/// The same, with a file's bytes after the question.
fn say_with(
    config: &Config,
    request: Request,
    file: Option<&Path>,
) -> Result<ExitCode, CommandError> {
    match runtime()?.block_on(ask(config, request, file))? {
        Response::Said(text) => {
            println!("{text}");
            Ok(ExitCode::SUCCESS)
        }
        Response::Refused(reason) => Err(CommandError::said(reason)),
        other => Err(CommandError::said(format!("the server answered something else: {other:?}"))),
    }
}
