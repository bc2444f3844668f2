//! The name that was probably meant. Must not know of: what the names are for.

/// The one of `known` that is nearest to `name` by edits (insert, delete, replace, swap), if it is near enough to be a slip.
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    // One slip in a short word, and one more for every four letters.
    let allowed = 1 + name.len().min(64) / 4;
    let scored = known.map(|candidate| (distance(name, candidate), candidate));
    scored.min().filter(|(edits, _)| *edits <= allowed).map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance over bytes, of the first 64 of each.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<u8>, Vec<u8>) = (a.bytes().take(64).collect(), b.bytes().take(64).collect());
    let mut older: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&last, j) + usize::from(x != y);
            let mut best = replaced.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&older, j - 1) + 1);
            }
            row.push(best);
        }
        older = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn slips_are_counted() {
        assert_eq!(
            [distance("review", "reveiw"), distance("abc", ""), distance("", "ab"), distance("fee", "fees")],
            [1, 3, 2, 1]
        );
    }

    #[test]
    fn only_near_names_are_proposed() {
        let known = ["review", "refused", "permit"];
        assert_eq!(nearest("reveiw", known.into_iter()), Some("review"));
        assert_eq!(nearest("lapsed-now", known.into_iter()), None);
    }
}
