//! The readers against fixtures in which the expectation stands under the offending span, and against arbitrary bytes.

use proptest::prelude::*;

use super::source::{Position, Sources};
use super::yaml::{Node, NodeKind};
use super::{csv, fluent, yaml};
use crate::problem::Problem;
use crate::span::Span;

/// Checks that the problems of `fixture` are just those that its expectation lines mark: a line `^^^ code` stands for a problem of that code on
/// the line above, over the carets. Expectation lines are not part of the text that is read.
fn check(read: impl Fn(u32, &str) -> Vec<Problem>, fixture: &str) {
    let (mut text, mut expected, mut lines) = (String::new(), Vec::new(), 0);
    for line in fixture.lines() {
        match line.trim_start().strip_prefix('^') {
            Some(rest) => {
                let column = line.chars().take_while(|c| *c == ' ').count() + 1;
                let width = rest.chars().take_while(|c| *c == '^').count() + 1;
                expected.push((lines, column, width, rest.trim_start_matches('^').trim().to_owned()));
            }
            None => {
                text.push_str(line);
                text.push('\n');
                lines += 1;
            }
        }
    }
    let (sources, _) = Sources::read([("file", text.as_bytes())].into_iter());
    let source = sources.get(0).unwrap();
    let found = read(0, &text).into_iter().map(|problem| {
        let start = source.position(problem.span.start);
        let width = sources.text(problem.span).chars().count();
        (start.line, start.column as usize, width, problem.code.name.to_owned())
    });
    assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
}

fn yaml_problems(file: u32, text: &str) -> Vec<Problem> {
    yaml::parse(file, text).1
}

fn csv_problems(file: u32, text: &str) -> Vec<Problem> {
    csv::parse(file, text).1
}

fn fluent_problems(file: u32, text: &str) -> Vec<Problem> {
    fluent::parse(file, text).1
}

#[test]
fn yaml_refuses_what_hides_meaning() {
    check(
        yaml_problems,
        "
service: permit
within: 10 workdays
service: again
^^^^^^^ duplicate
نام: &ب پنجره
     ^^^^^^^^ yaml-feature
use: *ب
     ^^ yaml-feature
count: !!int 3
       ^^^^^^^ yaml-feature
? [a, b]
  ^^^^^^ yaml-feature
: c
",
    );
    check(yaml_problems, "a: 1\n---\nbc\n^^ yaml-feature\n");
}

#[test]
fn yaml_syntax_stops_at_the_place() {
    check(yaml_problems, "a: [1, 2\nb: 3\n ^ yaml-syntax\n");
}

#[test]
fn yaml_keeps_what_stood_before_an_error() {
    let (node, problems) = yaml::parse(0, "a: 1\nb: 2\nc: 'lost\n");
    assert_eq!(problems.len(), 1);
    let NodeKind::Mapping(entries) = node.kind else { panic!("{node:?}") };
    let keys: Vec<_> = entries.iter().map(|(key, _)| key.value.as_str()).collect();
    assert_eq!(keys, ["a", "b"]);
}

#[test]
fn yaml_nesting_is_bounded() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let text = open.repeat(100) + &close.repeat(100);
        assert_eq!(yaml_problems(0, &text).iter().map(|p| p.code.name).collect::<Vec<_>>(), ["too-deep"]);
        assert!(!yaml_problems(0, &open.repeat(100_000)).is_empty());
    }
    let block: String = (0..200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(yaml_problems(0, &block).iter().map(|p| p.code.name).collect::<Vec<_>>(), ["too-deep"]);
    assert_eq!(
        yaml_problems(0, &"- \n".repeat(200_000)).iter().map(|p| p.code.name).collect::<Vec<_>>(),
        ["too-large"]
    );
}

#[test]
fn yaml_spans_are_bytes_also_behind_persian() {
    let text = "نام: پنجره\r\nبعد: [یک, دو]\r\nlast: { a: 1 }\r\n\r\n# نظر\r\n";
    let (node, problems) = yaml::parse(0, text);
    assert_eq!(problems, []);
    let mut spans = Vec::new();
    walk(&node, &mut |span| spans.push(&text[span.start as usize..span.end as usize]));
    assert_eq!(spans[1..], ["نام", "پنجره", "بعد", "[یک, دو]", "یک", "دو", "last", "{ a: 1 }", "a", "1"]);
    assert_eq!(spans[0], text.split("\r\n\r\n").next().unwrap());
}

#[test]
fn csv_reads_rfc_4180() {
    let text = "in:a,out:b\r\n\"x, \"\"y\"\"\nz\",\r\n\r\n,last";
    let (rows, problems) = csv::parse(0, text);
    assert_eq!(problems, []);
    let cells: Vec<Vec<&str>> =
        rows.iter().map(|row| row.cells.iter().map(|cell| cell.value.as_str()).collect()).collect();
    assert_eq!(cells, [vec!["in:a", "out:b"], vec!["x, \"y\"\nz", ""], vec!["", "last"]]);
    let quoted = rows[1].cells[0].span;
    assert_eq!(&text[quoted.start as usize..quoted.end as usize], "\"x, \"\"y\"\"\nz\"");
}

#[test]
fn csv_says_where_quotes_go_wrong() {
    check(csv_problems, "a,b\n\"x\"y,1\n   ^ csv-syntax\n2,\"lost\n  ^ csv-syntax\n3,4\n");
    check(csv_problems, "شناسه;قانون\n^^^^^^^^^^^ csv-syntax\n");
}

#[test]
fn csv_takes_ten_thousand_rows_and_no_more() {
    assert_eq!(csv_problems(0, &"a,b\n".repeat(10_001)), []);
    let (rows, problems) = csv::parse(0, &"a,b\n".repeat(20_000));
    assert_eq!((rows.len(), problems.len()), (csv::MAX_ROWS, 1));
}

#[test]
fn fluent_names_messages_and_attributes() {
    let text = "title = پروانه\nfact-a = یک\n    .hint = راهنما\nonly =\n    .hint = x\n";
    let (messages, problems) = fluent::parse(0, text);
    assert_eq!(problems, []);
    let found: Vec<_> = messages.iter().map(|(id, s)| (id.as_str(), &text[s.start as usize..s.end as usize])).collect();
    assert_eq!(found, [("fact-a", "fact-a"), ("fact-a.hint", "hint"), ("only.hint", "hint"), ("title", "title")]);
}

#[test]
fn fluent_syntax_and_duplicates_have_a_place() {
    check(fluent_problems, "title = a\ntitle = b\n^^^^^ duplicate\n");
    check(fluent_problems, "title = a\nbad { b\n    ^ fluent-syntax\nlast = c\n");
}

#[test]
fn fluent_nesting_is_bounded() {
    for text in ["a = ".to_owned() + &"{".repeat(100_000), "a = {".to_owned() + &"F(\n".repeat(100_000)] {
        assert_eq!(fluent_problems(0, &text).iter().map(|p| p.code.name).collect::<Vec<_>>(), ["too-deep"]);
    }
}

fn encoding_of(bytes: &[u8]) -> (String, Position) {
    let (sources, problems) = Sources::read([("law.csv", bytes)].into_iter());
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(!sources.get(0).unwrap().sound());
    (problem.message.clone(), sources.get(0).unwrap().position(problem.span.start))
}

#[test]
fn other_encodings_are_named_with_their_line() {
    // "id,fa" and "a,ماده یک" in Windows-1256.
    let (message, place) = encoding_of(b"id,fa\na,\xe3\xc7\xcf\xe5 \xed\x98\n");
    assert_eq!(message, "line 2 is not UTF-8; the file looks like Windows-1256 (Arabic, Persian)");
    assert_eq!(place, Position { line: 2, column: 3 });
    let utf16: Vec<u8> = "\u{feff}id,fa\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(encoding_of(&utf16).0.contains("UTF-16 (little endian)"));
    let utf16: Vec<u8> = "\u{feff}id,fa\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(encoding_of(&utf16).0.contains("UTF-16 (big endian)"));
    assert_eq!(encoding_of(b"caf\xe9 \x80\xa9\xb2").0, "line 1 is not UTF-8");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let (sources, problems) = Sources::read([("a.csv", b"\xef\xbb\xbfid\n".as_slice())].into_iter());
    assert_eq!((problems.len(), sources.get(0).unwrap().text()), (0, "id\n"));
}

#[test]
fn what_is_too_large_is_not_read() {
    let large = vec![b'a'; super::MAX_FILE_BYTES + 1];
    let (sources, problems) = Sources::read([("a.csv", large.as_slice())].into_iter());
    assert_eq!((problems.len(), sources.get(0).unwrap().text()), (1, ""));
    let half = vec![b'a'; super::MAX_FILE_BYTES];
    let (_, problems) = Sources::read((0..25).map(|_| ("a.csv", half.as_slice())));
    assert_eq!(problems.len(), 1);
}

#[test]
fn positions_count_characters_from_one() {
    let (sources, _) = Sources::read([("a", "آب\nx".as_bytes())].into_iter());
    let source = sources.get(0).unwrap();
    let at = |offset| (source.position(offset).line, source.position(offset).column);
    assert_eq!([at(0), at(2), at(4), at(5), at(6), at(99)], [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 2)]);
}

fn walk(node: &Node, visit: &mut impl FnMut(Span)) {
    visit(node.span);
    match &node.kind {
        NodeKind::Sequence(items) => items.iter().for_each(|item| walk(item, visit)),
        NodeKind::Mapping(entries) => entries.iter().for_each(|(key, value)| {
            visit(key.span);
            walk(value, visit);
        }),
        _ => {}
    }
}

/// Text that looks enough like the languages to get deep into their readers.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("a: ".to_owned()),
        Just("- ".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("  ".to_owned()),
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just(",".to_owned()),
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("|\n".to_owned()),
        Just("# ".to_owned()),
        Just("&x ".to_owned()),
        Just("*x ".to_owned()),
        Just("!t ".to_owned()),
        Just("---\n".to_owned()),
        Just("= ".to_owned()),
        Just(".b = ".to_owned()),
        Just("پنجره".to_owned()),
        Just("\t".to_owned()),
        Just("? ".to_owned()),
        "[ -~]{0,6}",
        "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn spans_lie_in_the_file_on_characters(text in text()) {
        let mut spans = Vec::new();
        let (node, problems) = yaml::parse(0, &text);
        walk(&node, &mut |span| spans.push(span));
        spans.extend(problems.iter().map(|problem| problem.span));
        let (rows, problems) = csv::parse(0, &text);
        spans.extend(problems.iter().map(|problem| problem.span));
        spans.extend(rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.span).chain([row.span])));
        let (messages, problems) = fluent::parse(0, &text);
        spans.extend(problems.iter().map(|problem| problem.span));
        spans.extend(messages.into_values());
        for span in spans {
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (sources, problems) = Sources::read([("a", bytes.as_slice())].into_iter());
        let source = sources.get(0).unwrap();
        prop_assert_eq!(source.sound(), problems.is_empty());
        for problem in problems {
            prop_assert!(source.text().get(problem.span.start as usize..problem.span.end as usize).is_some());
        }
    }
}
