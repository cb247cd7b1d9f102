//! The demo's own servers: the mail sink and the page that shows the mailbox.

use std::{io, net::SocketAddr};

use tokio::{net::TcpListener, task::JoinSet};

use crate::mailbox::{self, Mailbox, SmtpSink};

/// The port of the mailbox page, when it is free.
const PAGE_PORT: u16 = 8025;

/// The demo's own servers. They end when this is dropped.
#[derive(Debug)]
pub struct Demo {
    /// Where letters are taken, by SMTP.
    pub mail: SocketAddr,
    /// Where the mailbox page is.
    pub mailbox: SocketAddr,
    _servers: JoinSet<()>,
}

impl Demo {
    /// Starts them on loopback.
    pub async fn start() -> io::Result<Self> {
        let mailbox = Mailbox::new();
        let sink = TcpListener::bind(("127.0.0.1", 0)).await?;
        let page = match TcpListener::bind(("127.0.0.1", PAGE_PORT)).await {
            Ok(page) => page,
            Err(_) => TcpListener::bind(("127.0.0.1", 0)).await?,
        };
        let (mail, page_address) = (sink.local_addr()?, page.local_addr()?);
        let mut servers = JoinSet::new();
        let router = mailbox::router(mailbox.clone());
        servers.spawn(async move {
            if let Err(error) = SmtpSink::new(mailbox).serve(sink).await {
                tracing::error!(event = "demo.mail_stopped", %error, "the demo takes no more mail");
            }
        });
        servers.spawn(async move {
            if let Err(error) = axum::serve(page, router).await {
                tracing::error!(event = "demo.mailbox_stopped", %error, "the mailbox page stopped");
            }
        });
        Ok(Self { mail, mailbox: page_address, _servers: servers })
    }

    /// The address of the mailbox page.
    pub fn page(&self) -> String {
        format!("http://localhost:{}", self.mailbox.port())
    }
}
