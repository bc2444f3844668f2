//! What can be wrong with a log or a map, where, and how to mend it.
//!
//! Must not know of: how it is found, terminals.

use std::fmt;

/// Most mistakes that are told at once: whoever mends the first ones usually mends the rest.
pub(super) const MISTAKES_MAX: usize = 20;

/// Which of the things that were given is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The log of the past.
    Log,
    /// The map.
    Map,
    /// The service.
    Service,
}

/// Why nothing could be rehearsed: at least one mistake, in the order of the lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Unreadable {
    /// In which.
    pub source_of: Source,
    /// What.
    pub mistakes: Vec<Mistake>,
    /// How many more there are than are told.
    pub more: usize,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1; nothing when it is the whole.
    pub line: Option<u64>,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It has no events.
    #[error("there are no events in it")]
    Empty,
    /// It is larger than is read.
    #[error("it is larger than {max_bytes} bytes, the most that is read")]
    TooLarge {
        /// The most.
        max_bytes: usize,
    },
    /// It is packed.
    #[error("it is compressed with gzip")]
    Gzip,
    /// It is not UTF-8.
    #[error("it is not UTF-8 text: it looks like {looks_like}")]
    Encoding {
        /// What the bytes look like.
        looks_like: &'static str,
    },
    /// The file's own form is broken.
    #[error("it is not well-formed {format}: {why}")]
    Malformed {
        /// `CSV`, `XES` or `YAML`.
        format: &'static str,
        /// What the reader says.
        why: String,
    },
    /// The file ends in the middle.
    #[error("the file ends inside <{element}>, so it was cut off")]
    Truncated {
        /// The element that stays open.
        element: String,
    },
    /// Its columns are separated by something else than commas.
    #[error("its columns are separated by `{separator}` instead of commas")]
    Separator {
        /// By what.
        separator: char,
    },
    /// A column that the map names is not there.
    #[error("there is no column `{column}`, which the map names")]
    NoColumn {
        /// Which.
        column: String,
        /// Those that are there.
        there: Vec<String>,
    },
    /// A cell that must be filled is empty.
    #[error("`{column}` is empty")]
    NoValue {
        /// Its column.
        column: String,
    },
    /// Not an instant.
    #[error("`{value}` in `{column}` is not an ISO 8601 instant with an offset")]
    BadTime {
        /// Its column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// An instant of another calendar, or far from any past.
    #[error("`{value}` in `{column}`: {why}")]
    FarTime {
        /// Its column.
        column: String,
        /// What stands there.
        value: String,
        /// What is wrong.
        why: String,
        /// How to mend it.
        help: String,
    },
    /// A case says two things of itself.
    #[error("case `{case}` has `{first}` and `{second}` in `{column}`, which can be only one of them")]
    Disagrees {
        /// The column.
        column: String,
        /// The case.
        case: String,
        /// What stood first.
        first: String,
        /// What stands here.
        second: String,
    },
    /// A cell longer than anything that belongs there.
    #[error("the cell in `{column}` has {chars} characters, more than the {max} that are read")]
    TooLong {
        /// Which column.
        column: String,
        /// How many it has.
        chars: usize,
        /// The most.
        max: usize,
    },
    /// What cannot be read of a YAML file.
    #[error("{why}")]
    Yaml {
        /// What is wrong.
        why: String,
        /// How to mend it.
        help: String,
    },
    /// The map does not say what an activity is.
    #[error("the map does not say what the activity `{activity}` is")]
    UnknownActivity {
        /// Which.
        activity: String,
    },
    /// The value of a fact that the map or the definition does not know.
    #[error("`{value}` is no value of the fact `{fact}`")]
    UnknownValue {
        /// The fact.
        fact: String,
        /// What stands there.
        value: String,
    },
    /// A key that is not there.
    #[error("`{key}` is missing")]
    NoKey {
        /// Which.
        key: String,
    },
    /// A refusal or objection without a ground.
    #[error("{what} needs a `ground`")]
    NoGround {
        /// Which.
        what: &'static str,
        /// Those that may be cited.
        there: Vec<String>,
    },
    /// A key that means nothing.
    #[error("`{key}` means nothing here")]
    UnknownKey {
        /// Which.
        key: String,
        /// Those that do.
        known: Vec<String>,
    },
    /// Another form than it must have.
    #[error("{place} must be {wanted}")]
    Form {
        /// What.
        place: String,
        /// Which form.
        wanted: &'static str,
    },
    /// A name that the definition does not have.
    #[error("the service has no {what} `{name}`")]
    NoSuch {
        /// Of what.
        what: &'static str,
        /// The name.
        name: String,
        /// Those that it has.
        there: Vec<String>,
    },
    /// What a register says, in no column.
    #[error("`{fact}` comes from the register `{register}`, which a log of the past does not hold")]
    NeedsRegister {
        /// The fact.
        fact: String,
        /// The register.
        register: String,
    },
    /// More than can be written.
    #[error("the record of the replay cannot be written: {why}")]
    Record {
        /// What.
        why: String,
    },
}

impl Mistake {
    /// How to mend it.
    pub fn help(&self) -> String {
        self.wrong.help()
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.wrong),
            None => write!(f, "{}", self.wrong),
        }
    }
}

impl Wrong {
    /// How to mend it.
    pub fn help(&self) -> String {
        let one_of = |there: &[String]| match there {
            [] => String::new(),
            there => format!("; there is: {}", there.join(", ")),
        };
        match self {
            Self::Empty => "export the log again, with its events".to_owned(),
            Self::TooLarge { .. } => "export a shorter span of time, or only the columns that the map names".to_owned(),
            Self::Gzip => "unpack it with `gunzip` first".to_owned(),
            Self::Encoding { .. } => "save it as UTF-8; spreadsheets call it `CSV UTF-8`".to_owned(),
            Self::Malformed { .. } => "mend the line, or export the file again".to_owned(),
            Self::Truncated { .. } => "export or copy the file again, whole".to_owned(),
            Self::Separator { .. } => "save it with commas between the columns (RFC 4180)".to_owned(),
            Self::NoColumn { there, .. } => {
                format!("mend the name in the map, or leave an optional column out{}", one_of(there))
            }
            Self::NoValue { .. } => "fill it in, or leave the row out of the export".to_owned(),
            Self::BadTime { .. } => "write it like 2011-10-11T13:45:40.276+02:00".to_owned(),
            Self::Disagrees { .. } => "mend the export: what belongs to a case is the same in all its rows".to_owned(),
            Self::UnknownActivity { .. } => {
                "name it under `activities`; `{ act: note }` for work that the definition gives no meaning to"
                    .to_owned()
            }
            Self::UnknownValue { fact, .. } => format!("say under `facts`, `{fact}`, `values` which of ours it is"),
            Self::TooLong { .. } => {
                "see that no quote is missing before it, or leave the row out of the export".to_owned()
            }
            Self::Yaml { help, .. } | Self::FarTime { help, .. } => help.clone(),
            Self::NoKey { key } => format!("add `{key}`"),
            Self::NoGround { there, .. } => format!("say on which ground it was{}", one_of(there)),
            Self::UnknownKey { known, .. } => format!("remove or mend it{}", one_of(known)),
            Self::Form { .. } => "write it in that form".to_owned(),
            Self::NoSuch { there, .. } => format!("mend the name{}", one_of(there)),
            Self::NeedsRegister { .. } => {
                "name under `facts` the column that says what the register held then".to_owned()
            }
            Self::Record { .. } => "shorten the names in the definition".to_owned(),
        }
    }
}

/// Mistakes as they are found.
#[derive(Debug)]
pub(super) struct Mistakes {
    source_of: Source,
    told: Vec<Mistake>,
    more: usize,
}

impl Mistakes {
    pub(super) fn new(source_of: Source) -> Self {
        Self { source_of, told: Vec::new(), more: 0 }
    }

    pub(super) fn add(&mut self, line: Option<u64>, wrong: Wrong) {
        if self.told.len() < MISTAKES_MAX {
            self.told.push(Mistake { line, wrong });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Nothing, if nothing is wrong.
    pub(super) fn settle(mut self) -> Result<(), Unreadable> {
        if self.told.is_empty() {
            return Ok(());
        }
        self.told.sort_by_key(|mistake| mistake.line);
        Err(Unreadable { source_of: self.source_of, mistakes: self.told, more: self.more })
    }
}

impl Unreadable {
    pub(super) fn one(source_of: Source, line: Option<u64>, wrong: Wrong) -> Self {
        Self { source_of, mistakes: vec![Mistake { line, wrong }], more: 0 }
    }
}
