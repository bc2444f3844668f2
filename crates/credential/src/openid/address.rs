//! Addresses of a provider: which are safe to use, and how parameters are written into one.
//!
//! Must not know of: what stands behind an address.

use std::fmt::Write as _;

/// The longest address that is taken: browsers and servers agree on some 8,000.
const ADDRESS_BYTES_MAX: usize = 2048;

/// Whether an address may be used: `https` with a host, without user, fragment or white space; on this machine alone, and only where `loopback` is
/// set, also `http`.
#[must_use]
pub fn is_safe(address: &str, loopback: bool) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'\\' | b'#' | b'`');
    if address.len() > ADDRESS_BYTES_MAX || !address.bytes().all(plain) {
        return false;
    }
    let authority = |rest: &str| rest.split(['/', '?']).next().unwrap_or_default().to_owned();
    match (address.strip_prefix("https://"), address.strip_prefix("http://")) {
        (Some(rest), _) => is_host(&authority(rest)),
        (None, Some(rest)) => loopback && is_loopback(&authority(rest)),
        (None, None) => false,
    }
}

/// Whether an address is `http` on this machine.
pub(super) fn is_on_loopback(address: &str) -> bool {
    address.starts_with("http://") && is_safe(address, true)
}

fn is_host(authority: &str) -> bool {
    let (host, port) = parts(authority);
    let named = !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'[' | b']' | b':'));
    named && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

fn is_loopback(authority: &str) -> bool {
    let (host, _) = parts(authority);
    is_host(authority) && (matches!(host, "localhost" | "[::1]") || is_in_127(host))
}

/// All of 127.0.0.0/8 is this machine (RFC 1122, section 3.2.1.3).
fn is_in_127(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').collect();
    parts.len() == 4 && parts.first() == Some(&"127") && parts.iter().all(|part| part.parse::<u8>().is_ok())
}

/// Host and port; an address of IPv6 stands in brackets (RFC 3986, section 3.2.2).
fn parts(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

/// Pairs as `application/x-www-form-urlencoded` (URL Standard, section 5.2).
#[must_use]
pub fn form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (key, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        escape(key, &mut text);
        text.push('=');
        escape(value, &mut text);
    }
    text
}

fn escape(part: &str, text: &mut String) {
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => text.push(char::from(byte)),
            b' ' => text.push('+'),
            // Writing to a string cannot fail.
            _ => drop(write!(text, "%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_safe_or_not() {
        for safe in
            ["https://id.example", "https://id.example:8443/realms/x?y=z", "https://[::1]:9/", "https://127.0.0.1"]
        {
            assert!(is_safe(safe, false), "{safe}");
        }
        for local in ["http://127.0.0.1:3000", "http://localhost/x", "http://[::1]:8080/", "http://127.9.9.9"] {
            assert!(is_safe(local, true) && !is_safe(local, false), "{local}");
        }
        for odd in [
            "http://id.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example/",
            "http://[::1].evil.example/",
            "http://[::1",
            "https://",
            "https:///x",
            "https://user@id.example",
            "https://id.example/#x",
            "https://id.example/\"><script>",
            "https://id.example\\@evil.example",
            "https://id.example:99999/",
            "https://id example/",
            "javascript:alert(1)",
            "ftp://id.example",
            "",
        ] {
            assert!(!is_safe(odd, true), "{odd}");
        }
    }

    #[test]
    fn what_is_written_into_an_address_stays_one_value() {
        assert_eq!(form([("a", "b c&d=e"), ("ف", "~+")]), "a=b+c%26d%3De&%D9%81=%7E%2B");
    }
}
