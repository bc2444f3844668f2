//! Where a tile lies in the tree, and the path it is served at (C2SP tlog-tiles, "Merkle Tree" and "Log entries").
//!
//! It must not know what is in a tile, nor how it is fetched.

use std::fmt;
use std::str::FromStr;

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;
/// Levels of the tree that one tile spans: `2^8 = 256` hashes.
pub const TILE_HEIGHT: u32 = 8;
/// The highest tile level a path may name.
pub const MAX_LEVEL: u8 = 63;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Hashes at this tile level, `0..=63`; level 0 holds leaf hashes.
    Hashes(u8),
    /// The entries themselves: a bundle beside the level-0 tile of the same index.
    Entries,
}

/// A tile's coordinates. Always valid: the level is at most 63 and the width is `1..=256`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    kind: Kind,
    index: u64,
    width: u16,
}

/// Why a text is not a tile's path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{path:?} is not the path of a tile; write it as tile/<level or \"entries\">/<index>[.p/<width>], for example tile/0/x001/067.p/5"
)]
pub struct PathError {
    /// The text that was read, cut to 80 characters.
    pub path: String,
}

impl Tile {
    /// The tile of `kind` at `index` (counted in full tiles) with `width` hashes or entries.
    ///
    /// `None` if the level is over 63 or the width is not in `1..=256`.
    pub fn new(kind: Kind, index: u64, width: u16) -> Option<Self> {
        let level_fits = !matches!(kind, Kind::Hashes(level) if level > MAX_LEVEL);
        (level_fits && (1..=TILE_WIDTH).contains(&width)).then_some(Self { kind, index, width })
    }

    /// The tile of `kind` at `index` as it stands in a tree of `size` leaves; `None` if such a tree has no such tile.
    pub fn in_tree(kind: Kind, index: u64, size: u64) -> Option<Self> {
        let row = row_length(kind, size);
        let start = index.checked_mul(u64::from(TILE_WIDTH))?;
        let width = row.checked_sub(start)?.min(u64::from(TILE_WIDTH));
        Self::new(kind, index, u16::try_from(width).ok()?)
    }

    /// The partial tile at the right end of `kind`'s row in a tree of `size` leaves, if there is one.
    pub fn partial_in_tree(kind: Kind, size: u64) -> Option<Self> {
        let row = row_length(kind, size);
        Self::in_tree(kind, row / u64::from(TILE_WIDTH), size)
    }

    /// What it holds.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Its place in its row, counted in full tiles.
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes or entries it holds, `1..=256`.
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Whether it holds all 256.
    pub const fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    /// The same tile when it is full: what a reader may fall back to when a partial tile has been deleted.
    pub const fn full(&self) -> Self {
        Self { width: TILE_WIDTH, ..*self }
    }

    /// The path below a log's prefix, for example `tile/entries/x001/067.p/5`.
    pub fn path(&self) -> String {
        self.to_string()
    }
}

/// How many hashes (or entries) stand in the whole row of `kind` in a tree of `size` leaves: `floor(size / 256^level)`.
fn row_length(kind: Kind, size: u64) -> u64 {
    match kind {
        Kind::Entries => size,
        Kind::Hashes(level) => size.checked_shr(u32::from(level) * TILE_HEIGHT).unwrap_or(0),
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Hashes(level) => write!(f, "tile/{level}/")?,
            Kind::Entries => f.write_str("tile/entries/")?,
        }
        write_index(f, self.index)?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

/// Three digits a path element, all but the last with an `x`, so that no file has the name of a directory.
fn write_index(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    // 1000^6 < 2^64 < 1000^7, so an index has at most seven elements.
    for power in (1..7).rev() {
        let above = index / 1000_u64.pow(power);
        if above > 0 {
            write!(f, "x{:03}/", above % 1000)?;
        }
    }
    write!(f, "{:03}", index % 1000)
}

impl FromStr for Tile {
    type Err = PathError;

    /// Reads a path. Only the one spelling that [`Tile::path`] writes is accepted.
    fn from_str(path: &str) -> Result<Self, PathError> {
        parse_loosely(path)
            .filter(|tile| tile.path() == path)
            .ok_or_else(|| PathError { path: path.chars().take(80).collect() })
    }
}

/// Reads a path without caring for leading zeros, which [`Tile::from_str`] finds by writing it again.
fn parse_loosely(path: &str) -> Option<Tile> {
    let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let kind = if kind == "entries" { Kind::Entries } else { Kind::Hashes(kind.parse().ok()?) };
    let (index, width) = match rest.split_once(".p/") {
        Some((_, "256")) => return None,
        Some((index, width)) => (index, width.parse().ok()?),
        None => (rest, TILE_WIDTH),
    };
    let digits: String = index.split('/').map(|element| element.strip_prefix('x').unwrap_or(element)).collect();
    Tile::new(kind, digits.parse().ok()?, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specification_s_index_is_written_so() {
        let tile = Tile::new(Kind::Hashes(0), 1_234_067, 8).unwrap();
        assert_eq!(tile.path(), "tile/0/x001/x234/067.p/8");
        assert_eq!(Tile::new(Kind::Entries, 0, 256).unwrap().path(), "tile/entries/000");
        assert_eq!(Tile::new(Kind::Hashes(63), u64::MAX, 256).unwrap().path().matches('x').count(), 6);
    }

    #[test]
    fn the_specification_s_tree_of_70_000_has_these_tiles() {
        let widths = |level| {
            let mut tiles = (0..).map_while(|n| Tile::in_tree(Kind::Hashes(level), n, 70_000));
            let full = tiles.by_ref().take_while(Tile::is_full).count();
            (full, Tile::partial_in_tree(Kind::Hashes(level), 70_000).map(|tile| tile.width()))
        };
        assert_eq!(widths(0), (273, Some(112)));
        assert_eq!(widths(1), (1, Some(17)));
        assert_eq!(widths(2), (0, Some(1)));
        assert_eq!(widths(3), (0, None));
        assert_eq!(widths(63), (0, None));
    }

    #[test]
    fn a_tree_of_256_has_a_full_tile_and_a_partial_above() {
        assert_eq!(Tile::partial_in_tree(Kind::Hashes(0), 256), None);
        assert_eq!(Tile::partial_in_tree(Kind::Hashes(1), 256).unwrap().path(), "tile/1/000.p/1");
    }

    #[test]
    fn only_one_spelling_is_read() {
        for good in [
            "tile/0/000",
            "tile/63/x999/000.p/255",
            "tile/entries/x001/x234/067.p/1",
            "tile/0/x018/x446/x744/x073/x709/x551/615",
        ] {
            assert_eq!(good.parse::<Tile>().map(|tile| tile.path()).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "tile",
            "tile/",
            "tile/0",
            "tile/0/",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/+1/000",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/x000/000",
            "tile/0/001/000",
            "tile/0/x001",
            "tile/0/x001/x000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/05",
            "tile/0/000.p/",
            "tile/0/000.p/5/",
            "/tile/0/000",
            "tile/0/000/",
            "tile/0/000.p/5.p/5",
            "tile/data/000",
            "tile/Entries/000",
            "tile/0/٠٠٠",
            "tile/0/+01",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/8/0/000",
            "tile/0/xx001/000",
            "tile/0/x1/000",
        ] {
            assert!(bad.parse::<Tile>().is_err(), "{bad} was read as a tile");
        }
    }
}
