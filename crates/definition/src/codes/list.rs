//! The codes of reading and resolving, each with its public page.
//!
//! Must not know of: how they are found.

use super::Entry;
use crate::problem::Code;

macro_rules! entries {
    ($($constant:ident $id:literal $name:literal $why:literal $explain:literal)*) => {
        $(#[doc = $explain] pub const $constant: Entry = Entry {
            code: Code { id: $id, name: $name },
            why: $why,
            explain: $explain,
        };)*
        /// All of them, in the order of their codes.
        pub(super) const ENTRIES: &[Entry] = &[$($constant),*];
    };
}

entries! {
    ENCODING "P101" "encoding"
    "read in the wrong encoding, names and texts would reach people as nonsense"
    "A file is not UTF-8.\n\nAll files of a zone are UTF-8; a byte order mark is allowed. Spreadsheets on Windows often save CSV as Windows-1256 or \
    UTF-16, and the letters in it would come out as something else.\n\nSave the file again and choose \"CSV UTF-8 (comma delimited)\"."

    TOO_LARGE "P102" "too-large"
    "a definition that nobody can read through is one that nobody can check"
    "A file, a table or the zone is larger than any definition needs.\n\nA file may have 4 MiB, a zone 64 MiB, a table 10,000 rows. What is larger is \
    not read at all, so that checking stays quick and bounded.\n\nUsually the folder holds something that does not belong there. A table that is truly \
    larger can be split over two stages."

    YAML_SYNTAX "P103" "yaml-syntax"
    "what stands behind this place is not known to anyone"
    "A file is not YAML.\n\nNothing behind the place shown was read, so other problems may show once it is mended. Frequent causes are an indentation \
    by tabs, a lost bracket or quote, and a `:` inside a text that is not in quotes."

    YAML_FEATURE "P104" "yaml-feature"
    "whoever reads the file would not see what is meant without following it elsewhere"
    "A feature of YAML is used that definitions leave out: aliases, anchors, tags, several documents in a file, or keys that are not plain names.\n\n\
    A definition is law in practice, and should say what it means where it says it. Write the value out; share stages and facts with `include`."

    CSV_SYNTAX "P105" "csv-syntax"
    "cells would slip into other columns, and a rule would say something else than its author meant"
    "A table is not CSV by RFC 4180.\n\nCells are separated by commas. A cell with a comma, a quote or a line break stands in double quotes, and a \
    quote inside it is doubled. Save spreadsheets as \"CSV UTF-8 (comma delimited)\"."

    FLUENT_SYNTAX "P106" "fluent-syntax"
    "people would see the name of a text instead of the text"
    "A file of words is not Fluent (projectfluent.org).\n\nA message is `name = text`, at the margin; further lines of it and its attributes, \
    `.hint = text`, are indented."

    TOO_DEEP "P107" "too-deep"
    "nobody could follow such a definition"
    "Something is nested deeper than 32 levels.\n\nDefinitions need six. Look for a bracket that is never closed."

    DUPLICATE "P108" "duplicate"
    "one of the two would silently win, and people would be treated by the other's author against their intent"
    "A name stands twice where it may stand once: a key in a mapping, a message in a file of words, a row's id in a table, or a fact or stage that \
    an included file brings a second time.\n\nRemove one of the two, or rename it."

    UNKNOWN_KEY "P109" "unknown-key"
    "what its author wanted with it would not happen"
    "A key, column or kind is not part of the language here.\n\nA misspelt key would otherwise be passed over, and a deadline or ground with it. See \
    `docs/definitions.md` for the keys of each place."

    UNKNOWN_NAME "P110" "unknown-name"
    "a case would come to a place that does not exist"
    "A name is used that nothing defines: a stage, fact, table, route, role, ground, register, concept, code list, authority or service.\n\nCheck the \
    spelling; the problem names what comes nearest. Names are lower-case ASCII letters, digits and `-`."

    UNUSED_NAME "P111" "unused-name"
    "its author believes that it does something"
    "Something is defined and never used: a table, role, ground, concept, code list, register, authority or portal.\n\nUse it or remove it. An unused name \
    is often the other half of a misspelt one."

    WRONG_VALUE "P112" "wrong-value"
    "the rule would not be what its author meant"
    "A value is not of the form that its key or column needs, such as a period (`10 workdays`), a date, a number, a name, `yes` or `no`.\n\nThe help \
    of the problem says the form."

    MISSING "P113" "missing"
    "people would be left without an answer to what this key decides"
    "A key, column, file or value that cannot be left out is not there.\n\nThe language has few defaults on purpose: a deadline or consequence that \
    nobody wrote down is one that nobody decided."

    INCLUDE_CYCLE "P114" "include-cycle"
    "such a definition has no beginning"
    "A file includes itself, directly or through others.\n\nMove what both need into a third file that includes neither."

    CELL "P115" "undecidable-cell"
    "the table would leave a person's case undecided, or decide it by chance"
    "A cell of a decision table cannot be decided exactly.\n\nInput cells are the unary tests of DMN's S-FEEL over the column's closed type: `-`, a \
    literal, `<`, `<=`, `>`, `>=`, a range such as `[1..5)`, a list with commas, `not(...)`. Texts, documents and places cannot be decided on. Output \
    cells are literals. A cell that cannot be decided is an error and never passed over."

    UNKNOWN_FILE "P116" "unknown-file"
    "its author believes that it is part of the definition"
    "A file is in the zone's folder that no part of the language reads.\n\nMove it out of the folder, or to where `docs/definitions.md` says it belongs."

    ROUTE_WITHOUT_TARGET "P117" "route-without-target"
    "a case that this row is for would stand still, and its applicant would wait for ever"
    "A table can give a route that the stage which decides by it leads nowhere.\n\nEvery value in the `route` column of a table must be a key of each \
    `decide` stage with that table, and name the stage that follows.\n\nAdd the route to the stage with its \
    target, or change the row."

    TOO_MANY "P199" "too-many-problems"
    "the rest is not shown; it was still found, and nothing of it runs"
    "More than ten thousand problems were found, and only the first are shown.\n\nSo many usually have one cause, such as a table whose columns moved. \
    Mend what is shown and check again."
}
