"""The behaviours that the reference asks of mail, and for each the tests that show it.

The numbers are those of the reference's list. What is shown here comes by a real socket; the parser
and the trimmer alone have tests of their own beside it, in `tests.intake.mail`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.flows import (
    test_attachments as attachments,
    test_behaviours_mail as mail,
    test_behaviours_text as text,
    test_bounces as bounces,
    test_killed as killed,
    test_letters as letters,
    test_real_mta as real_mta,
    test_threads as threads,
)
from tests.intake.channels import test_email as door

REFERENCE = Path(__file__).parents[3] / "shared/reference/behaviours.md"
WANTED = (*range(1, 59), 105, 106)
Test = Callable[..., object]

TABLE: Mapping[int, Sequence[Test]] = {
    1: [text.test_1_a_line_of_five_thousand_bytes_is_kept_byte_for_byte_and_read],
    2: [
        text.test_2_no_second_mail_is_smuggled_in_within_the_first,
        door.test_a_bare_line_end_does_not_end_a_message,
    ],
    3: [
        door.test_a_fault_of_ours_never_bounces_mail_and_says_nothing_of_it,
        real_mta.test_what_came_while_the_database_was_down_is_brought_again_and_nothing_is_lost,
    ],
    4: [killed.test_what_was_acknowledged_is_there_once_whatever_was_killed],
    5: [
        mail.test_5_a_mail_that_is_too_large_is_refused_and_whoever_runs_the_house_can_see_it,
        door.test_a_mail_that_is_too_large_is_refused_for_good,
    ],
    6: [text.test_6_raw_bytes_in_the_header_are_letters],
    7: [text.test_7_a_charset_that_nobody_knows_is_text_all_the_same],
    8: [text.test_8_a_transfer_encoding_is_undone_as_far_as_it_goes],
    9: [text.test_9_whatever_a_message_id_is_the_same_mail_by_two_roads_is_one],
    10: [mail.test_10_without_a_message_id_the_same_bytes_are_one_message],
    11: [mail.test_11_whoever_a_mail_is_from_it_is_a_case_and_its_bringer_known],
    12: [mail.test_12_a_mail_is_received_when_it_arrives_whatever_day_it_says],
    13: [mail.test_13_what_no_database_takes_is_left_out_and_the_rest_is_kept],
    14: [mail.test_14_what_nests_without_end_lies_in_the_holding_pen_and_the_next_is_read],
    15: [mail.test_15_a_bomb_is_a_file_like_any_other_and_is_never_opened],
    16: [mail.test_16_photos_without_a_word_are_a_case_for_staff_to_look_at],
    17: [attachments.test_what_lies_in_winmail_dat_is_listed_by_its_own_names],
    18: [attachments.test_a_file_is_kept_under_a_safe_name_and_its_own_is_spelled_out],
    19: [
        text.test_19_22_what_staff_see_of_words_that_look_like_markup_is_words,
        text.test_19_nothing_of_a_mails_html_reaches_the_pages_of_staff,
    ],
    20: [attachments.test_whatever_a_file_is_a_browser_saves_it_and_never_shows_it],
    21: [
        text.test_21_a_name_or_subject_that_is_markup_is_shown_as_words,
        letters.test_a_residents_words_are_literal_in_the_answer,
    ],
    22: [text.test_19_22_what_staff_see_of_words_that_look_like_markup_is_words],
    23: [text.test_23_no_address_in_a_mail_is_fetched_by_us_or_by_a_page_of_staff],
    24: [text.test_24_the_html_is_read_where_the_text_part_says_nothing],
    25: [text.test_25_the_fuller_part_decides_where_the_text_was_cut],
    26: [
        mail.test_26_one_mail_to_two_addresses_is_one_case_with_both_on_record,
        mail.test_26_the_card_names_our_addresses_that_it_came_to_and_counts_the_others,
        mail.test_26_what_a_sender_put_behind_the_plus_of_our_address_is_not_shown,
        mail.test_26_the_card_says_where_we_were_only_copied_in,
    ],
    27: [threads.test_the_same_mail_to_two_landlords_is_a_case_in_each],
    28: [mail.test_28_a_mail_server_that_did_not_hear_our_answer_makes_no_second_case],
    29: [threads.test_one_message_id_with_other_words_is_kept_too],
    30: [mail.test_30_two_workers_on_the_answers_of_one_case_keep_each_once_and_in_order],
    31: [threads.test_two_residents_who_answer_one_newsletter_are_two_cases],
    32: [
        threads.test_a_reply_to_a_case_whose_data_is_gone_is_a_matter_of_its_own,
        threads.test_a_case_that_lives_on_takes_the_reply_though_its_neighbour_is_gone,
        threads.test_a_reply_to_what_was_merged_into_another_case_arrives_there,
    ],
    33: [threads.test_a_reply_to_the_cases_own_address_joins_it],
    34: [
        threads.test_a_stranger_with_a_valid_address_joins_nothing_and_is_told_nothing,
        threads.test_staff_attach_a_strangers_answer_and_its_writer_is_of_the_case_from_then,
    ],
    35: [threads.test_a_guessed_or_forged_thread_joins_nothing],
    36: [threads.test_a_reference_from_anybody_else_only_suggests],
    37: [threads.test_staff_are_staff_only_where_our_own_edge_vouches_for_them],
    38: [threads.test_an_answer_to_our_letter_is_found_by_its_message_id],
    39: [threads.test_what_an_officer_passes_on_is_the_residents],
    40: [threads.test_jane_via_our_own_group_is_jane_and_via_anothers_is_not],
    41: [
        threads.test_who_is_answered_elsewhere_stays_low_and_is_answered_there,
        threads.test_an_answer_never_goes_to_an_address_of_our_own,
    ],
    42: [
        threads.test_a_new_hazard_in_an_old_case_is_raised,
        threads.test_a_reply_to_a_closed_case_is_judged_anew_and_its_figures_stay,
        threads.test_staff_can_split_an_answer_into_a_case_of_its_own,
    ],
    43: [bounces.test_an_automatic_reply_stays_on_its_case_and_moves_nothing],
    44: [bounces.test_who_wants_no_automatic_answer_gets_a_case_and_no_receipt],
    45: [bounces.test_who_wants_no_automatic_answer_gets_a_case_and_no_receipt],
    46: [
        bounces.test_an_unasked_automatic_reply_is_a_case_without_a_clock,
        threads.test_an_absence_that_only_its_subject_tells_of_is_known_where_it_answers_us,
    ],
    47: [
        letters.test_an_answering_machine_with_a_new_address_each_time_is_stopped_by_its_domain,
        letters.test_an_answering_machine_gets_no_answer_to_its_answer_from_whatever_address,
    ],
    48: [
        mail.test_48_fifty_mails_of_one_address_are_kept_grouped_and_told_of_once,
        mail.test_48_what_staff_pass_on_is_not_grouped,
        letters.test_fifty_mails_from_one_address_are_all_kept_and_few_answered,
    ],
    49: [bounces.test_our_own_mail_coming_back_opens_nothing],
    50: [
        bounces.test_a_letter_that_came_back_was_not_sent,
        bounces.test_staff_are_alerted_once_of_a_letter_that_came_back,
        bounces.test_a_delay_takes_nothing_back,
    ],
    51: [bounces.test_a_failure_of_what_we_never_sent_opens_nothing_and_answers_nothing],
    52: [
        bounces.test_a_receipt_says_nothing_of_what_was_written,
        letters.test_a_flood_with_forged_senders_spreads_nothing_of_what_it_says,
    ],
    53: [
        mail.test_53_what_machines_send_of_their_own_accord_opens_nothing,
        bounces.test_receipts_and_reports_of_machines_open_nothing,
    ],
    54: [
        text.test_54_what_a_mail_quotes_is_hidden_and_decides_nothing,
        text.test_54_what_a_program_puts_around_a_quote_is_hidden,
    ],
    55: [text.test_55_where_a_mail_only_quotes_all_of_it_is_shown_and_judged],
    56: [
        text.test_56_a_short_rest_is_judged_with_all_that_its_writer_wrote_and_no_quote,
        text.test_56_no_line_of_dashes_makes_a_signature_of_a_complaint,
        text.test_56_all_of_a_mail_is_one_press_away,
    ],
    57: [text.test_57_answers_between_quoted_lines_keep_their_order],
    58: [text.test_58_a_megabyte_of_marks_is_read_within_the_parsers_two_seconds],
    105: [
        threads.test_braces_and_line_breaks_of_a_resident_reach_the_letter_as_they_are,
        letters.test_a_residents_words_are_literal_in_the_answer,
    ],
    106: [
        threads.test_braces_and_line_breaks_of_a_resident_reach_the_letter_as_they_are,
        letters.test_a_subject_with_line_ends_adds_no_header_to_the_answer,
    ],
}
#: Modules in which mail comes and goes by sockets.
BY_SOCKET = re.compile(r"tests\.(flows|intake\.channels)\.")


@pytest.mark.parametrize("number", WANTED)
def test_each_behaviour_of_mail_has_its_tests(number: int):
    assert TABLE.get(number)
    for test in TABLE[number]:
        assert test.__name__.startswith("test_")
        assert BY_SOCKET.match(test.__module__)
        named = re.match(r"test_(\d+(?:_\d+)*)_", test.__name__)
        assert named is None or str(number) in named[1].split("_")


def test_the_table_names_nothing_that_nobody_asked_for():
    assert sorted(TABLE) == list(WANTED)


def test_the_numbers_are_those_of_the_reference():
    if not REFERENCE.exists():
        pytest.skip("the reference lies outside the checkout")
    listed = {int(found) for found in re.findall(r"^(\d+)\. ", REFERENCE.read_text(), re.MULTILINE)}
    assert {*WANTED} <= listed
