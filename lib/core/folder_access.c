#include "core/folder_access.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

const char *
folder_access_denied(struct arena *arena, const char *path)
{
	for (const char *slash = path; (slash = strchr(slash + 1, '/')) != NULL;) {
		const char *folder = arena_bytes(arena, path, (size_t)(slash - path));

		if (faccessat(AT_FDCWD, folder, X_OK, AT_EACCESS) != 0)
			return errno == EACCES ? folder : NULL;
	}
	return NULL;
}

const char *
folder_access_user(struct arena *arena)
{
	const struct passwd *user = getpwuid(geteuid());

	return user == NULL ? arena_printf(arena, "%u", (unsigned)geteuid()) : arena_dup(arena, user->pw_name);
}

const char *
folder_access_message(struct arena *arena, const char *path)
{
	const char *folder = folder_access_denied(arena, path);

	if (folder == NULL)
		return NULL;
	return arena_printf(arena, "the folder %s is closed to the user %s: let that user enter it (chmod o+x %s), or use another folder",
		folder, folder_access_user(arena), folder);
}
