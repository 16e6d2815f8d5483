/*
 * Exports everything that a user wrote: an archive of Markdown files with front matter, and the files that they use.
 * `renown import markdown` reads it back. Used by `renown export` and by the job that an author requests.
 *
 * Each post is posts/SLUG/index.md. Addresses in a text stay as typed, so files are stored where these addresses lead.
 * A post whose addresses begin with "../" is therefore put as many folders deeper. Memory is limited by the longest
 * text.
 */
#ifndef TASK_EXPORT_H
#define TASK_EXPORT_H

#include <stdint.h>

#include "core/conf.h"
#include "store/db/db.h"
#include "store/job/export_job.h"
#include "store/post/post.h"

/*
 * Writes a pax archive, compressed with gzip, to an open file. *ret_posts is the number of posts. On failure
 * *ret_problem is a reason, and the file is incomplete.
 */
enum status export_write(struct db *db, const struct conf *conf, int64_t user_id, int fd, int64_t *ret_posts,
	const char **ret_problem);

/*
 * export_frontmatter.c: writes the front matter: "---", keys and values in YAML, "---". key: the translation key of the
 * post, or "". In the arena.
 */
struct export_files {
	const char *cover, *recording; /* paths in the archive, or NULL */
};
char *export_frontmatter(struct arena *arena, const struct post *post, const char *key, const struct export_job_slug *former, size_t former_count,
	const struct export_files *files);

/*
 * export_path.c: the path in the archive to which an address in a text leads, when the text is in folder. NULL when it
 * would be outside the archive. export_depth() is how many folders deeper a text must be put for its addresses, at most
 * 20.
 */
int export_depth(const struct post_link *links, size_t count);
char *export_path(struct arena *arena, const char *folder, const char *address);

#endif
