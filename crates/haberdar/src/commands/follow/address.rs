//! Which machines may be asked: none of this network, unless the user says so. The check is on the address that is connected
//! to, so that a name that leads to one is refused, too.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::{
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// A name that leads to this machine or its network.
#[derive(Debug)]
pub(super) struct PrivateAddress(String);

impl std::fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is an address of this machine or its network; --allow-private allows it", self.0)
    }
}

impl std::error::Error for PrivateAddress {}

/// A resolver that gives public addresses only.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) inner: DefaultResolver,
    pub(super) allow_private: bool,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.allow_private {
            return Ok(found);
        }
        // One private address among several is a trick, not a choice.
        match found.iter().find(|a| !is_public(a.ip())) {
            Some(a) => {
                Err(ureq::Error::Other(Box::new(PrivateAddress(format!("{} ({})", uri.host().unwrap_or_default(), a.ip())))))
            }
            None => Ok(found),
        }
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(v4) => is_public_v4(v4),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmark = a == 198 && (18..20).contains(&b);
    let special = (a == 192 && b == 0 && c == 0) || a == 0 || a >= 240;
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || shared
        || benchmark
        || special)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    // 6to4, Teredo and translated addresses carry one of version 4.
    match s {
        [0x2002, a, b, ..] | [0x64, 0xFF9B, 0, 0, 0, 0, a, b] => {
            return is_public_v4(Ipv4Addr::new((a >> 8) as u8, a as u8, (b >> 8) as u8, b as u8));
        }
        _ => {}
    }
    let teredo = s[0] == 0x2001 && s[1] == 0;
    (s[0] & 0xE000) == 0x2000 && !teredo && !(s[0] == 0x2001 && s[1] == 0xDB8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ones_own_network_are_told() {
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ];
        for ip in private {
            assert!(!is_public(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::101:101"] {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
    }
}
