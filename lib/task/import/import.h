/*
 * Imports a folder of Markdown files: Hugo, Jekyll, Hexo, Zola, Eleventy or plain files. `renown import` and uploads by
 * authors (job_import.c) share one importer. The caller follows its progress with a struct import_listener.
 *
 * - scan: lists every file below the folder, without following symbolic links
 * - plan: reads each text once, gives each a slug, and finds translations. All of this happens before the first write
 *   and in sorted order, so that an import that was interrupted and runs again has the same result.
 * - run: renders a batch of texts (at most 500, or 20 of an upload), saves it in one transaction, and continues with
 *   the next
 *
 * A text that is not public at its origin is not public here (visibility.h). A file that is not an article, or that has
 * no date among texts with dates, is not published as one (import_articles.c). An update never makes a post more public
 * than both the site and the file say (import_update.c).
 *
 * A post stores its source, "markdown:LABEL/path/below/the/folder.md", and a digest of everything that it was made
 * from. A second run updates what has changed and skips the rest. An upload has no permanent folder, so its source is
 * derived from the content of the file: the same file again is the same post and never changes it (struct import_target).
 */
#ifndef TASK_IMPORT_H
#define TASK_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "core/conf.h"
#include "core/map.h"
#include "task/frontmatter/frontmatter.h"
#include "task/convert/conversion_warnings.h"
#include "store/media/media.h"
#include "store/post/post.h"
#include "store/user/user.h"
#include "task/import/visibility.h"

/* Part of every source digest. Change it when the importer produces something else from the same file. */
#define IMPORT_VERSION "2"

/* The purpose of opening something below the folder. */
enum import_open_kind {
	IMPORT_OPEN_FOLDER = 1, /* to list it */
	IMPORT_OPEN_FILE,       /* to read a file; check its type with fstat() */
	IMPORT_OPEN_LOOK,       /* for fstat() only; opens a symbolic link itself, not its target */
};

struct import;
struct import_file;

/* The outcome of one file. */
enum import_outcome {
	IMPORT_READY = 1, /* will be saved when its transaction is committed */
	IMPORT_UNCHANGED, /* unchanged since an earlier import; for an upload: imported before, whatever it is now */
	IMPORT_EDITED,    /* edited on the site, so the post is not changed */
	IMPORT_UNPUBLISHED, /* the same, but the post is unpublished because its file is less public now */
	IMPORT_REFUSED,   /* already reported by refused() */
	IMPORT_LEFT_OUT,  /* not an article, or nothing to publish; see file->why_out */
};

/* Callbacks for progress and results. Warnings are reported by conversion_warnings_listen(). Each callback may be NULL. */
struct import_listener {
	void *context;
	/* Progress of a step such as "Reading": called first with 0, last with done equal to total. */
	void (*step)(void *context, const char *what, int64_t done, int64_t total);
	/* A file that is not imported, by its path below the folder; line 0: the whole file. */
	void (*refused)(void *context, const char *path, const struct data_node_problem *problem);
	/* A file that is not read, and why; NULL: the reason is among the warnings, as for texts that are left out. */
	void (*left_out)(void *context, const char *path, const struct data_node_problem *problem);
	/* The outcome for a text, once for each. */
	void (*decided)(void *context, const struct import_file *file, enum import_outcome outcome);
	/*
	 * Posts are saved: keeping() inside their transaction, kept() after it. If that fails, decided() is called again
	 * for its texts.
	 */
	enum status (*saving)(void *context);
	void (*saved)(void *context, bool well);
	/* Returns true to stop before the next batch. The run then ends with BUSY. */
	bool (*must_end)(void *context);
};

/* An upload by an author: only their own posts, with their rights, and never over existing posts. */
struct import_target {
	bool publish;              /* publish texts that are not drafts, at their date; else import all as drafts */
	int64_t quota;             /* of media, in MiB; 0: none */
	const struct map *processed; /* paths that an earlier run of the same import has saved or reported */
};

/* What to import, and how. */
struct import_options {
	const char *folder;   /* absolute, without symbolic links */
	/*
	 * Opens a path below the folder, "" for the folder itself (caller_open()). Returns a descriptor, or -1 with errno.
	 * NULL: open paths with this process's rights.
	 */
	int (*open)(void *caller, const char *path, enum import_open_kind kind);
	void *caller;
	const char *prefix;   /* such as "markdown:docs/", the start of post.source before the path */
	struct user author;   /* the author of texts that name none */
	bool force;           /* also update posts that were edited on the site */
	bool sample;          /* rows are marked as sample content */
	const char *scanned;  /* the folder below it that contains the texts; NULL: detect it */
	bool dry_run;         /* writes nothing */
	const struct import_target *target; /* or NULL */
	struct import_listener listener;
};

/* The system of the folder. Zola counts as Hugo; Eleventy and all others are LAYOUT_PLAIN. */
enum layout { LAYOUT_PLAIN, LAYOUT_HUGO, LAYOUT_JEKYLL, LAYOUT_HEXO };

/* One Markdown file, as planned. */
struct import_file {
	const char *path;      /* below the folder */
	const char *folder;    /* the part before the last slash, or "" */
	const char *name;      /* file name without suffix, language and date */
	const char *page;      /* path below the scanned folder without suffix: the page's name in its own system */
	const char *key;       /* page without the language of a folder; the same for all translations */
	const char *source;    /* as in post.source */
	const char *marked_lang; /* the language in its name or folder, or NULL */
	const char *hiding;    /* the folder or name that marks it as not public ("_drafts"), or NULL */
	bool is_numbered;      /* Notion added a number to its name */
	bool is_index;         /* index, _index or README: represents its folder */
	int64_t named_date;    /* from the file name or the original of a translation, or 0 */
	int64_t modified;      /* mtime */

	const char *slug, *lang, *kind, *title; /* planned */
	const char *wanted;    /* the slug that its front matter requests, or NULL */
	const char *translation_of, *translation_key; /* as in its front matter, or NULL */
	struct import_file *base; /* the original of a translation, or NULL */
	bool has_front;        /* has front matter */
	bool is_dated;         /* its front matter or name has a date */
	int64_t date;          /* that date, or 0 */
	bool is_hidden;        /* not public */
	bool is_chosen;        /* "publish: true" */
	bool has_kind;     /* its front matter says that it is an article, a page … */
	bool is_marked_public;   /* "draft: false" and the like */
	const char *why_draft; /* nothing says that it is public; or NULL. Used only for the first import */
	const char *why_page;  /* why it became a page, or NULL */
	const char *why_out;   /* why it is left out, or NULL */
	bool is_refused;              /* refused and reported */
	int64_t post_id, work_id; /* set when it is in the database */
	int64_t stored_id;     /* the post of an earlier import, or 0 */
	int64_t holder_id;     /* for an upload: the post that has the requested slug, or 0 */
};

struct import_path {
	struct import_path *next;
	const char *path;
};

/* The state of an import. */
struct import {
	struct db *db;
	const struct conf *conf;
	struct import_options options;
	struct arena *arena;      /* freed at the end of the import */
	int64_t now;              /* start of the import; later publish dates are in the future */
	enum layout layout;
	const char *scanned;      /* "content" for Hugo, "source" for Hexo, else "" */
	struct import_file **files; /* sorted by path after the scan; in the order of the run after the plan */
	size_t count, room;
	struct map *by_path;      /* path of a Markdown file -> struct import_file */
	struct map *by_page;      /* page, alias or address -> struct import_file */
	struct map *others;       /* paths of all other files */
	const char **other_paths; /* the same, unordered */
	size_t other_count, other_room;
	struct map *named;        /* those of them to which a text refers */
	struct map *media;        /* path -> struct media, when stored */
	struct map *authors;      /* name as written -> struct user, or the default author */
	struct map *by_source;    /* for an upload: source -> struct import_file */
	int64_t media_bytes;      /* stored since the last commit, so not counted by the quota yet */
	bool is_dated;            /* one of the files has a date */
	bool is_choosing;         /* one of the files has "publish: true" */
	struct map *defaults;     /* folder or file -> struct import_default, for it and all below it */
	struct import_pattern *patterns; /* patterns of excluded files, or NULL */
	struct import_path *eleventy_files; /* hidden configuration files of Eleventy */
	struct map *zola_folders;        /* folders with the texts of Zola sites */
	struct conversion_warnings *warnings;
	int64_t added, updated, unchanged, edited, empty, left_out, refused;
};

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
struct stat;
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
 * to losses, which may be NULL.
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
	bool has_kind, featured, is_video, comments_closed;
	struct visibility visibility; /* who could see it; see also import_defaults_apply() */
	const char *canonical_url; /* canonical URL, or NULL */
};

/*
 * Reads the values. Each text in *ret_values is one checked line. A value that cannot be understood is ignored; if it
 * may have restricted access, the text is not public. Unknown keys and values are added to losses, which may be NULL.
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
 * Reports a refused file once, with line and reason. Use import_refuse_path() for files that are not texts or have no
 * struct import_file.
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

/*
 * The file of an address, stored as media. *ret_media is NULL, with a warning, when there is no such file (missing is
 * the text of that warning) or its type is not supported. FAULT or FULL when it cannot be stored.
 */
enum status import_media(struct import *import, const struct import_file *file, struct arena *arena,
	const char *address, int line, const char *missing, struct media **ret_media);

/* Notes the files to which a text refers that is not imported in this run. */
void import_note_names(struct import *import, const struct import_file *file);

/*
 * What media_store_open() would store for an open file, without storing it. The duration of recordings is not
 * determined.
 */
enum status import_media_probe(struct arena *arena, int file, struct media *ret_media);

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

/* --- import_run.c ------------------------------------------------------------- */

/*
 * Scans, plans and runs. Also OK when some files were refused (import->refused). NOT_FOUND: the folder does not exist,
 * which was reported.
 */
enum status import_run(struct import *import);

/* A new import with these options; lives in the arena. */
struct import *import_new(struct arena *arena, struct db *db, const struct conf *conf, const struct import_options *options);

/* --- import_console.c ------------------------------------------------------------ */

/* For commands: runs an import that reports refused files and its progress on standard error. Returns DONE or FAILED. */
struct context;
int import_run_console(struct context *context, const struct import_options *options, struct import **ret_import);

/* Prints what was done and the import warnings to standard output. */
void import_report(const struct import *import);

#endif
