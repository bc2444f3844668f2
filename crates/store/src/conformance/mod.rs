//! What every store must hold to, as tests that a backend runs on itself with [`conformance_suite!`](crate::conformance_suite).
//!
//! Must not know of: any backend.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // tests, though built as a library
#![allow(missing_docs)] // the names of tests say what holds

pub mod append;
pub mod cases;
pub mod crash;
pub mod duties;
pub mod entries;
pub mod erasure;
pub mod extremes;
pub mod given;
pub mod model;
pub mod order;
pub mod tasks;
pub mod whole;

/// Makes one test of each rule. `$open` is an async function that returns a fresh, empty store and what must outlive it, or none to skip.
#[macro_export]
macro_rules! conformance_suite {
    ($open:ident) => {
        $crate::conformance_suite!(@each $open;
            append::events_get_positions_and_links
            append::opening_twice_is_a_conflict
            append::a_stale_writer_is_told_where_the_case_stands
            append::a_replay_gets_the_first_answer
            append::an_answer_is_found_by_its_key
            append::a_replay_is_seen_before_a_conflict
            append::a_stale_entry_refuses_everything
            append::everything_stands_or_nothing
            append::what_breaks_the_contract_is_refused
            append::an_unknown_case_is_empty
            order::positions_have_no_gap_under_concurrency
            order::the_feed_never_skips_while_writers_run
            order::of_two_equal_acts_one_wins
            order::of_two_equal_requests_one_is_done
            order::refusals_leave_their_neighbours_intact
            cases::listings_page_both_ways
            cases::listings_follow_the_row
            cases::a_full_identity_change_is_kept
            cases::queues_count_and_date
            cases::a_stream_that_is_no_case_is_in_no_list
            duties::deadlines_come_in_order
            duties::deadlines_come_page_by_page
            duties::deadlines_follow_the_row
            duties::messages_stay_until_settled
            duties::message_numbers_are_never_given_twice
            duties::restating_replaces_the_row
            duties::restating_a_moved_case_is_a_conflict
            entries::versions_rise
            entries::removal_starts_again
            entries::one_stale_entry_refuses_all
            entries::listings_page_by_key_and_owner
            entries::racing_writers_do_not_lose_updates
            erasure::an_erased_event_keeps_its_place
            erasure::what_is_not_the_case_s_own_is_not_erased
            erasure::a_refused_erasure_erases_nothing
            extremes::numbers_reach_their_ends
            extremes::texts_come_back_as_they_were
            extremes::bodies_may_be_huge
            extremes::limits_are_held
            extremes::what_no_database_keeps_is_refused
            tasks::a_task_is_one_taker_s_until_it_is_given_up
            model::random_histories_match_a_simple_model
        );
    };
    (@each $open:ident; $($topic:ident :: $name:ident)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            if let Some((store, _keep)) = $open().await {
                $crate::conformance::$topic::$name(::std::sync::Arc::new(store)).await;
            }
        }
    )*};
}
