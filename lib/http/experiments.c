#include "http/experiments.h"

#include "core/str.h"

enum status
experiments_read(struct db *db, struct arena *arena, int64_t now, struct experiments *ret_trials)
{
	return experiment_running(db, arena, now, &ret_trials->trials, &ret_trials->count, &ret_trials->last_end);
}

/* A test that was running when it was read may have ended since. */
static bool
runs(const struct experiment *trial, int64_t now)
{
	return trial->ends > now;
}

const struct experiment *
experiments_find(const struct request *req, int64_t post_id)
{
	for (size_t i = 0; req->trials != NULL && i < req->trials->count; i++)
		if (req->trials->trials[i].post_id == post_id && runs(&req->trials->trials[i], req->viewer.now))
			return &req->trials->trials[i];
	return NULL;
}

char
experiments_dress(const struct request *req, struct post *post)
{
	const struct experiment *trial = experiments_find(req, post->id);
	char letter = trial == NULL ? 'A' : experiment_letter(trial, req->bucket);

	if (letter != 'A')
		experiment_dress(trial, letter, post);
	return letter;
}

void
experiments_dress_all(const struct request *req, struct post *posts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		(void)experiments_dress(req, &posts[i]);
}

const char *
experiments_class(const struct request *req)
{
	struct str class = str_init(req->arena);

	for (size_t i = 0; req->trials != NULL && i < req->trials->count; i++) {
		const struct experiment *trial = &req->trials->trials[i];
		if (runs(trial, req->viewer.now))
			str_printf(&class, " %lld%c", (long long)trial->id, experiment_letter(trial, req->bucket));
	}
	return class.bytes;
}

int64_t
experiments_last_end(const struct request *req)
{
	int64_t last = req->trials == NULL ? 0 : req->trials->last_end;

	for (size_t i = 0; req->trials != NULL && i < req->trials->count; i++)
		if (!runs(&req->trials->trials[i], req->viewer.now) && req->trials->trials[i].ends > last)
			last = req->trials->trials[i].ends;
	return last;
}
