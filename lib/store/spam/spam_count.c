#include "store/spam/spam_count.h"

#include "core/map.h"
#include "core/str.h"

/* --- names as a parameter ------------------------------------------------------------ */

/* The names as a JSON array, since one parameter must carry them all. */
static char *
names_of(struct arena *arena, const struct spam_features *features)
{
	struct str out = str_init(arena);

	str_add_char(&out, '[');
	for (size_t i = 0; i < features->count; i++) {
		str_add(&out, i == 0 ? "\"" : ",\"");
		for (const char *c = features->list[i].name; *c != '\0'; c++) {
			if (*c == '"' || *c == '\\')
				str_add_char(&out, '\\');
			str_add_char(&out, *c);
		}
		str_add_char(&out, '"');
	}
	str_add_char(&out, ']');
	return out.bytes;
}

/* --- reading ---------------------------------------------------------------------------- */

static const struct row total_row = {
	sizeof(struct spam_total),
	(const struct column[]){ COLUMN_INT(struct spam_total, spam), COLUMN_INT(struct spam_total, ham), { 0 } },
};

static const struct row feature_row = {
	sizeof(struct spam_feature),
	(const struct column[]){ COLUMN_TEXT(struct spam_feature, name), COLUMN_INT(struct spam_feature, spam),
		COLUMN_INT(struct spam_feature, ham), { 0 } },
};

static enum status
take_counts(void *context, struct arena *arena, void *row)
{
	const struct spam_feature *found = row;
	struct spam_feature *feature = map_get(context, found->name);

	(void)arena;
	if (feature != NULL) {
		feature->spam = found->spam;
		feature->ham = found->ham;
	}
	return OK;
}

QUERY(total_of, "SELECT spam, ham FROM spam_total WHERE id = 1");
QUERY_WITH(QUERY_UNORDERED, counts_of, "SELECT f.name, f.spam, f.ham FROM json_each(:names) AS n JOIN spam_feature AS f ON f.name = n.value");

enum status
spam_count_read(struct db *db, struct arena *arena, struct spam_features *features, struct spam_total *ret_total)
{
	struct map *by_name = map_new(arena);
	struct spam_total total;

	for (size_t i = 0; i < features->count; i++) {
		features->list[i].spam = features->list[i].ham = 0;
		(void)map_put(by_name, features->list[i].name, &features->list[i]);
	}
	TRY(query_one(db, arena, total_of, &total_row, &total, BIND()));
	TRY(query_each(db, counts_of, &feature_row, take_counts, by_name, BIND(TEXT("names", names_of(arena, features)))));
	*ret_total = total;
	return OK;
}

/* --- learning ------------------------------------------------------------------------------ */

QUERY(change_total, "UPDATE spam_total SET spam = CASE WHEN spam + :spam > 0 THEN spam + :spam ELSE 0 END,"
	" ham = CASE WHEN ham + :ham > 0 THEN ham + :ham ELSE 0 END, features = features + :features WHERE id = 1");

static enum status
add_to_total(struct db *db, int64_t spam, int64_t ham, int64_t features)
{
	return query_run(db, change_total, BIND(INT("spam", spam), INT("ham", ham), INT("features", features)));
}

QUERY(count_less, "UPDATE spam_feature SET spam = CASE WHEN spam > :spam THEN spam - :spam ELSE 0 END,"
	" ham = CASE WHEN ham > :ham THEN ham - :ham ELSE 0 END WHERE name IN (SELECT n.value FROM json_each(:names) AS n)");
QUERY(remove_unused, "DELETE FROM spam_feature WHERE name IN (SELECT n.value FROM json_each(:names) AS n) AND spam = 0 AND ham = 0");

static enum status
undo(struct db *db, const char *names, bool is_spam)
{
	TRY(query_run(db, count_less, BIND(TEXT("names", names), INT("spam", is_spam), INT("ham", !is_spam))));
	TRY(query_run(db, remove_unused, BIND(TEXT("names", names))));
	return add_to_total(db, is_spam ? -1 : 0, is_spam ? 0 : -1, -db_changed_rows(db));
}

QUERY(known_of, "SELECT count(*) FROM json_each(:names) AS n JOIN spam_feature AS f ON f.name = n.value");
QUERY(count_more, "INSERT INTO spam_feature (name, spam, ham, counted) SELECT n.value, :spam, :ham, :now FROM json_each(:names) AS n WHERE true"
	" ON CONFLICT (name) DO UPDATE SET spam = spam_feature.spam + excluded.spam, ham = spam_feature.ham + excluded.ham, counted = excluded.counted");

static enum status
add(struct db *db, const char *names, size_t count, bool is_spam, int64_t now)
{
	int64_t known;

	TRY(query_integer(db, known_of, &known, BIND(TEXT("names", names))));
	TRY(query_run(db, count_more, BIND(TEXT("names", names), INT("spam", is_spam), INT("ham", !is_spam), INT("now", now))));
	return add_to_total(db, is_spam, !is_spam, (int64_t)count - known);
}

enum status
spam_count_learn(struct db *db, struct arena *arena, const struct spam_features *features, enum spam_label label,
	enum spam_label previous, int64_t now)
{
	const char *names;

	if (label == previous)
		return OK;
	names = names_of(arena, features);
	if (previous != SPAM_LABEL_NONE)
		TRY(undo(db, names, previous == SPAM_LABEL_SPAM));
	if (label == SPAM_LABEL_NONE)
		return OK;
	TRY(add(db, names, features->count, label == SPAM_LABEL_SPAM, now));
	return spam_count_prune(db, SPAM_FEATURES_KEPT);
}

/* --- pruning ------------------------------------------------------------------------------- */

QUERY(features_kept, "SELECT features FROM spam_total WHERE id = 1");
QUERY(remove_rarest, "DELETE FROM spam_feature WHERE id IN (SELECT f.id FROM spam_feature AS f WHERE f.spam + f.ham > 0 ORDER BY f.spam + f.ham, f.counted, f.id LIMIT :count)");

enum status
spam_count_prune(struct db *db, int64_t most)
{
	int64_t features;

	TRY(query_integer(db, features_kept, &features, BIND()));
	if (features <= most)
		return OK;
	TRY(query_run(db, remove_rarest, BIND(INT("count", features - most + most / 20))));
	return add_to_total(db, 0, 0, -db_changed_rows(db));
}
