//! Short lists inside a case's row: holders and deadlines, so that the writer sees with one comparison whether they changed.
//!
//! Must not know of: SQL, drivers.

use crate::NewDue;

/// Names, each followed by U+0000, which no name contains.
pub fn pack_holders(holders: &[String]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(holders.iter().map(|holder| holder.len() + 1).sum());
    for holder in holders {
        packed.extend_from_slice(holder.as_bytes());
        packed.push(0);
    }
    packed
}

/// The reverse of [`pack_holders`]; none when the bytes are not its.
pub fn unpack_holders(packed: &[u8]) -> Option<Vec<String>> {
    packed.split_inclusive(|byte| *byte == 0).map(|name| text(name.strip_suffix(&[0])?)).collect()
}

/// Each deadline's time in eight bytes, big-endian, and its clock followed by U+0000; in order and each once.
pub fn pack_deadlines(due: &[NewDue]) -> Vec<u8> {
    let mut sorted: Vec<&NewDue> = due.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut packed = Vec::with_capacity(sorted.iter().map(|due| due.clock.len() + 9).sum());
    for due in sorted {
        packed.extend_from_slice(&due.at_ms.to_be_bytes());
        packed.extend_from_slice(due.clock.as_bytes());
        packed.push(0);
    }
    packed
}

/// The reverse of [`pack_deadlines`]; none when the bytes are not its.
pub fn unpack_deadlines(mut packed: &[u8]) -> Option<Vec<NewDue>> {
    let mut deadlines = Vec::new();
    while !packed.is_empty() {
        let (at_ms, rest) = packed.split_first_chunk::<8>()?;
        let end = rest.iter().position(|byte| *byte == 0)?;
        let (clock, rest) = rest.split_at_checked(end)?;
        deadlines.push(NewDue { at_ms: i64::from_be_bytes(*at_ms), clock: text(clock)? });
        packed = rest.get(1..)?;
    }
    Some(deadlines)
}

fn text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        let holders = vec!["رضا".to_owned(), String::new(), "b".to_owned()];
        assert_eq!(unpack_holders(&pack_holders(&holders)), Some(holders));
        assert_eq!(unpack_holders(b""), Some(Vec::new()));
        let due = |at_ms, clock: &str| NewDue { at_ms, clock: clock.to_owned() };
        let deadlines = [due(i64::MAX, ""), due(i64::MIN, "مهلت"), due(0, "b"), due(0, "b")];
        let sorted = vec![due(i64::MIN, "مهلت"), due(0, "b"), due(i64::MAX, "")];
        assert_eq!(unpack_deadlines(&pack_deadlines(&deadlines)), Some(sorted));
    }

    #[test]
    fn damaged_lists_are_noticed() {
        assert_eq!(unpack_holders(b"a\0b"), None);
        assert_eq!(unpack_holders(b"\xff\0"), None);
        assert_eq!(unpack_deadlines(&[0; 8]), None);
        assert_eq!(unpack_deadlines(&[1; 12]), None);
    }
}
