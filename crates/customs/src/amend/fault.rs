//! What is wrong with a request to change a declaration.
//!
//! Must not know of: how requests are read.

/// Why a request changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum AmendFault {
    #[error("this is no original declaration, but {purpose}")]
    NotAnOriginal { purpose: String },
    #[error("this is no request to change a declaration, but {purpose}")]
    NotARequest { purpose: String },
    #[error("the interchange holds {count} messages")]
    Several { count: usize },
    #[error("a changing message of EDIFACT does not say which data it changes")]
    NoPointers,
    #[error("it concerns the declaration {said}, and this one is {own}")]
    OtherDeclaration { said: String, own: String },
    #[error("the declaration was cancelled")]
    Cancelled,
    #[error("a change does not say what it changes")]
    NoPointer,
    #[error("`{section}` is no class of `{within}`")]
    UnknownClass { section: String, within: &'static str },
    #[error("`{tag}` is no datum of `{within}`")]
    UnknownDatum { tag: String, within: &'static str },
    #[error("there may be several of `{class}`, and no number says which is meant")]
    NoNumber { class: &'static str },
    #[error("the pointer leads nowhere: the declaration has no `{path}`, and the request gives none")]
    Nowhere { path: String },
    #[error("the request has {given} of `{class}`, and the pointer names number {number}")]
    Fewer { class: &'static str, given: usize, number: usize },
}

impl AmendFault {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotAnOriginal { .. } => "name the declaration first, then what changes it",
            Self::NotARequest { .. } => {
                "name a WCO declaration with the function 13 and the kind COR or INV, an answer with the function 07, or an interchange with the function 1 or 5"
            }
            Self::Several { .. } => "send each in an interchange of its own",
            Self::NoPointers => "send the whole declaration again with the function 5",
            Self::OtherDeclaration { .. } => "name the declaration that the request concerns",
            Self::Cancelled => "declare the goods again",
            Self::NoPointer => "name the way to what changes, from the class 42A inwards",
            Self::UnknownClass { .. } | Self::UnknownDatum { .. } => "write the number that the WCO Data Model gave it",
            Self::NoNumber { .. } => "write its `SequenceNumeric`",
            Self::Nowhere { .. } => "see which number is meant, or give what is to be added",
            Self::Fewer { .. } => "give all of them up to that one, as they are to stand",
        }
    }
}
