//! The messages and terms of one Fluent file: what they show, what they take in, and where they stand.
//!
//! Must not know of: problems, which messages a definition needs, how a message is formatted.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{CallArguments, Entry, Expression, Identifier, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;

use crate::check::flow::components;
use crate::value::{disguised, is_blank};

/// What stands in one Fluent file.
#[derive(Debug, Default)]
pub struct Messages {
    /// `title`, and `title.hint` for an attribute.
    pub texts: BTreeMap<String, Text>,
    /// Terms and their attributes, with the `-` before them.
    pub terms: BTreeMap<String, Text>,
    /// References that come back to the message or term that they stand in, one for each circle.
    pub circles: Vec<Circle>,
}

/// A message, a term, or an attribute of one.
#[derive(Debug, Default)]
pub struct Text {
    /// Bytes from the file's beginning to its name and past it.
    pub at: (usize, usize),
    /// What it takes in.
    pub references: Vec<Reference>,
    /// The variables that it shows, if it is a term: whoever refers to it gives them.
    pub variables: BTreeSet<String>,
    /// The first character in it that disguises what is read.
    pub disguise: Option<char>,
    /// Whether nothing of it can be seen.
    pub blank: bool,
    body: Vec<Piece>,
}

/// A place where a message or term takes in something else.
#[derive(Debug)]
pub struct Reference {
    /// Bytes from the file's beginning to the name and past it.
    pub at: (usize, usize),
    /// What.
    pub to: To,
}

/// Messages and terms that take each other in.
#[derive(Debug)]
pub struct Circle {
    /// A reference from one to another.
    pub at: (usize, usize),
    /// Their names.
    pub names: Vec<String>,
}

/// What can be referred to.
#[derive(Debug)]
pub enum To {
    /// A message, or an attribute of one: `title.hint`.
    Message(String),
    /// A term or an attribute of one, with the `-`, and the variables that it is given there.
    Term(String, BTreeSet<String>),
    /// A variable that whoever shows the message gives, without the `$`.
    Variable(String),
    /// A function.
    Function(String),
}

impl To {
    /// The name of the message.
    #[must_use]
    pub const fn message(&self) -> Option<&String> {
        match self {
            Self::Message(name) => Some(name),
            _ => None,
        }
    }

    /// The name of the message or term.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Message(name) | Self::Term(name, _) => Some(name),
            Self::Variable(_) | Self::Function(_) => None,
        }
    }
}

/// What is shown, as far as it matters whether anything is.
#[derive(Debug)]
enum Piece {
    /// Something that can be seen.
    Seen,
    /// What the message or term of that name shows.
    Of(String),
    /// One of these.
    OneOf(Vec<Vec<Piece>>),
}

impl Messages {
    /// What stands in `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        // What is not Fluent was told when the file was read; the rest of it still counts.
        let resource = parser::parse(text).unwrap_or_else(|(resource, _)| resource);
        let mut reader = Reader { text, in_term: false, current: Text::default(), found: Self::default() };
        for entry in &resource.body {
            let (sign, id, value, attributes) = match entry {
                Entry::Message(message) => ("", &message.id, message.value.as_ref(), &message.attributes),
                Entry::Term(term) => ("-", &term.id, Some(&term.value), &term.attributes),
                _ => continue,
            };
            reader.in_term = !sign.is_empty();
            if let Some(pattern) = value {
                reader.entry(format!("{sign}{}", id.name), id, pattern);
            }
            for attribute in attributes {
                let name = format!("{sign}{}.{}", id.name, attribute.id.name);
                reader.entry(name, &attribute.id, &attribute.value);
            }
        }
        let mut found = reader.found;
        found.follow();
        found
    }

    /// Every message and term.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Text)> {
        self.texts.iter().chain(&self.terms)
    }

    /// Follows the references: what comes back to itself, and what shows nothing.
    fn follow(&mut self) {
        let all: Vec<(&String, &Text)> = self.all().collect();
        let numbers: BTreeMap<&str, usize> = all.iter().zip(0..).map(|((name, _), at)| (name.as_str(), at)).collect();
        let target = |reference: &Reference| reference.to.name().and_then(|name| numbers.get(name).copied());
        let edges = all
            .iter()
            .enumerate()
            .flat_map(|(from, (_, text))| text.references.iter().filter_map(target).map(move |to| (from, to)));
        let edges: Vec<(usize, usize)> = edges.collect();
        let (mut circles, mut blank): (Vec<Circle>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
        // From what is taken in to what takes it in, and without recursion: a file may hold as long a chain as it likes.
        for members in components(all.len(), &edges).into_iter().rev() {
            let within = |to: usize| members.binary_search(&to).is_ok();
            let texts = members.iter().filter_map(|member| all.get(*member));
            let references = texts.clone().flat_map(|(_, text)| &text.references);
            let back = references.filter(|to| target(to).is_some_and(within)).map(|to| to.at).min();
            if let Some(at) = back {
                circles.push(Circle { at, names: texts.map(|(name, _)| (*name).clone()).collect() });
            } else {
                let unseen = texts.filter(|(_, text)| !is_seen(&text.body, &blank)).map(|(name, _)| (*name).clone());
                let unseen: Vec<String> = unseen.collect();
                blank.extend(unseen);
            }
        }
        circles.sort_by_key(|circle| circle.at);
        self.circles = circles;
        for (name, text) in self.texts.iter_mut().chain(&mut self.terms) {
            text.blank = blank.contains(name);
        }
    }
}

/// Whether something of `body` is seen whatever is chosen, of messages and terms some of which are `blank`.
fn is_seen(body: &[Piece], blank: &BTreeSet<String>) -> bool {
    body.iter().any(|piece| match piece {
        Piece::Seen => true,
        Piece::Of(name) => !blank.contains(name),
        Piece::OneOf(choices) => choices.iter().all(|choice| is_seen(choice, blank)),
    })
}

/// Reads one file.
struct Reader<'t> {
    text: &'t str,
    /// Whether what is read is a term.
    in_term: bool,
    current: Text,
    found: Messages,
}

impl<'t> Reader<'t> {
    fn entry(&mut self, name: String, id: &Identifier<&'t str>, pattern: &Pattern<&'t str>) {
        self.current = Text { at: self.place(id), ..Text::default() };
        self.current.body = self.pattern(pattern);
        let text = std::mem::take(&mut self.current);
        let entries = if self.in_term { &mut self.found.terms } else { &mut self.found.texts };
        entries.entry(name).or_insert(text);
    }

    /// The tree has no places, but its names are slices of the text.
    fn place(&self, id: &Identifier<&'t str>) -> (usize, usize) {
        let start = (id.name.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        (start, start + id.name.len())
    }

    fn refer(&mut self, id: &Identifier<&'t str>, to: To) -> Vec<Piece> {
        let at = self.place(id);
        let piece = to.name().map_or(Piece::Seen, |name| Piece::Of(name.to_owned()));
        self.current.references.push(Reference { at, to });
        vec![piece]
    }

    fn written(&mut self, text: &str) -> Vec<Piece> {
        self.current.disguise = self.current.disguise.or_else(|| disguised(text));
        if is_blank(text) { Vec::new() } else { vec![Piece::Seen] }
    }

    fn pattern(&mut self, pattern: &Pattern<&'t str>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for element in &pattern.elements {
            pieces.extend(match element {
                PatternElement::TextElement { value } => self.written(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            });
        }
        pieces
    }

    fn expression(&mut self, expression: &Expression<&'t str>) -> Vec<Piece> {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                // A term that is not given what it chooses by takes its default.
                if !(self.in_term && matches!(selector, InlineExpression::VariableReference { .. })) {
                    self.inline(selector);
                }
                vec![Piece::OneOf(variants.iter().map(|variant| self.pattern(&variant.value)).collect())]
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'t str>) -> Vec<Piece> {
        match inline {
            InlineExpression::StringLiteral { value } => self.written(&unescape_unicode_to_string(value)),
            InlineExpression::NumberLiteral { .. } => vec![Piece::Seen],
            InlineExpression::VariableReference { id } if self.in_term => {
                self.current.variables.insert(id.name.to_owned());
                vec![Piece::Seen]
            }
            InlineExpression::VariableReference { id } => self.refer(id, To::Variable(id.name.to_owned())),
            InlineExpression::MessageReference { id, attribute } => {
                self.refer(id, To::Message(named("", id, attribute.as_ref())))
            }
            InlineExpression::TermReference { id, attribute, arguments } => {
                let given = arguments.iter().flat_map(|arguments| &arguments.named);
                let given = given.map(|argument| argument.name.name.to_owned()).collect();
                self.refer(id, To::Term(named("-", id, attribute.as_ref()), given))
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.arguments(arguments);
                self.refer(id, To::Function(id.name.to_owned()))
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&'t str>) {
        let named = arguments.named.iter().map(|named| &named.value);
        for argument in arguments.positional.iter().chain(named) {
            self.inline(argument);
        }
    }
}

fn named(sign: &str, id: &Identifier<&str>, attribute: Option<&Identifier<&str>>) -> String {
    let attribute = attribute.map(|attribute| format!(".{}", attribute.name));
    format!("{sign}{}{}", id.name, attribute.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::Messages;

    fn circles(text: &str) -> Vec<Vec<String>> {
        Messages::of(text).circles.into_iter().map(|circle| circle.names).collect()
    }

    fn blank(text: &str) -> bool {
        Messages::of(text).texts["a"].blank
    }

    #[test]
    fn circles_go_through_messages_attributes_and_terms() {
        assert_eq!(circles("a = { a }\n"), [["a"]]);
        assert_eq!(circles("a = { b }\nb = { -c }\n-c = { a.d }\n"), Vec::<Vec<String>>::new());
        assert_eq!(circles("a = x\n    .d = { b }\nb = { -c }\n-c = y { a.d }\n"), [["a.d", "b", "-c"]]);
        assert_eq!(circles("-t = { -t }\na = { b }\nb = x\n"), [["-t"]]);
    }

    #[test]
    fn what_shows_nothing_is_blank() {
        for text in [
            "a = { \"\" }\n",
            "a = { \" \\u00AD\" }\n",
            "a = { -b }\n-b = { \"\" }\n",
            "a = { 1 ->\n    [one] x\n   *[other] { \"\" }\n }\n",
        ] {
            assert!(blank(text), "{text}");
        }
        for text in
            ["a = x\n", "a = { 5 }\n", "a = { -b }\n-b = x\n", "a = { a }\n", "a = { nothing }\n", "a = { \"\" }x\n"]
        {
            assert!(!blank(text), "{text}");
        }
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        let mut text = "m0 = { \"\" }\n".to_owned();
        for number in 1..50_000 {
            writeln!(text, "m{number} = {{ m{} }}", number - 1).unwrap();
        }
        assert!(Messages::of(&text).texts["m49999"].blank);
    }
}
