//! Showing what an audit came to.
//!
//! Must not know of: terminals, files. What is made here is text, whole.

mod html;
mod human;

pub use html::html;
pub use human::human;
