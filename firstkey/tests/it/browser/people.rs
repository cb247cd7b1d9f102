//! What the people of the demo do, step by step, where the step itself is not what a test is about.

use std::time::Duration;

use firstkey_testkit::browser::{PATIENCE, Page};

use super::stage::{Somebody, Stage};

/// The administrator's mailbox. She sponsors the next three.
pub const ANA: &str = "m-001";
/// A joiner's mailbox and name.
pub const TOMAS: Joiner = Joiner { mailbox: "m-002", name: "Tomás Lindqvist" };
/// Another joiner.
pub const LUCJA: Joiner = Joiner { mailbox: "m-003", name: "Łucja Nowak" };
/// A third one.
pub const MEHMET: Joiner = Joiner { mailbox: "m-004", name: "Mehmet Özdemir" };

/// Somebody who joins.
#[derive(Clone, Copy)]
pub struct Joiner {
    pub mailbox: &'static str,
    pub name: &'static str,
}

/// Longer than any step takes that the server does by itself.
pub const SOON: Duration = PATIENCE;

impl Stage {
    /// The link in the newest invitation.
    pub async fn invitation(&self, joiner: Joiner) -> String {
        self.link_to(joiner.mailbox, "Ana Duarte is expecting you").await
    }

    /// The administrator, enrolled by the terminal and signed in on the console.
    pub async fn administrator(&self) -> Somebody {
        let ana = self.at_a_desk().await;
        let digits = begin(&ana.page, &self.server.setup_link()).await;
        self.type_into_terminal(&digits);
        make_passkey(&ana.page).await;
        self.sign_in(&ana.page).await;
        ana
    }

    /// Vouches by the terminal, which must accept the digits.
    pub fn type_into_terminal(&self, digits: &str) {
        let typed = self.server.run(&["setup", "--code", digits]);
        assert!(typed.status.success(), "{typed:?}");
    }

    /// Signs in on the console with the passkey that the tab's device holds.
    pub async fn sign_in(&self, page: &Page) {
        page.goto(&format!("{}/sign-in", self.server.console)).await.unwrap();
        // The browser offers the passkey by itself, and this device takes every offer.
        page.wait_for_text("Sign out").await.unwrap();
    }

    /// The sponsor's page about a joiner.
    pub async fn go_to_waiting(&self, sponsor: &Page, joiner: Joiner) {
        sponsor.goto(&format!("{}/waiting", self.server.console)).await.unwrap();
        sponsor.click(&format!("text={}", joiner.name)).await.unwrap();
        sponsor.wait_for_text(joiner.name).await.unwrap();
    }

    /// The sponsor confirms what is asked and signs.
    pub async fn vouch(&self, sponsor: &Page, joiner: Joiner, digits: &str) {
        self.go_to_waiting(sponsor, joiner).await;
        fill_approval(sponsor, digits).await;
        sponsor.click("text=Confirm with my passkey").await.unwrap();
        sponsor.wait_for_text("Signed.").await.unwrap();
    }

    /// A joiner holds a passkey on their phone, met by the sponsor.
    pub async fn enroll(&self, sponsor: &Page, joiner: Joiner) -> Somebody {
        let somebody = self.with_a_phone().await;
        let digits = begin(&somebody.page, &self.invitation(joiner).await).await;
        self.vouch(sponsor, joiner, &digits).await;
        make_passkey(&somebody.page).await;
        somebody
    }
}

/// Opens a link and presses Begin; the digits that are shown then.
pub async fn begin(page: &Page, link: &str) -> String {
    page.goto(link).await.unwrap();
    page.click("text=Begin").await.unwrap();
    digits(page).await
}

/// The digits on the page, as they are read aloud, without the spaces.
pub async fn digits(page: &Page) -> String {
    page.wait_for("[data-code] span", SOON).await.unwrap();
    let spoken = "document.querySelector('[data-code-spoken]').textContent";
    let digits = page.eval::<String>(spoken).await.unwrap().replace(' ', "");
    assert_eq!(digits.len(), 6, "{digits}");
    digits
}

/// Other digits than these.
pub fn wrong(digits: &str) -> String {
    let number: u32 = digits.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

/// Confirms every line of the checklist and types the digits.
pub async fn fill_approval(sponsor: &Page, digits: &str) {
    for line in ["started_by_me", "known_channel", "recognised"] {
        sponsor.click(&format!("input[name={line}]")).await.unwrap();
    }
    sponsor.fill("#code", digits).await.unwrap();
}

/// Makes the passkey, presses it once more, and sees that it works.
pub async fn make_passkey(page: &Page) {
    page.click("text=Make my passkey").await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
}
