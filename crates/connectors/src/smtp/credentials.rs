//! Who Firstkey is to the relay.

use std::fmt;

use zeroize::Zeroizing;

/// The environment's variables that hold the credentials; a configuration file never does.
const USER: &str = "FIRSTKEY_SMTP_USER";
const PASSWORD: &str = "FIRSTKEY_SMTP_PASSWORD";

/// A relay's password. It cannot be printed, and its memory is overwritten when it is dropped.
#[derive(Clone)]
pub struct SmtpPassword(Zeroizing<String>);

/// User and password at the relay.
#[derive(Debug, Clone)]
pub struct SmtpCredentials {
    user: String,
    password: SmtpPassword,
}

/// One of the two variables is set and the other is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{set} is set and {missing} is not; set both or neither")]
pub struct MissingCredential {
    set: &'static str,
    missing: &'static str,
}

impl SmtpCredentials {
    /// Takes `FIRSTKEY_SMTP_USER` and `FIRSTKEY_SMTP_PASSWORD` from an environment, which the caller
    /// hands in as a look-up. `None` when neither is there.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, MissingCredential> {
        let present = |name| variable(name).filter(|value| !value.is_empty());
        match (present(USER), present(PASSWORD)) {
            (Some(user), Some(password)) => {
                Ok(Some(Self { user, password: SmtpPassword(Zeroizing::new(password)) }))
            }
            (None, None) => Ok(None),
            (Some(_), None) => Err(MissingCredential { set: USER, missing: PASSWORD }),
            (None, Some(_)) => Err(MissingCredential { set: PASSWORD, missing: USER }),
        }
    }

    /// In the form in which the mail library takes them. It keeps them for one connection.
    pub(super) fn to_wire(&self) -> lettre::transport::smtp::authentication::Credentials {
        (self.user.as_str(), self.password.0.as_str()).into()
    }
}

impl fmt::Debug for SmtpPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpPassword(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_credential_is_a_mistake_and_none_is_a_choice() {
        assert!(SmtpCredentials::from_environment(|_| None).unwrap().is_none());
        let half = SmtpCredentials::from_environment(|name| (name == USER).then(|| "u".into()));
        assert_eq!(
            half.unwrap_err().to_string(),
            "FIRSTKEY_SMTP_USER is set and FIRSTKEY_SMTP_PASSWORD is not; set both or neither"
        );
    }

    #[test]
    fn debug_does_not_show_the_password() {
        let both = SmtpCredentials::from_environment(|_| Some("s3cret".into())).unwrap().unwrap();
        let shown = format!("{:?}", both.password);
        assert_eq!(shown, "SmtpPassword(redacted)");
    }
}
