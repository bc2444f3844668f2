//! A zone's files, and numbers that look drawn and are the same each time: what the measurements work on.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Reads a zone's folder. Samples are no part of a definition.
pub fn zone(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    read(folder, folder, &mut files)?;
    Ok(files)
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "samples") {
                read(root, &path, files)?;
            }
        } else {
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            files.insert(name, std::fs::read(&path)?);
        }
    }
    Ok(())
}

/// A fixed sequence of numbers (Knuth, The Art of Computer Programming, volume 2, section 3.3.4, table 1, line 26).
pub struct Sequence(pub u64);

impl Sequence {
    /// The next number below `below`, which is at least 1.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % below.max(1)
    }
}
