//! A film for the gate's camera: a code that is held before it.

use std::path::Path;

use qrcode::{Color, EcLevel, QrCode};

/// The camera's picture: 1280 x 720 points, as telephones have it at least.
const WIDTH: usize = 1280;
const HEIGHT: usize = 720;

/// Writes a film of one code, held a little askew (YUV4MPEG2, which Chromium takes for a camera).
pub fn film(file: &Path, text: &str) {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).unwrap();
    let (side, colors) = (code.width(), code.to_colors());
    let module = 650.0 / (side as f64 + 8.0);
    let (sin, cos) = 0.06_f64.sin_cos();
    let mut film = format!("YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n").into_bytes();
    for frame in 0..3_u8 {
        film.extend_from_slice(b"FRAME\n");
        for point in 0..WIDTH * HEIGHT {
            let (x, y) = ((point % WIDTH) as f64 - 640.0, (point / WIDTH) as f64 - 360.0);
            let place = |turned: f64| (turned / module + side as f64 / 2.0).floor();
            let (column, row) = (place(cos * x + sin * y), place(cos * y - sin * x));
            let margin = -4.0..side as f64 + 4.0;
            let paper = margin.contains(&column) && margin.contains(&row);
            let on = |at: f64| (0.0..side as f64).contains(&at);
            let dark = on(column) && on(row) && colors[row as usize * side + column as usize] == Color::Dark;
            film.push(
                if dark {
                    40
                } else if paper {
                    225
                } else {
                    120
                } + frame,
            );
        }
        film.resize(film.len() + WIDTH * HEIGHT / 2, 128);
    }
    std::fs::write(file, film).unwrap();
}
