//! From where a request comes.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, request::Parts},
};

use super::Network;

/// The other end of the connection, as the listener saw it.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The networks of proxies whose `X-Forwarded-For` is believed. None unless configured.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(pub Arc<[Network]>);

impl TrustedProxies {
    /// Whether a trusted proxy has this address.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// The nearest address that is not a trusted proxy's. What stands further left in the header
    /// was written by whoever sent the request.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
            .map(|hop| str::from_utf8(hop).ok()?.trim().parse::<IpAddr>().ok());
        let mut client = peer;
        for hop in forwarded.collect::<Vec<_>>().into_iter().rev() {
            if !self.contains(client) {
                break;
            }
            let Some(hop) = hop else { break };
            client = hop;
        }
        client.to_canonical()
    }
}

/// The address of whoever made the request. For throttles and for what a voucher is shown; it
/// decides nothing, and is never logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub IpAddr);

/// Finds the client of a request, for the handlers that ask who it is.
pub(super) fn find_client(proxies: &TrustedProxies, request: &mut Request) {
    let peer = request.extensions().get::<Peer>().map_or(UNKNOWN, |peer| peer.0.ip());
    let client = proxies.client(peer, request.headers());
    request.extensions_mut().insert(Client(client));
}

/// Without a listener, as in tests, nobody is known; they share a throttle.
const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(UNKNOWN)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies(Arc::new(["10.0.0.0/8".parse().unwrap()]));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_for_whom_it_speaks() {
        assert_eq!(client("192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn what_the_client_wrote_itself_does_not_count() {
        assert_eq!(client("10.0.0.1", &["1.1.1.1, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["1.1.1.1", "203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(client("10.0.0.1", &["1.1.1.1, nonsense"]), "10.0.0.1");
    }
}
