/* The functions of the importer by the file that defines them. Private to the import_*.c files. */
#ifndef TASK_IMPORT_INTERNAL_H
#define TASK_IMPORT_INTERNAL_H

#include <sys/stat.h>

#include "task/import/import.h"

/* --- import_open.c ------------------------------------------------------------ */

/*
 * Opens something below the folder by its path there; "" is the folder itself. Symbolic links below the folder are not
 * followed. Returns a descriptor, or -1 with errno. The importer opens all its input with this function.
 */
int import_open(const struct import *import, const char *path, enum import_open_kind kind);

/* Like lstat() for a path below the folder. False when there is nothing. */
bool import_stat(const struct import *import, const char *path, struct stat *ret_found);

/* --- import_scan.c ------------------------------------------------------------ */

/* Fills layout, files and others. NOT_FOUND when the folder cannot be read, which was reported. */
enum status import_scan(struct import *import);

/*
 * Resolves a path such as "a/b/../c". It is relative to a folder of the import, or to the import's own folder if it
 * begins with a slash. NULL when it leads out of the import's folder. In the arena.
 */
const char *import_clean_path(struct arena *arena, const char *folder, const char *path);

/* Reports a file or folder that is left out and why. It does not count as refused. */
void import_leave_out(struct import *import, const char *path, const char *words);

/* --- import_name.c ------------------------------------------------------------- */

/* True for a file name with a suffix of Markdown. */
bool import_is_markdown(const char *name);

/* Why a file that may contain a text by the author is not read; NULL for any other file. */
const char *import_unread(const char *name);

/*
 * True for a folder that a generator, a package manager or a theme fills. depth is 0 directly in the folder of the
 * import.
 */
bool import_is_foreign(enum layout layout, const char *name, int depth);

/* Describes the Markdown file at a path, as far as its path and stat() data tell. */
struct import_file *import_describe(struct import *import, const char *path, const struct stat *found);

/* "en" or "zh" for a language tag such as zh-CN; NULL for any other language. */
const char *import_language(const char *tag);

/* --- import_read.c ---------------------------------------------------------- */

/* The contents of a Markdown file. */
struct import_text {
	struct frontmatter front;
	const char *digest;     /* of the file's bytes */
	const char *title;
	const char *body;       /* without the heading that became the title */
	int body_line;          /* line number of its start in the file */
	int64_t cleaned;        /* number of characters that core/text.h replaced */
	int cleaned_line;       /* of the first of them */
	const struct data_node_problem *unclear; /* why the front matter cannot be parsed; the whole file is then body. Or NULL */
	int open_comment;       /* the line of a private comment without an end, or 0 */
	const char *part;       /* the mark of a restricted part, or NULL */
	int part_line;
};

/*
 * Reads a file, checks its text (core/text.h), splits off the front matter, removes private comments, and finds the
 * title. INVALID with *ret_problem: line (0: the whole file) and reason. What convert_text() could not convert is added
 * to warnings, which may be NULL.
 */
enum status import_read(const struct import *import, const struct import_file *file, struct arena *arena,
	struct conversion_warnings *warnings, struct import_text *ret_source, struct data_node_problem *ret_problem);

/*
 * Reads the bytes of a file below the folder into the arena. INVALID with *ret_problem, also when there are more than
 * most bytes.
 */
enum status import_bytes(const struct import *import, const char *path, struct arena *arena, int64_t most, char **ret_bytes,
	size_t *ret_length, struct data_node_problem *ret_problem);

/* --- import_title.c ----------------------------------------------------------- */

/*
 * The plain text of a body's first heading; NULL when there is none. If a title is given, only a heading with the same
 * text at the very start counts. *ret_body is the body without that heading, *ret_lines how many lines later it begins.
 */
const char *import_take_title(struct arena *arena, const char *body, const char *title, const char **ret_body,
	int *ret_lines);

/* --- import_values.c ---------------------------------------------------------- */

/* The values of the front matter, checked. */
struct import_values {
	const char *slug, *address, *lang, *kind, *summary, *author, *cover, *cover_alt, *recording;
	const char *translation_of, *translation_key;
	const char **aliases, **tags;
	size_t alias_count, tag_count;
	int64_t published, updated; /* Unix seconds; 0: not given */
	int cover_line, recording_line;
	bool has_kind, featured, is_video;
	const char *comment_access; /* or NULL: not said */
	struct visibility visibility; /* who could see it; see also import_defaults_apply() */
	const char *canonical_url; /* canonical URL, or NULL */
};

/*
 * Reads the values. Each text in *ret_values is one checked line. A value that cannot be understood is ignored; if it
 * may have restricted access, the text is not public. Unknown keys and values are added to warnings, which may be NULL.
 */
void import_values(struct arena *arena, const struct frontmatter *front, enum layout layout, int64_t now, const char *path,
	struct conversion_warnings *warnings, struct import_values *ret_values);

/* --- import_pages.c ------------------------------------------------------------- */

/* Registers all names that the page may have had in its own system. address is the one in its front matter, or NULL. */
void import_name_page(struct import *import, struct import_file *file, const struct import_values *values, const char *address);

/* The planned page with this name, preferably in this language, or NULL. See import_file.page. */
struct import_file *import_page(const struct import *import, const char *lang, const char *page);

/* --- import_plan.c ------------------------------------------------------------ */

/* Sets the planned members of each file. A status other than OK comes from the database. */
enum status import_plan(struct import *import);

/*
 * Reports that a file was refused, with the line and the reason, once for each file. For files that are not texts or have no
 * struct import_file, use import_refuse_path().
 */
void import_refuse(struct import *import, struct import_file *file, const struct data_node_problem *problem);
void import_refuse_path(struct import *import, const char *path, const char *words, const char *about);

/* --- import_visibility.c ----------------------------------------------------------------- */

/*
 * Adds to values->visibility what the folder, the file name or unreadable front matter say. Removes marks from the body
 * that would make its beginning public.
 */
void import_visibility_read(const struct import *import, const struct import_file *file, struct arena *arena, struct import_text *source,
	struct import_values *values);

/* Adds warnings that say who may not see a post and why, as far as this applies to the saved post. */
void import_note_visibility(struct import *import, const struct import_file *file, const struct visibility *visibility,
	const struct post *post);

/* --- import_defaults.c -------------------------------------------------------- */

/* Reads configuration and data files of the folder that apply to many texts. */
void import_defaults_read(struct import *import);

/*
 * Adds the settings of a text for everything below its folder (Hugo's cascade). The nodes must live as long as the
 * import.
 */
void import_defaults_add(struct import *import, const char *folder, const struct data_node *values, const char *path);

/* True when a path belongs to a Zola site. */
bool import_is_zola(const struct import *import, const char *path);

/* Adds a Zola section that is a draft, which makes everything below its folder a draft. */
void import_defaults_add_draft(struct import *import, const char *folder, int line, const char *path);

/* Adds to visibility everything that applies to the file. */
void import_defaults_apply(const struct import *import, const struct import_file *file, struct arena *arena, struct visibility *visibility);

/* --- import_exclude.c --------------------------------------------------------- */

/*
 * Adds a pattern of files that are not part of the site in the folder root. root and origin must live as long as the
 * import. is_anywhere: Git's rules, so at any depth and with "!"; otherwise relative to root.
 */
void import_exclude(struct import *import, const char *root, const char *written, bool is_anywhere, const char *source);

/*
 * The same for a POSIX extended regular expression, matched against the path from root with a slash before it. False
 * when it is not accepted.
 */
bool import_exclude_expression(struct import *import, const char *root, const char *written, const char *source);

/* Frees what is not in the arena. */
void import_exclude_end(struct import *import);

/* The pattern that excludes a file, and where it was found, for the report; NULL when there is none. */
const char *import_excluded(const struct import *import, struct arena *arena, const char *path);

/* --- import_parts.c ------------------------------------------------------------- */

/*
 * The mark of the first part of a body that not everybody could read; *ret_line is its line, counted from line. NULL
 * when there is none.
 */
const char *import_find_part(struct arena *arena, const char *body, int line, int *ret_line);

/* --- import_articles.c --------------------------------------------------------- */

/* After all files are read: decides which of them are not articles, and which have no date although others do. */
void import_articles(struct import *import);

/* --- import_links.c ----------------------------------------------------------- */

/* The addresses in a text and their targets. */
struct import_links {
	struct post_link *links;
	struct media **media; /* for each link its media file, or NULL */
	size_t count, room;
};

/*
 * Finds the targets of the addresses in a body and stores the files that they refer to. Addresses without a target are
 * added to the warnings. TOO_LARGE when the text exceeds a limit of the renderer.
 */
enum status import_links(struct import *import, const struct import_file *file, struct arena *arena,
	const char *body, int body_line, struct import_links *ret_links, struct data_node_problem *ret_problem);

/* Notes the files to which a text refers that is not imported in this run. */
void import_note_names(struct import *import, const struct import_file *file);

/* --- import_address.c ----------------------------------------------------------- */

/* False for "mailto:x", "https://x", "//host/x" and "#part", which do not refer to a file of the folder. */
bool import_address_is_local(const char *address);

/* The decoded path of an address; NULL when it contains characters that no path may contain. */
char *import_address_path(struct arena *arena, const char *address);

/* The text with this path, which may lack its suffix or its index file; NULL when there is none. */
struct import_file *import_address_file(const struct import *import, const struct import_file *file, struct arena *arena, const char *path);

/* The page with this former address: below a root, or relative to the own address of file. NULL when there is none. */
struct import_file *import_address_page(const struct import *import, const struct import_file *file, struct arena *arena, const char *path);

/* The path of the other file below the folder to which an address refers; NULL when there is none. */
const char *import_address_other(const struct import *import, const struct import_file *file, struct arena *arena, const char *path);

/* --- import_media.c -------------------------------------------------------------- */

/*
 * The file of an address, stored as media. *ret_media is NULL, with a warning, when there is no such file (missing is
 * the text of that warning) or its type is not supported. FAULT or FULL when it cannot be stored.
 */
enum status import_media(struct import *import, const struct import_file *file, struct arena *arena,
	const char *address, int line, const char *missing, struct media **ret_media);

/* --- import_post.c ------------------------------------------------------------ */

/* A post that is ready to be saved. */
struct import_post {
	struct import_file *file;
	struct import_text source;
	struct post_save save;
	struct import_links links;
	struct media *cover, *recording;
	const char **aliases;
	size_t alias_count;
	bool unpublishes; /* keep its text; only store save.source_digest and unpublish it */
};

/* --- import_update.c ------------------------------------------------------------ */

/*
 * Compares a post with what an earlier import stored, and copies what the site decides: id, work, revision, and who may
 * see it. Sets save.source_digest. is_hidden: the file or something else says that it is not public.
 *
 * What the file said about visibility is stored after its digest. State, access and time are compared separately. If
 * the file says the same as at the last import, the site's value stays. If only the file has changed, its value is
 * used. If both have changed, or the file's earlier value is unknown, the stricter value is used. A post in the trash
 * stays there. With --force the file's value is used wherever it is stricter.
 */
enum status import_compare(struct import *import, struct import_file *file, struct arena *arena, bool is_hidden, struct import_post *post,
	enum import_outcome *ret_outcome);

/*
 * Reads, resolves and renders one file. This is slow, so call it outside any transaction. A status other than OK ends
 * the import.
 */
enum status import_prepare(struct import *import, struct import_file *file, struct arena *arena,
	struct import_post *ret_post, enum import_outcome *ret_outcome);

/* Saves it, inside a write transaction. */
enum status import_save(struct import *import, struct arena *arena, struct import_post *post);

#endif
