//! Networks in the notation of RFC 4632 and RFC 4291: an address and how many of its bits count.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// A network, such as `10.0.0.0/8` or `2001:db8::/32`; a bare address is a network of one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

const PRIVATE: [(IpAddr, u8); 9] = [
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(100, 64, 0, 0)), 10),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
    (IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0)), 10),
    (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
];

/// The text is not a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a network is an address and a prefix, such as 10.0.0.0/8")]
pub struct NetworkError;

impl Network {
    /// The network around an address that one customer of a provider holds: a single IPv4 address,
    /// or 64 bits of an IPv6 address.
    pub fn around(address: IpAddr) -> Self {
        let address = address.to_canonical();
        let prefix = if address.is_ipv4() { 32 } else { 64 };
        Self { address: masked(address, prefix), prefix }
    }

    /// Whether it is larger than what any one organisation holds of the public addresses: then it
    /// means everybody, whatever was meant.
    pub fn is_everybody(&self) -> bool {
        let largest = if self.address.is_ipv4() { 8 } else { 16 };
        self.prefix < largest && !self.is_private()
    }

    /// Whether all of it lies where addresses are given out by an organisation itself: private
    /// (RFC 1918, RFC 4193), shared (RFC 6598), link-local (RFC 3927, RFC 4291) and loopback.
    pub fn is_private(&self) -> bool {
        PRIVATE.iter().any(|(address, prefix)| {
            self.prefix >= *prefix
                && self.address.is_ipv4() == address.is_ipv4()
                && masked(self.address, *prefix) == *address
        })
    }

    /// Whether the address belongs to it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.address.is_ipv4() && masked(address, self.prefix) == self.address
    }
}

fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((u32::from(v4) & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((u128::from(v6) & mask).into())
        }
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.parse().map_err(|_| NetworkError)?;
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.parse().map_err(|_| NetworkError)?,
            None => whole,
        };
        // Bits outside the prefix are a mistake in whatever was meant.
        if prefix > whole || masked(address, prefix) != address {
            return Err(NetworkError);
        }
        Ok(Self { address, prefix })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        network.parse::<Network>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn an_address_belongs_to_its_network_only() {
        assert!(contains("10.0.0.0/8", "10.255.0.1"));
        assert!(contains("10.0.0.0/8", "::ffff:10.0.0.1"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("127.0.0.1", "127.0.0.1"));
        assert!(!contains("127.0.0.1", "127.0.0.2"));
        assert!(contains("2001:db8::/32", "2001:db8:1::1"));
        assert!(contains("::/0", "2001:db8::1"));
        assert!(!contains("0.0.0.0/0", "::1"));
    }

    #[test]
    fn one_customer_is_an_address_or_64_bits() {
        let around = |text: &str| Network::around(text.parse().unwrap()).to_string();
        assert_eq!(around("192.0.2.7"), "192.0.2.7/32");
        assert_eq!(around("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    }

    #[test]
    fn what_means_everybody_and_what_is_ones_own() {
        let network = |text: &str| text.parse::<Network>().unwrap();
        for everybody in ["0.0.0.0/0", "::/0", "128.0.0.0/1", "192.0.0.0/4", "2000::/3"] {
            assert!(network(everybody).is_everybody(), "{everybody}");
        }
        for somebody in ["10.0.0.0/8", "12.0.0.0/8", "2001:db8::/32", "192.0.2.1", "fc00::/7"] {
            assert!(!network(somebody).is_everybody(), "{somebody}");
        }
        for own in ["10.0.0.0/8", "172.16.0.0/12", "192.168.1.0/24", "127.0.0.1", "fd00::/8", "::1"]
        {
            assert!(network(own).is_private(), "{own}");
        }
        for public in ["192.0.2.0/24", "172.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "::/0"] {
            assert!(!network(public).is_private(), "{public}");
        }
    }

    #[test]
    fn mistakes_are_refused() {
        for bad in ["10.0.0.1/8", "10.0.0.0/33", "10.0.0/8", "x", "::1/129", "10.0.0.0/-1", ""] {
            assert_eq!(bad.parse::<Network>(), Err(NetworkError), "{bad}");
        }
    }
}
