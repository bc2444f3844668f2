//! A zone's folder read into memory for the checker.
//!
//! Must not know of: what the files mean.

use std::fs;
use std::io;
use std::path::Path;

use definition::Files;

/// How deep folders nest in a zone: `services/NAME/file`, and one more.
const DEPTH_MAX: u32 = 4;

/// Reads a zone's definition: `.yaml`, `.csv` and `.ftl` below the folder, without `samples` and hidden files. A file or zone past the checker's
/// limits is read only a little past them, so that the checker can refuse it.
///
/// # Errors
/// When the folder or a file in it cannot be read; the error names it.
pub fn read_zone(folder: &Path) -> io::Result<Files> {
    let mut reading = Reading { files: Files::default(), left_bytes: definition::syntax::MAX_ZONE_BYTES };
    read_folder(folder, "", DEPTH_MAX, &mut reading)?;
    Ok(reading.files)
}

struct Reading {
    files: Files,
    /// How many more bytes a zone may have.
    left_bytes: usize,
}

fn read_folder(folder: &Path, prefix: &str, depth: u32, reading: &mut Reading) -> io::Result<()> {
    let named = |error: io::Error, path: &Path| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    for entry in fs::read_dir(folder).map_err(|error| named(error, folder))? {
        let entry = entry.map_err(|error| named(error, folder))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = entry.path();
        let place = format!("{prefix}{name}");
        let kind = fs::metadata(&path).map_err(|error| named(error, &path))?;
        if name.starts_with('.') || name == "samples" {
            continue;
        }
        if kind.is_dir() && depth > 0 {
            read_folder(&path, &format!("{place}/"), depth.saturating_sub(1), reading)?;
        } else if kind.is_file() && is_definition(&name) {
            let bytes = read_bounded(&path, reading.left_bytes).map_err(|error| named(error, &path))?;
            reading.left_bytes = reading.left_bytes.saturating_sub(bytes.len());
            reading.files.0.insert(place, bytes);
        }
    }
    Ok(())
}

fn is_definition(name: &str) -> bool {
    [".yaml", ".csv", ".ftl"].iter().any(|ending| name.ends_with(ending))
}

/// A file's bytes, at most one more than it may have and than the zone has left.
fn read_bounded(path: &Path, left_bytes: usize) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    let limit = definition::syntax::MAX_FILE_BYTES.min(left_bytes) as u64;
    fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
