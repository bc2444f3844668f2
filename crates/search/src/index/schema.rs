//! The fields in which the words of a leaf stand.
//!
//! Must not know of: nomenclatures, questions.

use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{TantivyDocument, Term};

use super::leaf::{Place, Said};
use crate::words::Word;

/// The fields. Persian and Latin words have fields of their own, or a description in one language would count as longer for having the other.
#[derive(Clone, Copy)]
pub(crate) struct Fields {
    own: Pair,
    above: Pair,
    accepted: Pair,
    /// The words of a code's own description as they are written: "shelled" is not "in shell", though both have one stem.
    written: Field,
    /// The beginnings of the code.
    code: Field,
    /// The place of the leaf in the list of leaves.
    at: Field,
}

#[derive(Clone, Copy)]
struct Pair {
    latin: Field,
    persian: Field,
}

/// The name of the field that holds a leaf's place.
pub(crate) const AT: &str = "at";

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // Words come with their stems: nothing is parted here any more.
    let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing);
    let mut pair = |name: &str| Pair {
        latin: builder.add_text_field(&format!("{name}_latin"), text.clone()),
        persian: builder.add_text_field(&format!("{name}_persian"), text.clone()),
    };
    let (own, above, accepted) = (pair("own"), pair("above"), pair("accepted"));
    let written = builder.add_text_field("written", text.clone());
    let code = builder.add_text_field("code", text);
    let at = builder.add_u64_field(AT, FAST);
    (builder.build(), Fields { own, above, accepted, written, code, at })
}

impl Fields {
    /// A leaf's document.
    pub(super) fn document(&self, at: usize, code: &str, said: &Said) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        for (pair, words) in [(self.own, &said.own), (self.above, &said.above), (self.accepted, &said.accepted)] {
            let (persian, latin): (Vec<&Word>, Vec<&Word>) = words.iter().partition(|word| is_persian(&word.stem));
            for (field, words) in [(pair.latin, latin), (pair.persian, persian)] {
                if !words.is_empty() {
                    document.add_pre_tokenized_text(field, tokens(words.into_iter().map(|word| word.stem.as_str())));
                }
            }
        }
        document.add_pre_tokenized_text(self.written, tokens(said.own.iter().map(|word| word.written.as_str())));
        document.add_pre_tokenized_text(self.code, tokens((2..=code.len()).filter_map(|end| code.get(..end))));
        document.add_u64(self.at, u64::try_from(at).unwrap_or(u64::MAX));
        document
    }

    /// A stem in one place.
    pub(crate) fn term(&self, place: Place, stem: &str) -> Term {
        let pair = match place {
            Place::Own => self.own,
            Place::Above => self.above,
            Place::Accepted => self.accepted,
        };
        Term::from_field_text(if is_persian(stem) { pair.persian } else { pair.latin }, stem)
    }

    /// A word of a code's own description as it is written.
    pub(crate) fn written(&self, word: &str) -> Term {
        Term::from_field_text(self.written, word)
    }

    /// The beginning of a code.
    pub(crate) fn code(&self, digits: &str) -> Term {
        Term::from_field_text(self.code, digits)
    }
}

fn is_persian(stem: &str) -> bool {
    stem.starts_with(|c: char| matches!(c, '\u{600}'..='\u{6ff}'))
}

fn tokens<'s>(stems: impl Iterator<Item = &'s str>) -> PreTokenizedString {
    let token = |(position, stem): (usize, &str)| Token {
        offset_from: 0,
        offset_to: 0,
        position,
        text: stem.to_owned(),
        position_length: 1,
    };
    PreTokenizedString { text: String::new(), tokens: stems.enumerate().map(token).collect() }
}
