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

/// A film of two boxes, of which the first is of this kind.
fn film(kind: &[u8; 4]) -> Vec<u8> {
    [&b"\0\0\0\x10"[..], kind, b"isom\0\0\0\0", b"\0\0\0\x08moov"].concat()
}

/// A telephone maker's list of one block, whose name is said to be so long.
fn list(name: &[u8], length: u32) -> Vec<u8> {
    let block = [&[0, 0, 0x30, 0x0A][..], &length.to_le_bytes(), name].concat();
    let size = u32::try_from(block.len()).unwrap().to_le_bytes();
    let list = [&b"SEFH"[..], &[106, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x30, 0x0A], &size, &size].concat();
    [&block, &list[..], &u32::try_from(list.len()).unwrap().to_le_bytes(), b"SEFT"].concat()
}

/// A PDF of these objects and this trailer, with this between its last number and its end.
fn pdf(objects: &str, trailer: &str, end: &str) -> Vec<u8> {
    let body = format!("%PDF-1.7\n{objects}\n");
    format!("{body}xref\n0 1\n0000000000 65535 f \ntrailer\n{trailer}\nstartxref\n{}\n{end}%%EOF\n", body.len())
        .into_bytes()
}

/// A PDF whose table is a stream with this dictionary.
fn stream_pdf(objects: &str, dictionary: &str) -> Vec<u8> {
    let body = format!("%PDF-1.7\n{objects}\n");
    format!("{body}9 0 obj\n{dictionary}stream\n\nendstream\nendobj\nstartxref\n{}\n%%EOF\n", body.len()).into_bytes()
}

const PAGE: &str = "2 0 obj<</Type/Page/Parent 3 0 R>>endobj";
const ROOT: &str = "<</Size 4/Root 1 0 R>>";

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
    for behind in [
        &[0; 100][..],
        JPEG.1,
        &[&[0; 3], JPEG.1, &[0; 5]].concat(),
        &[&[0; 2], &list(b"data", 4)[..], b"\0"].concat(),
        &film(b"ftyp"),
    ] {
        assert_eq!(judge_document("image/jpeg", &[JPEG.1, behind].concat()), Ok(()));
    }
    for behind in [
        &b"MZ??ftyp and a program"[..],
        b"\0\0\0\x04ftyp",
        b"\0\0\0\x10ftypisom\0\0\0\0",
        &film(b"free"),
        &[&film(b"ftyp"), &b"PK\x03\x04 an archive"[..]].concat(),
        b"PK\x03\x04 an archive SEFT",
        b"\0\0\x01\x0A\x0E\0\0\0SEFT",
        &[b"PK\x03\x04 an archive", &list(b"data", 4)[..]].concat(),
        &list(b"data", 5),
        &list(b"data", 400),
    ] {
        assert!(damaged("image/jpeg", &[JPEG.1, behind].concat()), "{}", behind.escape_ascii());
    }
    assert!(damaged("image/jpeg", &[JPEG.1, &JPEG.1[..JPEG.1.len() - 1]].concat()));
}

/// Line ends and zeros behind a picture say nothing; neither do bytes that T.81 lets stand before any marker (B.1.1.2).
#[test]
fn what_says_nothing_is_let_through() {
    for (media_type, bytes) in [JPEG, PNG] {
        for behind in [&b"\n"[..], b"\r\n", b" \t\0\0\n"] {
            assert_eq!(judge_document(media_type, &[bytes, behind].concat()), Ok(()), "{media_type}");
            assert!(damaged(media_type, &[bytes, behind, b"."].concat()), "{media_type}");
        }
    }
    let scan = JPEG.1.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let mut at = 2;
    let mut filled = JPEG.1[..2].to_vec();
    while at <= scan {
        let length = 2 + usize::from(u16::from_be_bytes([JPEG.1[at + 2], JPEG.1[at + 3]]));
        filled.extend([&[0xFF; 3], &JPEG.1[at..at + length]].concat());
        at += length;
    }
    let end = JPEG.1.len() - 2;
    let filled = [&filled[..], &JPEG.1[at..end], &[0xFF; 4], &JPEG.1[end..]].concat();
    assert_eq!(judge_document("image/jpeg", &filled), Ok(()));
    assert_eq!(judge_document("image/jpeg", &[&filled[..], &[0xFF], &filled].concat()), Ok(()), "two pictures");
}

#[test]
fn a_pdf_may_have_a_little_before_its_header_and_comments_at_its_end() {
    let good = |bytes: &[u8]| assert_eq!(judge_document("application/pdf", bytes), Ok(()), "{}", bytes.escape_ascii());
    for file in [PDF.1, &pdf(PAGE, ROOT, ""), &stream_pdf(PAGE, "<</Type/XRef/Root 1 0 R>>")] {
        for junk in [&b"\xEF\xBB\xBF"[..], b"\r\n", b"\0\0\0", b"from a scanner\n", &[b' '; 1019]] {
            good(&[junk, file].concat());
        }
        assert!(judge_document("application/pdf", &[&[b' '; 1020], file].concat()).is_err(), "too far");
        for junk in
            ["MZ\x7f", "PK\x03\x04", "#!/bin/sh\n", "<html>", "\u{feff}<html>", "\r\n <html>", "\x7fELF", "GIF89a"]
        {
            let judged = judge_document("application/pdf", &[junk.as_bytes(), file].concat());
            assert!(matches!(judged, Err(Invalid::NotWhatItSays { .. })), "{junk}: {judged:?}");
        }
        let pictured = judge_document("application/pdf", &[JPEG.1, file].concat());
        assert!(matches!(pictured, Err(Invalid::NotWhatItSays { looks_like: Some("image/jpeg"), .. })), "{pictured:?}");
    }
    // Where the numbers count from the beginning of the file, and not from the header.
    let counted = String::from_utf8(pdf(PAGE, ROOT, "")).unwrap();
    let place: usize = counted.lines().rev().nth(1).unwrap().parse().unwrap();
    good(format!("\n\n\n{}", counted.replace(&format!("\n{place}\n"), &format!("\n{}\n", place + 3))).as_bytes());
    good(&pdf(PAGE, ROOT, "% made by a printer\n%%EOF\n"));
    assert!(damaged("application/pdf", &pdf(PAGE, ROOT, "more\n")));
}

#[test]
fn a_pdf_has_a_root_and_a_page() {
    let packed = "2 0 obj<</Type /ObjStm /N 1 /First 4 /Length 0>>stream\n\nendstream\nendobj";
    for good in [
        pdf(PAGE, "<</Info[<</Root(]>>)>>]%/Root\n/#52oot 1 0 R>>", ""),
        pdf("1 0 obj\n<< /Title (\\)\\() /Kids [ 1 0 R ] /Id <00 ff> /Type /Page >>\nendobj", ROOT, ""),
        pdf(packed, ROOT, ""),
        stream_pdf(packed, "<</Type/XRef/W[1 2 1]/Root 1 0 R>>"),
    ] {
        assert_eq!(judge_document("application/pdf", &good), Ok(()), "{}", good.escape_ascii());
    }
    for bad in [
        b"%PDF-1.7\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n".to_vec(),
        b"%PDF-1.7\nMZ a program\nxref\nstartxref\n22\n%%EOF\n".to_vec(),
        pdf(PAGE, "<</Size 4>>", ""),
        pdf(PAGE, "<</Info<</Root 1 0 R>>>>", ""),
        pdf(PAGE, "<</Root/Type>>", ""),
        pdf(PAGE, "<</Root 1 0 R", ""),
        pdf("", ROOT, ""),
        pdf("1 0 obj<</Type/Pages>>endobj % /Type/Page", ROOT, ""),
        pdf("1 0 obj<</Of<</Type/Page>>>>endobj", ROOT, ""),
        pdf("2 0 obj<</Type /ObjStm>>endobj", ROOT, ""),
        stream_pdf(PAGE, "<</Type/XRef>>"),
        stream_pdf(PAGE, "<</Type/Text/Root 1 0 R>>"),
        stream_pdf("", "<</Type/XRef/Root 1 0 R>>"),
    ] {
        assert!(damaged("application/pdf", &bad), "{}", bad.escape_ascii());
    }
}

/// Nobody could open it without a password.
#[test]
fn an_encrypted_pdf_is_told_from_a_damaged_one() {
    for encrypted in [
        pdf(PAGE, "<</Root 1 0 R/Encrypt 8 0 R>>", ""),
        pdf(PAGE, "<</Root 1 0 R/#45ncrypt<</V 5>>>>", ""),
        stream_pdf(PAGE, "<</Type/XRef/Root 1 0 R/Encrypt 8 0 R>>"),
    ] {
        assert_eq!(judge_document("application/pdf", &encrypted), Err(Invalid::Encrypted));
    }
    for open in [pdf(PAGE, "<</Root 1 0 R/Encrypt null>>", ""), pdf(PAGE, "<</Root 1 0 R/Info(/Encrypt)>>", "")] {
        assert_eq!(judge_document("application/pdf", &open), Ok(()));
    }
}

/// Bytes that are made to be read again and again are judged as fast as others.
#[test]
fn what_goes_on_for_ever_is_judged_in_time() {
    let begun = std::time::Instant::now();
    for nested in ["1 0 obj<<", "1 0 obj<</A(", "1 0 obj%", "1 0 obj<</A[", "startxref 0 "] {
        assert!(damaged("application/pdf", &pdf(&nested.repeat(200_000), ROOT, "")), "{nested}");
    }
    let pictures = [&JPEG.1.repeat(5_000)[..], b".", &[0; 10_000_000]].concat();
    assert!(damaged("image/jpeg", &pictures));
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
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
