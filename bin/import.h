/*
 * Bringing a folder of Markdown in: Hugo, Jekyll, or plain files. One importer for `renown import` and for what authors
 * send at the desk (work_import.c); whoever runs it listens to what it says.
 *
 *   scan    names every file below the folder; symbolic links are not followed
 *   plan    reads each text once, gives each an address, finds translations; all before the first write, in
 *           sorted order, so that an import that was killed and runs again ends the same
 *   run     renders some hundred texts, then keeps them in one transaction, and so on
 *
 * A post remembers its source, "markdown:LABEL/path/below/the/folder.md", and a digest of all that it was made
 * from: a second run updates what has changed and skips the rest. What an author sends has no folder that stays, so its source is
 * what is in the file: the same file again is the same post, and never changes it (struct import_desk).
 */
#ifndef BIN_IMPORT_H
#define BIN_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "caller.h"
#include "core/conf.h"
#include "core/map.h"
#include "frontmatter.h"
#include "losses.h"
#include "store/media.h"
#include "store/post.h"
#include "store/user.h"

/* Part of every source digest: raised when the importer makes something else of the same file. */
#define IMPORT_VERSION "1"

struct import;
struct import_file;

enum import_outcome {
	IMPORT_READY = 1, /* is kept, as soon as its transaction is */
	IMPORT_UNCHANGED, /* of an earlier import: as it was; at the desk, whatever it is by now */
	IMPORT_EDITED,    /* stays as it was edited on the site */
	IMPORT_REFUSED,   /* said before, by refused() */
	IMPORT_EMPTY,     /* holds nothing to publish */
};

/* Who listens. Losses are heard with losses_listen(). Each may be NULL. */
struct import_ears {
	void *context;
	/* So many steps are done of what ("Reading"): first with 0, last with all. */
	void (*step)(void *context, const char *what, int64_t done, int64_t total);
	/* A file that is not taken, by its path below the folder; line 0: as a whole. */
	void (*refused)(void *context, const char *path, const struct node_problem *problem);
	/* What becomes of a text, once for each. */
	void (*decided)(void *context, const struct import_file *file, enum import_outcome outcome);
	/* Posts are kept: in their transaction, and after it. What was decided in one that did not go well is decided again. */
	enum status (*keeping)(void *context);
	void (*kept)(void *context, bool well);
	/* Whether to stop before the next batch; the run then ends with BUSY. */
	bool (*must_end)(void *context);
};

/* For what an author sends at the desk: theirs alone, with their rights, and never over what is there. */
struct import_desk {
	bool publish;              /* what is no draft, at its date; else all are drafts */
	int64_t quota;             /* of media, in MiB; 0: none */
	const struct map *settled; /* paths that an earlier run of the same import has kept, or told of */
};

struct import_options {
	const char *folder;   /* absolute, without symbolic links */
	/* Opens what lies below it, "" for itself (caller_open()); NULL: by its path, with this process's rights. A descriptor, or -1 with errno. */
	int (*open)(void *caller, const char *path, enum caller_kind kind);
	void *caller;
	const char *prefix;   /* "markdown:docs/": stands before the path in post.source */
	struct user author;   /* signs what names no author */
	bool force;           /* also what has been edited on the site since */
	bool sample;          /* rows are marked as sample content */
	const char *scanned;  /* the folder below in which texts are looked for; NULL: find out */
	bool dry_run;         /* writes nothing */
	const struct import_desk *desk; /* or NULL */
	struct import_ears ears;
};

enum layout { LAYOUT_PLAIN, LAYOUT_HUGO, LAYOUT_JEKYLL };

/* One Markdown file, as planned. */
struct import_file {
	const char *path;      /* below the folder */
	const char *folder;    /* the part before the last slash, or "" */
	const char *name;      /* the file's name without its endings, its language and its date */
	const char *page;      /* below the scanned folder, without endings: what its own system would call it */
	const char *key;       /* page without the language that a folder names: the same for all translations */
	const char *source;    /* as in post.source */
	const char *marked_lang; /* the language that name or folder say, or NULL */
	bool is_draft;         /* lies in a folder _drafts */
	bool is_index;         /* index, _index, README: stands for its folder */
	int64_t named_date;    /* from the file's name, or 0 */
	int64_t modified;      /* mtime */

	const char *slug, *lang, *kind, *title; /* planned */
	const char *wanted;    /* the address part that its front matter asks for, or NULL */
	const char *translation_of, *translation_key; /* as in its front matter, or NULL */
	struct import_file *base; /* what it is a translation of, or NULL */
	bool bad;              /* refused, and said so */
	bool left_out;         /* holds nothing to publish */
	int64_t post_id, work_id; /* once it is in the store */
	int64_t stored_id;     /* of an earlier import, or 0 */
	int64_t holder_id;     /* at the desk: the post that has the address that it asks for, or 0 */
};

struct import {
	struct db *db;
	const struct conf *conf;
	struct import_options options;
	struct arena *arena;      /* as long as the import */
	enum layout layout;
	const char *scanned;      /* "content" in a Hugo site, else "" */
	struct import_file **files; /* sorted by path after the scan; in the order of the run after the plan */
	size_t count, room;
	struct map *by_path;      /* path of a Markdown file: its struct import_file */
	struct map *by_page;      /* page, alias or address: the same */
	struct map *others;       /* path of any other file: itself */
	const char **other_paths; /* the same, in no order */
	size_t other_count, other_room;
	struct map *named;        /* path of any other file that a text names: itself */
	struct map *media;        /* path: its struct media, once stored */
	struct map *authors;      /* name as written: struct user, or the default one */
	struct map *by_source;    /* at the desk: what a file holds: its struct import_file */
	int64_t media_bytes;      /* stored since rows were kept: no quota counts them yet */
	struct losses *losses;
	int64_t added, updated, unchanged, edited, refused, left_out;
};

/* --- import_open.c ------------------------------------------------------------ */

/*
 * Opens what lies below the folder, by its path there; "" is the folder itself. No symbolic link below the folder is followed. A
 * descriptor, or -1 with errno. Everything that an import reads is opened here.
 */
int import_open(const struct import *import, const char *path, enum caller_kind kind);

/* What is there, a symbolic link as such; false when there is nothing. */
bool import_stat(const struct import *import, const char *path, struct stat *ret_found);

/* --- import_scan.c ------------------------------------------------------------ */

/* Fills layout, files and others. NOT_FOUND when the folder cannot be read, which was said. */
enum status import_scan(struct import *import);

/* "a/b/../c" without dots and double slashes, below the folder; NULL when it leads out of it. */
const char *import_clean_path(struct arena *arena, const char *folder, const char *path);

/* --- import_source.c ---------------------------------------------------------- */

/* A Markdown file as it was read. */
struct import_source {
	struct frontmatter front;
	const char *digest;     /* of the file's bytes */
	const char *title;
	const char *body;       /* without the heading that became the title */
	int body_line;          /* where it begins in the file */
	int64_t cleaned;        /* characters that the gate replaced */
	int cleaned_line;       /* of the first of them */
};

/*
 * Reads a file through the gate for text, splits it, and finds its title. INVALID, TOO_LARGE or NOT_FOUND with
 * *ret_problem: line (0: the whole file) and reason. What tidy_text() could not take over goes into losses, which
 * may be NULL.
 */
enum status import_read(const struct import *import, const struct import_file *file, struct arena *arena,
	struct losses *losses, struct import_source *ret_source, struct node_problem *ret_problem);

/* --- import_title.c ----------------------------------------------------------- */

/*
 * The text of a body's first heading, plain; NULL when it has none. With a title given, only a heading that
 * says the same and stands first. *ret_body is the body without that heading, *ret_lines by how many lines it begins later.
 */
const char *import_take_title(struct arena *arena, const char *body, const char *title, const char **ret_body,
	int *ret_lines);

/* --- import_values.c ---------------------------------------------------------- */

/* What the front matter says, checked. */
struct import_values {
	const char *slug, *lang, *kind, *access, *summary, *author, *cover, *cover_alt, *recording;
	const char *translation_of, *translation_key;
	const char **aliases, **tags;
	size_t alias_count, tag_count;
	int64_t published, updated; /* 0: not said */
	int cover_line, recording_line;
	bool draft, featured, is_video, comments_closed;
	const char *canonical; /* where it stood before, or NULL */
};

/*
 * Reads the values. Every text in ret_values is one line through the gate. INVALID with *ret_problem. Keys that
 * mean nothing to us go into losses, which may be NULL.
 */
enum status import_values(struct arena *arena, const struct frontmatter *front, enum layout layout, const char *path,
	struct losses *losses, struct import_values *ret_values, struct node_problem *ret_problem);

/* "en" or "zh" for a language tag such as zh-CN; NULL for any other language. */
const char *import_language(const char *tag);

/* --- import_plan.c ------------------------------------------------------------ */

/* Fills what is planned of each file. A status other than OK is the store's. */
enum status import_plan(struct import *import);

/* The planned page of that name, in that language if there is one, or NULL. See import_file.page. */
struct import_file *import_page(const struct import *import, const char *lang, const char *page);

/* The file is refused: says so, with line and reason, once. The second for what is no text, or has no struct. */
void import_refuse(struct import *import, struct import_file *file, const struct node_problem *problem);
void import_refuse_path(struct import *import, const char *path, const char *words, const char *about);

/* --- import_links.c ----------------------------------------------------------- */

/* An address in a text and what it stands for. */
struct import_links {
	struct post_link *links;
	struct media **media; /* for each link the file that it names, or NULL */
	size_t count, room;
};

/*
 * Finds what the addresses in a body stand for, and takes files along. Those that stand for nothing go into
 * losses. TOO_LARGE when the text exceeds a limit of the renderer.
 */
enum status import_links(struct import *import, const struct import_file *file, struct arena *arena,
	const char *body, int body_line, struct import_links *ret_links, struct node_problem *ret_problem);

/*
 * The file that an address names, stored as media; NULL, with a loss, when there is none (missing says what to call that) or it is
 * of no type that we keep. FAULT or FULL when it cannot be stored.
 */
enum status import_media(struct import *import, const struct import_file *file, struct arena *arena,
	const char *address, int line, const char *missing, struct media **ret_media);

/* Notes what a text names that is not imported now; it may be there already. */
void import_note_names(struct import *import, const struct import_file *file);

/* What media_store_open() would make of an open file, without a copy; the length of recordings is not looked for. */
enum status import_look_at(struct arena *arena, int file, struct media *ret_media);

/* --- import_post.c ------------------------------------------------------------ */

/* A post that is ready to be kept. */
struct import_post {
	struct import_file *file;
	struct post_save save;
	struct import_links links;
	struct media *cover, *recording;
	const char **aliases;
	size_t alias_count;
};

/* Reads, resolves and renders one file; slow work, outside of any transaction. A status other than OK ends the import. */
enum status import_prepare(struct import *import, struct import_file *file, struct arena *arena,
	struct import_post *ret_post, enum import_outcome *ret_outcome);

/* Keeps it, inside a write transaction. */
enum status import_keep(struct import *import, struct arena *arena, struct import_post *post);

/* --- import_run.c ------------------------------------------------------------- */

/* Scan, plan and run. OK also when some of it was refused (import->refused). NOT_FOUND: the folder is not there, and that was said. */
enum status import_run(struct import *import);

/* A new import with those options. */
struct import *import_new(struct arena *arena, struct db *db, const struct conf *conf, const struct import_options *options);

/* --- import_told.c ------------------------------------------------------------ */

/* For commands: an import that says on standard error what it refuses and how far it is, with a bar; DONE, or FAILED. */
struct context;
int import_run_told(struct context *context, const struct import_options *options, struct import **ret_import);

/* What was done, and what could not be taken over, on standard output. */
void import_report(const struct import *import);

#endif
