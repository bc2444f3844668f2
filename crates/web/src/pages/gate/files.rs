//! The modules of the gate's page, as they stand in `assets/gate`: no build makes them.
//!
//! Must not know of: what they do.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// The service worker, without what it is told to keep.
pub(super) const WORKER: &str = include_str!("../../../assets/gate/worker.js");

macro_rules! modules {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("../../../assets/gate/", $name)))),*] };
}

const MODULES: [(&str, &str); 28] = modules![
    "bytes.js",
    "camera.js",
    "cbor.js",
    "certificate.js",
    "cose.js",
    "damage.js",
    "judge.js",
    "keep.js",
    "leaf.js",
    "note.js",
    "pack.js",
    "page.js",
    "passages.js",
    "policy.js",
    "result.js",
    "say.js",
    "scale.js",
    "status.js",
    "text.js",
    "tree.js",
    "zlib.js",
    "packs.js",
    "qr/binary.js",
    "qr/correct.js",
    "qr/find.js",
    "qr/perspective.js",
    "qr/read.js",
    "qr/tables.js",
];

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (name, text) in MODULES {
        hash.update(name);
        hash.update(text);
    }
    hex::encode(hash.finalize()).chars().take(16).collect()
});

/// Stands for the content of all modules.
pub(super) fn version() -> &'static str {
    &VERSION
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    MODULES.into_iter().map(|(name, _)| name)
}

pub(super) fn text(name: &str) -> Option<&'static str> {
    MODULES.into_iter().find(|(own, _)| *own == name).map(|(_, text)| text)
}
