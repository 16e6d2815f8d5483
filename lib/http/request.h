/*
 * One request, as a handler sees it: who asks (viewer), what was asked (route
 * texts, field values), and what will be answered (page or body, headers).
 * All of it lives in the request's arena.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/conf.h"
#include "core/field.h"
#include "core/status.h"
#include "page/doc.h"
#include "page/theme.h"
#include "store/change.h"
#include "store/db.h"
#include "store/setting.h"
#include "store/viewer.h"

enum { ROUTE_TEXTS_MAX = 4 };

struct request {
	struct arena *arena;
	struct db *db;
	const struct conf *conf;
	struct theme *theme;
	const struct setting_values *settings;
	const struct route *route;

	/* what was asked */
	const char *method;       /* GET, HEAD, POST or another word */
	const char *path;         /* below the base path and the language prefix, decoded: "/blog/x" */
	const char *prefix;       /* "", "/en" or "/zh": the language that the address names */
	const char *texts[ROUTE_TEXTS_MAX]; /* what stood at the route's :names */
	struct field_values *fields;
	const char *accept_language; /* en or zh as the web server reduced it, or "" */
	const char *if_none_match, *if_modified_since; /* or NULL */
	struct viewer viewer;
	struct change change;

	/* what is answered */
	struct page *page;        /* filled by handlers that answer a page */
	const char *body;         /* or a finished body, with its type */
	size_t body_length;
	const char *content_type;
	const char *location;     /* for MOVED and SEE_OTHER: an absolute address made by request_url() */
	const char *lang;         /* of the answer */
	bool no_store;            /* never cached, whoever asks */
	int retry_after;          /* seconds, for BUSY and TOO_MANY */
};

/* The text at the route's nth :name, from 0. */
const char *route_text(const struct request *req, size_t nth);

/* The value of a declared field, or NULL; see field_value(). */
const char *request_field(const struct request *req, const char *name);

/* A setting in the answer's language. */
const char *request_setting(const struct request *req, const char *name);

/*
 * Says in which language the answer is and makes req->page for it. Then
 * decides, before anything is rendered, whether the reader's copy is current:
 * NOT_MODIFIED, to be passed on with TRY().
 */
enum status request_page(struct request *req, const char *lang, const char *name);

/* The same decision for an answer that is no page. */
enum status request_fresh(struct request *req, const char *lang);

/* "/zh" + path with base path, and the absolute form. */
char *request_path(const struct request *req, const char *path);
char *request_url(const struct request *req, const char *path);

/* Redirects: set the location and return MOVED or SEE_OTHER. The path is local. */
enum status request_moved(struct request *req, const char *path);

#endif
