//! `firstkey.toml`: every key, its meaning and its default. Unknown keys are fatal; the environment
//! overrides (`FIRSTKEY_SERVER__LISTEN` is `server.listen`).

mod android;
mod example;
mod parts;
mod roots;
mod tls;

use std::{net::SocketAddr, path::Path};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use firstkey_app::{Settings, Site, SiteError};
use firstkey_web::edge::{Network, NetworkError};
use jiff::SignedDuration;

pub use example::EXAMPLE;
pub use parts::{Config, LogFormat, MailTls};
pub use tls::TlsError;

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A key is unknown, missing or of the wrong kind.
    #[error("{0}")]
    Unreadable(Box<figment::Error>),
    /// The file that was asked for is not there.
    #[error("there is no configuration file {0}; `firstkey config example` prints one")]
    NoFile(std::path::PathBuf),
    /// Browsers could not work with it.
    #[error("server: {0}")]
    Site(#[from] SiteError),
    /// Something that is no hash of a certificate.
    #[error(
        "server.android_apps: {0:?} is not the SHA-256 of a certificate, neither 43 characters of \
         base64url nor 32 bytes as keytool prints them (E3:B0:C4:…)"
    )]
    NoCertificate(String),
    /// A number is outside of what is safe or sensible.
    #[error("{key} must be between {least} and {most}")]
    Range {
        /// The key.
        key: &'static str,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Rule of the standard: only HTTPS, or plain HTTP that never leaves this machine.
    #[error(
        "{0} can be reached by other machines, and what is served there is plain HTTP: set \
         tls.certificate and tls.key, or acme.directory, or listen on 127.0.0.1 behind a proxy that \
         speaks HTTPS, or name your proxies in server.trusted_proxies"
    )]
    Exposed(SocketAddr),
    /// About HTTPS.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Something that is no network.
    #[error("server.trusted_proxies: {0:?}: {1}")]
    NoNetwork(String, NetworkError),
    /// Whoever connects could say that they speak for anybody.
    #[error(
        "server.trusted_proxies: {0} is not a network of proxies but nearly everybody, and whoever is \
         trusted may claim any address; name the addresses of your own proxies"
    )]
    TrustsEverybody(Network),
    /// A root that is none.
    #[error("attestation.metadata_roots: {0}: {1}")]
    NoRoot(std::path::PathBuf, String),
    /// No pattern makes unique names.
    #[error(
        "user_names.patterns needs one with {{n}}, so that two people of one name both get one"
    )]
    NoNumber,
}

impl Config {
    /// Reads the file, if it is there, and the environment over it.
    pub fn load(file: &Path, is_default: bool) -> Result<Self, ConfigError> {
        if !is_default && !file.exists() {
            return Err(ConfigError::NoFile(file.to_owned()));
        }
        let mut keys = Figment::from(Serialized::defaults(Self::default()));
        if file.exists() {
            keys = keys.merge(Toml::file_exact(file));
        }
        let config: Self = keys
            // Only names with a part in them: FIRSTKEY_CONFIG and secrets are not keys.
            .merge(Env::prefixed("FIRSTKEY_").filter(|key| key.as_str().contains("__")).split("__"))
            .extract()
            .map_err(|error| ConfigError::Unreadable(Box::new(error)))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let range = |key, value: u32, least, most| {
            if (least..=most).contains(&value) {
                Ok(())
            } else {
                Err(ConfigError::Range { key, least, most })
            }
        };
        let enrollment = &self.enrollment;
        range("enrollment.invitation_days", enrollment.invitation_days, 1, 60)?;
        range("enrollment.pass_minutes", enrollment.pass_minutes, 1, 10)?;
        range("enrollment.additional_minutes", enrollment.additional_minutes, 5, 1440)?;
        range("enrollment.lead_hours", enrollment.lead_hours, 0, 24 * 60)?;
        range("sessions.hours", self.sessions.hours, 1, 24)?;
        range("sessions.idle_minutes", self.sessions.idle_minutes, 1, 60)?;
        if !self.user_names.patterns.iter().any(|pattern| pattern.contains("{n}")) {
            return Err(ConfigError::NoNumber);
        }
        let listen = self.server.listen;
        self.trusted_proxies()?;
        self.check_tls()?;
        self.check_exposure(listen)?;
        self.site()?;
        Ok(())
    }

    /// Whether the site may be served on this address.
    pub fn check_exposure(&self, address: SocketAddr) -> Result<(), ConfigError> {
        let is_protected = self.speaks_tls() || !self.server.trusted_proxies.is_empty();
        if address.ip().is_loopback() || is_protected {
            Ok(())
        } else {
            Err(ConfigError::Exposed(address))
        }
    }

    /// Listens elsewhere; default origins follow with their port.
    pub fn listen_on(&mut self, listen: SocketAddr) {
        let defaults = parts::Server::default();
        let server = &mut self.server;
        for (origin, default) in [
            (&mut server.join_origin, &defaults.join_origin),
            (&mut server.console_origin, &defaults.console_origin),
        ] {
            if origin == default {
                *origin = default.replace(":8080", &format!(":{}", listen.port()));
            }
        }
        server.listen = listen;
    }

    /// Networks whose proxies are believed.
    pub fn trusted_proxies(&self) -> Result<Vec<Network>, ConfigError> {
        let read = |text: &String| {
            let network: Network =
                text.parse().map_err(|error| ConfigError::NoNetwork(text.clone(), error))?;
            if network.is_everybody() {
                return Err(ConfigError::TrustsEverybody(network));
            }
            Ok(network)
        };
        self.server.trusted_proxies.iter().map(read).collect()
    }

    /// Whether a proxy must stand before this server, and nothing says which: then all clients look
    /// like one.
    pub fn has_unnamed_proxy(&self) -> bool {
        self.server.join_origin.starts_with("https://")
            && self.server.trusted_proxies.is_empty()
            && !self.speaks_tls()
    }

    /// Where Firstkey lives.
    pub fn site(&self) -> Result<Site, ConfigError> {
        let server = &self.server;
        let mut site = Site::new(
            &server.rp_id,
            &server.join_origin,
            &server.console_origin,
            &self.organisation.name,
        )?;
        for app in self.android_apps()? {
            site = site.with_android_app(&app)?;
        }
        for origin in &server.related_origins {
            site = site.with_related_origin(origin)?;
        }
        Ok(site)
    }

    /// The origins of Android apps in which people may sign in.
    pub fn android_apps(&self) -> Result<Vec<String>, ConfigError> {
        let read =
            |text: &String| android::origin(text).ok_or(ConfigError::NoCertificate(text.clone()));
        self.server.android_apps.iter().map(read).collect()
    }

    /// How long things last, and whom to believe about models of authenticators. Reads the files of
    /// roots that it names.
    pub fn settings(&self) -> Result<Settings, ConfigError> {
        let hours = |hours: u32| SignedDuration::from_hours(i64::from(hours));
        let minutes = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
        Ok(Settings {
            invitation_lifetime: hours(self.enrollment.invitation_days * 24),
            pass_lifetime: minutes(self.enrollment.pass_minutes),
            additional_lifetime: minutes(self.enrollment.additional_minutes),
            lead_time: hours(self.enrollment.lead_hours),
            session_lifetime: hours(self.sessions.hours),
            session_idle: minutes(self.sessions.idle_minutes),
            user_name_patterns: self.user_names.patterns.clone(),
            metadata_roots: roots::read(&self.attestation.metadata_roots)?.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::PathBuf};

    use super::*;

    fn load(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("firstkey.toml");
        fs::write(&file, text).unwrap();
        Config::load(&file, false)
    }

    #[test]
    fn the_example_holds_every_key_with_its_default() {
        assert_eq!(load(EXAMPLE).unwrap(), Config::default());
        let shown: toml_keys::Keys = toml_keys::of(&Config::default());
        for key in shown {
            assert!(EXAMPLE.contains(&format!("\n{key} = ")), "{key} is not in the example");
        }
    }

    /// The names of all keys, without their parts.
    mod toml_keys {
        use super::Config;

        pub type Keys = Vec<String>;

        pub fn of(config: &Config) -> Keys {
            let value = serde_json::to_value(config).unwrap();
            let parts = value.as_object().unwrap().values();
            parts.flat_map(|part| part.as_object().unwrap().keys().cloned()).collect()
        }
    }

    #[test]
    fn an_unknown_key_is_fatal_and_named() {
        let error = load("[server]\nlisten_on = \"127.0.0.1:1\"\n").unwrap_err().to_string();
        assert!(error.contains("listen_on"), "{error}");
    }

    #[test]
    fn a_pass_never_lives_longer_than_ten_minutes() {
        let error = load("[enrollment]\npass_minutes = 11\n").unwrap_err().to_string();
        assert_eq!(error, "enrollment.pass_minutes must be between 1 and 10");
    }

    #[test]
    fn plain_http_is_not_offered_to_other_machines() {
        assert!(matches!(
            load("[server]\nlisten = \"0.0.0.0:80\"\n"),
            Err(ConfigError::Exposed(_))
        ));
    }

    #[test]
    fn https_takes_two_files_and_two_origins() {
        let origins = "join_origin = \"https://join.firstkey.localhost\"\n\
                       console_origin = \"https://console.firstkey.localhost\"";
        let with = |server: &str, tls: &str| {
            load(&format!("[server]\nlisten = \"0.0.0.0:443\"\n{server}\n[tls]\n{tls}\n"))
        };
        let pair = "certificate = \"a.pem\"\nkey = \"b.pem\"";
        let good = with(origins, &format!("{pair}\nredirect = \"0.0.0.0:80\"")).unwrap();
        assert!(good.speaks_tls() && !good.has_unnamed_proxy());
        let refused =
            |server: &str, tls: &str| with(server, tls).map(drop).unwrap_err().to_string();
        assert!(refused(origins, "key = \"b.pem\"").contains("go together"));
        assert!(refused("", pair).contains("server.join_origin must begin with https://"));
        assert!(refused(origins, "redirect = \"0.0.0.0:80\"").contains("must be set"));
        let same = format!("{pair}\nredirect = \"127.0.0.1:443\"");
        assert!(refused(origins, &same).contains("must differ"));
        assert!(refused(origins, &format!("{pair}\nredirect = \"80\"")).contains("no address"));
        assert!(refused(origins, "").contains("can be reached by other machines"));

        let acme = "[acme]\ndirectory = \"https://acme.example/dir\"";
        assert!(with(origins, &format!("{acme}\nterms_agreed = true")).unwrap().speaks_tls());
        assert!(refused(origins, acme).contains("set acme.terms_agreed = true"));
        let both = format!("{pair}\n{acme}\nterms_agreed = true");
        assert!(refused(origins, &both).contains("set one"));
        assert!(refused(origins, &acme.replace("https", "http")).contains("must begin with https"));
    }

    #[test]
    fn other_origins_are_those_that_browsers_and_apps_have() {
        let refused = |line: &str| load(&format!("[server]\n{line}\n")).unwrap_err().to_string();
        let error = refused("android_apps = [\"com.example.app\"]");
        assert!(error.starts_with("server.android_apps: \"com.example.app\" is not"), "{error}");
        let error = refused("related_origins = [\"example.net\"]");
        assert_eq!(error, "server: \"example.net\" is not an https origin as browsers write it");
        let six = (1..=6).map(|number| format!("\"https://a{number}.net\""));
        let six = six.collect::<Vec<_>>().join(", ");
        let error = refused(&format!("related_origins = [{six}]"));
        assert!(error.contains("more than 5 host names"), "{error}");
    }

    #[test]
    fn a_file_that_was_asked_for_must_be_there() {
        let missing = Path::new("/nonexistent/firstkey.toml");
        assert!(matches!(Config::load(missing, false), Err(ConfigError::NoFile(_))));
        assert_eq!(Config::load(missing, true).unwrap(), Config::default());
    }
}
