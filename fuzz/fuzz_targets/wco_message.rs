//! Any bytes as a message, of the WCO or an interchange: no panic, and every fault has a place in what was sent.
#![no_main]

use customs::{Message, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| match read(bytes) {
    Ok(Message::Declaration(declaration)) => assert!(!declaration.function.value.is_empty()),
    Ok(Message::Notification(notification)) => assert!(!notification.function.value.is_empty()),
    Ok(Message::Interchange(interchange)) => assert!(!interchange.messages.is_empty()),
    Err(problems) => {
        assert!(!problems.is_empty());
        for problem in problems {
            let (line, column) = problem.place(bytes);
            assert!(line >= 1 && column >= 1 && line <= bytes.len() + 1);
            assert!(!problem.fault.to_string().is_empty() && !problem.fault.help().is_empty());
        }
    }
});
