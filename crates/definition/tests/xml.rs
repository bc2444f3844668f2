//! XML documents: what is read keeps its place, and whatever else comes is refused with what is wrong and where.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use definition::span::Span;
use definition::syntax::xml::{Document, Limits, XmlFault};
use proptest::prelude::*;

const LIMITS: Limits = Limits { bytes: 10_000, depth: 8, elements: 100 };

fn fault(text: &str) -> XmlFault {
    Document::parse(text, LIMITS).unwrap_err().fault
}

fn written(text: &str, span: Span) -> &str {
    &text[span.start as usize..span.end as usize]
}

#[test]
fn elements_keep_names_namespaces_texts_and_places() {
    let text = "\u{feff}<?xml version=\"1.0\"?><p:a xmlns:p=\"urn:1\" k=\"v\" p:k=\"&lt;\">\n <b>x &amp; y</b><!-- no --><c/> </p:a>";
    let document = Document::parse(text, LIMITS).unwrap();
    let root = document.root().unwrap();
    assert_eq!((root.name(), root.namespace(), root.text()), ("a", "urn:1", ""));
    assert_eq!(
        (root.attribute("", "k"), root.attribute("urn:1", "k"), root.attribute("", "p")),
        (Some("v"), Some("<"), None)
    );
    let children: Vec<_> = root.children().collect();
    assert_eq!(
        children.iter().map(|child| (child.name(), child.namespace())).collect::<Vec<_>>(),
        [("b", ""), ("c", "")]
    );
    assert_eq!((children[0].text(), written(text, children[0].content())), ("x & y", "x &amp; y"));
    assert_eq!((written(text, children[0].tag()), written(text, children[1].tag())), ("<b>", "<c/>"));
    assert!(written(text, root.content()).ends_with("<c/> "));
}

#[test]
fn space_is_text_only_beside_text_or_where_it_is_marked() {
    let text_of = |text: &str| Document::parse(text, LIMITS).unwrap().root().unwrap().text().to_owned();
    assert_eq!(text_of("<a> \n </a>"), "");
    assert_eq!(text_of("<a> x </a>"), " x ");
    assert_eq!(text_of("<a>&#32;</a>"), " ");
    assert_eq!(text_of("<a>x<!-- --> y</a>"), "x y");
    assert_eq!(text_of("<a><![CDATA[<b>]]></a>"), "<b>");
    assert_eq!(text_of("<a>x\r\ny</a>"), "x\ny");
}

#[test]
fn what_is_no_xml_is_refused() {
    for text in [
        "<a></b>",
        "<",
        "<a b=c></a>",
        "<a b=\"1\" b=\"2\"/>",
        "x<a/>",
        "<a/>x",
        "<a>&</a>",
        "<1a/>",
        "< a/>",
        "<a,/>",
        "<p:a/>",
        "<a p:b=\"1\"/>",
        "<a><!-- -- --></a>",
        "<a>]]&gt;</a",
        "</a>",
        "<a></a></a>",
    ] {
        assert!(
            matches!(fault(text), XmlFault::Malformed { .. } | XmlFault::Truncated { .. }),
            "{text}: {:?}",
            fault(text)
        );
    }
    assert_eq!(fault(""), XmlFault::Empty);
    assert_eq!(fault("<!-- only -->"), XmlFault::Empty);
    assert_eq!(fault("<a/><b/>"), XmlFault::SecondRoot { element: "b".into() });
    assert_eq!(fault("<a><b>"), XmlFault::Truncated { element: "b".into() });
    assert_eq!(fault("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"), XmlFault::DocumentType);
    assert_eq!(fault("<a>&x;</a>"), XmlFault::UnknownEntity { name: "x".into() });
}

#[test]
fn what_is_too_much_is_refused() {
    assert_eq!(fault(&"<a>".repeat(9)), XmlFault::TooDeep { max: 8 });
    assert_eq!(fault(&format!("<a>{}", "<b/>".repeat(100))), XmlFault::TooManyElements { max: 100 });
    assert_eq!(fault(&" ".repeat(10_001)), XmlFault::TooLarge { bytes: 10_001, max: 10_000 });
}

#[test]
fn namespaces_are_bounded() {
    let text: String =
        (0..90).map(|number| format!("<b xmlns:x=\"a{number}\" x:y=\"\" xmlns=\"b{number}\"/>")).collect();
    assert!(matches!(fault(&format!("<a>{text}</a>")), XmlFault::Malformed { .. }));
}

#[test]
fn a_fault_is_where_it_stands() {
    let text = "<a>\n<b></c>\n</a>";
    let error = Document::parse(text, LIMITS).unwrap_err();
    assert!(
        written(text, Span { end: error.span.end.max(error.span.start + 1), ..error.span }).starts_with("</c>"),
        "{error:?}"
    );
    let text = "<a><!-- x -- y --></a>";
    let error = Document::parse(text, LIMITS).unwrap_err();
    assert!((3..13).contains(&error.span.start), "{error:?}");
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "[<>/a-c:=\"'&;! \\-\\[\\]\u{feff}\u{6f0}?]{0,40}") {
        if let Ok(document) = Document::parse(&text, LIMITS) {
            let root = document.root().unwrap();
            for element in std::iter::once(root).chain(root.children()) {
                prop_assert!(text.get(element.tag().start as usize..element.tag().end as usize).is_some());
                prop_assert!(text.get(element.content().start as usize..element.content().end as usize).is_some());
            }
        }
    }
}
