//! A running server, a browser, and the letters that arrive.

use firstkey_testkit::browser::{AuthenticatorKind, Browser, Page, Profile, Viewport};

use crate::server::Server;

/// The demo's organisation, and the machine in front of which its people sit.
pub struct Stage {
    pub server: Server,
    pub browser: Browser,
    mailbox: Page,
}

/// Somebody's own browser, in front of their own device.
pub struct Somebody {
    /// What this browser remembers.
    pub profile: Profile,
    /// The tab that they look at. It has the device's authenticator.
    pub page: Page,
}

impl Stage {
    pub async fn new() -> Self {
        let server = Server::start();
        let browser = Browser::launch().await.unwrap();
        let mailbox = browser.profile().await.unwrap().page().await.unwrap();
        Self { server, browser, mailbox }
    }

    /// Somebody with a phone that makes passkeys.
    pub async fn with_a_phone(&self) -> Somebody {
        self.somebody(AuthenticatorKind::SyncedPasskey, Viewport::PHONE).await
    }

    /// Somebody at a desk, whose computer makes passkeys.
    pub async fn at_a_desk(&self) -> Somebody {
        self.somebody(AuthenticatorKind::DevicePasskey, Viewport::DESKTOP).await
    }

    /// Somebody with this device.
    pub async fn somebody(&self, device: AuthenticatorKind, viewport: Viewport) -> Somebody {
        let profile = self.browser.profile().await.unwrap();
        let page = profile.page().await.unwrap();
        page.set_viewport(viewport).await.unwrap();
        page.virtual_authenticator(device).await.unwrap();
        Somebody { profile, page }
    }

    /// The link in the newest letter to this mailbox whose subject has these words.
    pub async fn link_to(&self, mailbox: &str, subject: &str) -> String {
        self.letters_to(mailbox, subject, 1).await
    }

    /// The link in the newest letter, once there are `count` of this kind.
    pub async fn letters_to(&self, mailbox: &str, subject: &str, count: usize) -> String {
        let letters = format!(
            "[...document.querySelectorAll('#letters li')].filter((letter) => \
             letter.textContent.includes('to {mailbox}@') && letter.textContent.includes('{subject}'))"
        );
        self.mailbox.goto(&self.server.mailbox).await.unwrap();
        self.mailbox.wait_until(&format!("{letters}.length >= {count}")).await.unwrap();
        // A frame in the letter waits until somebody looks at it, so the letter is read, not visited.
        let link = format!(
            "fetch({letters}[0].querySelector('a').href).then((letter) => letter.text()).then((html) => \
             new DOMParser().parseFromString(html, 'text/html').querySelector('.text a')?.href ?? '')"
        );
        self.mailbox.eval(&link).await.unwrap()
    }
}
