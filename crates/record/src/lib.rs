//! The record as it is shown and handed on: the public leaf of an event, the form in which an auditor gets what the leaves bind, and the note that an
//! auditor signs of it.
//!
//! Must not know of: where anything is kept, who asks, how events come about. The application makes these bytes and the audit makes them again,
//! so they stand below both.
//!
//! **A disclosure** is a folder (or a prefix on a server) beside a log:
//!
//! | file | holds |
//! |---|---|
//! | `disclosure.json` | the [`manifest`]: which zone and log, how far, with which keys |
//! | `segments/000`, `segments/x001/067.p/5` | the events behind the log's bundles, see [`segment`]; the names are those of the bundles |
//! | `definitions/HASH.json` | each definition that a case began under, in its canonical form |
//! | `tables/SHA256` | the text of each table that those definitions' functions rest on |
//! | `documents/SHA256` | each document that a function was given or made, as far as it was not erased; no other attachment |
//! | `certificates/0.jsonl` | certificates as they stand, [`lines`], a thousand a file |
//! | `registers/0.jsonl` | records that cases entered into registers, or that goods accounts have there, as they stand, a thousand a file |
//! | `status/0` | the signed status lists |
//! | `statistics.json` | the figures that the zone shows, at the log's size |
//!
//! It holds personal data. Segments match bundles, so that an auditor reads both side by side and stops anywhere, and a server needs to write only
//! what is new.

pub mod audited;
pub mod leaf;
pub mod lines;
pub mod manifest;
pub mod row;
pub mod segment;
