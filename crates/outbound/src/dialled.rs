//! Names are looked up here, so that what was judged is what is dialled.

use std::{
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    task::{Context, Poll},
    vec::IntoIter,
};

use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

use crate::Reach;

/// Looks names up and keeps the addresses that may be dialled.
#[derive(Debug, Clone, Copy)]
pub struct Judged(pub Reach);

/// The name stands for no address that may be dialled.
#[derive(Debug, thiserror::Error)]
#[error("{0} is an address of a private network or of this host, where nothing is sent")]
pub struct Forbidden(pub IpAddr);

impl Service<Name> for Judged {
    type Response = IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let reach = self.0;
        Box::pin(async move {
            // The port is the connector's to set.
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            allowed(reach, found).map(Vec::into_iter)
        })
    }
}

/// Those that may be dialled. One that may not forbids the name: whoever answers a public and a private
/// address for it means the private one.
fn allowed(reach: Reach, found: Vec<SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    match found.iter().find(|address| !reach.allows(address.ip())) {
        Some(address) => Err(io::Error::other(Forbidden(address.ip()))),
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_private_address_among_public_ones_forbids_the_name() {
        let found = |addresses: &[&str]| -> Vec<SocketAddr> {
            addresses.iter().map(|address| address.parse().expect("an address")).collect()
        };
        let mixed = found(&["1.1.1.1:0", "10.0.0.1:0", "[2606:4700::1111]:0"]);
        assert!(allowed(Reach::Public, mixed.clone()).is_err());
        assert_eq!(allowed(Reach::Anywhere, mixed.clone()).expect("all"), mixed);
        assert_eq!(allowed(Reach::Public, found(&["1.1.1.1:0"])).expect("it").len(), 1);
    }
}
