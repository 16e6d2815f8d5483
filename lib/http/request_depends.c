/* What else a response depends on, declared in request.h. */
#include <stdlib.h>

#include "http/worker.h"
#include "store/comment/comment_thread.h"

enum status
dependency_read(struct request *req, struct dependency *dependency)
{
	struct thread thread;

	switch (dependency->on) {
	case DEPENDS_THREAD:
		TRY(thread_read(req->db, dependency->id, &thread));
		dependency->version = thread.version;
		dependency->changed = thread.changed;
		return OK;
	case DEPENDS_COMMENTS:
		dependency->version = req->change.comments;
		dependency->changed = req->change.comments_changed;
		return OK;
	case DEPENDS_STEPS:
		dependency->version = req->change.steps;
		dependency->changed = req->change.steps_changed;
		return OK;
	case DEPENDS_TIME:
		dependency->version = dependency->id != 0 && req->viewer.now >= dependency->id;
		dependency->changed = dependency->version ? dependency->id : 0;
		return OK;
	}
	abort(); /* an unknown kind */
}

enum status
request_depends(struct request *req, enum depends on, int64_t id)
{
	struct dependency dependency = { .on = on, .id = id };

	if (req->depends_count == REQUEST_DEPENDS_MAX)
		abort(); /* raise the limit */
	TRY(dependency_read(req, &dependency));
	req->depends[req->depends_count++] = dependency;
	return OK;
}
