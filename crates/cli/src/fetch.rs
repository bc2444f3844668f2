//! One file from a server: bounded in time, in size, and in where an answer may lead.
//!
//! Must not know of: what is fetched.

use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Url};

use crate::failure::whole;

/// How often an answer may lead elsewhere on the same host.
const REDIRECTS_MAX: usize = 3;

/// What a file may cost.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// From asking to the last byte.
    pub patience: Duration,
    pub most_bytes: usize,
}

/// A file by its address; else why it could not be had.
pub async fn fetch(url: &str, bounds: Bounds) -> Result<Vec<u8>, String> {
    let url: Url = url.parse().map_err(|error| format!("it is no address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("its address begins with neither http:// nor https://".to_owned());
    }
    let told = |error: reqwest::Error| match error.is_timeout() {
        true => format!("no whole answer within {} s", bounds.patience.as_secs_f32()),
        false => whole(&error.without_url()),
    };
    app::choose_tls();
    let client = Client::builder().timeout(bounds.patience).redirect(Policy::custom(stay)).build().map_err(told)?;
    let mut response = client.get(url).send().await.and_then(reqwest::Response::error_for_status).map_err(told)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > bounds.most_bytes {
            return Err(format!("it is longer than {} bytes", bounds.most_bytes));
        }
    }
    Ok(bytes)
}

/// Follows an answer on the host that was asked, and to no other: whoever holds the address decides who is asked.
fn stay(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let stays = attempt.previous().first().is_some_and(|asked| same_host(asked, attempt.url()));
    if !stays {
        let why = format!("it leads to another host, {}", attempt.url().origin().ascii_serialization());
        return attempt.error(why);
    }
    if attempt.previous().len() > REDIRECTS_MAX { attempt.error("it leads in a circle") } else { attempt.follow() }
}

/// The same origin (RFC 6454), or the same host with TLS where it was asked without.
fn same_host(asked: &Url, other: &Url) -> bool {
    let upgraded =
        asked.scheme() == "http" && other.scheme() == "https" && asked.port().is_none() && other.port().is_none();
    asked.origin() == other.origin() || (upgraded && asked.host() == other.host())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::time::Instant;

    use super::*;

    const BOUNDS: Bounds = Bounds { patience: Duration::from_millis(500), most_bytes: 100 };

    /// A server that gives each of its callers these bytes, then one more byte now and then where it is to be slow.
    fn server(answer: &'static str, slow: bool) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(answer.as_bytes());
                while slow && stream.write_all(b"x").is_ok() {
                    std::thread::sleep(Duration::from_millis(50));
                }
            }
        });
        address
    }

    async fn asked(answer: &'static str, slow: bool) -> Result<Vec<u8>, String> {
        fetch(&format!("http://{}/status/0", server(answer, slow)), BOUNDS).await
    }

    #[tokio::test]
    async fn a_server_that_leads_elsewhere_is_not_followed() {
        let elsewhere = "HTTP/1.1 302 Found\r\nlocation: http://localhost:1/secret\r\ncontent-length: 0\r\n\r\n";
        let why = asked(elsewhere, false).await.unwrap_err();
        assert!(why.contains("another host, http://localhost:1"), "{why}");
        let circle = "HTTP/1.1 302 Found\r\nlocation: /status/0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let why = asked(circle, false).await.unwrap_err();
        assert!(why.contains("in a circle"), "{why}");
    }

    #[tokio::test]
    async fn a_server_that_never_ends_is_left() {
        let begun = Instant::now();
        let why = asked("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n", true).await.unwrap_err();
        assert!(why.contains("within 0.5 s"), "{why}");
        assert!(begun.elapsed() < Duration::from_secs(3));
    }

    #[tokio::test]
    async fn what_is_too_long_is_not_kept() {
        let why = asked(
            "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x",
            false,
        );
        assert_eq!(why.await.unwrap_err(), "it is longer than 100 bytes");
        for odd in ["file:///etc/passwd", "status/0", "ftp://127.0.0.1/"] {
            assert!(fetch(odd, BOUNDS).await.unwrap_err().contains("address"), "{odd}");
        }
    }

    #[test]
    fn only_tls_may_be_added() {
        let same = |asked: &str, other: &str| same_host(&asked.parse().unwrap(), &other.parse().unwrap());
        assert!(same("http://a.example/1", "https://a.example/1"));
        assert!(!same("https://a.example/1", "http://a.example/1"));
        assert!(!same("http://a.example/1", "https://a.example:8443/1"));
        assert!(!same("http://a.example:8080/1", "https://a.example/1"));
        assert!(!same("https://a.example/", "https://a.example.evil.example/"));
    }
}
