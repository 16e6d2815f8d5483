/*
 * Everything that somebody wrote, as an archive of Markdown files with front matter and the files they use: what
 * `renown import markdown` reads back. Used by `renown export` and by the job that the desk asks for.
 *
 * Each post is posts/SLUG/index.md. The addresses in a text stay as they were typed: what they mean lies where they lead, so a post
 * whose addresses begin with "../" lies as many folders deeper. Memory is bounded by the longest text.
 */
#ifndef TASK_EXPORT_H
#define TASK_EXPORT_H

#include <stdint.h>

#include "core/conf.h"
#include "store/db/db.h"
#include "store/job/export_job.h"
#include "store/post/post.h"

/* Writes a pax archive, compressed with gzip, to an open file. On failure *ret_problem is a clause; the file then holds half. */
enum status export_write(struct db *db, const struct conf *conf, int64_t user_id, int fd, int64_t *ret_posts,
	const char **ret_problem);

/* export_frontmatter.c: the lines "---", keys and values in YAML, "---". key: what its translations share, or "". */
struct export_files {
	const char *cover, *recording; /* paths in the archive, or NULL */
};
char *export_frontmatter(struct arena *arena, const struct post *post, const char *key, const struct export_job_slug *former, size_t former_count,
	const struct export_files *files);

/* export_path.c: where a file must lie so that an address in a text leads to it, below that text's folder; NULL: nowhere. */
int export_depth(const struct post_link *links, size_t count);
char *export_path(struct arena *arena, const char *folder, const char *address);

#endif
