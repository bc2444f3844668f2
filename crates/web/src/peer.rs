//! From which address a request comes.
//!
//! Must not know of: who sends it, what it asks for.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// What a proxy writes the caller's address into; the last one was written by the nearest proxy.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The caller's address; none where the server does not say. A proxy is believed when it runs on this machine: whoever else sends the header
/// says nothing about themselves.
pub(crate) fn address(extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
    let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    let peer = peer.ip().to_canonical();
    if !peer.is_loopback() {
        return Some(peer);
    }
    let last = headers.get_all(FORWARDED_FOR).iter().next_back();
    let forwarded = last.and_then(|value| value.to_str().ok()).and_then(|list| list.rsplit(',').next());
    Some(forwarded.and_then(|text| text.trim().parse::<IpAddr>().ok()).map_or(peer, |own| own.to_canonical()))
}

/// Whether the request comes from this machine and was not passed on for somebody else.
pub(crate) fn is_local(extensions: &Extensions, headers: &HeaderMap) -> bool {
    let passed_on = headers.contains_key(FORWARDED_FOR) || headers.contains_key("forwarded");
    !passed_on && address(extensions, headers).is_some_and(|address| address.is_loopback())
}

/// Under what a caller is counted. One IPv6 caller has a whole /64 (RFC 6177, section 2), so that is counted as one.
pub(crate) fn counted(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: Option<&str>) -> (Option<String>, bool) {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        let mut headers = HeaderMap::new();
        if let Some(forwarded) = forwarded {
            headers.insert(FORWARDED_FOR, forwarded.parse().unwrap());
        }
        (address(&extensions, &headers).map(counted), is_local(&extensions, &headers))
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        assert_eq!(seen("192.0.2.1:80", Some("127.0.0.1")), (Some("192.0.2.1".to_owned()), false));
        assert_eq!(seen("127.0.0.1:80", Some("203.0.113.9, 192.0.2.7")), (Some("192.0.2.7".to_owned()), false));
        assert_eq!(seen("127.0.0.1:80", Some("127.0.0.1")), (Some("127.0.0.1".to_owned()), false));
        assert_eq!(seen("127.0.0.1:80", None), (Some("127.0.0.1".to_owned()), true));
        assert_eq!(seen("[::ffff:127.0.0.1]:80", None), (Some("127.0.0.1".to_owned()), true));
        assert_eq!(seen("[2001:db8:0:1:2:3:4:5]:80", None), (Some("2001:db8:0:1::".to_owned()), false));
        assert!(!is_local(&Extensions::new(), &HeaderMap::new()));
    }
}
