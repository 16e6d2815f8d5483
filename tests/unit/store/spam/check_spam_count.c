/* What a site learned: counts that undo reverses exactly, nothing learned twice, and a bounded table. */
#include "support/raw_sql.h"
#include "support/store_case.h"
#include "support/suite.h"

#include <string.h>

#include "core/str.h"
#include "store/spam/spam_count.h"
#include "store/spam/spam_features.h"

static struct spam_features
take(const char *text)
{
	const struct spam_comment comment = { .text = text };
	struct spam_features features;

	spam_features_take(store->arena, &comment, &features);
	return features;
}

static void
learn(const char *text, enum spam_label label, enum spam_label previous)
{
	struct spam_features features = take(text);

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(spam_count_learn(store->db, store->arena, &features, label, previous, STORE_NOW), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

static const char *
rows(const char *sql)
{
	return raw_rows(store->db, store->arena, sql);
}

static const char *
everything(void)
{
	return rows("SELECT name, spam, ham, counted FROM spam_feature ORDER BY name; SELECT spam, ham, features FROM spam_total");
}

static const char *
counts_of(const char *name)
{
	return rows(arena_printf(store->arena, "SELECT spam, ham FROM spam_feature WHERE name = '%s'", name));
}

/* The stored number of rows is the real one. */
static void
check_total(void)
{
	ck_assert_int_eq(raw_number(store->db, "SELECT features FROM spam_total"), raw_number(store->db, "SELECT count(*) FROM spam_feature"));
}

START_TEST(comments_are_counted)
{
	struct spam_features features;
	struct spam_total total;

	learn("apple pear", SPAM_LABEL_SPAM, SPAM_LABEL_NONE);
	learn("apple \"quoted\" back\\slash", SPAM_LABEL_HAM, SPAM_LABEL_NONE);
	ck_assert_str_eq(counts_of("apple"), "1\t1\n");
	ck_assert_str_eq(counts_of("pear"), "1\t0\n");
	ck_assert_str_eq(counts_of("quoted"), "0\t1\n");
	check_total();
	features = take("apple pear plum");
	ck_assert_int_eq(spam_count_read(store->db, store->arena, &features, &total), OK);
	ck_assert_int_eq(total.spam, 1);
	ck_assert_int_eq(total.ham, 1);
	for (size_t i = 0; i < features.count; i++) {
		const struct spam_feature *feature = &features.list[i];
		if (str_equal(feature->name, "apple"))
			ck_assert(feature->spam == 1 && feature->ham == 1);
		if (str_equal(feature->name, "apple pear"))
			ck_assert(feature->spam == 1 && feature->ham == 0);
		if (str_equal(feature->name, "plum"))
			ck_assert(feature->spam == 0 && feature->ham == 0);
	}
}
END_TEST

START_TEST(undo_reverses_everything)
{
	const char *before;

	learn("apple pear", SPAM_LABEL_HAM, SPAM_LABEL_NONE);
	before = everything();
	learn("plum, 微信 and http://example.ru/x", SPAM_LABEL_SPAM, SPAM_LABEL_NONE);
	ck_assert_str_ne(everything(), before);
	learn("plum, 微信 and http://example.ru/x", SPAM_LABEL_NONE, SPAM_LABEL_SPAM);
	ck_assert_str_eq(everything(), before);
	learn("apple pear", SPAM_LABEL_NONE, SPAM_LABEL_HAM);
	ck_assert_str_eq(everything(), "0\t0\t0\n");
}
END_TEST

START_TEST(another_decision_replaces_the_first)
{
	const char *spam;

	learn("apple pear", SPAM_LABEL_SPAM, SPAM_LABEL_NONE);
	spam = everything();
	learn("apple pear", SPAM_LABEL_HAM, SPAM_LABEL_SPAM);
	ck_assert_str_eq(counts_of("apple"), "0\t1\n");
	check_total();
	learn("apple pear", SPAM_LABEL_SPAM, SPAM_LABEL_HAM);
	ck_assert_str_eq(everything(), spam);
}
END_TEST

START_TEST(nothing_is_learned_twice)
{
	const char *once;

	learn("apple pear", SPAM_LABEL_SPAM, SPAM_LABEL_NONE);
	once = everything();
	learn("apple pear", SPAM_LABEL_SPAM, SPAM_LABEL_SPAM);
	learn("apple pear", SPAM_LABEL_NONE, SPAM_LABEL_NONE);
	ck_assert_str_eq(everything(), once);
}
END_TEST

/* A transaction that is not committed, as after a kill. */
START_TEST(a_rollback_learns_nothing)
{
	struct spam_features features = take("apple pear");
	const char *before = everything();

	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(spam_count_learn(store->db, store->arena, &features, SPAM_LABEL_SPAM, SPAM_LABEL_NONE, STORE_NOW), OK);
	db_end(store->db);
	ck_assert_str_eq(everything(), before);
}
END_TEST

static void
learn_words(int count)
{
	for (int i = 0; i < count; i++) {
		learn("evergreen", SPAM_LABEL_SPAM, SPAM_LABEL_NONE);
		learn(arena_printf(store->arena, "once%c%c", 'a' + i % 26, 'a' + i / 26), SPAM_LABEL_HAM, SPAM_LABEL_NONE);
	}
}

static void
prune(int64_t most)
{
	ck_assert_int_eq(db_begin_private(store->db), OK);
	ck_assert_int_eq(spam_count_prune(store->db, most), OK);
	ck_assert_int_eq(db_commit(store->db), OK);
}

START_TEST(the_rarest_are_pruned)
{
	learn_words(60);
	check_total();
	prune(1000);
	ck_assert_int_gt(raw_number(store->db, "SELECT features FROM spam_total"), 60);
	prune(40);
	ck_assert_int_eq(raw_number(store->db, "SELECT features FROM spam_total"), 38);
	check_total();
	ck_assert_str_eq(counts_of("evergreen"), "60\t0\n");
	ck_assert_str_eq(counts_of("onceaa"), "");
	ck_assert_str_ne(counts_of("oncehc"), "");
}
END_TEST

/* What was pruned cannot be subtracted; no count may become negative. */
START_TEST(undo_after_pruning_stays_at_zero)
{
	learn("apple pear", SPAM_LABEL_SPAM, SPAM_LABEL_NONE);
	prune(0);
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM spam_feature"), 0);
	learn("apple plum", SPAM_LABEL_HAM, SPAM_LABEL_NONE);
	learn("apple pear", SPAM_LABEL_NONE, SPAM_LABEL_SPAM);
	ck_assert_str_eq(counts_of("apple"), "0\t1\n");
	ck_assert_int_eq(raw_number(store->db, "SELECT count(*) FROM spam_feature WHERE spam < 0 OR ham < 0"), 0);
	ck_assert_str_eq(rows("SELECT spam, ham FROM spam_total"), "0\t1\n");
	check_total();
}
END_TEST

/* Learning is no change of a page. */
START_TEST(pages_stay_current)
{
	int64_t before = raw_number(store->db, "SELECT counter FROM content_version");

	learn("apple pear", SPAM_LABEL_SPAM, SPAM_LABEL_NONE);
	ck_assert_int_eq(raw_number(store->db, "SELECT counter FROM content_version"), before);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("spam_count");
	TCase *cases = tcase_create("spam_count");

	tcase_add_checked_fixture(cases, store_setup, store_teardown);
	tcase_add_test(cases, comments_are_counted);
	tcase_add_test(cases, undo_reverses_everything);
	tcase_add_test(cases, another_decision_replaces_the_first);
	tcase_add_test(cases, nothing_is_learned_twice);
	tcase_add_test(cases, a_rollback_learns_nothing);
	tcase_add_test(cases, the_rarest_are_pruned);
	tcase_add_test(cases, undo_after_pruning_stays_at_zero);
	tcase_add_test(cases, pages_stay_current);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
