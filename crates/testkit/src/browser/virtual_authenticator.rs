//! Authenticators that Chromium pretends are there.
//!
//! See the `WebDriver` extension of WebAuthn L3 <https://www.w3.org/TR/webauthn-3/#sctn-automation>.

use chromiumoxide::cdp::browser_protocol::web_authn::{
    AddCredentialParams, AddVirtualAuthenticatorParams, AuthenticatorId, AuthenticatorProtocol,
    AuthenticatorTransport, Credential, Ctap2Version, EnableParams, GetCredentialsParams,
    RemoveVirtualAuthenticatorParams, SetUserVerifiedParams, VirtualAuthenticatorOptions,
};

use super::error::{BrowserError, Doing as _};
use super::page::Page;

/// What kind of authenticator a person has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthenticatorKind {
    /// Built into the device, and its passkeys are synchronised: BE and BS are set.
    SyncedPasskey,
    /// Built into the device, and its passkeys stay there.
    DevicePasskey,
    /// A key on USB that holds passkeys and verifies its user.
    SecurityKey,
}

/// An authenticator that answers at once on one page, across all documents shown there.
pub struct VirtualAuthenticator<'a> {
    page: &'a Page,
    kind: AuthenticatorKind,
    id: AuthenticatorId,
}

impl Page {
    /// Gives this tab an authenticator, in place of the machine's own.
    pub async fn virtual_authenticator(
        &self,
        kind: AuthenticatorKind,
    ) -> Result<VirtualAuthenticator<'_>, BrowserError> {
        self.tab.execute(EnableParams::default()).await.doing("enabling WebAuthn")?;
        let add = AddVirtualAuthenticatorParams::new(kind.options());
        let added = self.tab.execute(add).await.doing("adding an authenticator")?;
        Ok(VirtualAuthenticator { page: self, kind, id: added.result.authenticator_id })
    }
}

impl AuthenticatorKind {
    fn options(self) -> VirtualAuthenticatorOptions {
        let is_synced = self == Self::SyncedPasskey;
        let transport = match self {
            Self::SyncedPasskey | Self::DevicePasskey => AuthenticatorTransport::Internal,
            Self::SecurityKey => AuthenticatorTransport::Usb,
        };
        VirtualAuthenticatorOptions {
            ctap2_version: Some(Ctap2Version::Ctap21),
            has_resident_key: Some(true),
            has_user_verification: Some(true),
            automatic_presence_simulation: Some(true),
            is_user_verified: Some(true),
            default_backup_eligibility: Some(is_synced),
            default_backup_state: Some(is_synced),
            ..VirtualAuthenticatorOptions::new(AuthenticatorProtocol::Ctap2, transport)
        }
    }
}

impl VirtualAuthenticator<'_> {
    /// Makes verification of the user succeed, as it does at first, or fail.
    pub async fn set_user_verified(&self, verified: bool) -> Result<(), BrowserError> {
        let set = SetUserVerifiedParams::new(self.id.clone(), verified);
        self.page.tab.execute(set).await.doing("setting user verification")?;
        Ok(())
    }

    /// The identifiers of the credentials it holds.
    pub async fn credential_ids(&self) -> Result<Vec<String>, BrowserError> {
        let credentials = self.credentials().await?;
        Ok(credentials
            .into_iter()
            .map(|credential| String::from(credential.credential_id))
            .collect())
    }

    /// An authenticator of the same kind with the same credentials in another tab: the same device in
    /// front of another page. From here on their signature counters go separate ways.
    pub async fn copy_to<'b>(
        &self,
        page: &'b Page,
    ) -> Result<VirtualAuthenticator<'b>, BrowserError> {
        let copy = page.virtual_authenticator(self.kind).await?;
        for credential in self.credentials().await? {
            let add = AddCredentialParams::new(copy.id.clone(), credential);
            page.tab.execute(add).await.doing("copying a credential")?;
        }
        Ok(copy)
    }

    /// Takes it away.
    pub async fn remove(self) -> Result<(), BrowserError> {
        let remove = RemoveVirtualAuthenticatorParams::new(self.id);
        self.page.tab.execute(remove).await.doing("removing an authenticator")?;
        Ok(())
    }

    async fn credentials(&self) -> Result<Vec<Credential>, BrowserError> {
        let get = GetCredentialsParams::new(self.id.clone());
        Ok(self.page.tab.execute(get).await.doing("listing credentials")?.result.credentials)
    }
}
