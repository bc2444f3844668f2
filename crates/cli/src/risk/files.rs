//! The files that the verbs of `panjereh risk` read: a model, and a table that may be packed with gzip.
//!
//! Must not know of: what is done with them.

use std::io::Read as _;
use std::path::Path;

use customs::risk::{Model, RowsFault, model_hash};
use flate2::read::MultiGzDecoder;

use crate::failure::Failure;
use crate::shared::read_at_most;
use crate::tables;

/// The largest model and the largest table that are read, unpacked: 512 MiB each.
const MAX_BYTES: usize = 512 << 20;

/// A model and the hash of its file, in hexadecimal.
pub fn model(path: &Path) -> Result<(Model, String), Failure> {
    let name = path.display();
    let text = text(path)?;
    let hash = hex::encode(model_hash(text.as_bytes()));
    let model = Model::read(&text).map_err(|problem| {
        Failure::new(
            format!("{name}: {problem}"),
            "name a model that risk-train wrote or LightGBM 4 saved as text, all of it",
        )
    })?;
    Ok((model, hash))
}

/// A file's text; of a packed one what is in it.
pub fn text(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let unread = |error: std::io::Error| Failure::new(format!("{name}: {error}"), "name a file that can be read");
    let mut bytes = read_at_most(path, MAX_BYTES).map_err(unread)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        let bound = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        MultiGzDecoder::new(bytes.as_slice()).take(bound).read_to_end(&mut unpacked).map_err(|error| {
            Failure::new(
                format!("{name}: it cannot be unpacked: {error}"),
                "see whether the file was cut short, or pack it again with gzip",
            )
        })?;
        bytes = unpacked;
    }
    if bytes.len() > MAX_BYTES {
        return Err(Failure::new(format!("{name} has more than {MAX_BYTES} bytes"), "part it into several files"));
    }
    tables::decoded(path, bytes)
}

/// A table's fault, with its file.
pub fn fault(path: &Path) -> impl Fn(RowsFault) -> Failure {
    let name = path.display().to_string();
    move |fault| Failure::new(format!("{name}: {fault}"), fault.help())
}
