//! Plain BM25: tantivy as it comes, with its default tokenizer, over the same subheadings.
//!
//! Must not know of: how ours finds anything.

use customs::nomenclature::{Nomenclature, is_section};
use tantivy::collector::TopDocs;
use tantivy::query::BooleanQuery;
use tantivy::schema::{Field, STORED, STRING, Schema, TEXT, Value as _};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

use crate::queries::Query;
use crate::score::DEPTH;

pub struct Plain {
    searcher: Searcher,
    tokenizer: TextAnalyzer,
    text: Field,
    code: Field,
}

impl Plain {
    /// Over each subheading's description, or over it together with those of its chapter and heading.
    pub fn new(nomenclature: &Nomenclature, with_above: bool) -> Self {
        let mut builder = Schema::builder();
        let text = builder.add_text_field("text", TEXT);
        let code = builder.add_text_field("code", STRING | STORED);
        let index = Index::create_in_ram(builder.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 64 << 20).unwrap();
        for entry in nomenclature.entries().filter(|entry| nomenclature.is_leaf(&entry.code)) {
            let path = nomenclature.path(&entry.code);
            let said = path.iter().filter(|step| step.code == entry.code || (with_above && !is_section(&step.code)));
            let mut document = TantivyDocument::default();
            document.add_text(text, said.map(|step| step.en.as_str()).collect::<Vec<_>>().join(" "));
            document.add_text(code, &entry.code);
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let tokenizer = index.tokenizer_for_field(text).unwrap();
        Self { searcher: index.reader().unwrap().searcher(), tokenizer, text, code }
    }

    pub fn lookup(&self, query: &Query) -> Vec<String> {
        let mut terms = Vec::new();
        let mut tokenizer = self.tokenizer.clone();
        tokenizer
            .token_stream(&query.text)
            .process(&mut |token| terms.push(Term::from_field_text(self.text, &token.text)));
        let query = BooleanQuery::new_multiterms_query(terms);
        let found = self.searcher.search(&query, &TopDocs::with_limit(DEPTH).order_by_score()).unwrap();
        let code = |document: TantivyDocument| document.get_first(self.code).unwrap().as_str().unwrap().to_owned();
        found.into_iter().map(|(_, address)| code(self.searcher.doc(address).unwrap())).collect()
    }
}
