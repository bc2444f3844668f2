//! What telephones put behind a picture: the film of a moving one, or a list of blocks of their maker's. Each is walked to its end.

use super::super::kinds::without_padding;

/// Whether what follows a picture is one of these and nothing else.
pub(super) fn is_whole(after: &[u8]) -> bool {
    is_film(after).unwrap_or(false) || is_list(after).unwrap_or(false)
}

/// Boxes one after the other to the end (ISO/IEC 14496-12, section 4.2): what kind of film it is first, and among the others what is in it.
fn is_film(bytes: &[u8]) -> Option<bool> {
    let (first, mut rest) = film_box(bytes)?;
    let mut has_film = false;
    while !without_padding(rest).is_empty() {
        let (kind, after) = film_box(rest)?;
        has_film |= kind == b"moov";
        rest = after;
    }
    Some(first == b"ftyp" && has_film)
}

/// A box's kind, and what follows it. Its size counts itself; 1 says that a longer one follows, 0 that it goes to the end.
fn film_box(bytes: &[u8]) -> Option<(&[u8; 4], &[u8])> {
    let (size, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (least, size) = match u32::from_be_bytes(*size) {
        0 => (8, bytes.len()),
        1 => (16, usize::try_from(u64::from_be_bytes(*rest.first_chunk::<8>()?)).ok()?),
        size => (8, usize::try_from(size).ok()?),
    };
    let is_kind = kind.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    let after = bytes.get(size..)?;
    (size >= least && is_kind).then_some((kind, after))
}

/// Samsung's: blocks, then `SEFH`, a version, how many blocks, each one's type, how far before `SEFH` it begins and its size, then the length of
/// all that and `SEFT`. There is no standard; ExifTool documents it.
fn is_list(bytes: &[u8]) -> Option<bool> {
    let end = bytes.iter().rposition(|byte| *byte != 0 && !byte.is_ascii_whitespace())?.checked_add(1)?;
    let (rest, length) = bytes.get(..end)?.strip_suffix(b"SEFT")?.split_last_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (blocks, list) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
    let (count, mut entries) = list.strip_prefix(b"SEFH")?.get(4..)?.split_first_chunk::<4>()?;
    let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
    if count == 0 || entries.len() != count.checked_mul(12)? {
        return Some(false);
    }
    let mut first = blocks.len();
    while let Some((entry, after)) = entries.split_first_chunk::<12>() {
        first = first.min(block(blocks, entry)?);
        entries = after;
    }
    // Zeros may precede the blocks, and nothing else.
    Some(without_padding(blocks.get(..first)?).is_empty())
}

/// Where a block begins. It says its own type again, and then how long its name is.
fn block(blocks: &[u8], entry: &[u8; 12]) -> Option<usize> {
    let [_, _, t0, t1, b0, b1, b2, b3, s0, s1, s2, s3] = *entry;
    let number = |bytes| usize::try_from(u32::from_le_bytes(bytes)).ok();
    let at = blocks.len().checked_sub(number([b0, b1, b2, b3])?)?;
    let data = blocks.get(at..)?.get(..number([s0, s1, s2, s3])?)?;
    let [0, 0, own0, own1, n0, n1, n2, n3, named @ ..] = data else { return None };
    let is_named = number([*n0, *n1, *n2, *n3])? <= named.len();
    ((*own0, *own1) == (t0, t1) && is_named).then_some(at)
}
