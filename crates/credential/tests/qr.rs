//! The drawn QR code, rasterised and read by another program's decoder, holds the text.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // A failed test is a panic.

mod common;

use common::*;
use credential::{TooLargeForQr, Verdict, verify};

/// Pixels for each module: what a decoder made for photographs wants.
const SCALE: usize = 4;

/// Paints the rectangles `Mx yhWv1h-Wz` of the second path.
fn rasterise(svg: &str) -> (usize, Vec<bool>) {
    let after = |start: &str| svg.split(start).nth(1).unwrap().split('"').next().unwrap();
    let side: usize = after("viewBox=\"0 0 ").split(' ').next().unwrap().parse().unwrap();
    let mut dark = vec![false; side * side];
    for rectangle in after("fill=\"#000\" d=\"M").split('M') {
        let numbers: Vec<usize> =
            rectangle.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let [x, y, width, 1, back] = numbers[..] else { panic!("{rectangle}") };
        assert_eq!(width, back);
        dark[y * side + x..][..width].fill(true);
    }
    (side, dark)
}

fn scan(svg: &str) -> String {
    let (side, dark) = rasterise(svg);
    let grey = |x, y| {
        if dark[(y / SCALE) * side + x / SCALE] { 0 } else { 255 }
    };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, grey);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn a_phone_reads_what_was_printed() {
    for certificate in [certificate(), certificate().with_inclusion(PROOF).unwrap()] {
        for svg in [certificate.qr_svg().unwrap(), certificate.coarse_qr_svg().unwrap()] {
            assert_eq!(scan(&svg), certificate.to_text());
        }
        let text = certificate.to_text();
        assert!(matches!(verify(text.as_str(), &issuer().trusted(), NOW_S, None), Verdict::Valid(_)));
    }
}

#[test]
fn what_fits_no_code_says_how_long_it_is() {
    let large = certificate().with_inclusion(&[b'x'; 4000]).unwrap();
    assert_eq!(large.qr_svg(), Err(TooLargeForQr { chars: large.to_text().len() }));
    let file = large.to_text();
    assert!(matches!(verify(file.as_str(), &issuer().trusted(), NOW_S, None), Verdict::Valid(_)));
}
