//! Rust as tokens: enough to find items, functions and paths, whatever stands in comments and strings.
//!
//! It must not know the rules. It never fails: what it cannot make sense of, the compiler will complain about.

mod functions;
mod mask;
mod paths;
mod test_code;

/// One Rust file.
pub struct Source {
    tokens: Vec<Token>,
}

/// A word, a `::`, or one other character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its text.
    pub text: String,
    /// Its line, counted from 1.
    pub line: usize,
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of its `fn`, counted from 1.
    pub first_line: usize,
    /// The line of its closing brace.
    pub last_line: usize,
}

/// A path as code names it, such as `std::fs::read`; braces of a `use` are written out.
#[derive(Debug, PartialEq, Eq)]
pub struct NamedPath {
    /// The path.
    pub text: String,
    /// The line of its last part, counted from 1.
    pub line: usize,
}

impl Source {
    /// Reads a file.
    pub fn read(text: &str) -> Self {
        Self { tokens: tokens(&mask::mask(text)) }
    }

    /// Its tokens, without comments and without what stands in strings.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Its functions, inner ones too.
    pub fn functions(&self) -> Vec<Function> {
        functions::functions(&self.tokens)
    }

    /// The paths that it names outside `#[cfg(test)]`.
    pub fn paths_outside_tests(&self) -> Vec<NamedPath> {
        paths::paths(&test_code::without(&self.tokens))
    }

    /// Whether the name is called as a macro on that line.
    pub fn is_macro(&self, name: &str, line: usize) -> bool {
        let calls =
            |pair: &[Token]| matches!(pair, [word, mark] if word.text == name && word.line == line && mark.text == "!");
        self.tokens.windows(2).any(calls)
    }

    /// The modules that it declares for tests alone, in files of their own.
    pub fn test_modules(&self) -> Vec<&str> {
        test_code::modules(&self.tokens)
    }
}

/// Splits masked text.
fn tokens(masked: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut in_word = false;
    for (number, line) in masked.lines().enumerate() {
        let mut was_colon = false;
        for letter in line.chars() {
            let is_word = letter.is_alphanumeric() || letter == '_';
            let is_second_colon = letter == ':' && was_colon;
            match tokens.last_mut() {
                Some(last) if (is_word && in_word) || is_second_colon => last.text.push(letter),
                _ if letter.is_whitespace() => {}
                _ => tokens.push(Token { text: letter.to_string(), line: number + 1 }),
            }
            in_word = is_word;
            was_colon = letter == ':' && !is_second_colon;
        }
        in_word = false;
    }
    tokens
}

/// The index after the token that closes what opens at `open`, or the end.
fn after_group(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    tokens.len()
}

/// The index of the first `{`, `}` or `;` from `start` on that is not inside brackets or parentheses.
fn body_or_end(tokens: &[Token], start: usize) -> Option<usize> {
    let mut index = start;
    loop {
        match tokens.get(index)?.text.as_str() {
            "{" | "}" | ";" => return Some(index),
            "(" | "[" => index = after_group(tokens, index),
            _ => index += 1,
        }
    }
}

/// Whether the token at `index` reads `text`.
fn reads(tokens: &[Token], index: usize, text: &str) -> bool {
    tokens.get(index).is_some_and(|token| token.text == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_double_colons_are_one_token() {
        let texts: Vec<String> = tokens("a::b_1 :c\nd").into_iter().map(|token| token.text).collect();
        assert_eq!(texts, ["a", "::", "b_1", ":", "c", "d"]);
    }

    #[test]
    fn a_group_ends_at_its_own_bracket() {
        let tokens = tokens("{ ( } ) x } y");
        assert_eq!(after_group(&tokens, tokens.len()), tokens.len());
        let tokens = super::tokens("{ ( ) [ { } ] } y");
        assert!(reads(&tokens, after_group(&tokens, 0), "y"));
    }
}
