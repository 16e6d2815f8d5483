/* Batches: some hundred posts are rendered, then kept in one transaction. */
#include "import.h"

#include <string.h>

#include "core/str.h"
#include "progress.h"
#include "store/audit.h"
#include "store/origin.h"

enum { BATCH_POSTS = 500, BATCH_BYTES = 8 * 1024 * 1024, BUSY_TRIES = 6 };

struct import *
import_new(struct context *context, const struct import_options *options)
{
	struct arena *arena = context->arena;
	struct import *import = arena_new_of(arena, struct import);

	import->context = context;
	import->options = *options;
	import->arena = arena;
	import->scanned = options->scanned;
	import->by_path = map_new(arena);
	import->by_page = map_new(arena);
	import->others = map_new(arena);
	import->media = map_new(arena);
	import->authors = map_new(arena);
	import->losses = losses_new(arena);
	return import;
}

/* --- one batch ---------------------------------------------------------------------- */

struct batch {
	struct arena *arena;
	struct import_post posts[BATCH_POSTS];
	size_t count;
	size_t bytes; /* of source texts */
};

/* Keeps posts from first on, at most count, in one transaction. */
static enum status
keep_together(struct import *import, struct batch *batch, size_t first, size_t count)
{
	struct db *db = import->context->db;
	enum status status = db_begin_write(db);

	/* Others write for a moment only; a backup may take longer. */
	for (int tries = 1; status == BUSY && tries < BUSY_TRIES; tries++)
		status = db_begin_write(db);
	for (size_t i = first; status == OK && i < first + count; i++)
		status = import_keep(import, batch->arena, &batch->posts[i]);
	if (status == OK)
		status = audit_add(db, AUDIT_IMPORTED, arena_printf(batch->arena, "%zu", count), NULL, NULL);
	if (status == OK)
		status = db_commit(db);
	db_end(db);
	return status;
}

static void
count_kept(struct import *import, const struct import_post *post)
{
	if (post->save.post.id == 0)
		import->added++;
	else
		import->updated++;
}

/* After a batch that failed as a whole: each post by itself, so that one does not keep the others out. */
static enum status
keep_one(struct import *import, struct batch *batch, size_t i)
{
	struct import_file *file = batch->posts[i].file;
	struct node_problem problem = { .words = "the store refused it; see above" };
	enum status status;

	file->post_id = batch->posts[i].save.post.id;
	status = keep_together(import, batch, i, 1);
	if (status == OK) {
		count_kept(import, &batch->posts[i]);
		return OK;
	}
	if (status == CONFLICT)
		problem.words = "someone saved the post at the same moment; run the import again";
	if (status != CONFLICT && status != INVALID && status != FAULT && status != TOO_LARGE)
		return status;
	import_refuse(import, file, &problem);
	return OK;
}

static enum status
keep_batch(struct import *import, struct batch *batch)
{
	enum status status = OK;

	if (batch->count > 0 && !import->options.dry_run)
		status = keep_together(import, batch, 0, batch->count);
	if (status == OK) {
		for (size_t i = 0; i < batch->count; i++)
			count_kept(import, &batch->posts[i]);
	} else if (status == CONFLICT || status == INVALID || status == FAULT || status == TOO_LARGE) {
		status = OK;
		for (size_t i = 0; status == OK && i < batch->count; i++)
			status = keep_one(import, batch, i);
	}
	arena_reset(batch->arena);
	batch->count = 0;
	batch->bytes = 0;
	return status;
}

/* --- all ------------------------------------------------------------------------------ */

static enum status
add_to_batch(struct import *import, struct batch *batch, struct import_file *file)
{
	struct import_post *post = &batch->posts[batch->count];
	enum import_outcome outcome;

	TRY(import_prepare(import, file, batch->arena, post, &outcome));
	switch (outcome) {
	case IMPORT_READY:
		batch->count++;
		batch->bytes += strlen(post->save.text.markdown);
		break;
	case IMPORT_UNCHANGED:
		import->unchanged++;
		break;
	case IMPORT_EDITED:
		import->edited++;
		losses_add(import->losses, "file that changed, but so did the post on the site, which stays (--force replaces it)",
			file->path, 0, file->slug);
		break;
	case IMPORT_REFUSED:
		break;
	}
	return OK;
}

static enum status
run_all(struct import *import)
{
	struct batch *batch = arena_new_of(import->arena, struct batch);
	struct progress progress;
	enum status status = OK;

	batch->arena = arena_new();
	progress_start(&progress, "Importing", (int64_t)import->count);
	for (size_t i = 0; status == OK && i < import->count; i++) {
		struct import_file *file = import->files[i];
		bool last = i + 1 == import->count;
		/* A translation needs the number of its original, which may stand in this batch. */
		if (!file->bad && !file->left_out)
			status = add_to_batch(import, batch, file);
		if (status == OK && (last || batch->count == BATCH_POSTS || batch->bytes > BATCH_BYTES))
			status = keep_batch(import, batch);
		progress_step(&progress, 1);
	}
	progress_end(&progress);
	arena_free(batch->arena);
	return status;
}

/* Posts whose file is no longer there. */
struct gone {
	struct import *import;
	int64_t count;
};

static enum status
look_for_file(void *context, struct arena *arena, void *row)
{
	struct gone *gone = context;
	const struct origin *origin = row;
	const char *path = origin->source + strlen(gone->import->options.prefix);

	(void)arena;
	if (map_get(gone->import->by_path, path) == NULL)
		losses_add(gone->import->losses, "file of an earlier import that is gone; its post stays (renown post withdraw)",
			path, 0, origin->slug);
	return OK;
}

int
import_run(struct import *import)
{
	struct gone gone = { .import = import };
	enum status status;

	if (import_scan(import) != DONE || import_plan(import) != DONE)
		return FAILED;
	status = run_all(import);
	if (status == OK)
		status = origin_each(import->context->db, import->options.prefix, look_for_file, &gone, &gone.count);
	if (status != OK)
		return fail_status(status, "The import");
	return import->refused > 0 ? FAILED : DONE;
}

void
import_report(const struct import *import)
{
	say("%s%lld added, %lld updated, %lld unchanged, %lld kept as edited on the site, %lld empty, %lld refused.\n",
		import->options.dry_run ? "Nothing was written. It would be: " : "", (long long)import->added,
		(long long)import->updated, (long long)import->unchanged, (long long)import->edited,
		(long long)import->left_out, (long long)import->refused);
	losses_print(import->losses);
}
