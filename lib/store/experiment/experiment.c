#include "store/experiment/experiment.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "store/db/site_key.h"
#include "store/post/post_media.h"

static const struct column experiment_columns[] = {
	COLUMN_INT(struct experiment, id),
	COLUMN_INT(struct experiment, post_id),
	COLUMN_TEXT(struct experiment, buckets),
	COLUMN_TEXT(struct experiment, goal),
	COLUMN_INT(struct experiment, min_difference),
	COLUMN_INT(struct experiment, started),
	COLUMN_INT(struct experiment, ends),
	COLUMN_TEXT(struct experiment, winner),
	COLUMN_TEXT(struct experiment, user_name),
	{ 0 },
};
static const struct row experiment_row = { sizeof(struct experiment), experiment_columns };

static const struct column variant_columns[] = {
	COLUMN_INT(struct experiment_variant, experiment_id),
	COLUMN_TEXT(struct experiment_variant, letter),
	COLUMN_TEXT(struct experiment_variant, title),
	COLUMN_TEXT(struct experiment_variant, summary),
	COLUMN_INT(struct experiment_variant, cover_id),
	COLUMN_TEXT(struct experiment_variant, cover_alt),
	COLUMN_TEXT(struct experiment_variant, cover_path),
	COLUMN_INT(struct experiment_variant, cover_width),
	COLUMN_INT(struct experiment_variant, cover_height),
	COLUMN_INT(struct experiment_variant, seen),
	COLUMN_INT(struct experiment_variant, converted),
	{ 0 },
};
static const struct row variant_row = { sizeof(struct experiment_variant), variant_columns };

/* --- what a reader sees ------------------------------------------------------------ */

char
experiment_letter(const struct experiment *experiment, int bucket)
{
	return bucket < 1 || bucket > EXPERIMENT_BUCKETS ? 'A' : experiment->buckets[bucket - 1];
}

int
experiment_share(const struct experiment *experiment, char letter)
{
	int share = 0;

	for (const char *bucket = experiment->buckets; *bucket != '\0'; bucket++)
		share += *bucket == letter ? EXPERIMENT_STEP : 0;
	return share;
}

void
experiment_apply(const struct experiment *experiment, char letter, struct post *post)
{
	for (size_t i = 0; i < experiment->variant_count && letter != 'A'; i++) {
		const struct experiment_variant *variant = &experiment->variants[i];
		if (*variant->letter != letter)
			continue;
		if (!str_empty(variant->title))
			post->title = variant->title;
		if (!str_empty(variant->summary))
			post->summary = variant->summary;
		if (variant->cover_id != 0) {
			post->cover_id = variant->cover_id;
			post->cover_path = variant->cover_path;
			post->cover_alt = variant->cover_alt;
			post->cover_width = variant->cover_width;
			post->cover_height = variant->cover_height;
		}
	}
}

/* --- reading ----------------------------------------------------------------------- */

#define FROM_EXPERIMENT \
	"SELECT t.id, t.post_id, t.buckets, t.goal, t.min_difference, t.started, t.ends, t.winner, coalesce(u.name, '') AS user_name" \
	" FROM experiment AS t LEFT JOIN site_user AS u ON u.id = t.user_id"
#define VARIANT_COLUMNS \
	"SELECT v.experiment_id, v.letter, v.title, v.summary, coalesce(v.cover_id, 0) AS cover_id, v.cover_alt," \
	" coalesce(substr(m.digest, 1, 2) || '/' || m.digest || '.' || m.suffix, '') AS cover_path," \
	" coalesce(m.width, 0) AS cover_width, coalesce(m.height, 0) AS cover_height,"

QUERY(running, FROM_EXPERIMENT " WHERE t.ends > :now ORDER BY t.ends, t.id");
QUERY(running_variants,
	VARIANT_COLUMNS " 0 AS seen, 0 AS converted FROM experiment AS t JOIN experiment_variant AS v ON v.experiment_id = t.id"
	" LEFT JOIN media AS m ON m.id = v.cover_id WHERE t.ends > :now ORDER BY t.ends, t.id, v.letter");
QUERY(last_end, "SELECT ends FROM experiment WHERE ends <= :now ORDER BY ends DESC LIMIT 1");

/* Variants are sorted in the order of their tests. */
static void
hand_out(struct experiment *experiments, size_t count, const struct experiment_variant *variants, size_t variant_count)
{
	size_t next = 0;

	for (size_t i = 0; i < count; i++) {
		experiments[i].variants = &variants[next];
		while (next < variant_count && variants[next].experiment_id == experiments[i].id)
			next++;
		experiments[i].variant_count = (size_t)(&variants[next] - experiments[i].variants);
	}
}

enum status
experiment_running(struct db *db, struct arena *arena, int64_t now, struct experiment **ret_experiments, size_t *ret_count,
	int64_t *ret_last_end)
{
	struct experiment_variant *variants;
	struct experiment *experiments;
	size_t count, variant_count;
	int64_t ended = 0;
	enum status status = query_integer(db, last_end, &ended, BIND(INT("now", now)));

	if (status != NOT_FOUND)
		TRY(status);
	TRY(query_list(db, arena, running, &experiment_row, &experiments, &count, BIND(INT("now", now))));
	TRY(query_list(db, arena, running_variants, &variant_row, &variants, &variant_count, BIND(INT("now", now))));
	hand_out(experiments, count, variants, variant_count);
	*ret_experiments = experiments;
	*ret_count = count;
	*ret_last_end = ended;
	return OK;
}

QUERY(of_post, FROM_EXPERIMENT " WHERE t.post_id = :post ORDER BY t.id DESC LIMIT 100");

enum status
experiment_list(struct db *db, struct arena *arena, int64_t post_id, struct experiment **ret_experiments, size_t *ret_count)
{
	return query_list(db, arena, of_post, &experiment_row, ret_experiments, ret_count, BIND(INT("post", post_id)));
}

QUERY(numbered, FROM_EXPERIMENT " WHERE t.id = :id AND t.post_id = :post");
QUERY(numbered_variants,
	VARIANT_COLUMNS " coalesce(c.seen, 0) AS seen, coalesce(c.converted, 0) AS converted FROM experiment_variant AS v"
	" LEFT JOIN media AS m ON m.id = v.cover_id"
	" LEFT JOIN experiment_count AS c ON c.experiment_id = v.experiment_id AND c.letter = v.letter"
	" WHERE v.experiment_id = :id ORDER BY v.letter");

enum status
experiment_of_post(struct db *db, struct arena *arena, int64_t post_id, int64_t id, struct experiment *ret_experiment)
{
	struct experiment_variant *variants;
	struct experiment experiment;

	TRY(query_one(db, arena, numbered, &experiment_row, &experiment, BIND(INT("id", id), INT("post", post_id))));
	TRY(query_list(db, arena, numbered_variants, &variant_row, &variants, &experiment.variant_count, BIND(INT("id", id))));
	experiment.variants = variants;
	*ret_experiment = experiment;
	return OK;
}

QUERY_WITH(QUERY_SCANS, every,
	"SELECT t.id, t.post_id, t.buckets, t.goal, t.min_difference, t.started, t.ends, t.winner, p.slug AS user_name"
	" FROM experiment AS t JOIN post AS p ON p.id = t.post_id ORDER BY t.id DESC");

enum status
experiment_each(struct db *db, enum status (*each)(void *context, struct arena *arena, void *experiment), void *context)
{
	return query_each(db, every, &experiment_row, each, context, BIND());
}

/* --- starting ------------------------------------------------------------------------ */

struct drawn {
	const char *digest;
	int bucket; /* from 0 */
};

static int
by_digest(const void *a, const void *b)
{
	return strcmp(((const struct drawn *)a)->digest, ((const struct drawn *)b)->digest);
}

/* Shuffles the buckets: orders them by keyed digests, which gives every test another order. */
static enum status
draw(struct db *db, struct arena *arena, int64_t id, struct drawn *order)
{
	for (int bucket = 0; bucket < EXPERIMENT_BUCKETS; bucket++) {
		order[bucket].bucket = bucket;
		TRY(site_key_sign(db, arena, "experiment", arena_printf(arena, "%lld %d", (long long)id, bucket + 1), &order[bucket].digest));
	}
	qsort(order, EXPERIMENT_BUCKETS, sizeof(*order), by_digest);
	return OK;
}

QUERY(is_running, "SELECT id FROM experiment WHERE post_id = :post AND ends > :now LIMIT 1");
QUERY(add_experiment,
	"INSERT INTO experiment (post_id, user_id, buckets, goal, min_difference, started, ends)"
	" VALUES (:post, :user, 'AAAAAAAAAAAAAAAAAAAA', :goal, :min_difference, :started, :ends) RETURNING id");
QUERY(set_buckets, "UPDATE experiment SET buckets = :buckets WHERE id = :id");
QUERY(add_variant,
	"INSERT INTO experiment_variant (experiment_id, letter, title, summary, cover_id, cover_alt)"
	" VALUES (:experiment, :letter, :title, :summary, :cover, :cover_alt)");

enum status
experiment_start(struct db *db, struct arena *arena, const struct experiment *experiment, const int *shares, int64_t user_id, int64_t *ret_id)
{
	char buckets[EXPERIMENT_BUCKETS + 1] = "";
	struct drawn order[EXPERIMENT_BUCKETS];
	int64_t other, id;
	size_t next = 0;
	enum status status = query_integer(db, is_running, &other, BIND(INT("post", experiment->post_id), INT("now", experiment->started)));

	if (status == OK)
		return CONFLICT;
	if (status != NOT_FOUND)
		return status;
	TRY(query_insert(db, add_experiment, &id, BIND(INT("post", experiment->post_id), REFERENCE("user", user_id), TEXT("goal", experiment->goal),
		INT("min_difference", experiment->min_difference), INT("started", experiment->started), INT("ends", experiment->ends))));
	TRY(draw(db, arena, id, order));
	for (size_t i = 0; i < experiment->variant_count; i++) {
		const struct experiment_variant *variant = &experiment->variants[i];
		for (int share = shares[i]; share > 0 && next < EXPERIMENT_BUCKETS; share -= EXPERIMENT_STEP)
			buckets[order[next++].bucket] = *variant->letter;
		TRY(query_run(db, add_variant, BIND(INT("experiment", id), TEXT("letter", variant->letter), TEXT("title", variant->title),
			TEXT("summary", variant->summary), REFERENCE("cover", variant->cover_id), TEXT("cover_alt", variant->cover_alt))));
	}
	if (next != EXPERIMENT_BUCKETS)
		abort(); /* the caller's mistake: the shares do not add up to 100 */
	TRY(query_run(db, set_buckets, BIND(INT("id", id), TEXT("buckets", buckets))));
	TRY(post_media_save(db, arena, experiment->post_id));
	*ret_id = id;
	return OK;
}

/* --- ending, choosing the winner, counting -------------------------------------------- */

static enum status
changed(const struct db *db, enum status otherwise)
{
	return db_changed_rows(db) == 0 ? otherwise : OK;
}

QUERY(end_experiment, "UPDATE experiment SET ends = :now WHERE id = :id AND ends > :now");

enum status
experiment_end(struct db *db, int64_t id, int64_t now)
{
	TRY(query_run(db, end_experiment, BIND(INT("id", id), INT("now", now))));
	return changed(db, CONFLICT);
}

QUERY(set_winner, "UPDATE experiment SET winner = :letter, ends = CASE WHEN ends < :now THEN ends ELSE :now END WHERE id = :id AND winner = ''");

enum status
experiment_set_winner(struct db *db, int64_t id, const char *letter, int64_t now)
{
	TRY(query_run(db, set_winner, BIND(INT("id", id), TEXT("letter", letter), INT("now", now))));
	return changed(db, CONFLICT);
}

QUERY(put_count,
	"INSERT INTO experiment_count (experiment_id, letter, seen, converted) SELECT experiment_id, letter, :seen, :converted FROM experiment_variant"
	" WHERE experiment_id = :id AND letter = :letter"
	" ON CONFLICT (experiment_id, letter) DO UPDATE SET seen = excluded.seen, converted = excluded.converted");

enum status
experiment_count(struct db *db, int64_t id, const char *letter, int64_t seen, int64_t acted)
{
	TRY(query_run(db, put_count, BIND(INT("id", id), TEXT("letter", letter), INT("seen", seen), INT("converted", acted))));
	return changed(db, NOT_FOUND);
}
