/*
 * Imports a folder of Markdown files: Hugo, Jekyll, Hexo, Zola, Eleventy or plain files. `renown import` and uploads by
 * authors (job_import.c) share one importer. The caller follows its progress with a struct import_listener.
 *
 * - scan: lists every file below the folder, without following symbolic links
 * - plan: reads each text and drops it, gives each a slug, and finds translations. All of this happens before the first
 *   write and in sorted order, so that an import that was interrupted and runs again has the same result.
 * - run: reads and renders a batch of texts (at most 500, or 20 of an upload, or 4 MiB of memory), saves it in one
 *   transaction, and continues with the next
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

/* --- import_run.c ------------------------------------------------------------- */

/*
 * Scans, plans and runs. Also OK when some files were refused (import->refused). NOT_FOUND: the folder does not exist,
 * which was reported.
 */
enum status import_run(struct import *import);

/* A new import with these options; lives in the arena. */
struct import *import_new(struct arena *arena, struct db *db, const struct conf *conf, const struct import_options *options);

/* --- import_media.c -------------------------------------------------------------- */

/*
 * What media_store_open() would store for an open file, without storing it. The duration of recordings is not
 * determined.
 */
enum status import_media_probe(struct arena *arena, int file, struct media *ret_media);

#endif
