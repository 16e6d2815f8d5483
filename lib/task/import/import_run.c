/* Runs an import in batches: some posts are rendered and then saved in one transaction. */
#include "task/import/import_internal.h"

#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "page/lang/lang.h"
#include "store/audit/audit.h"
#include "store/post/import_source.h"

enum { BATCH_POSTS = 500, IMPORT_BATCH_POSTS = 20, BATCH_BYTES = 4 * 1024 * 1024, BUSY_TRIES = 6 };

struct import *
import_new(struct arena *arena, struct db *db, const struct conf *conf, const struct import_options *options)
{
	struct import *import = arena_new_of(arena, struct import);

	import->db = db;
	import->conf = conf;
	import->options = *options;
	import->arena = arena;
	import->now = clock_now();
	import->scanned = options->scanned;
	import->by_path = map_new(arena);
	import->by_page = map_new(arena);
	import->others = map_new(arena);
	import->media = map_new(arena);
	import->authors = map_new(arena);
	import->by_source = map_new(arena);
	import->named = map_new(arena);
	import->defaults = map_new(arena);
	import->zola_folders = map_new(arena);
	import->warnings = conversion_warnings_new(arena);
	return import;
}

/* --- one batch ---------------------------------------------------------------------- */

struct batch {
	struct arena *arena;
	struct import_post posts[BATCH_POSTS];
	size_t count;
};

static void
decided(const struct import *import, const struct import_file *file, enum import_outcome outcome)
{
	const struct import_listener *listener = &import->options.listener;

	if (listener->decided != NULL)
		listener->decided(listener->context, file, outcome);
}

static enum status
save_post(struct import *import, struct arena *arena, struct import_post *post)
{
	TRY(import_save(import, arena, post));
	decided(import, post->file, post->unpublishes ? IMPORT_UNPUBLISHED : IMPORT_READY);
	return OK;
}

/* Saves count posts, starting with the one at index first, in one transaction. */
static enum status
save_together(struct import *import, struct batch *batch, size_t first, size_t count)
{
	struct db *db = import->db;
	const struct import_listener *listener = &import->options.listener;
	enum status status = db_begin_write(db);

	/* Other writers need only a moment, but a backup may take longer. */
	for (int tries = 1; status == BUSY && tries < BUSY_TRIES; tries++)
		status = db_begin_write(db);
	for (size_t i = first; status == OK && i < first + count; i++)
		status = save_post(import, batch->arena, &batch->posts[i]);
	if (status == OK)
		status = audit_add(db, AUDIT_IMPORTED, arena_printf(batch->arena, "%zu", count), NULL, NULL);
	if (status == OK && listener->saving != NULL)
		status = listener->saving(listener->context);
	if (status == OK)
		status = db_commit(db);
	db_end(db);
	if (status == OK)
		import->media_bytes = 0;
	if (listener->saved != NULL)
		listener->saved(listener->context, status == OK);
	return status;
}

static void
count_kept(struct import *import, const struct import_post *post)
{
	if (post->unpublishes)
		import->edited++;
	else if (post->save.post.id == 0)
		import->added++;
	else
		import->updated++;
}

/* After a batch has failed, its posts are saved one by one, so that one post does not prevent the others. */
static enum status
save_one(struct import *import, struct batch *batch, size_t i)
{
	struct import_file *file = batch->posts[i].file;
	struct data_node_problem problem = { .words = N_("the database couldn't save it; the site owner can find the reason in the log") };
	enum status status;

	file->post_id = batch->posts[i].save.post.id;
	status = save_together(import, batch, i, 1);
	if (status == OK) {
		count_kept(import, &batch->posts[i]);
		return OK;
	}
	if (status == CONFLICT)
		problem.words = N_("someone else saved this post at the same time; import it again");
	if (status != CONFLICT && status != INVALID && status != FAULT && status != TOO_LARGE)
		return status;
	import_refuse(import, file, &problem);
	decided(import, file, IMPORT_REFUSED);
	return OK;
}

static enum status
save_batch(struct import *import, struct batch *batch)
{
	enum status status = OK;

	if (batch->count > 0 && !import->options.dry_run)
		status = save_together(import, batch, 0, batch->count);
	if (status == OK) {
		for (size_t i = 0; i < batch->count; i++)
			count_kept(import, &batch->posts[i]);
	} else if (status == CONFLICT || status == INVALID || status == FAULT || status == TOO_LARGE) {
		status = OK;
		for (size_t i = 0; status == OK && i < batch->count; i++)
			status = save_one(import, batch, i);
	}
	arena_reset(batch->arena);
	batch->count = 0;
	return status;
}

/* --- the whole import ----------------------------------------------------------------- */

static enum status
add_to_batch(struct import *import, struct batch *batch, struct import_file *file)
{
	struct import_post *post = &batch->posts[batch->count];
	enum import_outcome outcome;

	TRY(import_prepare(import, file, batch->arena, post, &outcome));
	switch (outcome) {
	case IMPORT_READY:
		batch->count++;
		break;
	case IMPORT_UNPUBLISHED:
		batch->count++;
		break;
	case IMPORT_UNCHANGED:
		import->unchanged++;
		break;
	case IMPORT_EDITED:
		import->edited++;
		conversion_warnings_add(import->warnings, "file and post both changed since the last import; the post was not replaced (--force replaces it)",
			file->path, 0, file->slug);
		break;
	case IMPORT_REFUSED:
	case IMPORT_LEFT_OUT:
		break;
	}
	if (outcome != IMPORT_READY && outcome != IMPORT_UNPUBLISHED)
		decided(import, file, outcome);
	return OK;
}

static void
warn_left_out(struct import *import, const struct import_file *file)
{
	conversion_warnings_add_to(import->warnings, CONVERSION_WARNINGS_LEFT_OUT, file->why_out, file->path, 0, NULL);
	/*
	 * An earlier import made a post from this file, which would be left out now. The post belongs to the site, so it
	 * stays.
	 */
	if (file->stored_id != 0)
		conversion_warnings_add(import->warnings, "file that is skipped now; its post of an earlier import stays (renown post unpublish)", file->path, 0,
			file->slug);
}

/* True for a file that is not prepared at all. Its outcome is reported once, unless an earlier run has done so. */
static bool
is_out(struct import *import, struct import_file *file)
{
	const struct import_target *target = import->options.target;

	if (target != NULL && map_get(target->processed, file->path) != NULL) {
		import_note_names(import, file);
		return true;
	}
	if (file->is_refused) {
		decided(import, file, IMPORT_REFUSED);
		return true;
	}
	if (file->why_out != NULL) {
		if (!str_equal(file->why_out, "the file is empty"))
			import->left_out++;
		decided(import, file, IMPORT_LEFT_OUT);
		if (target == NULL)
			warn_left_out(import, file);
		return true;
	}
	/* The post was imported before. It is not changed, whatever happened to it since. */
	if (target != NULL && (file->stored_id != 0 || file->holder_id != 0)) {
		import_note_names(import, file);
		import->unchanged++;
		decided(import, file, IMPORT_UNCHANGED);
		return true;
	}
	return false;
}

static bool
must_end(const struct import *import)
{
	const struct import_listener *listener = &import->options.listener;

	return listener->must_end != NULL && listener->must_end(listener->context);
}

static enum status
run_all(struct import *import)
{
	struct batch *batch = arena_new_of(import->arena, struct batch);
	const struct import_listener *listener = &import->options.listener;
	/* The batches of an upload are smaller, because its author watches the progress. */
	size_t most = import->options.target == NULL ? BATCH_POSTS : IMPORT_BATCH_POSTS;
	enum status status = OK;

	batch->arena = arena_new();
	for (size_t i = 0; status == OK && i < import->count; i++) {
		struct import_file *file = import->files[i];
		bool last = i + 1 == import->count;
		if (listener->step != NULL)
			listener->step(listener->context, "Importing", (int64_t)i, (int64_t)import->count);
		/* A translation needs the id of its original, which may be in the same batch. */
		if (!is_out(import, file))
			status = add_to_batch(import, batch, file);
		if (status == OK && (last || batch->count == most || arena_used(batch->arena) > BATCH_BYTES))
			status = must_end(import) ? BUSY : save_batch(import, batch);
	}
	if (listener->step != NULL && import->count > 0 && status == OK)
		listener->step(listener->context, "Importing", (int64_t)import->count, (int64_t)import->count);
	arena_free(batch->arena);
	return status;
}

/* For posts whose file no longer exists. */
struct missing {
	struct import *import;
	int64_t count;
};

static enum status
look_for_file(void *context, struct arena *arena, void *row)
{
	struct missing *missing = context;
	const struct import_source *source = row;
	const char *path = source->source + strlen(missing->import->options.prefix);

	(void)arena;
	if (map_get(missing->import->by_path, path) == NULL)
		conversion_warnings_add(missing->import->warnings, "file that no longer exists; its post of an earlier import stays (renown post unpublish)",
			path, 0, source->slug);
	return OK;
}

enum status
import_run(struct import *import)
{
	struct missing missing = { .import = import };
	enum status status;

	TRY(import_scan(import));
	status = import_plan(import);
	if (status == OK)
		status = run_all(import);
	import_exclude_end(import);
	TRY(status);
	if (import->options.target != NULL)
		return OK;
	return import_source_each(import->db, import->options.prefix, look_for_file, &missing, &missing.count);
}
