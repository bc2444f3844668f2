//! Text to trees that remember where everything stood. Never fails: always yields a tree, and the problems met on the way.
//!
//! Must not know of: what the trees mean (`resolve`), files on a disk.

pub mod csv;
pub mod fluent;
pub mod source;
pub mod xml;
pub mod yaml;

#[cfg(test)]
mod tests;

/// Most bytes in one file: 4 MiB, some twenty times the largest table.
pub const MAX_FILE_BYTES: usize = 4 << 20;
/// Most bytes in a zone: 64 MiB.
pub const MAX_ZONE_BYTES: usize = 64 << 20;
