//! Any text as a table of channels: no panic, and whoever suspects more is never in a milder channel.
#![no_main]

use customs::risk::channel::{Channels, Share, Suspicion};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(channels) = Channels::read(&format!("when,at_least,channel\n{text}")) else { return };
    let route = |fraud| channels.route(&Suspicion { fraud, duty: None, rules: &[] }, &[1; 32], "case").channel;
    assert!(route(Share::default()) <= route(Share::ALL));
});
