//! Where functions begin and end.
//!
//! It must not know how long they may be.

use super::{Function, Token, after_group, body_or_end, reads};

/// Every function with a body, in the order of their names in the text, inner ones too.
pub fn functions(tokens: &[Token]) -> Vec<Function> {
    let starts = tokens.iter().enumerate().filter(|(_, token)| token.text == "fn");
    starts.filter_map(|(index, token)| function(tokens, index, token.line)).collect()
}

/// The function whose `fn` stands at `index`. A type such as `fn(u8)` has no name, a trait's signature no body.
fn function(tokens: &[Token], index: usize, first_line: usize) -> Option<Function> {
    let name = tokens.get(index + 1).filter(|name| name.text.chars().all(|letter| letter != '('))?;
    let open = body_or_end(tokens, index + 2).filter(|open| reads(tokens, *open, "{"))?;
    let last = tokens.get(after_group(tokens, open).checked_sub(1)?)?;
    Some(Function { name: name.text.clone(), first_line, last_line: last.line })
}

#[cfg(test)]
mod tests {
    use crate::tidy::rust::Source;

    #[test]
    fn functions_are_found_with_their_lines() {
        let text =
            "trait T { fn sign(&self); }\nfn a(f: fn(u8) -> u8) -> [u8; 2] {\n fn inner() {}\n \"}\"\n}\nfn b() {}";
        let found: Vec<(String, usize, usize)> = Source::read(text)
            .functions()
            .into_iter()
            .map(|function| (function.name, function.first_line, function.last_line))
            .collect();
        assert_eq!(found, [("a".into(), 2, 5), ("inner".into(), 3, 3), ("b".into(), 6, 6)]);
    }
}
