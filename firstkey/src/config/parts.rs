//! The parts of the configuration and their defaults.

use std::{net::SocketAddr, path::PathBuf};

use serde::{Deserialize, Serialize};

/// The whole configuration. What each key means stands in the example that `config example` prints;
/// a test holds the two together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub server: Server,
    pub tls: Tls,
    pub acme: Acme,
    pub organisation: Organisation,
    pub data: Data,
    pub keys: Keys,
    pub attestation: Attestation,
    pub mail: Mail,
    pub enrollment: Enrollment,
    pub sessions: Sessions,
    pub user_names: UserNames,
    pub logging: Logging,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    pub listen: SocketAddr,
    pub rp_id: String,
    pub join_origin: String,
    pub console_origin: String,
    pub android_apps: Vec<String>,
    pub related_origins: Vec<String>,
    pub trusted_proxies: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    pub certificate: PathBuf,
    pub key: PathBuf,
    pub redirect: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Acme {
    pub directory: String,
    pub terms_agreed: bool,
    pub contact: String,
    pub authority: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Organisation {
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    pub folder: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    pub unlock_file: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Attestation {
    pub metadata_roots: Vec<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    pub host: String,
    pub port: u16,
    pub tls: MailTls,
    pub authority: PathBuf,
    pub from: String,
}

/// How the connection to the mail relay is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    Implicit,
    Starttls,
    None,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Enrollment {
    pub invitation_days: u32,
    pub lead_hours: u32,
    pub pass_minutes: u32,
    pub additional_minutes: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sessions {
    pub hours: u32,
    pub idle_minutes: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UserNames {
    pub patterns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Logging {
    pub level: String,
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            rp_id: "firstkey.localhost".into(),
            join_origin: "http://join.firstkey.localhost:8080".into(),
            console_origin: "http://console.firstkey.localhost:8080".into(),
            android_apps: Vec::new(),
            related_origins: Vec::new(),
            trusted_proxies: Vec::new(),
        }
    }
}

impl Default for Organisation {
    fn default() -> Self {
        Self { name: "Example Ltd".into() }
    }
}

impl Default for Data {
    fn default() -> Self {
        Self { folder: "data".into() }
    }
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".into(),
            port: 25,
            tls: MailTls::None,
            authority: PathBuf::new(),
            from: "Firstkey <firstkey@localhost.localdomain>".into(),
        }
    }
}

impl Default for Enrollment {
    fn default() -> Self {
        Self { invitation_days: 14, lead_hours: 0, pass_minutes: 10, additional_minutes: 30 }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self { hours: 24, idle_minutes: 60 }
    }
}

impl Default for UserNames {
    fn default() -> Self {
        Self { patterns: vec!["{given}.{family}".into(), "{given}.{family}{n}".into()] }
    }
}

impl Default for Logging {
    fn default() -> Self {
        Self { level: "info".into(), format: LogFormat::Text }
    }
}
