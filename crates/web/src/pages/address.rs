//! Addresses as people write them: with a slash at the end, or the language in capitals. They lead to the page's one address.
//!
//! Must not know of: which pages there are. Where a mended address leads begins with `/` and a language: never to another site.

use axum::extract::Request;
use axum::http::Method;

use crate::language::Language;

/// The address that was meant, where another one was written.
pub(super) fn mended(request: &Request) -> Option<String> {
    let uri = request.uri();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = one(uri.path()).filter(|_| reads)?;
    Some(uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{query}")))
}

fn one(path: &str) -> Option<String> {
    let written = path.strip_prefix('/')?;
    let (tag, rest) = written.find('/').map_or((written, ""), |at| written.split_at(at));
    let language = Language::of_tag(&tag.to_ascii_lowercase())?;
    let mended = format!("/{}{}", language.tag(), rest.trim_end_matches('/'));
    (mended != path).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::one;

    #[test]
    fn only_what_begins_with_a_language_is_mended() {
        for (written, meant) in [
            ("/fa/", "/fa"),
            ("/FA", "/fa"),
            ("/fa//", "/fa"),
            ("/En/log/", "/en/log"),
            ("/EN/cases/AB", "/en/cases/AB"),
            ("/fa//evil.example/", "/fa//evil.example"),
        ] {
            assert_eq!(one(written).as_deref(), Some(meant), "{written}");
        }
        for right in [
            "/",
            "/fa",
            "/fa/log",
            "//evil.example/",
            "//fa/",
            "//FA",
            "/\\evil/",
            "/log/",
            "/assets/x/",
            "/de/",
            "*",
            "",
        ] {
            assert_eq!(one(right), None, "{right}");
        }
    }
}
