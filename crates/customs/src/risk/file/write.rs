//! Writes a model's file.
//!
//! Must not know of: reading it.

use std::fmt::Write as _;

use super::{FIRST, VERSION};
use crate::risk::drift::{Bins, Trained};
use crate::risk::feature::{Feature, Features};
use crate::risk::model::{Goal, Model, Objective};
use crate::risk::profile::{Profile, values};

pub(super) fn model(model: &Model, trees: &[&str]) -> String {
    let mut lines = Lines(String::new());
    lines.say(&[FIRST, VERSION]);
    lines.say(&["truth", &model.truth.label, &model.truth.rate, &model.truth.amount]);
    for column in &model.features.columns {
        lines.say(&["column", if column.number { "number" } else { "text" }, &column.name]);
    }
    model.features.profiles.iter().for_each(|profile| lines.profile(profile));
    model.features.made.iter().for_each(|feature| lines.feature(feature, &model.features));
    model.trained.iter().for_each(|trained| lines.trained(trained));
    for (objective, trees) in model.objectives.iter().zip(trees) {
        lines.objective(objective, trees);
    }
    lines.say(&["end"]);
    lines.0
}

struct Lines(String);

impl Lines {
    /// A line. Names cannot hold what ends a field: control characters become spaces.
    fn say(&mut self, fields: &[&str]) {
        for (number, field) in fields.iter().enumerate() {
            if number > 0 {
                self.0.push('\t');
            }
            self.0.extend(field.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        }
        self.0.push('\n');
    }

    fn profile(&mut self, profile: &Profile) {
        let (weight, all) = (profile.weight.to_string(), profile.all);
        let columns: Vec<String> = profile.columns.iter().map(usize::to_string).collect();
        let mut fields = vec!["profile".to_owned(), weight, all.frauds.to_string(), all.rows.to_string()];
        fields.extend(columns);
        self.say(&fields.iter().map(String::as_str).collect::<Vec<_>>());
        let mut cases: Vec<_> = profile.counts.iter().collect();
        // A map has no order, and a file's hash needs one.
        cases.sort_by(|a, b| a.0.cmp(b.0));
        for (key, count) in cases {
            let (frauds, rows) = (count.frauds.to_string(), count.rows.to_string());
            self.say(&["case", &frauds, &rows].into_iter().chain(values(key)).collect::<Vec<_>>());
        }
    }

    fn feature(&mut self, feature: &Feature, features: &Features) {
        let two = |word, a: &usize, b: &usize| [word, a.to_string(), b.to_string()].map(|field: String| field);
        match feature {
            Feature::Number(column) => self.say(&["feature", "number", &column.to_string()]),
            Feature::Ratio(a, b) => self.fields(&two("ratio".to_owned(), a, b)),
            Feature::Percent(a, b) => self.fields(&two("percent".to_owned(), a, b)),
            Feature::Share(profile) => self.say(&["feature", "share", &profile.to_string()]),
            Feature::Rows(profile) => self.say(&["feature", "rows", &profile.to_string()]),
            // LightGBM's own: such a model is never written in our format.
            Feature::Code(..) => self.say(&["feature", "code", &features.name(feature)]),
        }
    }

    fn fields(&mut self, fields: &[String; 3]) {
        let [word, a, b] = fields;
        self.say(&["feature", word, a, b]);
    }

    fn trained(&mut self, trained: &Trained) {
        let counts = trained.counts.iter().map(u64::to_string);
        let (kind, bounds) = match &trained.bins {
            Bins::Numbers(bounds) => ("numbers", bounds.iter().map(f64::to_string).collect()),
            Bins::Codes(codes) => ("codes", codes.clone()),
        };
        self.say(&["trained", kind, &trained.column]);
        let mut bounds = bounds.iter();
        for count in counts {
            match bounds.next() {
                Some(bound) => self.say(&["bin", &count, bound]),
                None => self.say(&["bin", &count]),
            }
        }
    }

    fn objective(&mut self, objective: &Objective, trees: &str) {
        let goal = match objective.goal {
            Goal::Fraud => "fraud",
            Goal::Duty => "duty",
        };
        self.say(&["objective", goal]);
        for (score, chance) in &objective.calibration.knots {
            self.say(&["knot", &score.to_string(), &chance.to_string()]);
        }
        self.say(&["trees", &trees.lines().count().to_string()]);
        for line in trees.lines() {
            let _ = writeln!(self.0, "{line}");
        }
    }
}
