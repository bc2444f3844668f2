//! What a description says that goods are not: "other than of silk", "(excl. of wool)", "not knitted". Whoever looks for silk does not mean it.
//!
//! Must not know of: the index.

/// What begins an exclusion, in [`crate::normal`] form.
const MARKS: [&str; 12] = [
    "other than",
    "excluding",
    "excl.",
    "except",
    "not",
    "without",
    "به استثنای",
    "به استثنا",
    "به غیر از",
    "غیر از",
    "بجز",
    "به جز",
];
/// After `not`, these do not exclude: "not exceeding 2 l", "whether or not".
const BOUNDS: [&str; 4] = ["exceeding", "more", "less", "over"];

/// A text in normal form, parted into what it says and what it excludes.
///
/// An exclusion goes to the end of the brackets in which it stands, else to the next comma, semicolon or closing bracket.
pub(crate) fn parted(text: &str) -> (String, String) {
    let (mut said, mut excluded) = (String::new(), String::new());
    let mut rest = text;
    while let Some((at, mark)) = next_mark(rest) {
        let (before, from) = rest.split_at(at);
        let bracketed = before.trim_end().ends_with('(');
        said.push_str(before);
        let after = from.get(mark.len()..).unwrap_or_default();
        let end = end_of(after, bracketed);
        excluded.push_str(after.get(..end).unwrap_or_default());
        excluded.push(' ');
        said.push(' ');
        rest = after.get(end..).unwrap_or_default();
    }
    said.push_str(rest);
    (said, excluded)
}

/// The first mark of an exclusion, as a word of its own, and where.
fn next_mark(text: &str) -> Option<(usize, &'static str)> {
    let found = |mark: &'static str| {
        text.match_indices(mark).map(|(at, _)| at).find(|at| stands(text, *at, mark)).map(|at| (at, mark))
    };
    MARKS.into_iter().filter_map(found).min_by_key(|(at, mark)| (*at, usize::MAX - mark.len()))
}

fn stands(text: &str, at: usize, mark: &str) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + mark.len()..).unwrap_or_default();
    let alone = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
    let bound = mark == "not"
        && (before.trim_end().ends_with(" or") || BOUNDS.iter().any(|word| after.trim_start().starts_with(word)));
    alone && !bound
}

/// Where an exclusion ends, in bytes.
fn end_of(text: &str, bracketed: bool) -> usize {
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            ',' | ';' | '،' | '؛' if !bracketed && depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}
