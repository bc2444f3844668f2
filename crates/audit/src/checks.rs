//! The checks, one file each. A file's doc comment is its page, which `panjereh audit --explain CODE` prints.
//!
//! Must not know of: how the record is read, how findings are shown.
//!
//! To add one: a file with its page, `pub static CODE` and `pub(crate) fn check(...)` that adds what it finds; its name in `checks!`; and, if it looks at
//! acts, in one of the two lists below. Codes: A1 the log, A2 leaves and events, A3 definitions, A4 acts, A5 what comes out of cases, A6 order.

mod act;

use std::sync::LazyLock;

use crate::finding::{Code, Findings};

pub use act::{Act, Other};

/// A check as people read about it.
#[derive(Debug)]
pub struct Check {
    /// Its code.
    pub code: &'static Code,
    /// What it finds and what that means, at length (Markdown).
    pub page: String,
}

macro_rules! checks {
    ($($module:ident),* $(,)?) => {
        $(pub(crate) mod $module;)*

        static ALL: LazyLock<Vec<Check>> = LazyLock::new(|| vec![$(Check {
            code: &$module::CODE,
            page: page(include_str!(concat!("checks/", stringify!($module), ".rs"))),
        }),*]);
    };
}

checks![
    checkpoint_not_signed,
    tree_differs,
    entry_malformed,
    history_rewritten,
    chain_broken,
    time_runs_back,
    time_in_future,
    entry_not_disclosed,
    erasure_not_recorded,
    leaf_differs,
    event_malformed,
    definition_missing,
    definition_changed,
    definition_not_published,
    act_unlike,
    out_of_place,
    decision_changed,
    deadline_moved,
    lapse_too_early,
    silence_misused,
    deadline_overlooked,
    draw_steered,
    roster_altered,
    matter_drawn_again,
    draw_missing,
    decided_alone,
    not_drawn,
    ground_not_cited,
    ground_not_in_force,
    ask_not_allowed,
    fee_wrong,
    stage_wrong,
    end_wrong,
    appeal_unfounded,
    corrected_wrongly,
    revoked_wrongly,
    facts_wrong,
    act_cut_short,
    own_case,
    receipt_used_twice,
    draw_not_proven,
    signature_wrong,
    erased_wrongly,
    roster_act_refused,
    candidates_differ,
    vacated_wrongly,
    not_serving,
    load_differs,
    routes_differ,
    lot_disregarded,
    function_differs,
    function_not_repeatable,
    booking_differs,
    mandate_missing,
    mandate_misused,
    certificate_without_case,
    certificate_missing,
    certificate_differs,
    certificate_not_signed,
    revocation_missing,
    revoked_without_act,
    register_differs,
    statistic_differs,
    status_list_not_signed,
    account_differs,
    queue_overtaken,
    roster_flickers,
    longer_waiting,
    act_not_signed,
    draw_by_itself,
];

/// A check of an act.
pub(crate) type OfAct = fn(&Act<'_>, &mut Findings);

/// Asked of every act, whatever came of doing it again.
pub(crate) const OF_EVERY_ACT: &[OfAct] = &[ground_not_in_force::check, own_case::check, appeal_unfounded::check];

/// Asked of an act that came out otherwise, until one has a name for it: those that know the cause before those that see its consequences. Where none
/// has, [`act_unlike`] speaks.
pub(crate) const OF_DIFFERENCES: &[OfAct] = &[
    routes_differ::check,
    draw_steered::check,
    roster_altered::check,
    deadline_overlooked::check,
    lapse_too_early::check,
    act_cut_short::check,
    deadline_moved::check,
    end_wrong::check,
    decision_changed::check,
    matter_drawn_again::of_routes,
    lot_disregarded::check,
    silence_misused::check,
    revoked_wrongly::check,
    corrected_wrongly::check,
    erased_wrongly::check,
    decided_alone::check,
    not_serving::check,
    not_drawn::check,
    ground_not_cited::check,
    ask_not_allowed::check,
    fee_wrong::check,
    matter_drawn_again::check,
    draw_missing::check,
    facts_wrong::check,
    stage_wrong::check,
    out_of_place::check,
];

/// Every check, in the order of its code.
#[must_use]
pub fn all() -> &'static [Check] {
    &ALL
}

/// The doc comment that a check's file opens with.
fn page(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_every_check_has_its_page() {
        let ids: Vec<&str> = all().iter().map(|check| check.code.id).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
        for check in all() {
            assert!(check.page.lines().count() > 2, "{}", check.code.id);
            assert!(check.code.en.ends_with('.') && check.code.fa.ends_with('.'), "{}", check.code.id);
        }
    }
}
