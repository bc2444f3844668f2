//! `customs.risk`, version 1: how likely it is that something is wrong with a declaration, what duty is expected to be found, and which rules it meets.
//!
//! Takes a declaration, its assessment and whose the goods are. Rests on a model (`model.txt` or `sample-model.txt`: LightGBM's text, or what `risk-train` wrote) and on
//! `rules.csv`; both are files of the zone, so that a new model is published like a rule and a case keeps the one under which it began. It says
//! - `chance`: the chance of fraud of the item with the highest, 0 to 1, rounded down to a millionth;
//! - `duty`: over all items, the chance by the trees that look for duty times what was assessed on the item, rounded down to the minor unit;
//! - `rule`: the first rule of the table that an item meets, or `none`.
//!
//! Floats end here: what leaves is decimals. Must not know of: channels, lots, what becomes of a declaration.

mod columns;
mod rules;

use std::collections::BTreeMap;

use definition::value::{Date, Decimal, Money, Value, minor_digits};
use serde::Serialize;

use super::{Asked, AtHand, Fault, Function, Given, Made, Paper, Written, file, table};
use crate::assess::Assessment;
use crate::declaration::Declaration;
use crate::risk::{Block, Goal, Model, Places, Share, model_hash};

pub use rules::read_rules;

use columns::Seen;
use rules::{Met, NONE, Rules};

/// What moved a score, at most so many of each item.
const REASONS_MAX: usize = 5;

/// What a suspicion rests on.
pub(super) struct Risk {
    model: Model,
    /// Where a declaration has what the model reads.
    places: Places,
    /// SHA-256 of the model's text, by which it is published.
    hash: String,
    rules: Rules,
}

/// What is said of a declaration, as it is written down: the members' order and the numbers' digits are fixed, so that it has one hash.
///
/// It names what it is about, so that no two cases have one suspicion: who uses a document is one entry, and thousands of cases that use the same would wait for each other there.
#[derive(Serialize)]
struct Suspicion<'a> {
    /// SHA-256 of the declaration.
    declaration: String,
    /// SHA-256 of its assessment.
    assessment: String,
    model: &'a str,
    chance: String,
    duty: String,
    currency: &'a str,
    rules: Vec<Met<'a>>,
    items: Vec<Suspected>,
}

#[derive(Serialize)]
struct Suspected {
    item: u32,
    chance: String,
    /// What was assessed on it: what is at stake.
    stake: String,
    duty: String,
    reasons: Vec<Reason>,
}

/// What moved the score of an item, the strongest first.
#[derive(Serialize)]
struct Reason {
    feature: String,
    /// By how much, in the model's own measure, to a millionth; below nothing where it speaks for the declarant.
    moved: String,
}

impl Risk {
    pub(super) fn load(tables: &BTreeMap<String, String>) -> Result<Self, String> {
        let (path, text) = file(tables, "model.txt").ok_or("name its model: `files: [functions/model.txt]`")?;
        let model = Model::read(text).map_err(|problem| format!("{path}:{}: {}", problem.line, problem.fault))?;
        let places = columns::fit(&model).map_err(|why| format!("{path}: {why}"))?;
        let rules = table(tables, "rules.csv", rules::read)?.ok_or("name its rules: `files: [functions/rules.csv]`")?;
        Ok(Self { model, places, hash: hex::encode(model_hash(text.as_bytes())), rules })
    }

    /// What the model says of each item: the chance of fraud, and that by which duty is looked for.
    fn scores(&self, seen: &[Seen<'_>]) -> Result<(Vec<[Share; 2]>, Block), Vec<Fault>> {
        let mut block = Block::default();
        for one in seen {
            let record = Places::record(&columns::cells(one));
            let row = self.places.row(&record, one.number);
            self.model.take(&row, &mut block).map_err(|_| vec![Fault::unscored()])?;
        }
        let [fraud, duty] = [Goal::Fraud, Goal::Duty].map(|goal| self.model.scores(goal, &block));
        let share = |chance| Share::of_chance(chance);
        let both = fraud.iter().zip(&duty).map(|(fraud, duty)| Some([share(fraud.chance)?, share(duty.chance)?]));
        let both: Option<Vec<_>> = both.collect();
        Ok((both.ok_or_else(|| vec![Fault::unscored()])?, block))
    }

    fn reasons(&self, block: &Block, row: usize) -> Vec<Reason> {
        let reasons = self.model.reasons(Goal::Fraud, block, row).into_iter();
        let moved = |moved: f64| Decimal::new((moved * 1e6).round() as i64, 6).normalize().to_string();
        let told = |reason: crate::risk::Reason| Reason {
            feature: self.model.feature_name(reason.column),
            moved: moved(reason.moved),
        };
        reasons.take(REASONS_MAX).map(told).collect()
    }

    fn of(
        &self,
        about: [String; 2],
        declaration: &Declaration,
        assessed: &Assessment,
        owner: &str,
    ) -> Result<Made, Vec<Fault>> {
        let seen = Seen::all(declaration, assessed, owner).ok_or_else(Vec::new)?;
        let (scores, block) = self.scores(&seen)?;
        let digits = u32::from(minor_digits(&assessed.currency).unwrap_or(0));
        let mut items = Vec::new();
        let (mut chance, mut duty) = (Share::default(), Decimal::ZERO);
        for (row, (one, [fraud, found])) in seen.iter().zip(scores).enumerate() {
            let too_large = || vec![Fault::too_large()];
            let expected = one.duty.checked_mul(found.decimal()).ok_or_else(too_large)?.trunc_with_scale(digits);
            duty = duty.checked_add(expected).ok_or_else(too_large)?;
            chance = chance.max(fraud);
            items.push(Suspected {
                item: one.number,
                chance: fraud.to_string(),
                stake: one.duty.normalize().to_string(),
                duty: expected.normalize().to_string(),
                reasons: self.reasons(&block, row),
            });
        }
        let rules = self.rules.met(&seen);
        let rule = rules.first().map_or(NONE, |met| met.rule).to_owned();
        let money = Money::from_amount(duty, &assessed.currency).map_err(|_| vec![Fault::too_large()])?;
        let (model, currency) = (self.hash.as_str(), assessed.currency.as_str());
        let (said, duty) = (chance.to_string(), duty.normalize().to_string());
        let [declaration, assessment] = about;
        let suspicion = Suspicion { declaration, assessment, model, chance: said, duty, currency, rules, items };
        // Nothing in it can fail to be written.
        let bytes = serde_json::to_vec(&suspicion).unwrap_or_default();
        let values = BTreeMap::from([
            ("chance", Value::Decimal(chance.decimal())),
            ("duty", Value::Money(money)),
            ("rule", Value::Code(rule)),
        ]);
        Ok(Made {
            value: Written { paper: Paper::new(bytes), media_type: "application/json", name: "risk.json" },
            values,
        })
    }
}

impl Function for Risk {
    fn takes(&self) -> usize {
        3
    }

    fn gives(&self) -> &'static [&'static str] {
        &["chance", "duty", "rule"]
    }

    fn codes(&self, name: &str) -> Vec<String> {
        let own = self.rules.names().chain([NONE]).map(str::to_owned);
        if name == "rule" { own.collect() } else { Vec::new() }
    }

    fn compute(&self, given: &[Given<'_>], _: Date, _: &AtHand) -> Result<Asked<Made>, Vec<Fault>> {
        let [Given::Paper(declaration), Given::Paper(assessment), Given::Value(Value::Text(owner))] = given else {
            return Err(Vec::new());
        };
        let about = [declaration, assessment].map(|paper| hex::encode(paper.sha256()));
        let declaration = declaration.declared()?;
        let assessed = assessment.assessed().ok_or_else(Vec::new)?;
        self.of(about, declaration, assessed, owner).map(Asked::Says)
    }
}
