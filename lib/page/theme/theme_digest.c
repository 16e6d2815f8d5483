#include "page/theme/theme_digest.h"

#include "core/str.h"
#include "core/token.h"

enum status
theme_digest(struct arena *arena, const char *folder, const char *default_folder, enum dir_digest_of of, const char **ret_digest)
{
	struct digest *digest = digest_new(arena);

	TRY(dir_digest(arena, digest, default_folder, of));
	if (!str_equal(folder, default_folder))
		TRY(dir_digest(arena, digest, folder, of));
	*ret_digest = arena_bytes(arena, digest_end(arena, digest), THEME_DIGEST_LENGTH);
	return OK;
}
