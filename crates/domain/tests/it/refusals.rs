//! Every reason for refusing, and the test that shows it.
//!
//! The tables are checked by the compiler: a new reason has no line, and a line names a test that
//! exists. Nothing here runs.

use firstkey_domain::{
    enrollment::{
        BeginRefusal, BindRefusal, Ended, HandOverRefusal, MintRefusal, OpenRefusal,
        RegisterRefusal, VouchRefusal, WithdrawRefusal,
    },
    person::{AuthenticatorRefusal, ChangeRefusal, RoleRefusal},
};

use crate::{
    authenticators, begin, bind, close, correcting, hand_over, open, pass, profile, register,
    roles, vouch,
};

macro_rules! shown_by {
    ($($reason:ty { $($variant:pat => $test:path,)+ })+) => {$(
        const _: fn($reason) -> fn() = |reason| match reason {
            $($variant => $test,)+
        };
    )+};
}

shown_by! {
    OpenRefusal {
        OpenRefusal::Left => open::nothing_opens_for_somebody_who_left,
        OpenRefusal::AlreadyOpen => open::one_door_at_a_time,
        OpenRefusal::AlreadyEnrolled => open::the_first_authenticator_is_bound_once,
        OpenRefusal::NotEnrolled =>
            open::rule_12_adding_an_authenticator_needs_one_and_opens_its_own_enrollment,
    }
    BeginRefusal {
        BeginRefusal::Ended(_) => begin::nobody_begins_what_is_over,
        BeginRefusal::Left => begin::nobody_who_left_begins_even_before_their_leaving_is_swept,
        BeginRefusal::Replaced => begin::an_older_locator_opens_nothing,
        BeginRefusal::NotYet => begin::a_scheduled_locator_opens_at_its_hour_and_not_before,
        BeginRefusal::NotCleared =>
            begin::rule_03_begin_needs_the_consoles_word_for_this_enrollment_key_and_moment,
        BeginRefusal::TooMany => begin::rule_08_a_fourth_browser_cannot_begin,
        BeginRefusal::KeyInUse => begin::one_browser_key_is_one_attempt,
        BeginRefusal::BadSecret => begin::a_setup_link_needs_its_secret,
        BeginRefusal::CannotMove => begin::rule_10_proofing_never_moves_to_a_new_key,
    }
    HandOverRefusal {
        HandOverRefusal::Ended(_) => hand_over::nothing_is_handed_over_in_what_is_over,
        HandOverRefusal::NoAttempt => hand_over::an_attempt_that_ended_takes_nothing_over,
        HandOverRefusal::Contested =>
            hand_over::rule_04_nothing_is_handed_over_while_two_browsers_are_at_it,
        HandOverRefusal::Barred =>
            hand_over::rule_02_whoever_changed_the_address_hands_nothing_over,
        HandOverRefusal::NotAMeeting => hand_over::rule_03_nobody_hands_over_to_themselves,
        HandOverRefusal::Already => hand_over::rule_04_the_same_screen_twice_is_one_handover,
    }
    VouchRefusal {
        VouchRefusal::Ended(_) => vouch::nobody_is_vouched_for_in_what_is_over,
        VouchRefusal::Barred => vouch::rule_02_whoever_changed_the_address_may_not_vouch,
        VouchRefusal::NobodyWaiting => vouch::before_anybody_began_there_is_nobody_to_vouch_for,
        VouchRefusal::Contested =>
            vouch::rule_04_a_match_never_counts_while_another_attempt_is_open,
        VouchRefusal::Incomplete => vouch::rule_04_every_line_of_the_checklist_is_confirmed,
        VouchRefusal::Twice => vouch::the_same_voucher_twice_is_one_voucher,
        VouchRefusal::Moved =>
            vouch::a_browser_that_changed_under_the_signature_was_not_vouched_for,
        VouchRefusal::NotSigned =>
            vouch::rule_13_what_was_not_signed_as_an_approval_of_this_is_no_approval,
    }
    MintRefusal {
        MintRefusal::Ended(_) => pass::no_pass_is_minted_in_what_is_over,
        MintRefusal::NoAttempt => pass::no_pass_is_minted_for_an_attempt_that_ended,
        MintRefusal::AlreadyOpen => pass::an_attempt_holds_one_open_pass,
        MintRefusal::NotPermitted =>
            pass::rule_17_a_permit_of_another_version_action_or_enrollment_mints_nothing,
    }
    RegisterRefusal {
        RegisterRefusal::Ended(_) => register::nothing_is_registered_in_what_is_over,
        RegisterRefusal::NoAttempt => register::nothing_is_registered_by_an_attempt_that_ended,
        RegisterRefusal::NoPass =>
            register::rule_11_only_the_attempt_that_holds_the_pass_may_register,
        RegisterRefusal::WrongChallenge =>
            register::rule_13_a_registration_answers_the_challenge_of_its_own_pass,
        RegisterRefusal::AlreadyVerified =>
            register::rule_11_a_verified_credential_is_confirmed_and_not_made_again,
    }
    BindRefusal {
        BindRefusal::Ended(_) =>
            bind::rule_24_what_is_bound_stays_known_so_that_a_repeated_request_gets_the_same_receipt,
        BindRefusal::NoAttempt => bind::an_attempt_that_ended_binds_nothing,
        BindRefusal::NoPass =>
            bind::rule_22_nothing_is_bound_when_the_minutes_of_the_pass_are_over,
        BindRefusal::NothingVerified => bind::nothing_is_bound_before_something_was_registered,
        BindRefusal::NotPermitted =>
            bind::rule_17_a_permit_of_another_version_action_or_enrollment_binds_nothing,
        BindRefusal::NotSigned =>
            bind::rule_13_the_new_authenticator_signs_this_enrollment_key_and_credential,
    }
    WithdrawRefusal {
        WithdrawRefusal::Ended(_) => close::what_is_over_is_not_withdrawn,
    }
    Ended {
        Ended(_) => close::what_is_over_is_not_voided,
    }
    ChangeRefusal {
        ChangeRefusal::Left => profile::nobody_who_left_changes,
        ChangeRefusal::NeedsSignature =>
            correcting::rule_01_a_correction_is_signed_for_this_person_and_this_record,
        ChangeRefusal::OwnSponsor => profile::nobody_is_their_own_sponsor,
    }
    RoleRefusal {
        RoleRefusal::Left =>
            roles::nobody_who_left_is_given_a_role_and_theirs_can_still_be_taken,
        RoleRefusal::NeedsSignature =>
            roles::rule_01_a_role_is_granted_and_revoked_by_a_fresh_signature_over_that_act,
        RoleRefusal::Oneself => roles::nobody_raises_themselves,
        RoleRefusal::Feed => roles::rule_01_feeds_never_set_roles,
    }
    AuthenticatorRefusal {
        AuthenticatorRefusal::Left => authenticators::nothing_is_bound_to_somebody_who_left,
        AuthenticatorRefusal::Unknown =>
            authenticators::what_is_not_theirs_cannot_be_named_suspended_or_removed,
        AuthenticatorRefusal::Last =>
            authenticators::rule_12_the_last_authenticator_is_never_removed,
        AuthenticatorRefusal::NeedsSignature =>
            authenticators::rule_12_removing_needs_a_fresh_signature_over_this_removal,
        AuthenticatorRefusal::AlreadyBound => authenticators::one_credential_is_one_authenticator,
    }
}
