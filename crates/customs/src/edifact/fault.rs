//! What is wrong with an interchange as such, before it is asked what it declares.
//!
//! Must not know of: declarations.

/// A fault of syntax, of an envelope, or of a segment's place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum EdifactFault {
    #[error("the file has {bytes} bytes, and at most {max} are read")]
    TooLarge { bytes: usize, max: usize },
    #[error("the file has more than {max} segments")]
    TooManySegments { max: usize },
    #[error("this is not EDIFACT: {message}")]
    Malformed { message: String },
    #[error("the file ends inside a segment")]
    Truncated,
    #[error("the service string advice UNA is not nine characters with five different signs")]
    Advice,
    #[error("the character set `{name}` is not known")]
    UnknownCharset { name: String },
    #[error("this byte is no character of {charset}")]
    NotInCharset { charset: String },
    #[error("there is a control character in it")]
    Control,
    #[error("the segment {tag} is missing")]
    Missing { tag: &'static str },
    #[error("{tag} has no place here")]
    Misplaced { tag: String },
    #[error("there are more than {most} of {tag} here")]
    TooMany { tag: String, most: u16 },
    #[error("{tag} says {said} {what}, and there are {counted}")]
    Count { tag: &'static str, what: &'static str, said: String, counted: usize },
    #[error("{tag} has the reference `{said}`, and what it closes has `{opened}`")]
    Reference { tag: &'static str, said: String, opened: String },
    #[error("the reference `{reference}` was given to a message before")]
    Twice { reference: String },
    #[error("the message is {said}, not CUSDEC D.96B of the UN")]
    OtherMessage { said: String },
    #[error("there is no message in it")]
    Empty,
    #[error("the form `{code}` of a date is not read")]
    DateForm { code: String },
}

impl EdifactFault {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::TooLarge { .. } | Self::TooManySegments { .. } => "split it into several interchanges".to_owned(),
            Self::Malformed { .. } => "write it again with a program that writes EDIFACT; a sign that is meant as text has `?` before it".to_owned(),
            Self::Truncated => "send the whole file: a part of it is missing".to_owned(),
            Self::Advice => "write `UNA:+.? '`, or leave it out".to_owned(),
            Self::UnknownCharset { .. } => "write UNOA to UNOK, or UNOW for UTF-8, as the first datum of UNB".to_owned(),
            Self::NotInCharset { .. } => "name the character set that the file is written in as the first datum of UNB: UNOC for Latin, UNOI for Arabic, UNOW for UTF-8".to_owned(),
            Self::Control => "write the text without it".to_owned(),
            Self::Missing { .. } => "add it".to_owned(),
            Self::Misplaced { .. } => "put it where the directory D.96B has it, or leave it out".to_owned(),
            Self::TooMany { most, .. } => format!("leave {most} of them"),
            Self::Count { .. } => "see whether a part was lost on the way, and send the whole again; or mend the count".to_owned(),
            Self::Reference { .. } => "write the same reference where it is opened and where it is closed".to_owned(),
            Self::Twice { .. } => "give each message a reference of its own".to_owned(),
            Self::OtherMessage { .. } => "send `CUSDEC:D:96B:UN`".to_owned(),
            Self::Empty => "send a message with it".to_owned(),
            Self::DateForm { .. } => "write it as year, month and day, form 102".to_owned(),
        }
    }
}
