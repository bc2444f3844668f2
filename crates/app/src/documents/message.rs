//! XML that programs write for programs, such as a declaration.
//!
//! Must not know of: what the message says, and whether it is sound; whoever reads it says where it is not.

/// Whether the bytes begin as XML.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    rest.starts_with(b"<?xml") || (rest.starts_with(b"<") && rest.get(1).is_some_and(u8::is_ascii_alphabetic))
}
