/* Outgoing email: to one address, tried for three days, never sent twice. */
#include "support/store_case.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/mail/outbox.h"

static void
teardown(void)
{
	db_end(store->db);
	store_close(store);
}

static enum status
queue(const char *to, const char *subject, const char *text)
{
	const struct mail mail = { .kind = "test", .to = to, .subject = subject, .text = text, .lang = "en", .created = STORE_NOW };
	int64_t id;
	enum status status;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	status = mail_queue(store->db, store->arena, &mail, &id);
	if (status == OK)
		ck_assert_int_eq(db_commit(store->db), OK);
	db_end(store->db);
	return status;
}

static enum status
claim(int64_t now, struct mail *ret_mail)
{
	enum status status = outbox_claim(store->db, store->arena, now, ret_mail);

	db_end(store->db);
	return status;
}

static struct mail
latest(void)
{
	struct mail mail;

	ck_assert_int_eq(outbox_latest(store->db, store->arena, "anna@example.org", "test", &mail), OK);
	return mail;
}

static const char *const wrong_addresses[] = {
	"", "anna", "anna@", "@example.org", "anna@example.org, bert@example.org", "anna@example.org,bert@example.org",
	"anna@example.org\r\nBcc: bert@example.org", "anna@example.org\nX: y", "anna@example.org bert@example.org",
	"anna@exa mple.org", "<anna@example.org>", "anna@example.org;bert@example.org", "a\"b@example.org", "anna@example.org>",
	"anna(x)@example.org", "anna@[127.0.0.1]", "\xc3\xa4@example.org", "anna@example.org\x01",
};

START_TEST(malformed_or_several_addresses_are_refused)
{
	ck_assert_int_eq(queue(wrong_addresses[_i], "Words", "Words"), INVALID);
}
END_TEST

START_TEST(a_subject_must_be_one_line)
{
	ck_assert_int_eq(queue("anna@example.org", "Words\r\nBcc: bert@example.org", "Words"), INVALID);
	ck_assert_int_eq(queue("anna@example.org", "Words\nmore", "Words"), INVALID);
	ck_assert_int_eq(queue("anna@example.org", "Words\rmore", "Words"), INVALID);
	ck_assert_int_eq(queue("anna@example.org", "Words\xff", "Words"), INVALID);
	ck_assert_int_eq(queue("anna@example.org", "Words", "Words\xff"), INVALID);
	ck_assert_int_eq(queue(" Anna@Example.ORG ", "Words", "Words\r\nmore"), OK);
	ck_assert_str_eq(latest().to, "anna@example.org");
	ck_assert_str_eq(latest().text, "Words\nmore");
}
END_TEST

START_TEST(delays_grow_and_tries_end_after_three_days)
{
	int64_t now = STORE_NOW, before = 0;
	struct mail mail;
	int tries = 0;

	ck_assert_int_eq(queue("anna@example.org", "Words", "Secret"), OK);
	while (claim(now, &mail) == OK) {
		ck_assert_int_eq(mail.tries, ++tries);
		ck_assert_int_eq(outbox_failed(store->db, &mail, true, "nobody there", now), OK);
		if (str_equal(latest().state, "failed"))
			break;
		ck_assert_int_eq(claim(latest().next_try - 1, &mail), NOT_FOUND);
		ck_assert_int_ge(latest().next_try - now, before);
		ck_assert_int_le(latest().next_try - now, MAIL_TRY_MAX);
		before = latest().next_try - now;
		now = latest().next_try;
	}
	ck_assert_int_eq(before, MAIL_TRY_MAX);
	ck_assert_int_gt(now, STORE_NOW + 2 * 24 * 3600);
	ck_assert_int_lt(now, STORE_NOW + MAIL_DAYS * 24 * 3600);
	ck_assert_str_eq(latest().problem, "nobody there");
	ck_assert_str_eq(latest().text, "");
}
END_TEST

START_TEST(a_permanently_refused_email_is_not_tried_again)
{
	struct mail mail;

	ck_assert_int_eq(queue("anna@example.org", "Words", "Secret"), OK);
	ck_assert_int_eq(claim(STORE_NOW, &mail), OK);
	ck_assert_int_eq(outbox_failed(store->db, &mail, false, "550\r\nno such\x1b[2J", STORE_NOW), OK);
	ck_assert_str_eq(latest().state, "failed");
	ck_assert_ptr_null(strpbrk(latest().problem, "\r\n\x1b"));
	ck_assert_int_eq(claim(STORE_NOW + 1000000, &mail), NOT_FOUND);
}
END_TEST

START_TEST(a_sent_email_loses_its_text_and_is_deleted_later)
{
	struct mail mail;
	bool due;

	ck_assert_int_eq(queue("anna@example.org", "Words", "Secret"), OK);
	ck_assert_int_eq(claim(STORE_NOW, &mail), OK);
	ck_assert_str_eq(mail.text, "Secret");
	ck_assert_int_eq(outbox_sent(store->db, mail.id, false, STORE_NOW), OK);
	ck_assert_str_eq(latest().state, "sent");
	ck_assert_int_eq(latest().stored, 0);
	ck_assert_str_eq(latest().text, "");
	ck_assert_int_eq(outbox_is_due(store->db, STORE_NOW + MAIL_SENT_KEPT - 1, &due), OK);
	ck_assert(!due);
	ck_assert_int_eq(outbox_is_due(store->db, STORE_NOW + MAIL_SENT_KEPT, &due), OK);
	ck_assert(due);
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(outbox_sweep(store->db, STORE_NOW + MAIL_SENT_KEPT), OK);
	ck_assert_int_eq(outbox_latest(store->db, store->arena, "anna@example.org", "test", &mail), NOT_FOUND);
}
END_TEST

/* After a kill: whether it is repeatable, whether it was handed over, and its new state. */
static const struct {
	bool repeatable, maybe_sent;
	const char *state;
} kills[] = {
	{ false, false, "queued" },
	{ false, true, "failed" },
	{ true, false, "queued" },
	{ true, true, "queued" },
};

START_TEST(an_email_that_may_have_arrived_is_not_sent_twice)
{
	struct mail mail;

	ck_assert_int_eq(queue("anna@example.org", "Words", "Secret"), OK);
	ck_assert_int_eq(claim(STORE_NOW, &mail), OK);
	ck_assert_int_eq(claim(STORE_NOW + 1000000, &mail), NOT_FOUND);
	if (kills[_i].maybe_sent)
		ck_assert_int_eq(outbox_mark_maybe_sent(store->db, latest().id), OK);
	ck_assert_int_eq(outbox_recover(store->db, kills[_i].repeatable, STORE_NOW + 5), OK);
	ck_assert_str_eq(latest().state, kills[_i].state);
	if (str_equal(kills[_i].state, "failed"))
		ck_assert_ptr_nonnull(strstr(latest().problem, "may have arrived"));
}
END_TEST

START_TEST(an_email_that_ends_the_process_waits_longer_each_time)
{
	struct mail mail;
	int64_t now = STORE_NOW;
	static const int64_t pauses[] = { 0, MAIL_TRY_SECONDS, 2 * MAIL_TRY_SECONDS, 4 * MAIL_TRY_SECONDS };

	ck_assert_int_eq(queue("anna@example.org", "Words", "Secret"), OK);
	for (size_t i = 0; i < sizeof(pauses) / sizeof(*pauses); i++) {
		ck_assert_int_eq(claim(now, &mail), OK);
		ck_assert_int_eq(outbox_recover(store->db, false, now), OK);
		ck_assert_int_eq(latest().next_try, now + pauses[i]);
		if (pauses[i] > 0)
			ck_assert_int_eq(claim(latest().next_try - 1, &mail), NOT_FOUND);
		now = latest().next_try;
	}
}
END_TEST

START_TEST(emails_stored_in_a_folder_are_not_counted_as_sent)
{
	struct outbox_sizes sizes;
	struct mail mail;

	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(queue("anna@example.org", "Words", "Words"), OK);
		ck_assert_int_eq(claim(STORE_NOW, &mail), OK);
		ck_assert_int_eq(outbox_sent(store->db, mail.id, i > 0, STORE_NOW), OK);
	}
	ck_assert_int_eq(latest().stored, 1);
	ck_assert_int_eq(outbox_sizes(store->db, &sizes), OK);
	ck_assert_int_eq(sizes.sent, 1);
	ck_assert_int_eq(sizes.stored, 2);
	ck_assert_int_eq(sizes.lost, 0);
}
END_TEST

START_TEST(an_email_that_expired_without_a_worker_is_not_sent)
{
	struct mail mail;
	int64_t end = STORE_NOW + MAIL_DAYS * 24 * 3600;

	ck_assert_int_eq(queue("anna@example.org", "Words", "Secret"), OK);
	ck_assert_int_eq(claim(end, &mail), NOT_FOUND);
	ck_assert_str_eq(latest().state, "failed");
	ck_assert_str_eq(latest().text, "");
	ck_assert_int_eq(latest().finished, end);
	ck_assert_int_eq(queue("anna@example.org", "Words", "Secret"), OK);
	ck_assert_int_eq(claim(end - 1, &mail), OK);
}
END_TEST

START_TEST(an_email_that_expires_before_its_next_try_fails)
{
	const struct mail mail = { .kind = "test", .to = "anna@example.org", .subject = "Words", .text = "Secret", .lang = "en",
		.created = STORE_NOW, .expires = STORE_NOW + 30 };
	struct mail claimed;
	int64_t id, count;
	const char *problem;

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(mail_queue(store->db, store->arena, &mail, &id), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
	ck_assert_int_eq(claim(STORE_NOW, &claimed), OK);
	ck_assert_int_eq(outbox_failed(store->db, &claimed, true, "later", STORE_NOW), OK);
	ck_assert_str_eq(latest().state, "failed");
	ck_assert_int_eq(queue("anna@example.org", "Words", "x"), OK);
	ck_assert_int_eq(outbox_stuck(store->db, store->arena, STORE_NOW, &count, &problem), OK);
	ck_assert_int_eq(count, 0);
	ck_assert_int_eq(outbox_stuck(store->db, store->arena, STORE_NOW + 1, &count, &problem), OK);
	ck_assert_int_eq(count, 1);
	ck_assert_str_eq(problem, "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("outbox");
	TCase *cases = tcase_create("outbox");

	tcase_add_checked_fixture(cases, store_setup, teardown);
	tcase_add_loop_test(cases, malformed_or_several_addresses_are_refused, 0, sizeof(wrong_addresses) / sizeof(*wrong_addresses));
	tcase_add_test(cases, a_subject_must_be_one_line);
	tcase_add_test(cases, delays_grow_and_tries_end_after_three_days);
	tcase_add_test(cases, a_permanently_refused_email_is_not_tried_again);
	tcase_add_test(cases, a_sent_email_loses_its_text_and_is_deleted_later);
	tcase_add_loop_test(cases, an_email_that_may_have_arrived_is_not_sent_twice, 0, sizeof(kills) / sizeof(*kills));
	tcase_add_test(cases, an_email_that_ends_the_process_waits_longer_each_time);
	tcase_add_test(cases, emails_stored_in_a_folder_are_not_counted_as_sent);
	tcase_add_test(cases, an_email_that_expired_without_a_worker_is_not_sent);
	tcase_add_test(cases, an_email_that_expires_before_its_next_try_fails);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
