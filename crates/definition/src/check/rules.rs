//! The rules that a resolved zone must pass, one file each.
//!
//! Must not know of: text and how it was read (`syntax`, `resolve`), rendering. A rule sees the model, and `Places` to point at the text.
//!
//! A rule's file opens with its doc comment, which is also the page that `panjereh explain` prints; then `pub const CODE: Code` and
//! `pub fn check(context: &Context<'_>, problems: &mut Vec<Problem>)`. It is named for what it finds. To add one, add its name to `rules!`.

use std::sync::LazyLock;

use crate::check::context::Context;
use crate::problem::{Code, Problem};

/// A rule over the model.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its code and name.
    pub code: Code,
    /// What it finds, why that matters and how to mend it, at length.
    pub explain: String,
    /// Appends what it finds.
    pub check: fn(&Context<'_>, &mut Vec<Problem>),
}

/// Every rule, in the order in which they run.
#[must_use]
pub fn all() -> &'static [Rule] {
    &ALL
}

macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| vec![$(Rule {
            code: $module::CODE,
            explain: page(include_str!(concat!("rules/", stringify!($module), ".rs"))),
            check: $module::check,
        }),*]);
    };
}

rules![
    stage_unreachable,
    case_cannot_end,
    loop_uninterrupted,
    row_without_route,
    appeal_unheard,
    hearing_unnamed,
    booking_unreturned,
    wait_without_deadline,
    deadline_of_nothing,
    wait_without_calendar,
    too_few_people,
    escalation_circle,
    promise_unkept,
    ground_missing,
    ground_not_in_force,
    table_gap,
    table_overlap,
    row_masked,
    table_too_complex,
    fee_below_nothing,
    fact_before_known,
    fact_held_by_register,
    asked_twice,
    asked_for_nothing,
    kept_for_a_time,
    held_by_another,
    word_missing,
    word_unknown,
    word_unresolved,
    word_disguised,
];

// Resolving finds the same where a key or a cell is not there, which the model cannot say.
pub(crate) use wait_without_deadline::CODE as WAIT_WITHOUT_DEADLINE;
pub(crate) use word_disguised::problem as word_disguised;
pub(crate) use word_missing::CODE as WORD_MISSING;

/// The doc comment that a rule's file opens with.
fn page(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// Names as a reader expects them: `a`, `b` and `c`.
fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
