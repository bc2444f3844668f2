//! A zone's folder read into memory for the checker.
//!
//! Must not know of: what the files mean.

use std::fs;
use std::io;
use std::path::Path;

use definition::Files;

/// How deep folders nest in a zone: `services/NAME/file`, and one more.
const DEPTH_MAX: u32 = 4;

/// Reads a zone's definition: `.yaml`, `.csv` and `.ftl` below the folder, without `samples` and hidden files. A file past the checker's size
/// limit is read only one byte past it, so that the checker can refuse it.
///
/// # Errors
/// When the folder or a file in it cannot be read; the error names it.
pub fn read_zone(folder: &Path) -> io::Result<Files> {
    let mut files = Files::default();
    read_folder(folder, "", DEPTH_MAX, &mut files)?;
    Ok(files)
}

fn read_folder(folder: &Path, prefix: &str, depth: u32, files: &mut Files) -> io::Result<()> {
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
            read_folder(&path, &format!("{place}/"), depth.saturating_sub(1), files)?;
        } else if kind.is_file() && is_definition(&name) {
            let bytes = read_bounded(&path).map_err(|error| named(error, &path))?;
            files.0.insert(place, bytes);
        }
    }
    Ok(())
}

fn is_definition(name: &str) -> bool {
    [".yaml", ".csv", ".ftl"].iter().any(|ending| name.ends_with(ending))
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    let limit = definition::syntax::MAX_FILE_BYTES as u64;
    fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
