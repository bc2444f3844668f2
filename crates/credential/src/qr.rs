//! A text as a QR code (ISO/IEC 18004) in SVG.
//!
//! It knows nothing of certificates, and of pages only that they may embed what it draws.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// ISO/IEC 18004 section 9.1: four light modules on every side.
const QUIET: usize = 4;

/// A text too long for any QR code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{chars} characters do not fit a QR code")]
pub struct TooLargeForQr {
    /// How many characters there were.
    pub chars: usize,
}

/// Draws `text` with the most error correction (Q, M or L) that has room for it.
pub(crate) fn svg(text: &str) -> Result<String, TooLargeForQr> {
    svg_at(text, &[EcLevel::Q, EcLevel::M, EcLevel::L])
}

/// Draws `text` with the least error correction (L), and so with the fewest and largest modules.
pub(crate) fn coarse_svg(text: &str) -> Result<String, TooLargeForQr> {
    svg_at(text, &[EcLevel::L])
}

fn svg_at(text: &str, levels: &[EcLevel]) -> Result<String, TooLargeForQr> {
    levels
        .iter()
        .find_map(|level| QrCode::with_error_correction_level(text, *level).ok())
        .map(|code| draw(&code))
        .ok_or(TooLargeForQr { chars: text.len() })
}

/// One path: each run of dark modules in a row is one rectangle.
fn draw(code: &QrCode) -> String {
    let side = code.width() + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a String has no way to fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>"##
    )
}
