/* Saving posts: row, text, tags, counts, former slug, revision and search index change together. */
#include "store/post/post.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "store/audit/audit.h"
#include "store/index/search_index.h"
#include "store/post/former_summary.h"
#include "store/post/post_columns.h"
#include "store/post/post_index.h"
#include "store/post/post_media.h"

/* --- slugs ------------------------------------------------------------------ */

enum { SLUG_TRIES = 10000 };

QUERY(slug_holder,
	"SELECT id FROM post WHERE slug = :slug UNION ALL SELECT post_id FROM post_slug WHERE slug = :slug LIMIT 1");
QUERY(keep_old_slug,
	"INSERT INTO post_slug (slug, post_id, created) VALUES (:slug, :id, :now) ON CONFLICT (slug) DO NOTHING");
QUERY(drop_old_slug, "DELETE FROM post_slug WHERE slug = :slug AND post_id = :id");

/* The wanted slug, or the first of slug-2, slug-3 … that no other post has or had. CONFLICT after many tries. */
static enum status
free_slug(struct db *db, struct arena *arena, const char *wanted, int64_t id, const char **ret_slug)
{
	for (int number = 1; number < SLUG_TRIES; number++) {
		const char *slug = number == 1 ? wanted : arena_printf(arena, "%s-%d", wanted, number);
		int64_t holder;
		enum status status = query_integer(db, slug_holder, &holder, BIND(TEXT("slug", slug)));
		if (status == NOT_FOUND || (status == OK && holder == id)) {
			*ret_slug = slug;
			return OK;
		}
		TRY(status);
	}
	return CONFLICT;
}

/* --- tags and their counts ---------------------------------------------------- */

/*
 * One row at a time: for a statement that may fail halfway SQLite opens a savepoint, and at every savepoint FTS5
 * flushes its buffered data. With several rows per statement, saving many posts took twice as long.
 */
QUERY(count_less, "UPDATE tag_count SET posts = posts - 1 WHERE tag_id = :tag AND lang = :lang");
QUERY(count_more,
	"INSERT INTO tag_count (tag_id, lang, posts) VALUES (:tag, :lang, 1)"
	" ON CONFLICT (tag_id, lang) DO UPDATE SET posts = tag_count.posts + 1");
QUERY(remove_tags, "DELETE FROM post_tag WHERE post_id = :id");
QUERY(add_tag,
	"INSERT INTO post_tag (tag_id, post_id, position, listed, lang, published)"
	" VALUES (:tag, :id, :position, :listed, :lang, :published) ON CONFLICT (tag_id, post_id) DO NOTHING");
QUERY(note_tags, "UPDATE post SET tag_text = :text WHERE id = :id");
QUERY(relist_tags,
	"UPDATE post_tag SET listed = :listed, published = :published WHERE post_id = :id");

static bool
is_listed(const struct post *post)
{
	return str_equal(post->state, "published") && !str_equal(post->kind, "page");
}

/* Adds a post to the counts of its tags (count_more) or subtracts it (count_less), if it is listed. */
static enum status
count_tags(struct db *db, const struct query *count, const struct post *post)
{
	for (size_t i = 0; i < post->tag_count && is_listed(post); i++)
		TRY(query_run(db, count, BIND(INT("tag", post->tags[i].id), TEXT("lang", post->lang))));
	return OK;
}

/* Removes a post from the counts and the index, as it is stored now. */
static enum status
unlist(struct db *db, const struct post *post)
{
	TRY(count_tags(db, count_less, post));
	return post_index_remove(db, post->search_id);
}

static enum status
save_tags(struct db *db, struct arena *arena, const struct post_save *save, int64_t id)
{
	const struct post *post = &save->post;
	struct str text = str_init(arena);

	TRY(query_run(db, remove_tags, BIND(INT("id", id))));
	for (size_t i = 0; i < save->tag_count; i++) {
		struct tag tag;
		enum status status = tag_find_or_add(db, arena, save->tags[i], save->sample, &tag);
		if (status == INVALID)
			continue; /* a name without a letter or digit */
		TRY(status);
		TRY(query_run(db, add_tag, BIND(INT("tag", tag.id), INT("id", id), INT("position", (int64_t)i + 1),
			INT("listed", is_listed(post)), TEXT("lang", post->lang), INT("published", post->published))));
		if (db_changed_rows(db) == 0)
			continue; /* given twice */
		str_printf(&text, "%s%lld\t%s\t%s", text.length == 0 ? "" : "\n", (long long)tag.id, tag.slug, tag.name);
		if (is_listed(post))
			TRY(query_run(db, count_more, BIND(INT("tag", tag.id), TEXT("lang", post->lang))));
	}
	return query_run(db, note_tags, BIND(INT("id", id), TEXT("text", text.bytes)));
}

/* --- links, text, revision ----------------------------------------------------- */

QUERY(remove_links, "DELETE FROM post_link WHERE post_id = :id");
QUERY(add_link,
	"INSERT INTO post_link (post_id, address, target, media_id) VALUES (:id, :address, :target, :media)"
	" ON CONFLICT (post_id, address) DO NOTHING");
QUERY(put_text,
	"INSERT INTO post_text (post_id, markdown, open_xhtml, full_xhtml, open_contents, full_contents,"
	" open_plain, closed_plain, renderer) VALUES (:id, :markdown, :open_xhtml, :full_xhtml, :open_contents,"
	" :full_contents, :open_plain, :closed_plain, :renderer)"
	" ON CONFLICT (post_id) DO UPDATE SET markdown = excluded.markdown, open_xhtml = excluded.open_xhtml,"
	" full_xhtml = excluded.full_xhtml, open_contents = excluded.open_contents,"
	" full_contents = excluded.full_contents, open_plain = excluded.open_plain,"
	" closed_plain = excluded.closed_plain, renderer = excluded.renderer");
QUERY(add_revision,
	"INSERT INTO revision (post_id, number, user_id, reason, title, summary, markdown, created)"
	" VALUES (:id, :number, :user, :reason, :title, :summary, :markdown, :now)");

static enum status
save_links(struct db *db, const struct post_save *save, int64_t id)
{
	TRY(query_run(db, remove_links, BIND(INT("id", id))));
	for (size_t i = 0; i < save->link_count; i++)
		TRY(query_run(db, add_link, BIND(INT("id", id), TEXT("address", save->links[i].address),
			TEXT("target", save->links[i].target), REFERENCE("media", save->links[i].media_id))));
	return OK;
}

static enum status
save_text(struct db *db, const struct post_text *text, int64_t id)
{
	return query_run(db, put_text, BIND(INT("id", id), TEXT("markdown", text->markdown),
		TEXT("open_xhtml", text->open_xhtml), TEXT("full_xhtml", text->full_xhtml),
		TEXT("open_contents", text->open_contents), TEXT("full_contents", text->full_contents),
		TEXT("open_plain", text->open_plain), TEXT("closed_plain", text->closed_plain),
		TEXT("renderer", text->renderer)));
}

/* --- row ----------------------------------------------------------------------- */

QUERY(add_post,
	"INSERT INTO post (slug, kind, state, access, title, summary, generated_summary, lang, work_id, author_id, cover_id, cover_alt,"
	" enclosure_id, featured, published, updated, created, reading_minutes, search_id, comment_access, canonical_url, source,"
	" source_digest, sample) VALUES (:slug, :kind, :state, :access, :title, :summary, :generated_summary, :lang, :work, :author, :cover,"
	" :cover_alt, :enclosure, :featured, :published, :updated, :created, :reading_minutes, :search_id,"
	" CASE WHEN :comment_access <> '' THEN :comment_access ELSE coalesce((SELECT value FROM setting WHERE name = 'comment_access' AND lang = ''),"
	" 'open') END,"
	" :canonical_url, :source, :source_digest, :sample) RETURNING id");
QUERY(first_work, "UPDATE post SET work_id = id WHERE id = :id AND work_id = 0");
QUERY(change_post,
	"UPDATE post SET slug = :slug, kind = :kind, state = :state, access = :access, title = :title,"
	" summary = :summary, generated_summary = :generated_summary, lang = :lang, work_id = :work, author_id = :author, cover_id = :cover,"
	" cover_alt = :cover_alt, enclosure_id = :enclosure, featured = :featured, published = :published,"
	" updated = :updated, reading_minutes = :reading_minutes, search_id = :search_id, "
	" comment_access = CASE WHEN :comment_access <> '' THEN :comment_access ELSE comment_access END,"
	" canonical_url = :canonical_url, trashed = CASE WHEN :state = 'unpublished' THEN trashed ELSE 0 END,"
	" restore_state = CASE WHEN :state = 'unpublished' THEN restore_state ELSE '' END, source = coalesce(:source, source),"
	" source_digest = coalesce(:source_digest, source_digest), revision = revision + 1 WHERE id = :id");

#define ROW(post, slug, search_id, save) \
	TEXT("slug", slug), TEXT("kind", (post)->kind), TEXT("state", (post)->state), \
	TEXT("access", (post)->access), TEXT("title", (post)->title), TEXT("summary", (post)->summary), \
	TEXT("generated_summary", (post)->generated_summary == NULL ? "" : (post)->generated_summary), \
	TEXT("lang", (post)->lang), INT("author", (post)->author_id), REFERENCE("cover", (post)->cover_id), \
	TEXT("cover_alt", (post)->cover_alt == NULL ? "" : (post)->cover_alt), \
	REFERENCE("enclosure", (post)->enclosure_id), INT("featured", (post)->featured), \
	INT("published", (post)->published), INT("updated", (post)->updated), INT("reading_minutes", (post)->reading_minutes), \
	INT("search_id", search_id), TEXT("comment_access", (post)->comment_access == NULL ? "" : (post)->comment_access), \
	TEXT("canonical_url", (post)->canonical_url == NULL ? "" : (post)->canonical_url), TEXT("source", (save)->source)

static enum status
add_row(struct db *db, struct arena *arena, const struct post_save *save, int64_t *ret_id)
{
	const struct post *post = &save->post;
	const char *slug;
	int64_t search_id, id;

	TRY(free_slug(db, arena, post->slug, 0, &slug));
	TRY(post_index_free_id(db, post->published, &search_id));
	TRY(query_insert(db, add_post, &id, BIND(ROW(post, slug, search_id, save), INT("work", post->work_id),
		INT("created", post->created != 0 ? post->created : clock_now()),
		TEXT("source_digest", save->source_digest == NULL ? "" : save->source_digest),
		INT("sample", save->sample))));
	TRY(query_run(db, first_work, BIND(INT("id", id))));
	*ret_id = id;
	return OK;
}

static enum status
change_row(struct db *db, struct arena *arena, const struct post_save *save, const struct post *old)
{
	const struct post *post = &save->post;
	int64_t search_id = old->search_id, id = old->id;
	const char *slug;

	TRY(free_slug(db, arena, post->slug, id, &slug));
	if (post->published != old->published)
		TRY(post_index_free_id(db, post->published, &search_id));
	if (!str_equal(slug, old->slug)) {
		TRY(query_run(db, drop_old_slug, BIND(TEXT("slug", slug), INT("id", id))));
		TRY(query_run(db, keep_old_slug, BIND(TEXT("slug", old->slug), INT("id", id), INT("now", clock_now()))));
	}
	return query_run(db, change_post, BIND(ROW(post, slug, search_id, save), INT("id", id),
		INT("work", post->work_id != 0 ? post->work_id : old->work_id),
		TEXT("source_digest", save->source_digest)));
}

/* Logs only what readers notice: that a post appears or disappears. An import adds one line for all of its posts. */
static enum status
note_state(struct db *db, const struct post *post, const char *before, const char *after)
{
	bool was = str_equal(before, "published"), is = str_equal(after, "published");

	if (was == is)
		return OK;
	return audit_add(db, is ? AUDIT_PUBLISHED : AUDIT_UNPUBLISHED, post->title, NULL, NULL);
}

/* A form that was opened before migration 15 may submit a generated summary. It was not typed, so it is dropped. */
static enum status
drop_generated(struct db *db, struct post *post)
{
	bool generated;

	if (post->id == 0 || str_empty(post->summary))
		return OK;
	TRY(former_summary_is_generated(db, post->id, post->summary, &generated));
	if (generated)
		post->summary = "";
	return OK;
}

enum status
post_save(struct db *db, struct arena *arena, const struct post_save *given, int64_t *ret_id)
{
	struct post_save copy = *given;
	const struct post_save *save = &copy;
	struct post old = { 0 };
	int64_t id = save->post.id;

	TRY(drop_generated(db, &copy.post));
	if (id != 0) {
		TRY(post_by_id(db, arena, id, &old));
		if (save->expected_revision != 0 && save->expected_revision != old.revision)
			return CONFLICT;
		TRY(unlist(db, &old));
		TRY(change_row(db, arena, save, &old));
	} else {
		TRY(add_row(db, arena, save, &id));
	}
	TRY(save_text(db, &save->text, id));
	TRY(save_tags(db, arena, save, id));
	TRY(save_links(db, save, id));
	TRY(post_media_save(db, arena, id));
	TRY(query_run(db, add_revision, BIND(INT("id", id), INT("number", old.revision + 1),
		REFERENCE("user", save->user_id), TEXT("reason", save->reason), TEXT("title", save->post.title),
		TEXT("summary", save->post.summary), TEXT("markdown", save->text.markdown), INT("now", clock_now()))));
	TRY(post_index_put(db, arena, id));
	*ret_id = id;
	return save->sample || save->source != NULL ? OK : note_state(db, &save->post, old.state, save->post.state);
}

enum status
post_add_former_slug(struct db *db, int64_t id, const char *slug)
{
	int64_t holder;
	enum status status = query_integer(db, slug_holder, &holder, BIND(TEXT("slug", slug)));

	if (status == OK)
		return holder == id ? OK : CONFLICT;
	if (status != NOT_FOUND)
		return status;
	return query_run(db, keep_old_slug, BIND(TEXT("slug", slug), INT("id", id), INT("now", clock_now())));
}

enum status
post_save_links(struct db *db, const struct post_save *save)
{
	return save_links(db, save, save->post.id);
}

struct stale {
	int64_t post_id;
};
static const struct column stale_columns[] = {
	COLUMN_INT(struct stale, post_id),
	{ 0 },
};
static const struct row stale_row = { sizeof(struct stale), stale_columns };

QUERY(stale_posts, "SELECT post_id FROM post_text WHERE renderer = '' ORDER BY post_id LIMIT :limit");

enum status
post_stale(struct db *db, struct arena *arena, int64_t limit, int64_t **ret_ids, size_t *ret_count)
{
	return query_list(db, arena, stale_posts, &stale_row, ret_ids, ret_count, BIND(INT("limit", limit)));
}

QUERY(change_rendered,
	"UPDATE post SET reading_minutes = :reading_minutes, generated_summary = :generated_summary WHERE id = :id");

enum status
post_save_rendered(struct db *db, struct arena *arena, int64_t id, const struct post_text *text,
	const char *generated_summary, int64_t minutes)
{
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	TRY(post_index_remove(db, post.search_id));
	TRY(query_run(db, change_rendered, BIND(INT("id", id), INT("reading_minutes", minutes),
		TEXT("generated_summary", generated_summary))));
	TRY(save_text(db, text, id));
	TRY(post_media_save(db, arena, id));
	return post_index_put(db, arena, id);
}

QUERY(change_state,
	"UPDATE post SET state = :state, published = :published, updated = :updated, search_id = :search_id,"
	" trashed = CASE WHEN :state = 'unpublished' THEN trashed ELSE 0 END, restore_state = CASE WHEN :state = 'unpublished' THEN restore_state ELSE '' END,"
	" revision = revision + 1 WHERE id = :id");
QUERY(repeat_revision,
	"INSERT INTO revision (post_id, number, user_id, reason, title, summary, markdown, created)"
	" SELECT p.id, p.revision, :user, :reason, p.title, p.summary, t.markdown, :now"
	" FROM post AS p JOIN post_text AS t ON t.post_id = p.id WHERE p.id = :id");

/* Changes state and publish date of a post. */
static enum status
change_to(struct db *db, struct arena *arena, struct post *post, const char *state, int64_t published,
	const char *reason, int64_t user_id, int64_t now)
{
	int64_t search_id = post->search_id;

	TRY(unlist(db, post));
	if (published != post->published) {
		post->published = published;
		post->updated = now;
		TRY(post_index_free_id(db, published, &search_id));
	}
	TRY(note_state(db, post, post->state, state));
	post->state = state;
	TRY(query_run(db, change_state, BIND(INT("id", post->id), TEXT("state", state), INT("published", published),
		INT("updated", post->updated), INT("search_id", search_id))));
	TRY(query_run(db, repeat_revision, BIND(INT("id", post->id), TEXT("reason", reason), REFERENCE("user", user_id),
		INT("now", now))));
	TRY(query_run(db, relist_tags, BIND(INT("id", post->id), INT("listed", is_listed(post)),
		INT("published", published))));
	TRY(count_tags(db, count_more, post));
	TRY(post_media_save(db, arena, post->id));
	return post_index_put(db, arena, post->id);
}

enum status
post_set_state(struct db *db, struct arena *arena, int64_t id, const char *state, int64_t now)
{
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	/* Publishing means now, so a publish date in the future is replaced. */
	return change_to(db, arena, &post, state, str_equal(state, "published") && post.published > now ? now : post.published,
		state, 0, now);
}

enum status
post_move_state(struct db *db, struct arena *arena, int64_t id, const char *state, const char *reason,
	int64_t user_id, int64_t now)
{
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	return change_to(db, arena, &post, state, post.published, reason, user_id, now);
}

enum status
post_set_time(struct db *db, struct arena *arena, int64_t id, int64_t published, int64_t user_id)
{
	int64_t search_id;
	struct post post;

	TRY(post_by_id(db, arena, id, &post));
	TRY(search_index_remove(db, post.search_id));
	TRY(post_index_free_id(db, published, &search_id));
	TRY(query_run(db, change_state, BIND(INT("id", id), TEXT("state", post.state), INT("published", published),
		INT("updated", post.updated), INT("search_id", search_id))));
	TRY(query_run(db, repeat_revision, BIND(INT("id", id), REFERENCE("user", user_id), TEXT("reason", "move"), INT("now", clock_now()))));
	TRY(query_run(db, relist_tags, BIND(INT("id", id), INT("listed", is_listed(&post)), INT("published", published))));
	return post_index_put(db, arena, id);
}
