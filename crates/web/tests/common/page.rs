//! A page as a test reads it: its status, its text, its forms; and what is wrong with any page.
//!
//! Must not know of: any one page.

use axum::http::response::Parts;
use axum::http::{HeaderMap, StatusCode, header};

/// The most that a page may weigh with everything it loads, in bytes.
const PAGE_BYTES_MAX: usize = 100 * 1024;
/// What every page loads; it may load nothing else.
const LOADED: [(&str, usize); 2] = [
    ("/assets/style.css", include_bytes!("../../assets/style.css").len()),
    ("/assets/mark.svg", include_bytes!("../../assets/mark.svg").len()),
];

/// An answer.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Where it was asked for: a form without an action is sent there.
    pub path: String,
    /// Its body as text.
    pub body: String,
    /// Its body.
    pub bytes: Vec<u8>,
}

/// A form of a page.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// Its hidden fields.
    pub hidden: Vec<(String, String)>,
}

impl Page {
    pub(super) fn new(path: String, parts: Parts, bytes: Vec<u8>) -> Self {
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Self { status: parts.status, headers: parts.headers, path, body, bytes }
    }

    /// Where a redirect leads.
    pub fn location(&self) -> Option<String> {
        self.status.is_redirection().then(|| self.header(header::LOCATION.as_str()))
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The form that has a field or button of this name. The form at the foot that signs out has none but `csrf`.
    pub fn form(&self, marker: &str) -> Form {
        let named = format!("name=\"{marker}\"");
        let blocks = self.body.split("<form").skip(1).filter_map(|rest| rest.split_once("</form>"));
        let block = blocks.map(|(block, _)| block).find(|block| block.contains(&named));
        let block = block.unwrap_or_else(|| panic!("no form with {marker} in {}", self.body));
        let tag = block.split_once('>').unwrap().0;
        let inputs = block.split("<input").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
        let hidden = inputs.filter(|tag| tag.contains("type=\"hidden\""));
        Form {
            action: attribute(tag, "action").unwrap_or_else(|| self.path.clone()),
            hidden: hidden.map(|tag| (attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap())).collect(),
        }
    }

    /// Whether a text stands on the page.
    pub fn says(&self, text: &str) {
        assert!(self.text().contains(text), "not on the page: {text}\n{}", self.text());
    }

    /// Whether a text does not stand on the page.
    pub fn does_not_say(&self, text: &str) {
        assert!(!self.text().contains(text), "on the page: {text}\n{}", self.text());
    }

    /// What a reader sees: the body without tags and the marks that isolate words, spaces folded.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut tag = false;
        // An id in a sentence takes no room around it.
        let body = self.body.replace("<bdi dir=\"ltr\">", "").replace("</bdi>", "");
        for character in body.chars() {
            match character {
                '<' => tag = true,
                '>' => {
                    tag = false;
                    text.push(' ');
                }
                _ if !tag => text.push(character),
                _ => {}
            }
        }
        text.retain(|mark| !matches!(mark, '\u{2068}' | '\u{2069}' | '\u{200e}' | '\u{200f}'));
        let text = text
            .replace("&#39;", "'")
            .replace("&#34;", "\"")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&#38;", "&");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Every address that the page links to and that begins so.
    pub fn links(&self, prefix: &str) -> Vec<String> {
        let found = self.body.split("href=\"").skip(1).filter_map(|rest| rest.split_once('"'));
        found.map(|(link, _)| unescaped(link)).filter(|link| link.starts_with(prefix)).collect()
    }

    /// What holds of every page: no word is missing, no script, no style of its own, one main heading, and it is light.
    pub fn is_sound(&self) {
        let is_page = self.header("content-type").starts_with("text/html");
        if !is_page {
            return;
        }
        assert!(!self.body.contains('⟦'), "a word is missing: {}", self.body);
        self.runs_no_script_but_ours();
        assert!(!self.body.contains("style=\"") && !self.body.contains("<style"), "a style of its own: {}", self.body);
        assert_eq!(self.body.matches("<h1").count(), 1, "one main heading: {}", self.body);
        let linked = self.body.split("<link ").skip(1).filter_map(|rest| attribute(rest.split('>').next()?, "href"));
        let shown = self.body.split("<img").skip(1).filter_map(|rest| attribute(rest.split('>').next()?, "src"));
        for loaded in linked.chain(shown) {
            assert!(LOADED.iter().any(|(path, _)| *path == loaded), "it loads {loaded}");
        }
        let weight = self.bytes.len() + LOADED.iter().map(|(_, bytes)| bytes).sum::<usize>();
        assert!(weight < PAGE_BYTES_MAX, "{weight} bytes");
    }
}

impl Page {
    /// No script, and a policy that forbids any; where one signs or signs in by passkey, and where the device keeps what is filled in, our own file and nothing
    /// else, and a policy that says so.
    pub fn runs_no_script_but_ours(&self) {
        const OURS: [(&str, &str); 2] = [
            ("data-passkey=", "<script src=\"/assets/passkey.js\" defer></script>"),
            ("data-keep", "<script src=\"/assets/kept-form.js\" defer></script>"),
        ];
        let policy = self.header("content-security-policy");
        let scripts: Vec<&str> =
            policy.split(';').map(str::trim).filter(|rule| rule.starts_with("script-src")).collect();
        let needed = OURS.iter().filter(|(mark, _)| self.body.contains(mark)).count();
        let expected: &[&str] = if needed > 0 { &["script-src 'self'"] } else { &[] };
        assert_eq!(scripts, expected, "{}: {policy}", self.path);
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("connect-src"), "{policy}");
        let mut body = self.body.clone();
        for (mark, script) in OURS {
            assert_eq!(body.matches(script).count(), usize::from(body.contains(mark)), "{}: {script}", self.path);
            body = body.replace(script, "");
        }
        assert!(!body.contains("<script"), "a script: {}", self.body);
        for handler in [" onclick=", " onload=", " onerror=", " onsubmit=", "javascript:"] {
            assert!(!self.body.to_ascii_lowercase().contains(handler), "{handler} on {}", self.path);
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split_once('"')?.0))
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#34;", "\"");
    text.replace("&amp;", "&").replace("&#38;", "&")
}
