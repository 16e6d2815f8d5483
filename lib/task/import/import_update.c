/*
 * Decides about the visibility of an updated post, from what the file said at the last import, what it says now, and
 * what the site says.
 */
#include "task/import/import.h"

#include <string.h>

#include "core/str.h"
#include "core/token.h"
#include "store/post/import_source.h"

/* --- what is stored ------------------------------------------------------------------ */

/* The visibility of a post as its file gives it. */
struct stated {
	const char *state, *access;
	int64_t published; /* Unix seconds; 0: no date */
};

/* Writes it after the digest. All values are words without spaces. */
static const char *
stated_write(struct arena *arena, const char *digest, const struct stated *stated)
{
	return arena_printf(arena, "%s %s %s %lld", digest, stated->state, stated->access, (long long)stated->published);
}

/* Returns the word at *text and moves *text to the next one; NULL at the end. */
static const char *
next_word(struct arena *arena, const char **text)
{
	size_t length = strcspn(*text, " ");
	const char *word = length == 0 ? NULL : arena_bytes(arena, *text, length);

	*text += length + strspn(*text + length, " ");
	return word;
}

static bool
stated_read(struct arena *arena, const char *stored, struct stated *ret_stated)
{
	const char *digest = next_word(arena, &stored), *state = next_word(arena, &stored), *access = next_word(arena, &stored);
	const char *published = next_word(arena, &stored);
	long long time;

	if (digest == NULL || published == NULL || !str_to_integer(published, &time))
		return false;
	*ret_stated = (struct stated){ .state = state, .access = access, .published = time };
	return true;
}

/* --- how public something is ------------------------------------------------------------ */

static int64_t
publicness_of_state(const char *state)
{
	return str_equal(state, "published") ? 1 : 0;
}

static int64_t
publicness_of_access(const char *access)
{
	return str_equal(access, "public") ? 2 : str_equal(access, "members") ? 1 : 0;
}

/* Of two times in the future, the earlier one is more public. All past times are equal. */
static int64_t
publicness_of_time(int64_t published, int64_t time)
{
	return published <= time ? 0 : -published;
}

/* --- one facet at a time ------------------------------------------------------------------ */

struct facet {
	bool known;             /* the file's earlier value is known */
	bool is_same, was_same; /* the file has not changed; the site has not changed */
	int64_t now, site;      /* how public it is by the file and by the site */
	bool decided;           /* it was published or unpublished on the site since */
	bool force;
};

/* True when the file's value is used. */
static bool
takes_file(const struct facet *facet)
{
	bool is_stricter = facet->now < facet->site;

	if (!facet->known)
		return is_stricter && (facet->force || !facet->decided);
	if (facet->is_same)
		return is_stricter && facet->force;
	return facet->was_same || is_stricter;
}

/*
 * If the file has lost its front matter, its earlier values still count where they were stricter. file->why_draft
 * (nothing says that it is public) only matters at the first import.
 */
static void
stated_complete(struct arena *arena, const struct import_source *source, const struct import_file *file, bool is_hidden,
	struct stated *stated)
{
	struct stated before;
	bool known = stated_read(arena, source->source_digest, &before);

	if (file->why_draft != NULL && !is_hidden)
		stated->state = known ? before.state : source->state;
	if (file->has_front || !known)
		return;
	if (publicness_of_state(before.state) < publicness_of_state(stated->state))
		stated->state = before.state;
	if (publicness_of_access(before.access) < publicness_of_access(stated->access))
		stated->access = before.access;
	if (stated->published < before.published)
		stated->published = before.published;
}

static void
stated_merge(struct arena *arena, const struct import_source *source, const struct stated *now, bool force, int64_t time,
	struct stated *ret_stated)
{
	struct stated before = { .state = "", .access = "" };
	struct facet all = { .known = stated_read(arena, source->source_digest, &before), .decided = source->decided != 0,
		.force = force };
	struct facet state = all, access = all, published = all;

	state.is_same = str_equal(now->state, before.state);
	state.was_same = str_equal(source->state, before.state);
	state.now = publicness_of_state(now->state);
	state.site = publicness_of_state(source->state);
	access.is_same = str_equal(now->access, before.access);
	access.was_same = str_equal(source->access, before.access);
	access.now = publicness_of_access(now->access);
	access.site = publicness_of_access(source->access);
	access.decided = false;
	published.is_same = now->published == before.published;
	published.was_same = source->published == before.published;
	published.now = publicness_of_time(now->published, time);
	published.site = publicness_of_time(source->published, time);
	published.decided = false;
	*ret_stated = (struct stated){ .state = source->state, .access = source->access, .published = source->published };
	if (source->trashed != 0)
		return;
	if (takes_file(&state))
		ret_stated->state = now->state;
	if (takes_file(&access))
		ret_stated->access = now->access;
	/* If the file has no date, the site decides. Of two different past dates, the file's is used. */
	if (now->published != 0 && (takes_file(&published) || (published.now == published.site && !published.is_same)))
		ret_stated->published = now->published;
}

/* --- comparing with the stored post ----------------------------------------------------------- */

/* A digest of the file and of everything else that the post is made from. */
static const char *
digest_of(struct arena *arena, const struct import_file *file, const struct import_text *source,
	const struct import_post *post)
{
	struct digest *digest = digest_new(arena);
	const char *const facts[] = { IMPORT_VERSION, source->digest, file->slug, file->lang, file->kind,
		file->base == NULL ? "" : file->base->source, post->cover == NULL ? "" : post->cover->digest,
		post->recording == NULL ? "" : post->recording->digest,
		arena_printf(arena, "%lld", (long long)post->save.post.author_id) };

	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		digest_add(digest, facts[i], strlen(facts[i]) + 1);
	for (size_t i = 0; i < post->links.count; i++) {
		digest_add(digest, post->links.links[i].address, strlen(post->links.links[i].address) + 1);
		digest_add(digest, post->links.links[i].target, strlen(post->links.links[i].target) + 1);
	}
	return digest_end(arena, digest);
}

/* True when its original was refused in an earlier run and is imported now. */
static bool
finds_original(const struct import_file *file, const struct import_source *source)
{
	const struct import_file *base = file->base;

	return base != NULL && !base->is_refused && (base->work_id == 0 || base->work_id != source->work_id);
}

static void
tell_kept(struct import *import, const struct import_file *file, const struct stated *stated, const struct stated *result)
{
	if (!str_equal(stated->state, result->state))
		conversion_warnings_add(import->warnings, "state changed on this site; not replaced", file->path, 0, result->state);
	if (!str_equal(stated->access, result->access))
		conversion_warnings_add(import->warnings, "access changed on this site; not replaced", file->path, 0, result->access);
	if (stated->published != 0 && stated->published != result->published)
		conversion_warnings_add(import->warnings, "publish date changed on this site; not replaced", file->path, 0, NULL);
}

/* The file's current values, after the digest of the version that was imported. */
static const char *
stated_again(struct arena *arena, const struct import_source *source, const struct stated *stated)
{
	return stated_write(arena, arena_bytes(arena, source->source_digest, strcspn(source->source_digest, " ")), stated);
}

/* True when the site shows the post to more people, or earlier, than the result allows. */
static bool
is_stricter(const struct import_source *source, const struct stated *result, int64_t time)
{
	return publicness_of_state(result->state) < publicness_of_state(source->state) ||
		publicness_of_access(result->access) < publicness_of_access(source->access) ||
		publicness_of_time(result->published, time) < publicness_of_time(source->published, time);
}

/*
 * The text was edited on the site, so it stays, but its file has become stricter. It is unclear who may read the edited
 * text, so the post is unpublished and its author decides.
 */
static void
unpublish_edited(struct import *import, const struct import_file *file, struct arena *arena, const struct import_source *source, const struct stated *stated,
	struct import_post *post, enum import_outcome *ret_outcome)
{
	*ret_outcome = IMPORT_UNPUBLISHED;
	post->unpublishes = true;
	post->save.source_digest = stated_again(arena, source, stated);
	conversion_warnings_add_to(import->warnings, CONVERSION_WARNINGS_RESTRICTED,
		"file that is less public now, of a post edited on this site; the post was unpublished", file->path, 0, source->slug);
}

enum status
import_compare(struct import *import, struct import_file *file, struct arena *arena, bool is_hidden, struct import_post *post,
	enum import_outcome *ret_outcome)
{
	struct post_save *save = &post->save;
	struct stated stated = { .state = save->post.state, .access = save->post.access, .published = save->post.published }, result;
	const char *digest = digest_of(arena, file, &post->source, post);
	struct import_source source;
	enum status status = import_source_find(import->db, arena, file->source, &source);

	*ret_outcome = IMPORT_READY;
	if (status == OK)
		stated_complete(arena, &source, file, is_hidden, &stated);
	save->source_digest = stated_write(arena, digest, &stated);
	if (status == NOT_FOUND)
		return OK;
	TRY(status);
	file->post_id = source.id;
	file->work_id = source.work_id;
	if (str_equal(source.source_digest, save->source_digest) && !finds_original(file, &source))
		*ret_outcome = IMPORT_UNCHANGED;
	else if (source.edited && !import->options.force)
		*ret_outcome = IMPORT_EDITED;
	save->post.id = source.id;
	if (save->post.work_id == 0)
		save->post.work_id = file->base == NULL ? source.id : source.work_id;
	save->expected_revision = source.revision;
	stated_merge(arena, &source, &stated, import->options.force, import->now, &result);
	if (*ret_outcome == IMPORT_EDITED && str_equal(source.state, "published") && post->source.unclear == NULL &&
		is_stricter(&source, &result, import->now))
		unpublish_edited(import, file, arena, &source, &stated, post, ret_outcome);
	if (*ret_outcome == IMPORT_READY)
		tell_kept(import, file, &stated, &result);
	else
		result = (struct stated){ .state = source.state, .access = source.access, .published = source.published };
	save->post.state = result.state;
	save->post.access = result.access;
	save->post.published = result.published;
	return OK;
}
