#include "store/moderation/moderation_queue.h"

#include <string.h>

#include "core/map.h"
#include "core/str.h"
#include "core/text.h"
#include "store/moderation/rule_match.h"

static const struct column item_columns[] = {
	COLUMN_INT(struct queue_item, id),
	COLUMN_INT(struct queue_item, version),
	COLUMN_INT(struct queue_item, post_id),
	COLUMN_INT(struct queue_item, parent_id),
	COLUMN_INT(struct queue_item, user_id),
	COLUMN_TEXT(struct queue_item, name),
	COLUMN_TEXT(struct queue_item, link),
	COLUMN_TEXT(struct queue_item, person),
	COLUMN_TEXT(struct queue_item, network),
	COLUMN_TEXT(struct queue_item, state),
	COLUMN_TEXT(struct queue_item, reason),
	COLUMN_TEXT(struct queue_item, reason_note),
	COLUMN_TEXT(struct queue_item, text),
	COLUMN_INT(struct queue_item, created),
	COLUMN_INT(struct queue_item, flags),
	COLUMN_INT(struct queue_item, decided),
	{ 0 },
};
static const struct row item_row = { sizeof(struct queue_item), item_columns };

#define ITEM_COLUMNS \
	"id, version, post_id, parent_id, user_id, name, link, person, network, state, reason, reason_note, substr(text, 1, CAST(:text AS INTEGER)) AS text," \
	" created, flags, decided"

/* --- the queue ------------------------------------------------------------------------------- */

#define AFTER "(created > :created OR (created = :created AND id > :id)) ORDER BY created, id LIMIT :most"
/* Each half is a range of an index; of the two, at most 2 · :most rows are sorted. */
QUERY_WITH(QUERY_SORTS, queue,
	"SELECT " ITEM_COLUMNS " FROM ("
	"SELECT * FROM (SELECT * FROM comment WHERE state = 'held' AND created >= :created AND " AFTER ") AS held"
	" UNION ALL SELECT * FROM (SELECT * FROM comment WHERE flags > 0 AND state <> 'held' AND state <> 'deleted' AND created >= :created AND " AFTER ") AS flagged"
	") AS both_kinds ORDER BY created, id LIMIT :most");

enum status
queue_list(struct db *db, struct arena *arena, struct queue_place after, size_t most, struct queue_item **ret_items, size_t *ret_count)
{
	return query_list(db, arena, queue, &item_row, ret_items, ret_count, BIND(INT("created", after.created), INT("id", after.id),
		INT("most", (int64_t)most), INT("text", QUEUE_TEXT)));
}

QUERY(count_queue,
	"SELECT (SELECT count(*) FROM (SELECT 1 FROM comment WHERE state = 'held' LIMIT :most) AS held)"
	" + (SELECT count(*) FROM (SELECT 1 FROM comment WHERE flags > 0 AND created > 0 AND state <> 'held' AND state <> 'deleted' LIMIT :most) AS flagged)");

enum status
queue_count(struct db *db, int64_t most, int64_t *ret_count)
{
	int64_t count;

	TRY(query_integer(db, count_queue, &count, BIND(INT("most", most))));
	*ret_count = count > most ? most : count;
	return OK;
}

enum status
queue_oldest(struct db *db, int64_t *ret_created)
{
	struct arena *arena = arena_new();
	struct queue_item *items;
	size_t count = 0;
	enum status status = queue_list(db, arena, (struct queue_place){ 0 }, 1, &items, &count);

	if (status == OK && count == 0)
		status = NOT_FOUND;
	if (status == OK)
		*ret_created = items[0].created;
	arena_free(arena);
	return status;
}

/* --- similar items --------------------------------------------------------------------------- */

/* Joins item number `at` to the first item with this key. */
static void
join(struct arena *arena, struct map *firsts, struct queue_item *items, size_t at, const char *kind, const char *key)
{
	const char *name = arena_printf(arena, "%s %s", kind, key);
	size_t *first = map_get(firsts, name);

	if (first != NULL) {
		if (items[*first].similar < items[at].similar)
			items[at].similar = items[*first].similar;
		return;
	}
	first = arena_new_of(arena, size_t);
	*first = at;
	(void)map_put(firsts, name, first);
}

void
queue_group(struct arena *arena, struct queue_item *items, size_t count)
{
	struct map *firsts = map_new(arena);

	for (size_t i = 0; i < count; i++) {
		const char *letters = text_letters(arena, items[i].text);
		struct rule_subject subject;

		items[i].similar = i;
		if (*letters != '\0')
			join(arena, firsts, items, i, "text", letters);
		rule_subject_read(arena, items[i].text, "", "", items[i].link, &subject);
		for (size_t j = 0; j < subject.link_count; j++)
			if (*subject.hosts[j] != '\0')
				join(arena, firsts, items, i, "host", subject.hosts[j]);
	}
}

/* --- lists ----------------------------------------------------------------------------------- */

/* A place that every comment is before. */
static const struct queue_place end_of_list = { INT64_MAX, INT64_MAX };

#define BEFORE_TIME "(created < :created OR (created = :created AND id < :id)) ORDER BY created DESC, id DESC LIMIT :most"
#define BY_TIME(condition) "SELECT " ITEM_COLUMNS " FROM comment WHERE " condition "created <= :created AND " BEFORE_TIME
QUERY(all_comments, BY_TIME(""));
QUERY(comments_in_state, BY_TIME("state = :state AND "));
QUERY(comments_of_network, BY_TIME("network = :network AND network <> '' AND "));

#define BY_ID(condition) "SELECT " ITEM_COLUMNS " FROM comment WHERE " condition " AND id < :id ORDER BY id DESC LIMIT :most"
QUERY(comments_of_post, BY_ID("post_id = :post"));
QUERY(comments_of_name, BY_ID("name = :name"));

/* The index of a person's comments has their state before their id: the newest of each state are merged. */
#define PART(condition, state) "SELECT * FROM (SELECT * FROM comment WHERE " condition " AND state = '" state "' AND id < :id ORDER BY id DESC LIMIT :most) AS " state "_ones"
#define BY_PERSON(condition) \
	"SELECT " ITEM_COLUMNS " FROM (" PART(condition, "shown") " UNION ALL " PART(condition, "held") " UNION ALL " PART(condition, "hidden") \
	" UNION ALL " PART(condition, "rejected") " UNION ALL " PART(condition, "spam") ") AS states ORDER BY id DESC LIMIT :most"
QUERY_WITH(QUERY_SORTS, comments_of_user, BY_PERSON("user_id = :user"));
QUERY_WITH(QUERY_SORTS, comments_of_person, BY_PERSON("person = :person AND person <> ''"));

QUERY(searched_comments, "SELECT " ITEM_COLUMNS " FROM comment WHERE created > 0 ORDER BY created DESC, id DESC LIMIT :most");

struct searching {
	struct arena *arena; /* of the result */
	const char *words;   /* folded */
	struct queue_place before;
	struct queue_item *items;
	size_t count;
};

static enum status
search_comment(void *context, struct arena *arena, void *row)
{
	struct searching *searching = context;
	const struct queue_item *item = row;
	struct queue_item *kept;

	if (searching->count > QUEUE_PAGE || item->created > searching->before.created
			|| (item->created == searching->before.created && item->id >= searching->before.id))
		return OK;
	if (strstr(text_fold_accents(arena, item->text), searching->words) == NULL
			&& strstr(text_fold_accents(arena, item->name), searching->words) == NULL)
		return OK;
	kept = &searching->items[searching->count++];
	*kept = *item;
	kept->name = arena_dup(searching->arena, item->name);
	kept->link = arena_dup(searching->arena, item->link);
	kept->person = arena_dup(searching->arena, item->person);
	kept->network = arena_dup(searching->arena, item->network);
	kept->state = arena_dup(searching->arena, item->state);
	kept->reason = arena_dup(searching->arena, item->reason);
	kept->reason_note = arena_dup(searching->arena, item->reason_note);
	kept->text = arena_dup(searching->arena, item->text);
	return OK;
}

static enum status
search(struct db *db, struct arena *arena, const char *words, struct queue_place before, struct queue_item **ret_items, size_t *ret_count)
{
	struct searching searching = { .arena = arena, .words = text_collapse(arena, text_fold_accents(arena, words)), .before = before };

	searching.items = arena_array(arena, QUEUE_PAGE + 1, sizeof(*searching.items));
	TRY(query_each(db, searched_comments, &item_row, search_comment, &searching, BIND(INT("most", QUEUE_SEARCHED), INT("text", QUEUE_TEXT * 10))));
	*ret_items = searching.items;
	*ret_count = searching.count;
	return OK;
}

enum status
queue_find(struct db *db, struct arena *arena, const struct queue_filter *filter, struct queue_place before, struct queue_item **ret_items,
	size_t *ret_count)
{
	const struct value most = INT("most", QUEUE_PAGE + 1), text = INT("text", QUEUE_TEXT);
	struct queue_place place = before.id == 0 ? end_of_list : before;
	const struct value created = INT("created", place.created), id = INT("id", place.id);

	if (filter->words != NULL)
		return search(db, arena, filter->words, place, ret_items, ret_count);
	if (filter->state != NULL)
		return query_list(db, arena, comments_in_state, &item_row, ret_items, ret_count, BIND(TEXT("state", filter->state), created, id, most, text));
	if (filter->network != NULL)
		return query_list(db, arena, comments_of_network, &item_row, ret_items, ret_count,
			BIND(TEXT("network", filter->network), created, id, most, text));
	if (filter->post_id != 0)
		return query_list(db, arena, comments_of_post, &item_row, ret_items, ret_count, BIND(INT("post", filter->post_id), id, most, text));
	if (filter->name != NULL)
		return query_list(db, arena, comments_of_name, &item_row, ret_items, ret_count, BIND(TEXT("name", filter->name), id, most, text));
	if (filter->user_id != 0)
		return query_list(db, arena, comments_of_user, &item_row, ret_items, ret_count, BIND(INT("user", filter->user_id), id, most, text));
	if (filter->person != NULL)
		return query_list(db, arena, comments_of_person, &item_row, ret_items, ret_count, BIND(TEXT("person", filter->person), id, most, text));
	return query_list(db, arena, all_comments, &item_row, ret_items, ret_count, BIND(created, id, most, text));
}
