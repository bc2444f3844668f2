//! Blanks out what is not code: comments, strings, characters.
//!
//! It must not know tokens. Lines stay lines, so that places stay right.

/// The text with the inside of comments and literals replaced by spaces. The quotes of a string stay.
pub fn mask(text: &str) -> String {
    let mut letters = Letters { all: text.chars().collect(), at: 0, out: String::with_capacity(text.len()) };
    let mut after_word = false;
    while let Some(letter) = letters.peek(0) {
        let was_word = after_word;
        after_word = letter.is_alphanumeric() || letter == '_';
        match (letter, letters.peek(1)) {
            ('/', Some('/')) => letters.line_comment(),
            ('/', Some('*')) => letters.block_comment(),
            ('"', _) => letters.string(),
            ('r', Some('"' | '#')) if !was_word => letters.raw_string(1),
            ('b' | 'c', Some('r')) if !was_word => letters.raw_string(2),
            ('\'', _) => letters.character(),
            _ => letters.keep(1),
        }
    }
    letters.out
}

struct Letters {
    all: Vec<char>,
    at: usize,
    out: String,
}

impl Letters {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.all.get(self.at + ahead).copied()
    }

    fn keep(&mut self, count: usize) {
        self.out.extend(self.all.iter().skip(self.at).take(count));
        self.at += count;
    }

    fn blank(&mut self, count: usize) {
        let blanked = self.all.iter().skip(self.at).take(count);
        self.out.extend(blanked.map(|letter| if *letter == '\n' { '\n' } else { ' ' }));
        self.at += count;
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|letter| letter != '\n') {
            self.blank(1);
        }
    }

    /// Block comments nest in Rust.
    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(letter) = self.peek(0) {
            let step = match (letter, self.peek(1)) {
                ('/', Some('*')) => Some(depth + 1),
                ('*', Some('/')) => Some(depth.saturating_sub(1)),
                _ => None,
            };
            self.blank(if step.is_some() { 2 } else { 1 });
            depth = step.unwrap_or(depth);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.keep(1);
        loop {
            match self.peek(0) {
                Some('\\') => self.blank(2),
                Some('"') => return self.keep(1),
                Some(_) => self.blank(1),
                None => return,
            }
        }
    }

    /// After `prefix` letters, any number of `#` and a quote; else it is a word, or a raw name such as `r#type`.
    fn raw_string(&mut self, prefix: usize) {
        let hashes = self.all.iter().skip(self.at + prefix).take_while(|letter| **letter == '#').count();
        if self.peek(prefix + hashes) != Some('"') {
            return self.keep(1);
        }
        self.keep(prefix + hashes + 1);
        while self.peek(0).is_some() {
            let closes = self.peek(0) == Some('"') && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                return self.keep(1 + hashes);
            }
            self.blank(1);
        }
    }

    /// A character, or the tick of a lifetime or label.
    fn character(&mut self) {
        match (self.peek(1), self.peek(2)) {
            (Some('\\'), _) => {
                self.blank(3);
                while self.peek(0).is_some_and(|letter| letter != '\'' && letter != '\n') {
                    self.blank(1);
                }
                self.blank(1);
            }
            (_, Some('\'')) => self.blank(3),
            _ => self.keep(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn comments_and_literals_become_spaces() {
        assert_eq!(mask("a // b\nc"), "a     \nc");
        assert_eq!(mask("a /* /* b */ \n */ c"), "a            \n    c");
        assert_eq!(mask(r#"f("x\"y{", '{', '\'', b"}")"#), r#"f("     ",    ,     , b" ")"#);
        assert_eq!(mask("r#\"a\"b\"# c"), "r#\"   \"# c");
    }

    #[test]
    fn lifetimes_and_raw_names_stay() {
        assert_eq!(mask("fn f<'a>(x: &'a str) {}"), "fn f<'a>(x: &'a str) {}");
        assert_eq!(mask("r#type + bar\"x\""), "r#type + bar\" \"");
    }

    #[test]
    fn what_never_ends_is_blanked_to_the_end() {
        assert_eq!(mask("\"ab"), "\"  ");
        assert_eq!(mask("/* ab"), "     ");
        assert_eq!(mask("'\\"), "  ");
    }
}
