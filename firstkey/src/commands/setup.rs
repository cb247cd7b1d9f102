//! `firstkey setup`: the terminal invites an administrator and vouches for them by the code on their
//! screen.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use super::CommandError;
use crate::{
    cli,
    config::Config,
    control::{Connection, NewAdministrator, Request, Response, connect},
    data::DataFolder,
};

/// The private file that holds a setup link when there is no terminal.
pub const LINK_FILE: &str = "setup-link";
/// The file that remembers which enrollment the link is for.
const ENROLLMENT_FILE: &str = "setup-enrollment";

/// Runs the command.
pub async fn run(config: &Config, options: &cli::Setup) -> Result<ExitCode, CommandError> {
    let folder = DataFolder::existing(&config.data.folder)?;
    let mut server = connect(&folder).await.ok_or_else(|| {
        CommandError::said("no server runs on this data folder; start it with `firstkey up` first")
    })?;
    if let Some(code) = &options.code {
        let enrollment =
            std::fs::read_to_string(folder.path().join(ENROLLMENT_FILE)).map_err(|_| {
                CommandError::said("no setup link is waiting; run `firstkey setup` first")
            })?;
        return match vouch(&mut server, enrollment.trim(), code).await? {
            Vouched::Done => Ok(ExitCode::SUCCESS),
            Vouched::Again => Ok(ExitCode::FAILURE),
        };
    }
    let request = Request::Setup { person: options.person.clone(), new: new(options)? };
    let (enrollment, address) = link(&mut server, &request).await?;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        let path = leave(&folder, &enrollment, &address)?;
        println!(
            "The setup link is in {}. It is good for one browser within 15 minutes.\n\
             Then run: firstkey setup --code <the six digits on that screen>",
            path.display()
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "Open this link in the new administrator's browser within 15 minutes:\n\n  {address}\n"
    );
    ask_codes(&mut server, &enrollment).await
}

/// Leaves a link in a private file.
pub fn leave(
    folder: &DataFolder,
    enrollment: &str,
    address: &str,
) -> Result<std::path::PathBuf, CommandError> {
    folder.write_private(ENROLLMENT_FILE, enrollment.as_bytes())?;
    Ok(folder.write_private(LINK_FILE, format!("{address}\n").as_bytes())?)
}

/// Makes a setup link.
pub async fn link(
    server: &mut Connection,
    request: &Request,
) -> Result<(String, String), CommandError> {
    match server.ask(request, None).await? {
        Response::SetupLink { enrollment, address } => Ok((enrollment, address)),
        Response::Refused(reason) => Err(CommandError::said(reason)),
        other => Err(CommandError::said(format!("the server answered something else: {other:?}"))),
    }
}

/// Asks for codes until one is right or none is left.
pub async fn ask_codes(
    server: &mut Connection,
    enrollment: &str,
) -> Result<ExitCode, CommandError> {
    loop {
        print!("Type the six digits on that screen: ");
        io::stdout().flush()?;
        let line = tokio::task::spawn_blocking(|| {
            let mut line = String::new();
            io::stdin().read_line(&mut line).map(|read| (read, line))
        })
        .await
        .map_err(CommandError::failed)??;
        if line.0 == 0 {
            return Ok(ExitCode::FAILURE);
        }
        if line.1.trim().is_empty() {
            continue;
        }
        match vouch(server, enrollment, &line.1).await {
            Ok(Vouched::Done) => return Ok(ExitCode::SUCCESS),
            Ok(Vouched::Again) => {}
            Err(error) => println!("{error}"),
        }
    }
}

enum Vouched {
    Done,
    Again,
}

async fn vouch(
    server: &mut Connection,
    enrollment: &str,
    code: &str,
) -> Result<Vouched, CommandError> {
    let request =
        Request::SetupCode { enrollment: enrollment.to_owned(), code: code.trim().to_owned() };
    match server.ask(&request, None).await? {
        Response::Matched => {
            println!("That is the code. The browser goes on by itself.");
            println!(
                "Setup is complete when you hold two passkeys; the console reminds you until then."
            );
            Ok(Vouched::Done)
        }
        Response::WrongCode { left: 0 } => {
            Err(CommandError::said("That was the last try. Run `firstkey setup` again."))
        }
        Response::WrongCode { left } => {
            println!("That is not the code on the screen. {left} more tries.");
            Ok(Vouched::Again)
        }
        Response::Refused(reason) => Err(CommandError::said(reason)),
        other => Err(CommandError::said(format!("the server answered something else: {other:?}"))),
    }
}

fn new(options: &cli::Setup) -> Result<Option<NewAdministrator>, CommandError> {
    if options.person.is_some() {
        return Ok(None);
    }
    let ask = |given: &Option<String>, question: &str| match given {
        Some(given) => Ok(given.clone()),
        None if io::stdin().is_terminal() => {
            print!("{question}: ");
            io::stdout().flush()?;
            let mut line = String::new();
            io::stdin().read_line(&mut line)?;
            Ok(line.trim().to_owned())
        }
        None => Err(CommandError::said(
            "say who the administrator is: --given-name, --family-name and --email, or --person",
        )),
    };
    Ok(Some(NewAdministrator {
        given_name: ask(&options.given_name, "Given name of the administrator")?,
        family_name: ask(&options.family_name, "Family name")?,
        email: ask(&options.email, "E-mail address")?,
    }))
}
