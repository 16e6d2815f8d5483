#include "http/sendfile.h"

#include <string.h>

#include "core/log.h"
#include "core/str.h"
#include "http/request.h"
#include "store/job/export_job.h"
#include "store/job/backup_job.h"

enum way { NO_WAY, BY_ADDRESS, BY_PATH };

static enum way
way_of(const struct request *req)
{
	return str_equal(req->send_method, "x-accel-redirect") ? BY_ADDRESS : str_equal(req->send_method, "x-sendfile") ? BY_PATH : NO_WAY;
}

bool
request_can_send(const struct request *req)
{
	return way_of(req) != NO_WAY;
}

/* The internal address of a folder. */
static const char *
address_of(enum send_folder folder)
{
	switch (folder) {
	case SEND_MEDIA: return "renown-media";
	case SEND_EXPORT: return "renown-export";
	case SEND_BACKUP: return "renown-backup";
	}
	return NULL;
}

static const char *
place_of(const struct request *req, enum send_folder folder)
{
	switch (folder) {
	case SEND_MEDIA: return req->conf->media;
	case SEND_EXPORT: return arena_printf(req->arena, "%s/" EXPORT_FOLDER, req->conf->folder);
	case SEND_BACKUP: return arena_printf(req->arena, "%s/" BACKUP_FOLDER, req->conf->folder);
	}
	return NULL;
}

/* Whether a path is safe in a URL, on disk and in a header, and stays below its folder. */
static bool
is_plain(const char *path)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";

	return *path != '\0' && *path != '/' && *path != '.' && path[strspn(path, plain)] == '\0' && strstr(path, "/.") == NULL &&
		strstr(path, "//") == NULL;
}

/* An operator may choose any folder name, but a header cannot contain every character. */
static bool
fits_header(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < 0x20 || *text > 0x7e)
			return false;
	return true;
}

static enum status
refuse(const char *path, const char *why)
{
	log_line(LOG_ERROR, "web-server", "%s cannot be sent: %s", path, why);
	return FAULT;
}

enum status
request_send_file(struct request *req, enum send_folder folder, const char *path, const char *type, const char *name)
{
	struct sending sending = { .name = name };

	if (!is_plain(path))
		return refuse(path, "the path has characters that are not allowed");
	switch (way_of(req)) {
	case BY_ADDRESS:
		sending.header = "X-Accel-Redirect";
		sending.value = arena_printf(req->arena, "%s/%s/%s", req->conf->base_path, address_of(folder), path);
		break;
	case BY_PATH:
		sending.header = "X-Sendfile";
		sending.value = arena_printf(req->arena, "%s/%s", place_of(req, folder), path);
		break;
	case NO_WAY:
		return refuse(path, "RENOWN_SEND is not set: use the shipped configuration; Apache needs its module xsendfile");
	}
	if (!fits_header(sending.value))
		return refuse(path, "the name of its folder has characters that a header cannot hold");
	req->sending = sending;
	req->content_type = type;
	return OK;
}
