//! YAML 1.2 as far as definitions use it: mappings, sequences and scalars, each with its place. Aliases, anchors, tags and further documents are
//! refused, since a reader of the file would not see what they stand for.
//!
//! Must not know of: what the keys mean.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};

use crate::codes;
use crate::problem::Problem;
use crate::span::{Span, Spanned};

/// Deepest nesting; definitions need six levels.
const MAX_DEPTH: usize = 32;
/// Most nodes in one file; a service has some hundreds.
const MAX_NODES: usize = 100_000;

/// A part of a document and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// From its first to its last byte.
    pub span: Span,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A scalar's text as written; types come from where it is used.
    Scalar(String),
    /// An empty value, `~` or `null`.
    Null,
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping in the author's order, without duplicates.
    Mapping(Vec<(Spanned<String>, Node)>),
    /// Something that was refused; a problem says why.
    Broken,
}

/// Reads the one document in `text`, which is file number `file`. An empty file is `Null`.
#[must_use]
pub fn parse(file: u32, text: &str) -> (Node, Vec<Problem>) {
    let mut reader = Reader::new(file, text);
    let mut root = Node { kind: NodeKind::Null, span: Span::new(file, 0, 0) };
    let mut documents = 0;
    while let Some((event, span)) = reader.next() {
        match event {
            Event::DocumentStart(_) => documents += 1,
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => {}
            _ if documents > 1 => {
                reader.refuse(span, "a second document in one file", "remove the `---` and what follows it");
                break;
            }
            _ => root = reader.node(event, span, 0),
        }
    }
    (root, reader.problems)
}

struct Reader<'text> {
    parser: Parser<'text, StrInput<'text>>,
    bytes: Option<Vec<u32>>,
    file: u32,
    length: u32,
    /// Where the last line with anything in it ends: what is missed at the end of the file is missed there.
    end: u32,
    nodes: usize,
    over: bool,
    problems: Vec<Problem>,
}

impl<'text> Reader<'text> {
    fn new(file: u32, text: &'text str) -> Self {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        // The parser counts characters; text that is all ASCII needs no table.
        let table = || text.char_indices().map(|(at, _)| offset(at)).collect();
        Self {
            parser: Parser::new_from_str(text),
            bytes: (!text.is_ascii()).then(table),
            file,
            length: offset(text.len()),
            end: offset(text.trim_end().len()),
            nodes: 0,
            over: false,
            problems: Vec::new(),
        }
    }

    /// The next event; `None` at the end and after the first error of syntax, which cannot be read past.
    fn next(&mut self) -> Option<(Event<'text>, Span)> {
        if self.over {
            return None;
        }
        match self.parser.next_event()? {
            Ok((event, span)) => {
                let span = self.span(span);
                Some((event, span))
            }
            Err(error) => {
                self.over = true;
                self.syntax(&error);
                None
            }
        }
    }

    fn offset(&self, index: usize) -> u32 {
        match &self.bytes {
            None => u32::try_from(index).unwrap_or(u32::MAX).min(self.length),
            Some(table) => table.get(index).copied().unwrap_or(self.length),
        }
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.offset(span.start.index());
        Span::new(self.file, start, self.offset(span.end.index()).max(start))
    }

    fn syntax(&mut self, error: &ScanError) {
        let start = self.offset(error.marker().index()).min(self.end);
        let end = self.offset(error.marker().index().saturating_add(1)).max(start);
        let span = Span::new(self.file, start, end);
        let help =
            "check the indentation, the brackets and the quotes at and before this place; nothing after it was read";
        self.problems.push(codes::YAML_SYNTAX.problem(span, format!("not YAML: {}", error.info()), help));
    }

    fn refuse(&mut self, span: Span, what: &str, help: &str) {
        self.problems.push(codes::YAML_FEATURE.problem(span, format!("{what} is not allowed"), help));
    }

    fn broken(&self, span: Span) -> Node {
        Node { kind: NodeKind::Broken, span: Span::new(self.file, span.start, span.end) }
    }

    /// The node that begins with `event`.
    fn node(&mut self, event: Event<'text>, span: Span, depth: usize) -> Node {
        self.nodes += 1;
        let opens = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
        if (opens && depth > MAX_DEPTH) || self.nodes > MAX_NODES {
            return self.too_much(span);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_only(span, anchor, tag.is_some());
                let empty = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let kind = if empty { NodeKind::Null } else { NodeKind::Scalar(text.into_owned()) };
                Node { kind, span }
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain_only(span, anchor, tag.is_some());
                self.sequence(span, depth)
            }
            Event::MappingStart(anchor, tag) => {
                self.plain_only(span, anchor, tag.is_some());
                self.mapping(span, depth)
            }
            Event::Alias(_) => {
                self.refuse(span, "an alias", "write the value out where it is used");
                self.broken(span)
            }
            _ => self.broken(span),
        }
    }

    fn plain_only(&mut self, span: Span, anchor: usize, tagged: bool) {
        if anchor > 0 {
            self.refuse(span, "an anchor", "remove the `&` name");
        }
        if tagged {
            self.refuse(span, "a tag", "remove the `!` name; types follow from the key");
        }
    }

    fn sequence(&mut self, start: Span, depth: usize) -> Node {
        let mut items: Vec<Node> = Vec::new();
        let mut end = start.end;
        while let Some((event, span)) = self.next() {
            if event == Event::SequenceEnd {
                end = end.max(span.end);
                break;
            }
            let item = self.node(event, span, depth + 1);
            end = end.max(item.span.end);
            items.push(item);
        }
        let end = items.last().filter(|_| self.block(start)).map_or(end, |item| item.span.end);
        Node { kind: NodeKind::Sequence(items), span: Span::new(self.file, start.start, end) }
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Node {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut end = start.end;
        while let Some((event, span)) = self.next() {
            if event == Event::MappingEnd {
                end = end.max(span.end);
                break;
            }
            let key = self.node(event, span, depth + 1);
            let Some((event, span)) = self.next() else { break };
            let value = self.node(event, span, depth + 1);
            let Some(key) = self.key(key) else { continue };
            if let Some(first) = seen.get(&key.value) {
                self.duplicate(&key, *first);
                continue;
            }
            seen.insert(key.value.clone(), key.span);
            end = end.max(value.span.end);
            entries.push((key, value));
        }
        let last = entries.last().filter(|_| self.block(start)).map(|(key, value)| value.span.end.max(key.span.end));
        Node { kind: NodeKind::Mapping(entries), span: Span::new(self.file, start.start, last.unwrap_or(end)) }
    }

    /// Whether a collection that starts there is written in block style: its end event comes only after the blank lines and comments behind it.
    fn block(&self, start: Span) -> bool {
        start.start == start.end
    }

    fn key(&mut self, key: Node) -> Option<Spanned<String>> {
        match key.kind {
            NodeKind::Scalar(text) => Some(Spanned::new(text, key.span)),
            NodeKind::Broken => None,
            _ => {
                self.refuse(key.span, "a key that is not a plain name", "write the key as a single word");
                None
            }
        }
    }

    fn duplicate(&mut self, key: &Spanned<String>, first: Span) {
        let message = format!("`{}` stands here a second time", key.value);
        let mut problem = codes::DUPLICATE.problem(key.span, message, "remove one of the two, or rename it");
        problem.related.push((first, "first here".to_owned()));
        self.problems.push(problem);
    }

    /// Skips the collection that begins here, so that reading can go on behind it; past the bound on nodes, everything.
    fn too_much(&mut self, span: Span) -> Node {
        if self.nodes > MAX_NODES {
            let message = format!("more than {MAX_NODES} values in one file");
            self.problems.push(codes::TOO_LARGE.problem(span, message, "split the file with `include`"));
            self.over = true;
            return self.broken(span);
        }
        let message = format!("nested more than {MAX_DEPTH} levels deep");
        self.problems.push(codes::TOO_DEEP.problem(
            span,
            message,
            "nothing in a definition nests this deep: look for a lost bracket",
        ));
        let mut open = 1;
        while open > 0 {
            match self.next() {
                Some((Event::SequenceStart(..) | Event::MappingStart(..), _)) => open += 1,
                Some((Event::SequenceEnd | Event::MappingEnd, _)) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
        self.broken(span)
    }
}
