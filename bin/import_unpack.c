#include "import_unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive_names.h"
#include "core/str.h"
#include "core/text.h"
#include "import.h"
#include "page/lang.h"

enum { CHUNK = 64 * 1024, PATH_MOST = 1000, PART_MOST = 255, FOLDERS_AT_ONCE = 16 };

struct unpacking {
	struct arena *arena;     /* reset between files */
	struct archive *archive;
	const char *root;        /* the folder that is being filled */
	int64_t bytes;
	int files;
	struct node_problem *problem;
};

static enum status
refuse(struct unpacking *unpacking, const char *words, const char *about)
{
	*unpacking->problem = (struct node_problem){ .words = words, .about = about };
	return INVALID;
}

bool
unpack_is_archive(const char *name)
{
	static const char *const endings[] = { ".zip", ".tar.gz", ".tgz", ".tar", NULL };
	size_t length = strlen(name);

	for (size_t i = 0; endings[i] != NULL; i++)
		if (length > strlen(endings[i]) && strcasecmp(name + length - strlen(endings[i]), endings[i]) == 0)
			return true;
	return false;
}

const char *
unpack_folder(struct arena *arena, const char *folder, const char *name)
{
	return arena_printf(arena, "%s/%s.files", folder, name);
}

/* --- removing ------------------------------------------------------------------------ */

static int
remove_one(const char *path, const struct stat *found, int type, struct FTW *place)
{
	(void)found;
	(void)type;
	(void)place;
	(void)remove(path);
	return 0;
}

void
unpack_remove(const char *path)
{
	(void)nftw(path, remove_one, FOLDERS_AT_ONCE, FTW_DEPTH | FTW_PHYS);
}

/* --- one file ------------------------------------------------------------------------- */

static enum status
failed(void)
{
	return status_of_errno(errno);
}

/* The path below the root, without what leads elsewhere; NULL when it is none that may be. */
static const char *
place_of(struct unpacking *unpacking, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry), *clean;
	char *accepted;

	if (name == NULL)
		name = archive_entry_pathname(entry);
	if (name == NULL || strlen(name) > PATH_MOST || !text_keeps_all(name, strlen(name), TEXT_LINE)
		|| !text_accept(unpacking->arena, name, strlen(name), TEXT_LINE, &accepted))
		return NULL;
	clean = import_clean_path(unpacking->arena, "", accepted);
	if (str_empty(clean))
		return NULL;
	for (const char *part = clean; *part != '\0'; part += strspn(part, "/")) {
		size_t length = strcspn(part, "/");
		if (length > PART_MOST)
			return NULL;
		part += length;
	}
	return clean;
}

/* The folders on the way to a file. None of them can be a link: only this makes anything here. */
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
			return refuse(unpacking, N_("it holds more than 5,000 files or 1 GiB; send it in parts"), NULL);
		for (la_ssize_t done = 0, put; done < got; done += put) {
			put = write(fd, chunk + done, (size_t)(got - done));
			if (put < 0)
				return failed();
		}
	}
	if (got < 0)
		return refuse(unpacking, N_("it is damaged, or no archive at all"), NULL);
	return OK;
}

static enum status
take_file(struct unpacking *unpacking, struct archive_entry *entry)
{
	const char *place = place_of(unpacking, entry);
	enum status status;
	char *path;
	int fd;

	if (++unpacking->files > UNPACK_FILES)
		return refuse(unpacking, N_("it holds more than 5,000 files or 1 GiB; send it in parts"), NULL);
	if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != NULL || place == NULL)
		return OK;
	path = arena_printf(unpacking->arena, "%s/%s", unpacking->root, place);
	status = need_folders(unpacking, path);
	/* Of two files of one name, the first; a file where a folder should be is as little of use. */
	fd = status != OK ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST || errno == ENOTDIR || errno == ENAMETOOLONG ? OK : failed();
	status = copy_bytes(unpacking, fd);
	(void)close(fd);
	return status;
}

/* --- all of it ------------------------------------------------------------------------ */

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
		return refuse(unpacking, N_("it is damaged, or no archive at all"), NULL);
	/* A warning is about a name in another encoding, which place_of() looks at. */
	while (status == OK && (code = archive_read_next_header(archive, &entry)) != ARCHIVE_EOF) {
		if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
			return refuse(unpacking, N_("it is damaged, or no archive at all"), NULL);
		status = take_file(unpacking, entry);
		arena_reset(unpacking->arena);
	}
	return status;
}

enum status
unpack(struct arena *arena, const char *folder, const char *name, struct node_problem *ret_problem)
{
	const char *target = unpack_folder(arena, folder, name), *draft = arena_printf(arena, "%s/.unpacking", folder);
	struct unpacking unpacking = { .root = draft, .problem = ret_problem };
	struct archive_names names;
	enum status status;

	if (access(target, F_OK) == 0)
		return OK;
	unpack_remove(draft);
	if (mkdir(draft, 0700) != 0)
		return failed();
	unpacking.arena = arena_new();
	names = archive_names_begin();
	unpacking.archive = archive_read_new();
	status = unpacking.archive == NULL ? FAULT : take_all(&unpacking, arena_printf(arena, "%s/%s", folder, name));
	(void)archive_read_free(unpacking.archive);
	archive_names_end(&names);
	arena_free(unpacking.arena);
	if (status == OK && rename(draft, target) != 0)
		status = failed();
	if (status != OK)
		unpack_remove(draft);
	return status;
}
