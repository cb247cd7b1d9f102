//! `firstkey up`: creates the data folder when there is none, and serves.

use std::{
    io::{self, IsTerminal},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use firstkey_app::duties::{AT_ONCE, Courier};
use firstkey_certificates::server_config;
use firstkey_connectors::{
    letters::FluentLetters,
    smtp::{SmtpChannel, SmtpConfig, SmtpCredentials, SmtpTls},
};
use firstkey_demo::Demo;
use firstkey_domain::Role;
use firstkey_policy::{DEFAULT, DEMO};
use firstkey_ports::Queries;
use firstkey_web::{Limits, Listener, Readiness, Web, edge::TrustedProxies, redirect};
use nix::sys::signal::Signal;
use tokio::{
    net::TcpStream,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing_subscriber::EnvFilter;

use super::{CommandError, config::UNNAMED_PROXY, setup};
use crate::{
    certificate::Certificate,
    cli,
    config::{Config, LogFormat, MailTls},
    control::{self, Request},
    data::DataFolder,
    duties,
    host::{HostClock, open_files, tell_ready, tell_stopping},
    listeners::Sockets,
    running::{self, HostApp, Opened},
};

/// Runs the command until SIGINT or SIGTERM.
pub async fn run(mut config: Config, options: &cli::Up) -> Result<ExitCode, CommandError> {
    if let Some(listen) = options.listen {
        config.listen_on(listen);
    }
    if let Some(data) = &options.data {
        config.data.folder.clone_from(data);
    } else if options.demo {
        config.data.folder.push("demo");
    }
    log_to_terminal(&config)?;
    outlive_file_size_limit()?;
    let demo = if options.demo { Some(Demo::start().await?) } else { None };
    if let Some(demo) = &demo {
        config.mail.host = demo.mail.ip().to_string();
        config.mail.port = demo.mail.port();
        config.mail.tls = MailTls::None;
        firstkey_demo::ORGANISATION.clone_into(&mut config.organisation.name);
    }
    let certificate = Certificate::open(&config, &config.data.folder)?;
    let sockets = Sockets::open(&config).await?;
    let folder = Arc::new(DataFolder::create(&config.data.folder)?);
    let _lock = folder.lock()?;
    let policy = if options.demo { DEMO } else { DEFAULT };
    let Opened { app, keys, log, is_new } =
        Box::pin(running::open(&config, &folder, true, policy)).await?;
    folder.write_private("log.pub", format!("{log}\n").as_bytes())?;

    let (stop, stopped) = watch::channel(false);
    let courier = Courier { channel: channel(&config)?, writer: FluentLetters };
    let readiness = Readiness::default();
    let mut loops = duties::start(&app, courier, &readiness, &stopped);
    let control = tokio::spawn(control::serve(app.clone(), keys, folder.clone(), stopped.clone()));

    let web = Web::new(app.clone()).map_err(CommandError::failed)?;
    let proxies = trusted_proxies(&config)?;
    let router = firstkey_web::router(&web, &proxies, readiness.clone());
    let mut tls = None;
    if let Some(certificate) = certificate {
        tls = Some(server_config(certificate.kept()).map_err(CommandError::failed)?);
        loops.spawn(certificate.look_after(readiness.clone(), stopped.clone()));
    } else if !io::stdin().is_terminal() {
        // There is nothing to read again. Without somebody listening, the signal would end the process.
        drop(signal(SignalKind::hangup())?);
    }
    let mut listeners = vec![Listener { socket: sockets.site, tls, router }];
    if let Some(socket) = sockets.redirect {
        let router = redirect(web.join.clone(), web.console.clone());
        listeners.push(Listener { socket, tls: None, router });
    }
    readiness.set(true);
    let limits = Limits::for_files(open_files());
    let served = firstkey_web::serve(listeners, limits, proxies, wait(stopped.clone()));
    let serving = tokio::spawn(served);
    tell_ready();
    // It reads ten megabytes, for which the first answer need not wait.
    duties::look_after_metadata(&mut loops, &app, &stopped);
    if options.demo {
        firstkey_demo::seed(&app).await.map_err(CommandError::failed)?;
    }
    greet(&config, &log.to_string(), is_new, demo.as_ref());
    if let Err(error) = relay_answers(&config).await {
        println!(
            "\nThe mail relay {}:{} does not answer ({error}). Letters wait until it does.",
            config.mail.host, config.mail.port
        );
    }
    let guide = tokio::spawn(guide_setup(app.clone(), folder.clone(), options.demo));

    interrupted().await;
    tell_stopping();
    readiness.set(false);
    let _ = stop.send(true);
    guide.abort();
    let _ = serving.await;
    let _ = control.await;
    while loops.join_next().await.is_some() {}
    app.store().close().await;
    Ok(ExitCode::SUCCESS)
}

fn trusted_proxies(config: &Config) -> Result<TrustedProxies, CommandError> {
    let networks = config.trusted_proxies().map_err(CommandError::failed)?;
    Ok(TrustedProxies(networks.into()))
}

async fn wait(mut stopped: watch::Receiver<bool>) {
    // The sender lives until the server has stopped.
    let _ = stopped.changed().await;
}

async fn relay_answers(config: &Config) -> io::Result<()> {
    let connecting = TcpStream::connect((config.mail.host.as_str(), config.mail.port));
    tokio::time::timeout(Duration::from_secs(3), connecting).await??;
    Ok(())
}

/// A write beyond the limit of a file's size fails, and the store says so; by default the signal would
/// end the process first (setrlimit(2)). Whoever listens to a signal replaces its default.
fn outlive_file_size_limit() -> io::Result<()> {
    signal(SignalKind::from_raw(Signal::SIGXFSZ as i32)).map(drop)
}

async fn interrupted() {
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

fn log_to_terminal(config: &Config) -> Result<(), CommandError> {
    let filter = EnvFilter::try_new(&config.logging.level)
        .map_err(|error| CommandError::said(format!("logging.level: {error}")))?;
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    let started = match config.logging.format {
        LogFormat::Json => subscriber.json().try_init(),
        LogFormat::Text => subscriber.with_target(false).try_init(),
    };
    started.map_err(CommandError::failed)
}

pub fn channel(config: &Config) -> Result<SmtpChannel<HostClock>, CommandError> {
    let credentials = SmtpCredentials::from_environment(|name| std::env::var(name).ok())
        .map_err(CommandError::failed)?;
    let authority = &config.mail.authority;
    let authority = if authority.as_os_str().is_empty() {
        None
    } else {
        let read = std::fs::read(authority);
        Some(read.map_err(|error| {
            CommandError::said(format!("mail.authority {}: {error}", authority.display()))
        })?)
    };
    let smtp = SmtpConfig {
        host: config.mail.host.clone(),
        port: config.mail.port,
        tls: match config.mail.tls {
            MailTls::Implicit => SmtpTls::Implicit,
            MailTls::Starttls => SmtpTls::Starttls,
            MailTls::None => SmtpTls::None,
        },
        authority,
        credentials,
        from: config.mail.from.clone(),
        deadline: Duration::from_secs(30),
        keep: AT_ONCE,
    };
    SmtpChannel::new(smtp, HostClock).map_err(CommandError::failed)
}

fn greet(config: &Config, log: &str, is_new: bool, demo: Option<&Demo>) {
    println!("Firstkey serves.");
    println!("  People who join: {}", config.server.join_origin);
    println!("  Everybody else:  {}", config.server.console_origin);
    if let Some(demo) = demo {
        println!("  Mailbox:         {}", demo.page());
        println!("  This is a demo: one synced passkey is enough for its administrator.");
    }
    if config.has_unnamed_proxy() {
        println!("\n{UNNAMED_PROXY}");
    }
    if is_new {
        println!("\nThe RP ID is {} and can never change.", config.server.rp_id);
        println!("Keep the log's public key where this server cannot change it:\n  {log}");
    }
}

/// Helps whoever starts an empty Firstkey to its first administrator.
async fn guide_setup(app: Arc<HostApp>, folder: Arc<DataFolder>, is_demo: bool) {
    if let Err(error) = try_guide_setup(&app, &folder, is_demo).await {
        println!("{error}");
    }
}

async fn try_guide_setup(
    app: &HostApp,
    folder: &DataFolder,
    is_demo: bool,
) -> Result<(), CommandError> {
    let administrators = app.store().people_with_role(Role::Administrator).await?;
    if administrators.iter().any(|person| person.authenticators > 0) {
        return Ok(());
    }
    if !is_demo {
        println!("\nThere is no administrator yet. In another terminal, run: firstkey setup");
        return Ok(());
    }
    let mut server = control::connect(folder)
        .await
        .ok_or_else(|| CommandError::said("the control socket does not answer"))?;
    let person = Some(firstkey_demo::ADMINISTRATOR.to_owned());
    let (enrollment, address) =
        setup::link(&mut server, &Request::Setup { person, new: None }).await?;
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        println!(
            "\nYou are {}, the administrator. Open this link within 15 minutes:",
            firstkey_demo::ADMINISTRATOR_NAME
        );
        println!("\n  {address}\n");
        setup::ask_codes(&mut server, &enrollment).await?;
    } else {
        let path = setup::leave(folder, &enrollment, &address)?;
        println!(
            "\nThe administrator's setup link is in {}; it is good for 15 minutes.\n\
             Then run: firstkey setup --data {} --code <the six digits on that screen>",
            path.display(),
            folder.path().display()
        );
    }
    Ok(())
}
