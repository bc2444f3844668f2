//! Any bytes as a document of each kind: judged without a panic; what is a whole picture is none any more when its last byte is gone.
#![no_main]

use app::judge_document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for media_type in ["application/pdf", "image/jpeg", "image/png", "image/webp"] {
        let judged = judge_document(media_type, bytes);
        if judged.is_ok() && matches!(media_type, "image/png" | "image/webp") {
            assert!(judge_document(media_type, &bytes[..bytes.len() - 1]).is_err());
        }
    }
});
