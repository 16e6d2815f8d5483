#include "http/experiments.h"

#include "core/str.h"

enum status
experiments_read(struct db *db, struct arena *arena, int64_t now, struct experiments *ret_experiments)
{
	return experiment_running(db, arena, now, &ret_experiments->experiments, &ret_experiments->count, &ret_experiments->last_end);
}

/* A test that was running when it was read may have ended since. */
static bool
runs(const struct experiment *experiment, int64_t now)
{
	return experiment->ends > now;
}

const struct experiment *
experiments_find(const struct request *req, int64_t post_id)
{
	for (size_t i = 0; req->experiments != NULL && i < req->experiments->count; i++)
		if (req->experiments->experiments[i].post_id == post_id && runs(&req->experiments->experiments[i], req->viewer.now))
			return &req->experiments->experiments[i];
	return NULL;
}

char
experiments_apply(const struct request *req, struct post *post)
{
	const struct experiment *experiment = experiments_find(req, post->id);
	char letter = experiment == NULL ? 'A' : experiment_letter(experiment, req->bucket);

	if (letter != 'A')
		experiment_apply(experiment, letter, post);
	return letter;
}

void
experiments_apply_all(const struct request *req, struct post *posts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		(void)experiments_apply(req, &posts[i]);
}

const char *
experiments_class(const struct request *req)
{
	struct str class = str_init(req->arena);

	for (size_t i = 0; req->experiments != NULL && i < req->experiments->count; i++) {
		const struct experiment *experiment = &req->experiments->experiments[i];
		if (runs(experiment, req->viewer.now))
			str_printf(&class, " %lld%c", (long long)experiment->id, experiment_letter(experiment, req->bucket));
	}
	return class.bytes;
}

int64_t
experiments_last_end(const struct request *req)
{
	int64_t last = req->experiments == NULL ? 0 : req->experiments->last_end;

	for (size_t i = 0; req->experiments != NULL && i < req->experiments->count; i++)
		if (!runs(&req->experiments->experiments[i], req->viewer.now) && req->experiments->experiments[i].ends > last)
			last = req->experiments->experiments[i].ends;
	return last;
}
