//! The messages of the zone's Fluent files, and the messages that a definition needs.
//!
//! Must not know of: problems, how a message is formatted.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, Identifier, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use crate::model::{End, Language, Service, Source, StageKind, Zone};
use crate::places::{Part, Places};
use crate::span::Span;

/// What stands in one Fluent file.
#[derive(Debug, Default)]
pub struct Messages {
    /// `title`, and `title.hint` for an attribute.
    pub texts: BTreeMap<String, Text>,
    /// Terms, without the `-` before them.
    pub terms: BTreeSet<String>,
    /// What messages and terms refer to.
    pub references: Vec<Reference>,
}

/// One message or attribute.
#[derive(Debug)]
pub struct Text {
    /// Bytes from the file's beginning to its name and past it.
    pub at: (usize, usize),
}

/// A place where a message or term takes in something else.
#[derive(Debug)]
pub struct Reference {
    /// Bytes from the file's beginning to the name and past it.
    pub at: (usize, usize),
    /// What.
    pub to: To,
}

/// What can be referred to.
#[derive(Debug)]
pub enum To {
    /// A message, or an attribute of one: `title.hint`.
    Message(String),
    /// A term, without the `-`.
    Term(String),
    /// A variable that whoever shows the message gives, without the `$`.
    Variable(String),
    /// A function.
    Function(String),
}

impl To {
    /// Whether it is the message of that name.
    #[must_use]
    pub fn is_message(&self, name: &str) -> bool {
        matches!(self, Self::Message(other) if other == name)
    }
}

/// What a definition needs, and what it may have beside.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Must be there in every language.
    pub needed: BTreeSet<String>,
    /// May be there.
    pub welcome: BTreeSet<String>,
}

/// One folder's files: the zone's own, or a service's.
#[derive(Debug)]
pub struct Folder<'a> {
    /// The service; nothing for the zone.
    pub service: Option<&'a Service>,
    /// What is needed in it.
    pub wanted: Wanted,
    /// The files that could be read, by language.
    pub files: BTreeMap<&'a Language, Messages>,
}

impl<'a> Folder<'a> {
    /// The zone's own files.
    #[must_use]
    pub fn of_zone(zone: &'a Zone) -> Self {
        Self { service: None, wanted: by_zone(zone), files: read(&zone.words) }
    }

    /// A service's files.
    #[must_use]
    pub fn of_service(service: &'a Service) -> Self {
        Self { service: Some(service), wanted: by_service(service), files: read(&service.words) }
    }

    /// The place of `bytes` in the file of a language; the whole file's place for none.
    #[must_use]
    pub fn place(&self, places: &Places, language: &Language, bytes: (usize, usize)) -> Span {
        let file = match self.service {
            Some(service) => Part::ServiceWords(service.name.clone(), language.clone()),
            None => Part::ZoneWords(language.clone()),
        };
        let span = places.find(&file);
        let offset = |bytes: usize| span.start.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        Span::new(span.file, offset(bytes.0), offset(bytes.1))
    }

    /// What a reader calls it.
    #[must_use]
    pub fn home(&self, language: &str) -> String {
        self.service
            .map_or_else(|| format!("{language}.ftl"), |service| format!("services/{}/{language}.ftl", service.name))
    }
}

fn read(words: &BTreeMap<Language, String>) -> BTreeMap<&Language, Messages> {
    words.iter().map(|(language, text)| (language, messages(text))).collect()
}

fn messages(text: &str) -> Messages {
    // What is not Fluent was told when the file was read; the rest of it still counts.
    let resource = parser::parse(text).unwrap_or_else(|(resource, _)| resource);
    let mut reader = Reader { text, in_term: false, found: Messages::default() };
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                reader.in_term = false;
                let name = message.id.name;
                if let Some(pattern) = &message.value {
                    reader.message(name.to_owned(), &message.id, pattern);
                }
                for attribute in &message.attributes {
                    reader.message(format!("{name}.{}", attribute.id.name), &attribute.id, &attribute.value);
                }
            }
            Entry::Term(term) => {
                reader.in_term = true;
                reader.found.terms.insert(term.id.name.to_owned());
                reader.pattern(&term.value);
            }
            _ => {}
        }
    }
    reader.found
}

/// Reads one file.
struct Reader<'t> {
    text: &'t str,
    /// Whether what is read is a term: whoever refers to it gives its variables.
    in_term: bool,
    found: Messages,
}

impl<'t> Reader<'t> {
    fn message(&mut self, name: String, id: &Identifier<&'t str>, pattern: &Pattern<&'t str>) {
        let at = self.place(id);
        self.pattern(pattern);
        self.found.texts.entry(name).or_insert(Text { at });
    }

    /// The tree has no places, but its names are slices of the text.
    fn place(&self, id: &Identifier<&'t str>) -> (usize, usize) {
        let start = (id.name.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        (start, start + id.name.len())
    }

    fn refer(&mut self, id: &Identifier<&'t str>, to: To) {
        let at = self.place(id);
        self.found.references.push(Reference { at, to });
    }

    fn pattern(&mut self, pattern: &Pattern<&'t str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'t str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'t str>) {
        match inline {
            InlineExpression::VariableReference { id } if !self.in_term => {
                self.refer(id, To::Variable(id.name.to_owned()));
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|attribute| format!(".{}", attribute.name));
                self.refer(id, To::Message(format!("{}{}", id.name, attribute.unwrap_or_default())));
            }
            InlineExpression::TermReference { id, .. } => self.refer(id, To::Term(id.name.to_owned())),
            InlineExpression::FunctionReference { id, arguments } => {
                self.refer(id, To::Function(id.name.to_owned()));
                let named = arguments.named.iter().map(|named| &named.value);
                for argument in arguments.positional.iter().chain(named) {
                    self.inline(argument);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }
}

fn by_zone(zone: &Zone) -> Wanted {
    let mut needed = BTreeSet::from(["zone".to_owned(), "zone.summary".to_owned()]);
    needed.extend(zone.authorities.iter().map(|name| format!("authority-{name}")));
    needed.extend(zone.portals.iter().map(|name| format!("portal-{name}")));
    needed.extend(zone.roles.keys().map(|name| format!("role-{name}")));
    needed.extend(zone.registers.keys().map(|name| format!("register-{name}")));
    needed.extend(zone.concepts.keys().map(|id| format!("concept-{}", id.replace('.', "-"))));
    Wanted { needed, welcome: BTreeSet::new() }
}

fn by_service(service: &Service) -> Wanted {
    let mut wanted = Wanted { needed: BTreeSet::from(["title".to_owned(), "summary".to_owned()]), ..Wanted::default() };
    for fact in &service.facts {
        wanted.needed.insert(format!("fact-{}", fact.name));
        let hint = format!("fact-{}.hint", fact.name);
        // Only who is asked needs help; who chooses from a register or records may have it.
        let asked = matches!(fact.source, Source::Ask { .. });
        if asked {
            wanted.needed.insert(hint)
        } else {
            wanted.welcome.insert(hint)
        };
    }
    for (name, table) in &service.tables {
        wanted.needed.insert(format!("table-{name}"));
        wanted.needed.extend(table.outputs.iter().map(|output| format!("output-{name}-{}", output.name)));
    }
    for stage in &service.stages {
        let name = &stage.name;
        wanted.needed.insert(format!("stage-{name}"));
        match &stage.kind {
            StageKind::Officer(desk) | StageKind::Inspect(desk) => {
                wanted.needed.extend(desk.may.keys().map(|route| format!("route-{name}-{route}")));
            }
            StageKind::Consult { branches, .. } => {
                wanted.needed.extend(branches.iter().map(|branch| format!("branch-{name}-{}", branch.name)));
            }
            StageKind::End(End { issue: Some(certificate), .. }) => {
                wanted.needed.insert(format!("certificate-{certificate}"));
            }
            _ => {}
        }
    }
    wanted
}
