//! STARTTLS (RFC 3207), and who may stand in the way of it.

use std::sync::{Arc, Mutex};

use firstkey_connectors::smtp::{SmtpChannel, SmtpConfig, SmtpTls};
use firstkey_ports::{Channel, ChannelError};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

use crate::{
    relay::identity,
    smtp::{Noon, config, letter},
};

/// What the relay, or whoever stands in its way, does with STARTTLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conduct {
    /// Offers it and does it.
    Honest,
    /// Offers everything else: somebody on the way took it out.
    Stripped,
    /// Offers it and says no: somebody on the way answered.
    Refused,
    /// Offers it, says yes, and goes on in the clear.
    Pretended,
    /// Does it, and before that says in the clear what is to be taken for what came after.
    Injected,
}

/// A relay that keeps what it hears.
struct Relay {
    port: u16,
    in_the_clear: Arc<Mutex<Vec<String>>>,
    under_tls: Arc<Mutex<Vec<String>>>,
}

impl Relay {
    /// One with a certificate for `name`; and the PEM of the authority that signed it.
    async fn start(name: &str, conduct: Conduct) -> (Self, Vec<u8>) {
        let (acceptor, authority) = identity(name);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let relay = Self { port, in_the_clear: Arc::default(), under_tls: Arc::default() };
        let heard = (relay.in_the_clear.clone(), relay.under_tls.clone());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (clear, tls) = heard.clone();
                tokio::spawn(serve(stream, conduct, acceptor.clone(), clear, tls));
            }
        });
        (relay, authority)
    }

    fn channel(&self, authority: Vec<u8>) -> SmtpChannel<Noon> {
        let config = SmtpConfig {
            host: "localhost".into(),
            tls: SmtpTls::Starttls,
            authority: Some(authority),
            ..config(self.port)
        };
        SmtpChannel::new(config, Noon).unwrap()
    }

    fn verbs(heard: &Mutex<Vec<String>>) -> Vec<String> {
        let heard = heard.lock().unwrap();
        heard.iter().map(|line| line.split([' ', ':']).next().unwrap().to_owned()).collect()
    }
}

async fn serve(
    stream: TcpStream,
    conduct: Conduct,
    acceptor: TlsAcceptor,
    clear: Arc<Mutex<Vec<String>>>,
    tls: Arc<Mutex<Vec<String>>>,
) {
    let mut stream = BufReader::new(stream);
    if stream.write_all(b"220 relay\r\n").await.is_err() {
        return;
    }
    let offer = match conduct {
        Conduct::Stripped => "250-relay\r\n250 XXXXXXXA",
        _ => "250-relay\r\n250 STARTTLS",
    };
    if !converse(&mut stream, offer, conduct, &clear).await {
        return;
    }
    // What the client said before the handshake is not to be taken for what it says after.
    assert!(stream.buffer().is_empty());
    if let Ok(stream) = acceptor.accept(stream.into_inner()).await {
        let offer = "250-relay\r\n250 8BITMIME";
        converse(&mut BufReader::new(stream), offer, Conduct::Honest, &tls).await;
    }
}

/// Answers until the client goes away; or true, when TLS is to begin.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
    offer: &str,
    conduct: Conduct,
    heard: &Mutex<Vec<String>>,
) -> bool {
    let mut in_letter = false;
    loop {
        let mut line = String::new();
        if !matches!(stream.read_line(&mut line).await, Ok(read) if read > 0) {
            return false;
        }
        let line = line.trim_end().to_owned();
        heard.lock().unwrap().push(line.clone());
        let answer = match line.split(' ').next().unwrap() {
            "." => "250 taken",
            _ if in_letter => continue,
            "EHLO" => offer,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            "STARTTLS" => match conduct {
                Conduct::Refused => "454 not now",
                Conduct::Injected => "220 go on\r\n250-injected\r\n250 AUTH PLAIN",
                _ => "220 go on",
            },
            _ => "250 ok",
        };
        in_letter = answer.starts_with("354");
        let is_sent = stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_ok();
        if !is_sent || stream.flush().await.is_err() {
            return false;
        }
        if line == "STARTTLS" && matches!(conduct, Conduct::Honest | Conduct::Injected) {
            return true;
        }
    }
}

#[tokio::test]
async fn after_starttls_all_goes_under_tls_beginning_with_the_greeting() {
    let (relay, authority) = Relay::start("localhost", Conduct::Honest).await;
    let channel = relay.channel(authority);
    channel.carry(&letter()).await.unwrap();
    // And the connection serves the next one too.
    channel.carry(&letter()).await.unwrap();
    assert_eq!(Relay::verbs(&relay.in_the_clear), ["EHLO", "STARTTLS"]);
    let heard = Relay::verbs(&relay.under_tls);
    assert_eq!(heard[..4], ["EHLO", "MAIL", "RCPT", "DATA"]);
    assert_eq!(heard.iter().filter(|verb| *verb == "DATA").count(), 2);
}

#[tokio::test]
async fn a_relay_of_another_name_or_authority_hears_nothing() {
    let (other, authority) = Relay::start("mail.example.org", Conduct::Honest).await;
    let (unknown, _) = Relay::start("localhost", Conduct::Honest).await;
    let (_, someone_elses) = identity("localhost");
    for (relay, authority) in [(other, authority), (unknown, someone_elses)] {
        let refused = relay.channel(authority).carry(&letter()).await.unwrap_err();
        assert!(matches!(refused, ChannelError::Later(_)), "{refused}");
        assert_eq!(Relay::verbs(&relay.in_the_clear), ["EHLO", "STARTTLS"]);
        assert!(relay.under_tls.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn whoever_stands_in_the_way_of_starttls_gets_no_letter() {
    for conduct in [Conduct::Stripped, Conduct::Refused, Conduct::Pretended] {
        let (relay, authority) = Relay::start("localhost", conduct).await;
        let channel = relay.channel(authority);
        let refused = channel.carry(&letter()).await.unwrap_err();
        assert!(matches!(refused, ChannelError::Later(_)), "{conduct:?} {refused}");
        let heard = Relay::verbs(&relay.in_the_clear);
        let commands = heard.iter().filter(|verb| verb.is_ascii() && verb.len() > 3);
        let commands: Vec<_> = commands.map(String::as_str).collect();
        for said in ["MAIL", "RCPT", "DATA", "AUTH"] {
            assert!(!commands.contains(&said), "{conduct:?} {heard:?}");
        }
        assert!(relay.under_tls.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_was_said_in_the_clear_is_not_taken_for_what_comes_under_tls() {
    let (relay, authority) = Relay::start("localhost", Conduct::Injected).await;
    let outcome = relay.channel(authority).carry(&letter()).await;
    assert!(matches!(outcome, Err(ChannelError::Later(_))), "{outcome:?}");
    assert!(!Relay::verbs(&relay.under_tls).contains(&"MAIL".to_owned()));
}
