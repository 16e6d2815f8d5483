#include "task/import/import_unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "task/archive/archive_locale.h"
#include "core/folder_remove.h"
#include "core/map.h"
#include "core/str.h"
#include "core/text.h"
#include "task/import/import_internal.h"
#include "page/lang/lang.h"

enum { CHUNK = 64 * 1024, PATH_LENGTH_MAX = 1000, PART_MAX = 255, NAME_SHOWN = 200 };

struct unpacking {
	struct arena *arena;     /* reset between files */
	struct archive *archive;
	const char *name;        /* of the archive, for the report */
	const char *root;        /* the folder to fill; NULL: already filled, only report what is left out */
	const struct import_unpack_listener *listener;
	struct arena *names;     /* freed when the archive is closed */
	struct map *seen;        /* paths of the files so far */
	int64_t bytes;
	int files;
	struct data_node_problem *problem;
};

static enum status
refuse(struct unpacking *unpacking, const char *words, const char *about)
{
	*unpacking->problem = (struct data_node_problem){ .words = words, .about = about };
	return INVALID;
}

bool
import_unpack_is_archive(const char *name)
{
	static const char *const endings[] = { ".zip", ".tar.gz", ".tgz", ".tar", NULL };
	size_t length = strlen(name);

	for (size_t i = 0; endings[i] != NULL; i++)
		if (length > strlen(endings[i]) && strcasecmp(name + length - strlen(endings[i]), endings[i]) == 0)
			return true;
	return false;
}

const char *
import_unpack_folder(struct arena *arena, const char *folder, const char *name)
{
	return arena_printf(arena, "%s/%s.files", folder, name);
}

/* --- one file ------------------------------------------------------------------------- */

static enum status
failed(void)
{
	return status_of_errno(errno);
}

/* Reports an entry that is left out. Its name may contain any bytes. */
static void
leave_out(struct unpacking *unpacking, const char *name, const char *words)
{
	const struct data_node_problem problem = { .words = words };
	const char *shown = text_shorten(unpacking->arena, text_clean(unpacking->arena, name, strlen(name), TEXT_LINE), NAME_SHOWN);

	if (unpacking->listener->left_out != NULL)
		unpacking->listener->left_out(unpacking->listener->context, arena_printf(unpacking->arena, "%s: %s", unpacking->name, shown), &problem);
}

/* The name of an entry as UTF-8; NULL when it is not valid text. */
static const char *
name_of(struct unpacking *unpacking, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry), *raw = archive_entry_pathname(entry);
	char *accepted;

	if (name == NULL)
		name = raw;
	if (name != NULL && !text_accept(unpacking->arena, name, strlen(name), TEXT_LINE, &accepted))
		name = archive_name_read(unpacking->arena, raw != NULL ? raw : name);
	/* A name is used unchanged or not at all, because a cleaned name may be that of another file. */
	if (name == NULL || !text_keeps_all(name, strlen(name), TEXT_LINE) || !text_accept(unpacking->arena, name, strlen(name), TEXT_LINE, &accepted))
		return NULL;
	return accepted;
}

/* The path of an entry below the root. NULL when it is not allowed, which was reported. */
static const char *
place_of(struct unpacking *unpacking, struct archive_entry *entry)
{
	const char *raw = archive_entry_pathname(entry), *name = name_of(unpacking, entry), *clean;

	if (name == NULL) {
		leave_out(unpacking, raw == NULL ? "?" : raw, N_("the file name is not UTF-8; rename the file"));
		return NULL;
	}
	if (strlen(name) > PATH_LENGTH_MAX) {
		leave_out(unpacking, name, N_("its name is too long; rename the file"));
		return NULL;
	}
	clean = import_clean_path(unpacking->arena, "", name);
	if (str_empty(clean)) {
		leave_out(unpacking, name, N_("its name points outside the archive"));
		return NULL;
	}
	for (const char *part = clean; *part != '\0'; part += strspn(part, "/")) {
		size_t length = strcspn(part, "/");
		if (length > PART_MAX) {
			leave_out(unpacking, name, N_("its name is too long; rename the file"));
			return NULL;
		}
		part += length;
	}
	return clean;
}

/* The path of a file that is to be unpacked; NULL for anything else and for a second file with the same path. */
static const char *
choose_place(struct unpacking *unpacking, struct archive_entry *entry)
{
	const char *raw = archive_entry_pathname(entry), *place;

	if (archive_entry_hardlink(entry) != NULL || archive_entry_filetype(entry) == AE_IFLNK) {
		leave_out(unpacking, raw == NULL ? "?" : raw, N_("link, skipped"));
		return NULL;
	}
	if (archive_entry_filetype(entry) != AE_IFREG)
		return NULL;
	place = place_of(unpacking, entry);
	if (place != NULL && !map_put(unpacking->seen, arena_dup(unpacking->names, place), unpacking)) {
		leave_out(unpacking, place, N_("second file with the same name"));
		return NULL;
	}
	return place;
}

/* Creates the folders for a file. None of them can be a link, because only this function creates them. */
static enum status
need_folders(struct unpacking *unpacking, char *path)
{
	for (char *slash = strchr(path + strlen(unpacking->root) + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return failed();
		*slash = '/';
	}
	return OK;
}

static enum status
copy_bytes(struct unpacking *unpacking, int fd)
{
	char *chunk = arena_alloc(unpacking->arena, CHUNK);
	la_ssize_t got;

	while ((got = archive_read_data(unpacking->archive, chunk, CHUNK)) > 0) {
		unpacking->bytes += got;
		if (unpacking->bytes > UNPACK_BYTES)
			return refuse(unpacking, N_("contains more than 5,000 files or 1 GiB; import it in parts"), NULL);
		for (la_ssize_t done = 0, put; done < got; done += put) {
			put = write(fd, chunk + done, (size_t)(got - done));
			if (put < 0)
				return failed();
		}
	}
	if (got < 0)
		return refuse(unpacking, N_("the file is damaged or is not an archive"), NULL);
	return OK;
}

static enum status
take_file(struct unpacking *unpacking, struct archive_entry *entry)
{
	const char *place;
	enum status status;
	char *path;
	int fd;

	if (++unpacking->files > UNPACK_FILES)
		return refuse(unpacking, N_("contains more than 5,000 files or 1 GiB; import it in parts"), NULL);
	place = choose_place(unpacking, entry);
	if (place == NULL || unpacking->root == NULL)
		return OK;
	path = arena_printf(unpacking->arena, "%s/%s", unpacking->root, place);
	status = need_folders(unpacking, path);
	fd = status != OK ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EEXIST || errno == ENOTDIR || errno == EISDIR || errno == ENAMETOOLONG)) {
		leave_out(unpacking, place, N_("another entry of the archive has the name of its folder"));
		return OK;
	}
	if (fd < 0)
		return failed();
	status = copy_bytes(unpacking, fd);
	(void)close(fd);
	return status;
}

/* --- the whole archive ---------------------------------------------------------------- */

static enum status
take_all(struct unpacking *unpacking, const char *path)
{
	struct archive *archive = unpacking->archive;
	struct archive_entry *entry;
	enum status status = OK;
	int code;

	if (archive_read_support_format_tar(archive) != ARCHIVE_OK || archive_read_support_format_zip(archive) != ARCHIVE_OK ||
		archive_read_support_filter_gzip(archive) != ARCHIVE_OK)
		return FAULT;
	if (archive_read_open_filename(archive, path, CHUNK) != ARCHIVE_OK)
		return refuse(unpacking, N_("the file is damaged or is not an archive"), NULL);
	/* A warning means a name in another encoding, which place_of() handles. */
	while (status == OK && (code = archive_read_next_header(archive, &entry)) != ARCHIVE_EOF) {
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
			return refuse(unpacking, N_("the file is damaged or is not an archive"), NULL);
		status = take_file(unpacking, entry);
		arena_reset(unpacking->arena);
	}
	return status;
}

static enum status
open_and_take(struct unpacking *unpacking, const char *path)
{
	struct archive_locale names = archive_names_begin();
	enum status status;

	unpacking->arena = arena_new();
	unpacking->names = arena_new();
	unpacking->seen = map_new(unpacking->names);
	unpacking->archive = archive_read_new();
	status = unpacking->archive == NULL ? FAULT : take_all(unpacking, path);
	(void)archive_read_free(unpacking->archive);
	archive_names_end(&names);
	arena_free(unpacking->names);
	arena_free(unpacking->arena);
	return status;
}

enum status
import_unpack(struct arena *arena, const char *folder, const char *name, const struct import_unpack_listener *listener, struct data_node_problem *ret_problem)
{
	const char *target = import_unpack_folder(arena, folder, name), *draft = arena_printf(arena, "%s/.unpacking", folder);
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	struct unpacking unpacking = { .name = name, .listener = listener, .problem = ret_problem };
	enum status status;

	if (access(target, F_OK) == 0)
		return open_and_take(&unpacking, path);
	unpacking.root = draft;
	folder_remove(draft);
	if (mkdir(draft, 0700) != 0)
		return failed();
	status = open_and_take(&unpacking, path);
	if (status == OK && rename(draft, target) != 0)
		status = failed();
	if (status != OK)
		folder_remove(draft);
	return status;
}
