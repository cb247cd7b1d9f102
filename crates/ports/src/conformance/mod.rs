//! What every store must do, as a suite that each backend runs in its tests.
//!
//! A case that fails panics, like any test, after its name was printed.

mod all_or_nothing;
mod archive;
mod entries;
mod erasures;
mod ledger;
mod lists;
mod outbox;
mod people;
mod racing;
mod reservations;
mod rows;
mod samples;
mod sessions;
mod streams;
mod tallies;

use std::sync::Arc;

use crate::{Archive, Ledger, Outbox, Queries, Store};

/// Everything that a backend implements.
pub trait Backend: Store + Queries + Outbox + Ledger + Archive {}

impl<S: Store + Queries + Outbox + Ledger + Archive> Backend for S {}

macro_rules! cases {
    ($fresh:ident: $($module:ident { $($case:ident),+ $(,)? })+) => {
        $($(
            println!(concat!(stringify!($module), "::", stringify!($case)));
            $module::$case(Arc::new($fresh())).await;
        )+)+
    };
}

/// Runs every case, each on a store that `fresh` makes. Needs a multi-threaded Tokio runtime, so
/// that racing commits race.
///
/// # Panics
///
/// When the store does something else than it must.
#[expect(clippy::too_many_lines, reason = "a line for each case")]
pub async fn conformance<S: Backend>(fresh: impl Fn() -> S) {
    cases! { fresh:
        streams {
            an_unknown_stream_is_at_version_zero,
            events_move_the_version_and_the_state,
            several_streams_come_in_the_order_asked,
            a_guard_that_moved_is_stale,
            an_expected_version_that_moved_is_stale,
            a_stream_that_must_not_exist_is_guarded_by_zero,
            a_stream_appended_twice_is_stale,
            the_states_of_one_kind_come_by_themselves,
            the_last_event_never_goes_back,
        }
        entries {
            bytes_are_kept_as_written,
            a_note_has_no_stream_and_its_own_log,
        }
        erasures {
            erased_bytes_are_gone_and_their_digest_stays,
            an_erasure_of_no_event_is_refused_whole,
            a_refused_commit_erases_nothing,
            what_is_not_to_be_sent_is_gone_dead_or_alive,
        }
        reservations {
            what_is_held_is_taken,
            kinds_do_not_share_keys,
            what_has_ended_can_be_taken_again,
            without_a_time_nothing_has_ended,
            what_is_released_can_be_taken,
            one_commit_can_hand_a_thing_over,
            one_commit_cannot_take_a_thing_twice,
        }
        all_or_nothing {
            a_stale_guard_leaves_no_trace,
            a_taken_reservation_leaves_no_trace,
            bulk_work_is_written_like_any_other,
        }
        racing {
            one_of_many_commits_on_a_version_wins,
            one_of_many_takes_a_reservation,
            all_commits_on_streams_of_their_own_win,
        }
        rows {
            a_person_is_replaced,
            an_enrollment_is_replaced,
            attempts_are_exactly_those_of_the_enrollment,
            authenticators_are_exactly_those_of_the_person,
            a_credential_comes_with_its_holders_state,
            sign_ins_outlive_what_follows_from_states,
            roles_are_exactly_those_of_the_person,
            one_file_of_metadata_is_kept_to_the_byte,
            an_answer_is_kept_under_its_key,
        }
        people {
            people_are_known_by_external_id,
            people_are_known_by_address_without_case,
            pages_of_people_go_from_the_newest,
            a_search_finds_the_beginnings_of_words,
            a_search_follows_a_change_of_name,
            a_search_can_keep_to_a_sponsors_people,
            common_words_are_found_together,
            a_sponsor_of_privileged_people_is_known,
        }
        lists {
            pages_of_enrollments_go_from_the_newest,
            enrollments_are_filtered,
            enrollments_are_found_by_their_person,
            those_with_a_browser_wait_first,
            what_ends_soonest_is_shown_first,
            overdue_enrollments_are_open_and_past_their_deadline,
            what_was_not_expected_is_listed_until_it_is_over,
        }
        sessions {
            a_session_comes_with_what_must_be_checked,
            a_session_shows_that_its_authenticator_is_gone,
            a_session_without_its_owner_is_none,
            sessions_are_seen_and_ended,
            sessions_end_with_their_person,
            sessions_end_with_their_authenticator,
            sessions_are_found_once_their_end_has_come,
            a_commit_that_rests_on_a_session_fails_once_it_has_ended,
            of_a_sign_out_and_many_commits_on_its_session_none_comes_after,
        }
        tallies {
            counters_move_by_what_is_given,
            figures_move_by_what_is_given,
            the_largest_parts_come_first,
        }
        outbox {
            a_message_is_claimed_when_it_is_due,
            a_lease_that_is_over_frees_the_message,
            a_message_that_is_done_is_gone,
            a_failed_message_is_tried_again_later,
            a_dead_message_waits_for_an_operator,
            two_workers_never_hold_the_same_message,
        }
        ledger {
            entries_wait_in_commit_order,
            an_indexed_entry_waits_no_more,
            a_gap_is_refused,
            another_order_is_refused,
            another_logs_entries_are_refused,
            tiles_are_replaced,
            one_size_has_one_root,
            a_checkpoint_beyond_the_log_is_refused,
            the_newest_checkpoint_is_the_largest,
        }
        archive {
            entries_come_in_commit_order,
            states_come_each_once,
            sealed_rows_come_each_once,
            attempts_come_each_once,
            sessions_come_each_once_with_or_without_an_owner,
            reservations_come_each_once_by_kind,
            the_words_of_a_person_are_those_of_their_row,
        }
    }
}
