/* The cached responses of pages for reading, in each worker. */
#include "http/worker.h"

#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "core/str.h"
#include "http/response.h"

bool
worker_reads(const struct request *req)
{
	return req->route != NULL && req->route->reading && !req->no_store;
}

/* Each part with its length, so that no two lists of parts make the same key. */
static void
add_part(struct str *key, const char *part)
{
	if (part == NULL)
		str_add(key, "-,");
	else
		str_printf(key, "%zu:%s,", strlen(part), part);
}

/*
 * Everything that the bytes of a response depend on. The configuration with host and base path is that of the worker. What makes
 * the ETag is in the key, except the response's language, which follows from the address, the reader's language and the content.
 */
static const char *
key_of(const struct request *req)
{
	struct str key = str_init(req->arena);

	add_part(&key, response_state(req));
	add_part(&key, req->prefix);
	add_part(&key, req->path);
	add_part(&key, req->accept_language);
	for (const struct field *field = req->route->fields; field != NULL && field->name != NULL; field++)
		add_part(&key, request_field(req, field->name));
	return key.bytes;
}

static void
use(struct request *req, const struct cached_response *cached)
{
	req->cached = cached;
	req->etag = cached->etag;
	req->lang = cached->lang;
	req->content_type = cached->content_type;
	req->vary = cached->vary;
	req->event = cached->event;
	req->row = cached->row;
	memcpy(req->depends, cached->depends, sizeof(req->depends));
	req->depends_count = cached->depends_count;
	req->body = cached->bodies[RESPONSE_PLAIN].bytes;
	req->body_length = cached->bodies[RESPONSE_PLAIN].length;
}

/* Whether everything that the handler declared with request_depends() still has the version that the response was made from. */
static enum status
is_current(struct request *req, const struct cached_response *cached, bool *ret_current)
{
	*ret_current = true;
	for (size_t i = 0; *ret_current && i < cached->depends_count; i++) {
		struct dependency now = cached->depends[i];
		TRY(dependency_read(req, &now));
		*ret_current = now.version == cached->depends[i].version && now.changed == cached->depends[i].changed;
	}
	return OK;
}

/*
 * The verification mode of the tests: renders a cached response again and ends the worker when the two differ in any byte. A
 * handler that fails, such as in a test with a broken database, has rendered nothing to compare with.
 */
static void
verify(const struct request *req, const struct cached_response *cached)
{
	struct request fresh = *req, kept = *req;
	struct response expected, found;
	enum status status;

	fresh.cache_key = NULL;
	fresh.depends_count = 0;
	fresh.if_none_match = fresh.if_modified_since = NULL;
	status = fresh.route->handle(&fresh);
	if (status == FAULT || status == BUSY || status == BROKEN || status == FULL || status == READ_ONLY)
		return;
	response_build(&fresh, status, NULL, &expected);
	if (expected.status == FAULT)
		return;
	use(&kept, cached);
	response_build(&kept, OK, NULL, &found);
	if (expected.status == OK && !fresh.no_store && str_equal(expected.head, found.head) && expected.plain_length == found.plain_length &&
		memcmp(expected.plain, found.plain, found.plain_length) == 0)
		return;
	log_line(LOG_ERROR, "cache", "the cached response of %s%s differs from a new one", req->prefix, req->path);
	abort();
}

enum status
worker_answer_reading(struct worker *worker, struct request *req)
{
	const struct cached_response *cached;
	bool current = false;

	/* The database was put back from a backup, in the same file. It can count to the same number with other content. */
	if (req->change.counter < worker->cache_counter || req->change.comments < worker->cache_comments)
		response_cache_clear(worker->cache);
	worker->cache_counter = req->change.counter;
	worker->cache_comments = req->change.comments;
	req->cache_key = key_of(req);
	cached = response_cache_find(worker->cache, req->cache_key);
	if (cached != NULL)
		TRY(is_current(req, cached, &current));
	if (!current)
		return req->route->handle(req);
	if (worker->verifies)
		verify(req, cached);
	use(req, cached);
	return request_is_current(req) ? NOT_MODIFIED : OK;
}

void
worker_keep_response(struct worker *worker, const struct request *req, const struct response *reply)
{
	struct cached_response made = { .etag = req->etag, .lang = req->lang, .content_type = req->content_type, .vary = req->vary,
		.event = req->event, .row = req->row, .depends_count = req->depends_count };

	memcpy(made.depends, req->depends, sizeof(made.depends));
	/* A response to HEAD is not kept, to be simple. Without an ETag the handler never said that its response can be kept. */
	if (req->cache_key == NULL || req->etag == NULL || reply->status != OK || !worker_reads(req) || !str_equal(req->method, "GET") ||
		req->sending.header != NULL)
		return;
	if (req->cached == NULL) {
		made.bodies[RESPONSE_PLAIN].bytes = reply->plain;
		made.bodies[RESPONSE_PLAIN].length = reply->plain_length;
		response_cache_add(worker->cache, req->cache_key, &made);
	}
	if (reply->compressed && (req->cached == NULL || req->cached->bodies[RESPONSE_GZIP].bytes == NULL))
		response_cache_add_body(worker->cache, req->cache_key, RESPONSE_GZIP, reply->body, reply->body_length);
}
