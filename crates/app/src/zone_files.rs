//! A zone's folder read into memory for the checker.
//!
//! Must not know of: what the files mean.

use std::fs;
use std::io;
use std::path::Path;

use definition::Files;

/// How deep folders nest in a zone: `services/NAME/file`, and one more.
const DEPTH_MAX: u32 = 4;

/// Reads a zone's definition: `.yaml` (and `.yml`), `.csv` and `.ftl` below the folder, and `.txt` below `functions`, without `samples` and hidden files. A file or zone past the checker's
/// limits is read only a little past them, so that the checker can refuse it.
///
/// # Errors
/// When the folder or a file in it cannot be read, or is no file; the error names it.
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
        // Editors leave links that lead nowhere beside what is being written, under hidden names.
        if name.starts_with('.') || name == "samples" {
            continue;
        }
        let kind = fs::metadata(&path).map_err(|error| named(lost(error, &path), &path))?;
        if is_definition(&place) && !kind.is_file() {
            return Err(named(no_file(&kind), &path));
        }
        if kind.is_dir() && depth > 0 {
            read_folder(&path, &format!("{place}/"), depth.saturating_sub(1), reading)?;
        } else if is_definition(&place) {
            let bytes = read_bounded(&path, reading.left_bytes).map_err(|error| named(error, &path))?;
            reading.left_bytes = reading.left_bytes.saturating_sub(bytes.len());
            reading.files.0.insert(place, bytes);
        }
    }
    Ok(())
}

/// What is the matter with an entry that cannot be looked at: a link that leads nowhere says of itself only that there is no such file.
fn lost(error: io::Error, path: &Path) -> io::Error {
    if error.kind() == io::ErrorKind::NotFound && path.is_symlink() {
        return io::Error::new(error.kind(), "the link leads nowhere; mend it, or take it out of the zone's folder");
    }
    error
}

/// What is the matter with something that is called like a file of a definition and is none: a pipe or a device would be read without end, or never.
fn no_file(kind: &fs::Metadata) -> io::Error {
    let what = if kind.is_dir() { "a folder" } else { "no regular file" };
    let message =
        format!("this is {what}, and a file of the definition is due; rename it, or take it out of the zone's folder");
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

fn is_definition(path: &str) -> bool {
    // The checker says what is to be done about a `.yml`. A text beside tables is a model; anywhere else it is somebody's note.
    let is_model = path.starts_with("functions/") && path.ends_with(".txt");
    is_model || [".yaml", ".yml", ".csv", ".ftl"].iter().any(|ending| path.ends_with(ending))
}

/// A file's bytes, at most one more than it may have and than the zone has left.
fn read_bounded(path: &Path, left_bytes: usize) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    let limit = definition::syntax::MAX_FILE_BYTES.min(left_bytes) as u64;
    fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::read_zone;

    #[test]
    fn a_hidden_link_that_leads_nowhere_is_passed_over_and_another_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("zone.yaml"), "zone: x\n").unwrap();
        let link = |name: &str| std::os::unix::fs::symlink("somebody@somewhere.1", folder.path().join(name)).unwrap();
        link(".#zone.yaml");
        assert_eq!(read_zone(folder.path()).unwrap().0.len(), 1);
        link("law.csv");
        let error = read_zone(folder.path()).unwrap_err().to_string();
        assert!(error.contains("law.csv: the link leads nowhere"), "{error}");
    }

    #[test]
    fn what_is_called_like_a_file_and_is_none_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calendar.csv");
        let told = || read_zone(folder.path()).unwrap_err().to_string();
        std::fs::create_dir(&path).unwrap();
        assert!(told().contains("calendar.csv: this is a folder"), "{}", told());
        std::fs::remove_dir(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert!(told().contains("calendar.csv: this is no regular file"), "{}", told());
        std::fs::rename(&path, folder.path().join("zero")).unwrap();
        assert!(read_zone(folder.path()).unwrap().0.is_empty());
    }
}
