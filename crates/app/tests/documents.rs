//! What a document is: files that another program made (Chromium, by printing a page and from a canvas), cut, bent and pieced together.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use app::{Invalid, judge_document};
use proptest::prelude::*;

const PDF: (&str, &[u8]) = ("application/pdf", include_bytes!("fixtures/documents/page.pdf"));
const JPEG: (&str, &[u8]) = ("image/jpeg", include_bytes!("fixtures/documents/picture.jpg"));
const PNG: (&str, &[u8]) = ("image/png", include_bytes!("fixtures/documents/picture.png"));
const LOSSY: (&str, &[u8]) = ("image/webp", include_bytes!("fixtures/documents/lossy.webp"));
const LOSSLESS: (&str, &[u8]) = ("image/webp", include_bytes!("fixtures/documents/lossless.webp"));
const ALPHA: (&str, &[u8]) = ("image/webp", include_bytes!("fixtures/documents/alpha.webp"));
const ALL: [(&str, &[u8]); 6] = [PDF, JPEG, PNG, LOSSY, LOSSLESS, ALPHA];

fn damaged(media_type: &str, bytes: &[u8]) -> bool {
    matches!(judge_document(media_type, bytes), Err(Invalid::Damaged { .. }))
}

/// A RIFF file of these chunks.
fn riff(form: &[u8; 4], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = form.to_vec();
    for (kind, data) in chunks {
        body.extend_from_slice(*kind);
        body.extend_from_slice(&u32::try_from(data.len()).unwrap().to_le_bytes());
        body.extend_from_slice(data);
        body.extend(std::iter::repeat_n(0, data.len() % 2));
    }
    [b"RIFF", u32::try_from(body.len()).unwrap().to_le_bytes().as_slice(), &body].concat()
}

/// The data of a chunk of a WebP file.
fn webp_chunk<'f>(file: &'f [u8], kind: &[u8; 4]) -> &'f [u8] {
    let at = file.windows(4).position(|window| window == kind).unwrap();
    let length = u32::from_le_bytes(file[at + 4..at + 8].try_into().unwrap());
    &file[at + 8..at + 8 + usize::try_from(length).unwrap()]
}

/// A PNG of these chunks, with right checksums.
fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = PNG.1[..8].to_vec();
    for (kind, data) in chunks {
        file.extend_from_slice(&u32::try_from(data.len()).unwrap().to_be_bytes());
        let named = [kind.as_slice(), data].concat();
        file.extend_from_slice(&named);
        file.extend_from_slice(&crc32fast::hash(&named).to_be_bytes());
    }
    file
}

fn header(width: u32, height: u32) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat()
}

#[test]
fn what_another_program_made_is_taken() {
    for (media_type, bytes) in ALL {
        assert_eq!(judge_document(media_type, bytes), Ok(()), "{media_type}");
    }
    let bare = [(b"VP8 ", webp_chunk(LOSSY.1, b"VP8 ")), (b"VP8L", webp_chunk(LOSSLESS.1, b"VP8L"))];
    for chunk in bare {
        assert_eq!(judge_document("image/webp", &riff(b"WEBP", &[chunk])), Ok(()));
    }
}

#[test]
fn what_is_cut_anywhere_is_not_whole() {
    for (media_type, bytes) in ALL {
        for end in 0..bytes.len() {
            let judged = judge_document(media_type, &bytes[..end]);
            // Line ends after a PDF's last word say nothing.
            let says_nothing = bytes[end..].trim_ascii().is_empty() && media_type == PDF.0;
            assert!(judged.is_err() || says_nothing, "{media_type}, {end} of {} bytes", bytes.len());
        }
    }
}

#[test]
fn what_only_begins_like_a_document_is_none() {
    let wave = riff(b"WAVE", &[(b"fmt ", &[1, 0, 1, 0]), (b"data", &[0; 64])]);
    assert!(matches!(judge_document("image/webp", &wave), Err(Invalid::NotWhatItSays { looks_like: None, .. })));
    for (media_type, bytes) in [
        ("application/pdf", &b"%PDF-<script>alert(1)</script>"[..]),
        ("application/pdf", b"%PDF-1.7\n% a sample\n%%EOF\n"),
        ("application/pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF\n"),
        ("application/pdf", b"%PDF-1.7\nstartxref\n99999999999999999999999\n%%EOF\n"),
        ("image/png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("image/jpeg", b"\xFF\xD8\xFF\xD9"),
        ("image/jpeg", b"\xFF\xD8\xFF\xE0\x00\x01"),
        ("image/webp", &riff(b"WEBP", &[(b"data", &[0; 64])])),
        ("image/webp", &riff(b"WEBP", &[(b"VP8 ", b"\x01\0\0\x9D\x01\x2A\x08\0\x06\0\0")])),
        ("image/webp", &riff(b"WEBP", &[(b"VP8X", &[0, 0, 0, 0, 7, 0, 0, 5, 0, 0])])),
    ] {
        assert!(damaged(media_type, bytes), "{media_type}: {}", bytes.escape_ascii());
    }
    assert_eq!(
        judge_document("image/png", JPEG.1),
        Err(Invalid::NotWhatItSays { said: "image/png".to_owned(), looks_like: Some("image/jpeg") })
    );
}

#[test]
fn a_picture_has_a_size_that_can_be_meant_and_right_checksums() {
    let of = |width, height| png(&[(b"IHDR", &header(width, height)), (b"IDAT", &[1]), (b"IEND", &[])]);
    assert_eq!(judge_document("image/png", &of(8, 6)), Ok(()));
    // A few bytes that would fill the memory of whoever looks at them.
    for (width, height) in [(0, 6), (8, 0), (65_535, 65_535), (u32::MAX, 1)] {
        assert!(damaged("image/png", &of(width, height)), "{width} x {height}");
    }
    for at in 0..PNG.1.len() {
        let mut bent = PNG.1.to_vec();
        bent[at] ^= 1;
        assert!(judge_document("image/png", &bent).is_err(), "bit 0 of byte {at}");
    }
    let two = png(&[(b"IHDR", &header(8, 6)), (b"IHDR", &header(8, 6)), (b"IDAT", &[1]), (b"IEND", &[])]);
    assert!(damaged("image/png", &two));
    assert!(damaged("image/png", &png(&[(b"IHDR", &header(8, 6)), (b"IEND", &[])])), "no picture");
}

/// One file, two kinds: an archive or a page behind a picture. What telephones put there passes.
#[test]
fn nothing_hides_behind_a_picture() {
    for behind in [&b"PK\x03\x04 an archive"[..], b"<script>alert(1)</script>", b"\0\0%PDF-1.7"] {
        for (media_type, bytes) in [PNG, JPEG, LOSSY, LOSSLESS] {
            assert!(damaged(media_type, &[bytes, behind].concat()), "{media_type}: {}", behind.escape_ascii());
        }
    }
    for behind in [&[0; 100][..], JPEG.1, &[&[0; 3], JPEG.1, &[0; 5]].concat(), b"\0\0\x01\x0A\x0E\0\0\0SEFT"] {
        assert_eq!(judge_document("image/jpeg", &[JPEG.1, behind].concat()), Ok(()));
    }
    assert!(damaged("image/jpeg", &[JPEG.1, &JPEG.1[..JPEG.1.len() - 1]].concat()));
}

proptest! {
    /// Whatever follows a good beginning, and wherever it is bent: judged, without a panic, and always alike.
    #[test]
    fn anything_is_judged(which in 0..ALL.len(), keep in any::<prop::sample::Index>(), more in prop::collection::vec(any::<u8>(), 0..300)) {
        let (media_type, bytes) = ALL[which];
        let bytes = [&bytes[..keep.index(bytes.len() + 1)], &more].concat();
        prop_assert_eq!(judge_document(media_type, &bytes), judge_document(media_type, &bytes));
    }
}
