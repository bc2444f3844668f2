//! zlib (RFC 1950) in and out, with the size of the result bounded before anything is inflated.
//!
//! It knows nothing of what is packed.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::fault::Fault;

/// CMF and FLG at the start of a zlib stream (RFC 1950 section 2.2).
const HEADER_BYTES: usize = 2;
/// The checksum at the end of a zlib stream (RFC 1950 section 2.2, ADLER32).
const CHECKSUM_BYTES: usize = 4;

/// Packs `bytes` as small as zlib can.
pub(crate) fn compress(bytes: &[u8]) -> Vec<u8> {
    pack(bytes, Compression::best())
}

/// Packs `bytes` as they are, in one stored block (more only far past a certificate's size): the one
/// result that no library version changes.
pub(crate) fn store(bytes: &[u8]) -> Vec<u8> {
    pack(bytes, Compression::none())
}

fn pack(bytes: &[u8], level: Compression) -> Vec<u8> {
    // A stored block costs 5 bytes for some tens of kilobytes, the container 6: there is always room.
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 64);
    let mut zlib = Compress::new(level, true);
    // With room for everything and Finish, this is one call; what is issued is read back anyway.
    let _ = zlib.compress_vec(bytes, &mut out, FlushCompress::Finish);
    out
}

/// Unpacks a whole zlib stream of at most `limit` bytes.
///
/// Room for `limit + 1` bytes is all that is ever used: a stream that would fill it is refused.
/// The stream must end where `packed` ends, and bits that say nothing must be zero.
pub(crate) fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, Fault> {
    let out = inflate(packed, limit)?;
    if pads_first_block(packed) || pads_last_block(packed, &out) {
        return Err(Fault::BadCompression);
    }
    Ok(out)
}

fn inflate(packed: &[u8], limit: usize) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::with_capacity(limit + 1);
    let mut zlib = Decompress::new(true);
    let status = zlib.decompress_vec(packed, &mut out, FlushDecompress::Finish).map_err(|_| Fault::BadCompression)?;
    if out.len() > limit {
        return Err(Fault::TooLong { limit });
    }
    if status != Status::StreamEnd {
        return Err(Fault::Truncated);
    }
    if usize::try_from(zlib.total_in()) == Ok(packed.len()) { Ok(out) } else { Err(Fault::TrailingBytes) }
}

/// Whether the first block is stored (RFC 1951 section 3.2.4) and the five bits that fill up its
/// first byte, which no decoder looks at, are not all zero.
fn pads_first_block(packed: &[u8]) -> bool {
    packed.get(HEADER_BYTES).is_some_and(|first| first & 0b110 == 0 && first >> 3 != 0)
}

/// Whether a bit after the end of the last block is set, which no decoder looks at.
///
/// The last block ends somewhere in the byte before the checksum. If clearing that byte's highest
/// set bit changes nothing, then the bit said nothing.
fn pads_last_block(packed: &[u8], unpacked: &[u8]) -> bool {
    let mut cleared = packed.to_vec();
    let Some(at) = packed.len().checked_sub(CHECKSUM_BYTES + 1) else {
        return false;
    };
    let Some(last) = cleared.get_mut(at).filter(|last| **last != 0) else {
        return false;
    };
    *last ^= 1 << last.ilog2();
    inflate(&cleared, unpacked.len()).is_ok_and(|same| same == unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        for bytes in [vec![], vec![7; 100_000], (0..=255).cycle().take(3000).collect()] {
            assert_eq!(unpack(&compress(&bytes), bytes.len()), Ok(bytes.clone()));
            assert_eq!(unpack(&store(&bytes), bytes.len()), Ok(bytes));
        }
    }

    #[test]
    fn stored_is_the_same_for_ever() {
        assert_eq!(hex::encode(store(b"ab")), "7801".to_owned() + "01" + "0200" + "fdff" + "6162" + "012600c4");
        // One block: two bytes of zlib, five of the block, four of checksum.
        let largest = vec![7; crate::MESSAGE_BYTES_MAX];
        assert_eq!(store(&largest).len(), largest.len() + 11);
    }

    #[test]
    fn a_bomb_is_refused_at_its_limit() {
        let bomb = compress(&vec![0; 50_000_000]);
        assert!(bomb.len() < 100_000);
        assert_eq!(unpack(&bomb, 1000), Err(Fault::TooLong { limit: 1000 }));
    }

    #[test]
    fn cut_extended_or_padded_streams_are_refused() {
        let packed = compress(b"one window for every service, one window");
        for end in 0..packed.len() {
            assert!(unpack(&packed[..end], 100).is_err(), "cut at {end}");
        }
        let longer = [&packed[..], &[0]].concat();
        assert_eq!(unpack(&longer, 100), Err(Fault::TrailingBytes));
        // A fixed block with the single literal "a": 3 + 8 + 7 bits, so 6 bits of padding.
        let mut padded = vec![0x78, 0x9c, 0x4b, 0x04, 0x00, 0x00, 0x62, 0x00, 0x62];
        assert_eq!(unpack(&padded, 100), Ok(b"a".to_vec()));
        padded[4] = 0x80;
        assert_eq!(unpack(&padded, 100), Err(Fault::BadCompression));
    }
}
