//! One connection to the zone, as a program that calls its API has it.
//!
//! Must not know of: what is asked.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::Failure;
use super::common::HOST;

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream })
    }

    pub async fn get(&mut self, path: &str) -> Result<Answer, Failure> {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: {HOST}\r\n\r\n")).await
    }

    /// Sends JSON under an idempotency key.
    pub async fn post(&mut self, path: &str, token: &str, key: &str, body: &str) -> Result<Answer, Failure> {
        self.post_as(path, token, key, "application/json", body).await
    }

    /// Sends text of a media type under an idempotency key.
    pub async fn post_as(
        &mut self,
        path: &str,
        token: &str,
        key: &str,
        media_type: &str,
        body: &str,
    ) -> Result<Answer, Failure> {
        let length = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nhost: {HOST}\r\nauthorization: Bearer {token}\r\ncontent-type: {media_type}\r\n\
             idempotency-key: {key}\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
        .await
    }

    async fn send(&mut self, request: &str) -> Result<Answer, Failure> {
        self.stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::with_capacity(1024);
        loop {
            if self.stream.read_buf(&mut answer).await? == 0 {
                return Err("the server hung up".into());
            }
            let Some(end) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(answer.get(..end).unwrap_or_default())?.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.ok_or("an answer without its length")?.parse()?;
            let body = answer.get(end + 4..).unwrap_or_default();
            if body.len() < length {
                continue;
            }
            let status = head.split(' ').nth(1).ok_or("an answer without its status")?.parse()?;
            return Ok(Answer { status, body: body.to_vec() });
        }
    }
}

impl Answer {
    /// The body of an answer with this status, as JSON.
    pub fn json(&self, status: u16) -> Result<serde_json::Value, Failure> {
        if self.status == status {
            return Ok(serde_json::from_slice(&self.body)?);
        }
        Err(format!("refused with {}: {}", self.status, String::from_utf8_lossy(&self.body)).into())
    }
}
