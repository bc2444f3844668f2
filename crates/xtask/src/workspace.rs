//! Where the checkout is, and where things lie in it.
//!
//! It must not know what they are for.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The checkout that this program was built from.
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Two folders above this crate, as cargo says when it runs us, or as it was when we were compiled.
    pub fn find() -> Result<Self, Failure> {
        let home = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&home).ancestors().nth(2).map(Path::to_path_buf);
        match root {
            Some(root) if root.join("Cargo.lock").is_file() => Ok(Self { root }),
            _ => Err(Failure::new(
                format!("{home} is not in a checkout of the workspace"),
                "run it as `cargo xtask`, from inside the checkout",
            )),
        }
    }

    /// The folder of the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where other people's programs that the tests need are installed; `cargo clean` removes them.
    pub fn oracles(&self) -> PathBuf {
        self.root.join("target/oracles")
    }

    /// What the oracles are and which versions, as committed.
    pub fn oracle_pins(&self) -> PathBuf {
        self.root.join("tests/oracles")
    }
}
