//! Letters over real sockets.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use firstkey_connectors::smtp::{
    SmtpChannel, SmtpConfig, SmtpConfigError, SmtpCredentials, SmtpTls,
};
use firstkey_demo::mailbox::{Mailbox, SmtpSink};
use firstkey_ports::{Channel, ChannelError, Clock, Letter, Reading};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::relay::{Relay, Reply, usual};

pub struct Noon;

impl Clock for Noon {
    fn read(&self) -> Reading {
        Reading { wall: "2026-03-31T12:00:00Z".parse().unwrap(), since_boot: Duration::ZERO }
    }
}

pub fn config(port: u16) -> SmtpConfig {
    SmtpConfig {
        host: "127.0.0.1".into(),
        port,
        tls: SmtpTls::None,
        authority: None,
        credentials: None,
        from: "Erster Tag bei Müller <firstday@example.org>".into(),
        deadline: Duration::from_secs(5),
        keep: 2,
    }
}

fn channel(port: u16) -> SmtpChannel<Noon> {
    SmtpChannel::new(config(port), Noon).unwrap()
}

pub fn letter() -> Letter {
    Letter {
        message_id: "018f-7@firstkey.example.org".into(),
        to: "ana.nunez@example.org".into(),
        subject: "Ana, tu primer día — 初日".into(),
        text: "Hello Ana Núñez 😀\r\n.\r\n..two dots\r\n.QUIT\r\n\
               https://join.example.org/i/0123456789#abcdefghijklmnopqrstuvwxyz=\r\n"
            .into(),
        html: "<p>Hello <b>Ana Núñez</b> 😀</p>\r\n.\r\n".into(),
    }
}

/// The demo's mail server at a port of its own choice, or at a given one.
async fn sink(port: u16) -> (u16, Mailbox, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mailbox = Mailbox::new();
    let sink = SmtpSink::new(mailbox.clone());
    let serving = tokio::spawn(async move { sink.serve(listener).await.unwrap() });
    (port, mailbox, serving)
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let (port, mailbox, _serving) = sink(0).await;
    let sent = letter();
    channel(port).carry(&sent).await.unwrap();

    let arrived = mailbox.next_for(&sent.to, 0).await;
    assert_eq!(arrived.from, "firstday@example.org");
    assert_eq!(arrived.to, [sent.to]);
    assert_eq!(arrived.message_id, sent.message_id);
    assert_eq!(arrived.subject, sent.subject);
    assert_eq!(arrived.text, sent.text);
    assert_eq!(arrived.html.as_deref(), Some(sent.html.as_str()));
    assert_eq!(arrived.date, Some("2026-03-31T12:00:00Z".parse().unwrap()));
    let raw = String::from_utf8(arrived.raw.clone()).unwrap();
    assert!(raw.contains("Auto-Submitted: auto-generated\r\n"));
}

#[tokio::test]
async fn a_relay_that_is_down_gets_the_letter_when_it_is_back() {
    let (port, _, serving) = sink(0).await;
    serving.abort();
    assert!(serving.await.unwrap_err().is_cancelled());
    let channel = channel(port);
    let refused = channel.carry(&letter()).await.unwrap_err();
    assert_eq!(refused, ChannelError::Later("the relay cannot be used (no connection)".into()));

    let (_, mailbox, _serving) = sink(port).await;
    channel.carry(&letter()).await.unwrap();
    channel.carry(&letter()).await.unwrap();
    let ids =
        mailbox.letters().iter().map(|arrived| arrived.message_id.clone()).collect::<Vec<_>>();
    assert_eq!(
        ids,
        [letter().message_id, letter().message_id],
        "repeats are recognised by their id"
    );
}

#[tokio::test]
async fn a_relay_that_restarts_between_two_letters_costs_none() {
    let (port, _, serving) = sink(0).await;
    let channel = channel(port);
    channel.carry(&letter()).await.unwrap();
    serving.abort();
    assert!(serving.await.unwrap_err().is_cancelled());

    let (_, mailbox, _serving) = sink(port).await;
    channel.carry(&letter()).await.unwrap();
    assert_eq!(mailbox.letters().len(), 1);
}

#[tokio::test]
async fn one_connection_serves_many_letters() {
    let relay = Relay::start(usual).await;
    let channel = channel(relay.port);
    for _ in 0..5 {
        channel.carry(&letter()).await.unwrap();
    }
    assert_eq!(relay.connections(), 1);
}

#[tokio::test]
async fn a_relay_that_ends_a_kept_connection_costs_no_letter() {
    // Some close after so many letters: here with the answer to the second one's first command.
    static LETTERS: AtomicUsize = AtomicUsize::new(0);
    let relay = Relay::start(|line| match line.split(' ').next() {
        Some("MAIL") if LETTERS.fetch_add(1, Ordering::SeqCst) % 2 == 1 => {
            Reply::Line("554 5.7.0 too many messages in one session")
        }
        _ => usual(line),
    })
    .await;
    let channel = channel(relay.port);
    for _ in 0..3 {
        channel.carry(&letter()).await.unwrap();
    }
    assert_eq!(relay.connections(), 3);
}

#[tokio::test]
async fn what_a_new_connection_refuses_is_refused() {
    // The first letter is taken; the next one is refused on its connection and on a new one.
    static LETTERS: AtomicUsize = AtomicUsize::new(0);
    let relay = Relay::start(|line| match line.split(' ').next() {
        Some("RCPT") if LETTERS.fetch_add(1, Ordering::SeqCst) >= 1 => {
            Reply::Line("550 5.1.1 unknown here")
        }
        _ => usual(line),
    })
    .await;
    let channel = channel(relay.port);
    channel.carry(&letter()).await.unwrap();
    assert_eq!(
        channel.carry(&letter()).await,
        Err(ChannelError::Never("the relay did not take the letter (SMTP 550)".into()))
    );
    assert_eq!(relay.connections(), 2);
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_never_tried_again_and_not_named() {
    let relay = Relay::start(|line| match line.split(' ').next() {
        Some("RCPT") => Reply::Line("550 5.1.1 <ana.nunez@example.org> unknown here"),
        _ => usual(line),
    })
    .await;
    let refused = channel(relay.port).carry(&letter()).await.unwrap_err();
    assert_eq!(refused, ChannelError::Never("the relay did not take the letter (SMTP 550)".into()));
}

#[tokio::test]
async fn a_relay_that_is_busy_is_tried_later() {
    let busy_at_once = Relay::start(|_| Reply::Line("421 4.3.2 closing")).await;
    let busy_at_end = Relay::start(|line| match line {
        "." => Reply::Line("451 4.3.0 <ana.nunez@example.org> greylisted"),
        _ => usual(line),
    })
    .await;
    assert_eq!(
        channel(busy_at_once.port).carry(&letter()).await,
        Err(ChannelError::Later("the relay cannot be used (SMTP 421)".into()))
    );
    assert_eq!(
        channel(busy_at_end.port).carry(&letter()).await,
        Err(ChannelError::Later("the relay did not take the letter (SMTP 451)".into()))
    );
}

#[tokio::test]
async fn a_relay_that_turns_us_away_loses_no_letter() {
    // Both are permanent answers, and neither says anything of the letter.
    let unknown = Relay::start(|_| Reply::Line("554 5.7.1 no service for you")).await;
    let asks = Relay::start(|line| match line.split(' ').next() {
        Some("MAIL") => Reply::Line("530 5.7.0 authentication required"),
        _ => usual(line),
    })
    .await;
    for port in [unknown.port, asks.port] {
        let refused = channel(port).carry(&letter()).await.unwrap_err();
        assert!(matches!(refused, ChannelError::Later(_)), "{refused}");
    }
}

#[tokio::test]
async fn a_wrong_password_leaves_letters_waiting_and_stays_secret() {
    let relay = Relay::start(|line| match line.split(' ').next() {
        Some("EHLO") => Reply::Line("250 AUTH PLAIN"),
        Some("AUTH") => Reply::Line("535 5.7.8 wrong"),
        _ => usual(line),
    })
    .await;
    let credentials = SmtpCredentials::from_environment(|name| Some(name.to_lowercase())).unwrap();
    let config = SmtpConfig { credentials, ..config(relay.port) };
    assert!(!format!("{config:?}").contains("firstkey_smtp_password"));
    let refused = SmtpChannel::new(config, Noon).unwrap().carry(&letter()).await.unwrap_err();
    assert_eq!(refused, ChannelError::Later("the relay cannot be used (SMTP 535)".into()));
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_not_taken_for_the_next_letters() {
    // Silent at the end of every letter: were a connection used again, the next letter would read on
    // it what was meant for this one.
    let relay = Relay::start(|line| if line == "." { Reply::Silence } else { usual(line) }).await;
    let config = SmtpConfig { deadline: Duration::from_millis(300), ..config(relay.port) };
    let channel = SmtpChannel::new(config, Noon).unwrap();
    for _ in 0..2 {
        let patience = Duration::from_secs(5);
        let refused =
            tokio::time::timeout(patience, channel.carry(&letter())).await.unwrap().unwrap_err();
        assert_eq!(refused, ChannelError::Later("the relay took longer than 300ms".into()));
    }
    assert_eq!(relay.connections(), 2);
}

#[tokio::test]
async fn a_relay_that_hangs_up_half_way_is_tried_later() {
    let relay = Relay::start(|line| if line == "." { Reply::HangUp } else { usual(line) }).await;
    let refused = channel(relay.port).carry(&letter()).await.unwrap_err();
    assert!(matches!(refused, ChannelError::Later(_)), "{refused}");
}

#[tokio::test]
async fn without_tls_no_letter_leaves_this_machine() {
    let beyond = SmtpConfig { host: "mail.example.org".into(), ..config(25) };
    let refused = SmtpChannel::new(beyond, Noon).err().unwrap();
    assert!(matches!(refused, SmtpConfigError::PlainBeyondLoopback));

    // A relay that does not offer STARTTLS, or from whose offer somebody took it.
    let (port, mailbox, _serving) = sink(0).await;
    let strict = SmtpConfig { tls: SmtpTls::Starttls, ..config(port) };
    let refused = SmtpChannel::new(strict, Noon).unwrap().carry(&letter()).await.unwrap_err();
    assert_eq!(
        refused,
        ChannelError::Later(
            "the relay cannot be used (it does not offer what is required of it)".into()
        )
    );
    assert!(mailbox.letters().is_empty());
}

#[tokio::test]
async fn a_relay_proves_by_its_certificate_who_it_is() {
    let (relay, authority) = Relay::start_tls(usual, "localhost").await;
    let tls = SmtpConfig {
        host: "localhost".into(),
        tls: SmtpTls::Implicit,
        authority: Some(authority),
        ..config(relay.port)
    };
    SmtpChannel::new(tls.clone(), Noon).unwrap().carry(&letter()).await.unwrap();

    let unknown = SmtpConfig { authority: None, ..tls };
    let refused = SmtpChannel::new(unknown, Noon).unwrap().carry(&letter()).await.unwrap_err();
    assert!(matches!(refused, ChannelError::Later(_)), "{refused}");

    let (other, authority) = Relay::start_tls(usual, "mail.example.org").await;
    let misnamed = SmtpConfig {
        host: "localhost".into(),
        tls: SmtpTls::Implicit,
        authority: Some(authority),
        ..config(other.port)
    };
    let refused = SmtpChannel::new(misnamed, Noon).unwrap().carry(&letter()).await.unwrap_err();
    assert!(matches!(refused, ChannelError::Later(_)), "{refused}");
}
