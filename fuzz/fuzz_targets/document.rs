//! Any bytes as a document of each kind: judged without a panic; what is a whole picture is none any more when its last byte is gone,
//! but for white space and zeros that may follow it.
#![no_main]

use app::judge_document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for media_type in ["application/pdf", "image/jpeg", "image/png", "image/webp"] {
        let judged = judge_document(media_type, bytes);
        let is_padded =
            media_type == "image/png" && bytes.last().is_some_and(|last| *last == 0 || last.is_ascii_whitespace());
        if judged.is_ok() && !is_padded && matches!(media_type, "image/png" | "image/webp") {
            assert!(judge_document(media_type, &bytes[..bytes.len() - 1]).is_err());
        }
    }
});
