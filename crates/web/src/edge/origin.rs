//! The two names under which Firstkey is reached.

use axum::http::{HeaderMap, header::HOST, uri::Uri};

/// A configured public origin (RFC 6454): scheme, host and, unless it is the scheme's own, port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    text: String,
    authority: String,
}

/// The text is not an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an origin is http:// or https:// and a host name in small letters, such as https://join.example.org"
)]
pub struct OriginError;

impl Origin {
    /// Reads an origin as browsers write it, so that it can be compared as text.
    pub fn new(text: &str) -> Result<Self, OriginError> {
        let uri: Uri = text.parse().map_err(|_| OriginError)?;
        let (scheme, authority) = uri.scheme_str().zip(uri.authority()).ok_or(OriginError)?;
        let default_port = match scheme {
            "https" => 443,
            "http" => 80,
            _ => return Err(OriginError),
        };
        let authority = authority.as_str();
        let is_canonical = text == format!("{scheme}://{authority}")
            && text == text.to_ascii_lowercase()
            && !authority.contains('@')
            && uri.port_u16() != Some(default_port);
        if !is_canonical {
            return Err(OriginError);
        }
        Ok(Self { text: text.to_owned(), authority: authority.to_owned() })
    }

    /// The origin as browsers write it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether cookies of this origin travel encrypted.
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// The whole public address of a request's path and query.
    pub fn address(&self, uri: &Uri) -> String {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        format!("{}{path}", self.text)
    }

    /// The name, without a port.
    pub fn host(&self) -> &str {
        without_port(&self.authority)
    }

    /// Whether the request was sent to this name. A proxy in front must leave `Host` as it came.
    pub fn is_host_of(&self, headers: &HeaderMap) -> bool {
        host(headers).is_some_and(|host| host.eq_ignore_ascii_case(&self.authority))
    }

    /// Whether the request was sent to this name, on whichever port.
    pub fn is_name_of(&self, headers: &HeaderMap) -> bool {
        host(headers).is_some_and(|host| without_port(host).eq_ignore_ascii_case(self.host()))
    }
}

/// To which name a request was sent. Two in one request are none (RFC 9112 §3.2).
fn host(headers: &HeaderMap) -> Option<&str> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok(),
        _ => None,
    }
}

fn without_port(authority: &str) -> &str {
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_one_spelling() {
        for good in ["https://join.example.org", "http://join.firstkey.localhost:8080"] {
            assert_eq!(Origin::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "join.example.org",
            "https://join.example.org/",
            "https://Join.example.org",
            "https://join.example.org:443",
            "http://join.example.org:80",
            "https://me@join.example.org",
            "ftp://join.example.org",
            "https://join.example.org/?a",
            "",
        ] {
            assert_eq!(Origin::new(bad), Err(OriginError), "{bad}");
        }
    }

    #[test]
    fn the_host_is_the_name_and_the_port() {
        let origin = Origin::new("http://join.localhost:8080").unwrap();
        let sent = |hosts: &[&str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(HOST, host.parse().unwrap());
            }
            origin.is_host_of(&headers)
        };
        assert!(sent(&["join.localhost:8080"]));
        assert!(sent(&["JOIN.localhost:8080"]));
        assert!(!sent(&["join.localhost"]));
        assert!(!sent(&["join.localhost:80801"]));
        assert!(!sent(&["join.localhost:8080", "join.localhost:8080"]));
        assert!(!sent(&[]));
    }
}
