//! Reads trees as LightGBM writes them (`save_model`, version 4).
//!
//! Must not know of: what they are for. Every index is looked at, so that walking a tree ends: a child stands behind its parent, as LightGBM writes it.

mod alone;

use std::collections::BTreeMap;
use std::str::FromStr;

use super::booster::{Booster, Child, Link, Missing, Split, Test, Tree};

pub(super) use alone::read_alone;

/// Most trees of a model.
const MAX_TREES: usize = 100_000;
/// Most bytes of a model: 512 MiB.
const MAX_BYTES: usize = 512 << 20;

/// Why a text is not read as a model, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct ModelProblem {
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub fault: ModelFault,
}

/// What is wrong with a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say what the fields are")]
pub enum ModelFault {
    #[error("a model begins with `tree` and `version=v4`")]
    NotAModel,
    #[error("the model has {bytes} bytes, and at most {max} are read")]
    TooLarge { bytes: usize, max: usize },
    #[error("the model has more than {max} trees")]
    TooManyTrees { max: usize },
    #[error("`{key}` is missing")]
    Missing { key: &'static str },
    #[error("`{key}` has {found} entries, and {expected} are due")]
    Count { key: &'static str, found: usize, expected: usize },
    #[error("`{text}` in `{key}` is no number, or one that cannot be there")]
    Number { key: &'static str, text: String },
    #[error("the objective `{text}` is not one that is scored here")]
    Objective { text: String },
    #[error("a model that predicts several classes is not scored here")]
    SeveralClasses,
    #[error("trees with linear leaves are not scored here")]
    Linear,
    #[error("the model ends before `end of trees`")]
    Truncated,
}

impl Booster {
    /// Reads trees.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(text: &str) -> Result<Self, ModelProblem> {
        if text.len() > MAX_BYTES {
            let fault = ModelFault::TooLarge { bytes: text.len(), max: MAX_BYTES };
            return Err(ModelProblem { line: 1, fault });
        }
        let mut lines = (1..).zip(text.lines());
        if lines.next().is_none_or(|(_, line)| line.trim() != "tree") {
            return Err(ModelProblem { line: 1, fault: ModelFault::NotAModel });
        }
        let mut blocks = Blocks { lines: lines.peekable() };
        let head = blocks.next(0);
        let (columns, link, averaged) = head.head()?;
        let mut trees = Vec::new();
        loop {
            match blocks.tree()? {
                Some(block) if trees.len() == MAX_TREES => {
                    return Err(block.problem(ModelFault::TooManyTrees { max: MAX_TREES }));
                }
                Some(block) => trees.push(block.tree(columns.len())?),
                None => return Ok(Self::new(columns, trees, link, averaged)),
            }
        }
    }
}

/// The lines of a model that are not read yet.
struct Blocks<'t, L: Iterator<Item = (usize, &'t str)>> {
    lines: std::iter::Peekable<L>,
}

/// `key=value` lines that belong together.
struct Block<'t> {
    line: usize,
    values: BTreeMap<&'t str, (usize, &'t str)>,
}

impl<'t, L: Iterator<Item = (usize, &'t str)>> Blocks<'t, L> {
    /// The lines up to the next tree, the end of the trees, or an empty line behind some.
    fn next(&mut self, line: usize) -> Block<'t> {
        let mut values = BTreeMap::new();
        while let Some((at, text)) = self.lines.peek().copied() {
            let ends = text.starts_with("Tree=") || text.trim() == "end of trees" || text.trim().is_empty();
            if ends && (!values.is_empty() || text.starts_with("Tree=") || text.trim() == "end of trees") {
                break;
            }
            self.lines.next();
            // A line without a value says that something holds.
            let (key, value) = text.split_once('=').unwrap_or((text, ""));
            if !key.trim().is_empty() {
                values.insert(key.trim(), (at, value.trim()));
            }
        }
        Block { line, values }
    }

    /// The next tree; none after the last.
    fn tree(&mut self) -> Result<Option<Block<'t>>, ModelProblem> {
        let mut last = 1;
        for (line, text) in self.lines.by_ref() {
            last = line;
            if text.starts_with("Tree=") {
                return Ok(Some(self.next(line)));
            }
            if text.trim() == "end of trees" {
                return Ok(None);
            }
        }
        Err(ModelProblem { line: last, fault: ModelFault::Truncated })
    }
}

impl Block<'_> {
    fn problem(&self, fault: ModelFault) -> ModelProblem {
        ModelProblem { line: self.line.max(1), fault }
    }

    fn get(&self, key: &'static str) -> Result<(usize, &str), ModelProblem> {
        self.values.get(key).copied().ok_or_else(|| self.problem(ModelFault::Missing { key }))
    }

    fn head(&self) -> Result<(Vec<String>, Link, bool), ModelProblem> {
        if self.get("version")?.1 != "v4" {
            return Err(self.problem(ModelFault::NotAModel));
        }
        if self.one::<usize>("num_tree_per_iteration")? != 1 {
            return Err(self.problem(ModelFault::SeveralClasses));
        }
        let columns: Vec<String> = self.get("feature_names")?.1.split(' ').map(str::to_owned).collect();
        let expected = self.one::<usize>("max_feature_idx")?.saturating_add(1);
        if columns.len() != expected {
            return Err(self.problem(ModelFault::Count { key: "feature_names", found: columns.len(), expected }));
        }
        // A model that was trained by an objective of one's own has none.
        let objective = self.values.get("objective").map(|(_, text)| *text).unwrap_or_default();
        let averaged = self.values.contains_key("average_output");
        Ok((columns, self.link(objective)?, averaged))
    }

    fn link(&self, objective: &str) -> Result<Link, ModelProblem> {
        let unknown = || self.problem(ModelFault::Objective { text: objective.chars().take(60).collect() });
        let mut words = objective.split(' ');
        match words.next().unwrap_or_default() {
            "" | "regression" | "regression_l1" | "huber" | "fair" | "quantile" | "mape" | "lambdarank"
                if words.clone().all(|word| word != "sqrt") =>
            {
                Ok(Link::Identity)
            }
            "binary" => {
                let slope = words.find_map(|word| word.strip_prefix("sigmoid:")).and_then(|slope| slope.parse().ok());
                slope.filter(|slope: &f64| slope.is_finite()).map(|slope| Link::Sigmoid { slope }).ok_or_else(unknown)
            }
            "cross_entropy" => Ok(Link::Sigmoid { slope: 1.0 }),
            _ => Err(unknown()),
        }
    }

    fn tree(&self, columns: usize) -> Result<Tree, ModelProblem> {
        if self.values.get("is_linear").is_some_and(|(_, value)| *value != "0") {
            return Err(self.problem(ModelFault::Linear));
        }
        let leaves = self.one::<usize>("num_leaves")?;
        let values = self.list::<f64>("leaf_value", leaves.max(1))?;
        if let Some(value) = values.iter().find(|value| !value.is_finite()) {
            return Err(self.wrong("leaf_value", value.to_string()));
        }
        if leaves <= 1 {
            return Ok(Tree { leaves: values, ..Tree::default() });
        }
        let sets = self.one::<usize>("num_cat")?;
        let mut tree = Tree { leaves: values, ..Tree::default() };
        if sets > 0 {
            tree.set_starts = self.list("cat_boundaries", sets.saturating_add(1))?;
            let words = tree.set_starts.last().copied().unwrap_or_default();
            tree.set_words = self.list("cat_threshold", words)?;
        }
        tree.splits = self.splits(leaves - 1, columns, sets)?;
        Ok(tree)
    }

    fn splits(&self, count: usize, columns: usize, sets: usize) -> Result<Vec<Split>, ModelProblem> {
        let column = self.list::<usize>("split_feature", count)?;
        let thresholds = self.list::<f64>("threshold", count)?;
        let decisions = self.list::<u8>("decision_type", count)?;
        let lefts = self.list::<i64>("left_child", count)?;
        let rights = self.list::<i64>("right_child", count)?;
        let values = self.list::<f64>("internal_value", count)?;
        let mut splits = Vec::with_capacity(count);
        let both = lefts.into_iter().zip(rights);
        for (at, (((column, threshold), decision), ((left, right), value))) in
            column.into_iter().zip(thresholds).zip(decisions).zip(both.zip(values)).enumerate()
        {
            if column >= columns {
                return Err(self.wrong("split_feature", column.to_string()));
            }
            if threshold.is_nan() {
                return Err(self.wrong("threshold", threshold.to_string()));
            }
            let unknown = || self.wrong("decision_type", decision.to_string());
            let test = test(decision, threshold, sets).ok_or_else(unknown)?;
            let child = |key, child| child_of(child, at, count).ok_or_else(|| self.wrong(key, child.to_string()));
            splits.push(Split {
                column,
                test,
                left: child("left_child", left)?,
                right: child("right_child", right)?,
                value,
            });
        }
        Ok(splits)
    }

    /// A number that cannot be there, on the line of its key.
    fn wrong(&self, key: &'static str, text: String) -> ModelProblem {
        let line = self.values.get(key).map_or(self.line, |(line, _)| *line);
        ModelProblem { line: line.max(1), fault: ModelFault::Number { key, text } }
    }

    fn one<T: FromStr>(&self, key: &'static str) -> Result<T, ModelProblem> {
        let (line, text) = self.get(key)?;
        parse(key, line, text)
    }

    fn list<T: FromStr>(&self, key: &'static str, expected: usize) -> Result<Vec<T>, ModelProblem> {
        let (line, text) = self.get(key)?;
        let numbers = text.split(' ').filter(|part| !part.is_empty()).map(|part| parse(key, line, part));
        let numbers: Vec<T> = numbers.collect::<Result<_, _>>()?;
        if numbers.len() == expected {
            return Ok(numbers);
        }
        Err(ModelProblem { line, fault: ModelFault::Count { key, found: numbers.len(), expected } })
    }
}

fn parse<T: FromStr>(key: &'static str, line: usize, text: &str) -> Result<T, ModelProblem> {
    let fault = || ModelFault::Number { key, text: text.chars().take(40).collect() };
    text.parse().map_err(|_| ModelProblem { line, fault: fault() })
}

/// A split's test by LightGBM's bits: the first is categorical, the second that what is missing goes left, the next two what counts as missing.
fn test(decision: u8, threshold: f64, sets: usize) -> Option<Test> {
    if decision & 1 == 1 {
        let set = threshold as usize;
        return (threshold >= 0.0 && threshold.fract() == 0.0 && set < sets).then_some(Test::In { set });
    }
    let missing = match decision >> 2 & 3 {
        0 => Missing::Never,
        1 => Missing::Zero,
        2 => Missing::NotANumber,
        _ => return None,
    };
    Some(Test::AtMost { threshold, missing, missing_left: decision >> 1 & 1 == 1 })
}

/// The child behind a number: a split behind its parent, or a leaf as the number's complement.
fn child_of(number: i64, parent: usize, splits: usize) -> Option<Child> {
    if number < 0 {
        return usize::try_from(!number).ok().filter(|leaf| *leaf <= splits).map(Child::Leaf);
    }
    usize::try_from(number).ok().filter(|split| *split > parent && *split < splits).map(Child::Split)
}
