//! Passkeys made by authenticators that are not there.

use firstkey_testkit::browser::{AuthenticatorKind, Browser, Page};
use serde::Deserialize;

use super::site::Site;

/// Flags of authenticator data (WebAuthn L3 §6.1).
const UV: u8 = 0x04;
const BE: u8 = 0x08;
const BS: u8 = 0x10;

#[derive(Deserialize)]
struct Made {
    id: String,
    flags: u8,
    origin: String,
    attachment: Option<String>,
}

/// Makes a passkey for `firstkey.localhost`, as an enrollment page would.
async fn create(page: &Page) -> Made {
    page.eval(
        "navigator.credentials.create({ publicKey: {
            rp: { id: 'firstkey.localhost', name: 'Firstkey' },
            user: { id: new Uint8Array(16), name: 'ada', displayName: 'Ada' },
            challenge: new Uint8Array(32),
            pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
            authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        } }).then((made) => ({
            id: made.id,
            flags: new Uint8Array(made.response.getAuthenticatorData())[32],
            origin: JSON.parse(new TextDecoder().decode(made.response.clientDataJSON)).origin,
            attachment: made.authenticatorAttachment,
        }))",
    )
    .await
    .unwrap()
}

/// Signs in at whatever page is shown, without naming a credential.
async fn get(page: &Page) -> String {
    page.eval(
        "navigator.credentials.get({ publicKey: {
            rpId: 'firstkey.localhost', challenge: new Uint8Array(32), userVerification: 'required',
        } }).then(({ id }) => id)",
    )
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_made_at_the_join_page_signs_in_at_the_console() {
    let (site, browser) = (Site::start().await, Browser::launch().await.unwrap());
    let profile = browser.profile().await.unwrap();
    let join = profile.open(&site.join("/")).await.unwrap();
    let phone = join.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();

    let made = create(&join).await;
    assert_eq!(made.origin, site.join(""));
    assert_eq!(made.attachment.as_deref(), Some("platform"));
    assert_eq!(phone.credential_ids().await.unwrap().len(), 1);

    // In the same tab, in the other origin.
    join.goto(&site.console("/")).await.unwrap();
    assert_eq!(get(&join).await, made.id);

    // In another tab, with the same device.
    let console = profile.open(&site.console("/")).await.unwrap();
    phone.copy_to(&console).await.unwrap();
    assert_eq!(get(&console).await, made.id);
    console.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_authenticator_says_whether_its_passkeys_are_synchronised() {
    let (site, browser) = (Site::start().await, Browser::launch().await.unwrap());
    let profile = browser.profile().await.unwrap();
    for (kind, backup, attachment) in [
        (AuthenticatorKind::SyncedPasskey, BE | BS, "platform"),
        (AuthenticatorKind::DevicePasskey, 0, "platform"),
        (AuthenticatorKind::SecurityKey, 0, "cross-platform"),
    ] {
        let page = profile.open(&site.join("/")).await.unwrap();
        page.virtual_authenticator(kind).await.unwrap();
        let made = create(&page).await;
        assert_eq!(made.flags & (BE | BS), backup, "{kind:?}");
        assert_eq!(made.flags & UV, UV, "{kind:?}");
        assert_eq!(made.attachment.as_deref(), Some(attachment), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_is_not_verified_gets_no_passkey() {
    let (site, browser) = (Site::start().await, Browser::launch().await.unwrap());
    let page = browser.profile().await.unwrap().open(&site.join("/")).await.unwrap();
    let key = page.virtual_authenticator(AuthenticatorKind::SecurityKey).await.unwrap();
    key.set_user_verified(false).await.unwrap();
    let refused: String = page
        .eval(
            "navigator.credentials.create({ publicKey: {
                rp: { id: 'firstkey.localhost', name: 'Firstkey' },
                user: { id: new Uint8Array(16), name: 'ada', displayName: 'Ada' },
                challenge: new Uint8Array(32),
                pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
                authenticatorSelection: { userVerification: 'required' },
            } }).then(() => 'made', ({ name }) => name)",
        )
        .await
        .unwrap();
    assert_eq!(refused, "NotAllowedError");
}
