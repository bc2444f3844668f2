//! A small server on this machine that answers as it is told: a relay of drand, or a second institution.
//!
//! Must not know of: what it answers.

use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a request's path and body are answered with: a status and a body.
pub type Answers = dyn Fn(&str, &[u8]) -> (u16, Vec<u8>) + Send + Sync;

/// Serves until the test ends; its address.
pub async fn serve(answers: impl Fn(&str, &[u8]) -> (u16, Vec<u8>) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answers: Arc<Answers> = Arc::new(answers);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let answers = Arc::clone(&answers);
            tokio::spawn(async move { answer(stream, &*answers).await });
        }
    });
    address
}

/// One request, one answer (RFC 9112).
async fn answer(mut stream: TcpStream, answers: &Answers) {
    let mut bytes = Vec::new();
    let (head, rest) = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break (String::from_utf8(bytes[..end].to_vec()).unwrap(), bytes[end + 4..].to_vec());
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().unwrap())
    });
    let mut body = rest;
    while body.len() < length.unwrap_or(0) {
        if stream.read_buf(&mut body).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let path = head.split(' ').nth(1).unwrap();
    let (status, body) = answers(path, &body);
    let head = format!("HTTP/1.1 {status} As told\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    drop(stream.write_all(&[head.into_bytes(), body].concat()).await);
}
