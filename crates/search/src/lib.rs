//! Finding a code of the nomenclature by what goods are called, in Persian and English, forgiving of spelling.
//!
//! Must not know of: files, HTTP, duties, cases. What is found is proposed to people and decides nothing, which is why numbers with a point may stand here.

mod accepted;
mod excluded;
mod index;
mod lookup;
mod normal;
mod spelling;
mod synonyms;
mod table;
mod words;

pub use accepted::{Accepted, read as read_accepted};
pub use index::{Index, IndexFault};
pub use lookup::{Answer, Hit, How, MAX_HITS, MAX_QUERY_CHARS, Place, Why};
pub use normal::normal;
pub use synonyms::{Synonyms, read as read_synonyms};
pub use table::{TableFault, TableProblem};
pub use words::{Word, words};
