//! Any text as a tile's path: no panic, and each tile has one path only.
#![no_main]

use libfuzzer_sys::fuzz_target;
use log::Tile;

fuzz_target!(|text: &str| {
    if let Ok(tile) = text.parse::<Tile>() {
        assert_eq!(tile.path(), text);
        assert!((1..=256).contains(&tile.width()));
    }
});
