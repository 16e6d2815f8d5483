/*
 * Bringing a folder of Markdown in: Hugo, Jekyll, or plain files. One importer for `renown import` and for what authors
 * send at the desk (job_import.c); whoever runs it listens to what it says.
 *
 *   scan    names every file below the folder; symbolic links are not followed
 *   plan    reads each text once, gives each an address, finds translations; all before the first write, in
 *           sorted order, so that an import that was killed and runs again ends the same
 *   run     renders some hundred texts, then keeps them in one transaction, and so on
 *
 * What was not public where it comes from is not public here (visibility.h), and what is no article, or has no date among texts that
 * have one, is none here (import_articles.c). An update never makes a post more public than site and file say (import_update.c).
 *
 * A post remembers its source, "markdown:LABEL/path/below/the/folder.md", and a digest of all that it was made
 * from: a second run updates what has changed and skips the rest. What an author sends has no folder that stays, so its source is
 * what is in the file: the same file again is the same post, and never changes it (struct import_target).
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

/* Part of every source digest: raised when the importer makes something else of the same file. */
#define IMPORT_VERSION "2"

/* What something below the folder is opened for. */
enum import_open_kind {
	IMPORT_OPEN_FOLDER = 1, /* to list it */
	IMPORT_OPEN_FILE,       /* to read a regular file, or whatever it is: ask fstat() */
	IMPORT_OPEN_LOOK,       /* for fstat() alone; a symbolic link is not followed but opened itself */
};

struct import;
struct import_file;

enum import_outcome {
	IMPORT_READY = 1, /* is kept, as soon as its transaction is */
	IMPORT_UNCHANGED, /* of an earlier import: as it was; at the desk, whatever it is by now */
	IMPORT_EDITED,    /* stays as it was edited on the site */
	IMPORT_UNPUBLISHED, /* the same, but it is taken off the site: its file is less public now */
	IMPORT_REFUSED,   /* said before, by refused() */
	IMPORT_LEFT_OUT,  /* is no article, or holds nothing to publish: file->why_out */
};

/* Who listens. Losses are heard with conversion_warnings_listen(). Each may be NULL. */
struct import_listener {
	void *context;
	/* So many steps are done of what ("Reading"): first with 0, last with all. */
	void (*step)(void *context, const char *what, int64_t done, int64_t total);
	/* A file that is not taken, by its path below the folder; line 0: as a whole. */
	void (*refused)(void *context, const char *path, const struct data_node_problem *problem);
	/* A file that is not looked into, and why; NULL: it stands in the losses, as texts that are left out do. */
	void (*left_out)(void *context, const char *path, const struct data_node_problem *problem);
	/* What becomes of a text, once for each. */
	void (*decided)(void *context, const struct import_file *file, enum import_outcome outcome);
	/* Posts are kept: in their transaction, and after it. What was decided in one that did not go well is decided again. */
	enum status (*saving)(void *context);
	void (*kept)(void *context, bool well);
	/* Whether to stop before the next batch; the run then ends with BUSY. */
	bool (*must_end)(void *context);
};

/* For what an author sends at the desk: theirs alone, with their rights, and never over what is there. */
struct import_target {
	bool publish;              /* what is no draft, at its date; else all are drafts */
	int64_t quota;             /* of media, in MiB; 0: none */
	const struct map *processed; /* paths that an earlier run of the same import has kept, or told of */
};

struct import_options {
	const char *folder;   /* absolute, without symbolic links */
	/* Opens what lies below it, "" for itself (caller_open()); NULL: by its path, with this process's rights. A descriptor, or -1 with errno. */
	int (*open)(void *caller, const char *path, enum import_open_kind kind);
	void *caller;
	const char *prefix;   /* "markdown:docs/": stands before the path in post.source */
	struct user author;   /* signs what names no author */
	bool force;           /* also what has been edited on the site since */
	bool sample;          /* rows are marked as sample content */
	const char *scanned;  /* the folder below in which texts are looked for; NULL: find out */
	bool dry_run;         /* writes nothing */
	const struct import_target *target; /* or NULL */
	struct import_listener ears;
};

enum layout { LAYOUT_PLAIN, LAYOUT_HUGO, LAYOUT_JEKYLL, LAYOUT_HEXO };

/* One Markdown file, as planned. */
struct import_file {
	const char *path;      /* below the folder */
	const char *folder;    /* the part before the last slash, or "" */
	const char *name;      /* the file's name without its endings, its language and its date */
	const char *page;      /* below the scanned folder, without endings: what its own system would call it */
	const char *key;       /* page without the language that a folder names: the same for all translations */
	const char *source;    /* as in post.source */
	const char *marked_lang; /* the language that name or folder say, or NULL */
	const char *hiding;    /* the folder on its way, or its own name, that says that it is not public ("_drafts"); or NULL */
	bool is_numbered;      /* Notion has put a number behind its name */
	bool is_index;         /* index, _index, README: stands for its folder */
	int64_t named_date;    /* from the file's name, or of what it is a translation of, or 0 */
	int64_t modified;      /* mtime */

	const char *slug, *lang, *kind, *title; /* planned */
	const char *wanted;    /* the address part that its front matter asks for, or NULL */
	const char *translation_of, *translation_key; /* as in its front matter, or NULL */
	struct import_file *base; /* what it is a translation of, or NULL */
	bool has_front;        /* front matter */
	bool is_dated;         /* it, or its name, has a date */
	int64_t date;          /* that one, or 0 */
	bool is_hidden;        /* not public */
	bool is_chosen;        /* "publish: true" */
	bool is_kind_said;     /* it says itself that it is an article, or a page … */
	bool is_public_said;   /* "draft: false" and the like */
	const char *why_draft; /* nobody said that it is public; or NULL. Holds only until it is in the store */
	const char *why_page;  /* it became a page, or NULL */
	const char *why_out;   /* it is left out, or NULL */
	bool bad;              /* refused, and said so */
	int64_t post_id, work_id; /* once it is in the store */
	int64_t stored_id;     /* of an earlier import, or 0 */
	int64_t holder_id;     /* at the desk: the post that has the address that it asks for, or 0 */
};

struct import_path {
	struct import_path *next;
	const char *path;
};

struct import {
	struct db *db;
	const struct conf *conf;
	struct import_options options;
	struct arena *arena;      /* as long as the import */
	int64_t now;              /* when it began: what is to come is not public yet */
	enum layout layout;
	const char *scanned;      /* "content" in a Hugo site, "source" in one of Hexo, else "" */
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
	bool is_dated;            /* one of the files is */
	bool is_choosing;         /* one of them says "publish: true" */
	struct map *defaults;     /* folder or file: struct import_default, what holds for it and all that is in it */
	struct import_pattern *patterns; /* files that are kept out of the site, or NULL */
	struct import_path *eleventies; /* hidden files that configure Eleventy */
	struct map *zolas;        /* folder with the texts of a site of Zola: itself */
	struct conversion_warnings *warnings;
	int64_t added, updated, unchanged, edited, empty, left_out, refused;
};

/* --- import_open.c ------------------------------------------------------------ */

/*
 * Opens what lies below the folder, by its path there; "" is the folder itself. No symbolic link below the folder is followed. A
 * descriptor, or -1 with errno. Everything that an import reads is opened here.
 */
int import_open(const struct import *import, const char *path, enum import_open_kind kind);

/* What is there, a symbolic link as such; false when there is nothing. */
bool import_stat(const struct import *import, const char *path, struct stat *ret_found);

/* --- import_scan.c ------------------------------------------------------------ */

/* Fills layout, files and others. NOT_FOUND when the folder cannot be read, which was said. */
enum status import_scan(struct import *import);

/* "a/b/../c" without dots and double slashes, below the folder; NULL when it leads out of it. */
const char *import_clean_path(struct arena *arena, const char *folder, const char *path);

/* A file or folder below the import's that is left out, and why: said, not counted as refused. */
void import_leave_out(struct import *import, const char *path, const char *words);

/* --- import_name.c ------------------------------------------------------------- */

bool import_is_markdown(const char *name);

/* Why a file that may hold a text of the author's is not read; NULL for any other. */
const char *import_unread(const char *name);

/* A folder that a generator, a package manager or a theme fills. depth 0: it lies in the folder of the import itself. */
bool import_is_foreign(enum layout layout, const char *name, int depth);

/* A Markdown file at that path, as far as its name tells. */
struct stat;
struct import_file *import_describe(struct import *import, const char *path, const struct stat *found);

/* "en" or "zh" for a language tag such as zh-CN; NULL for any other language. */
const char *import_language(const char *tag);

/* --- import_read.c ---------------------------------------------------------- */

/* A Markdown file as it was read. */
struct import_text {
	struct frontmatter front;
	const char *digest;     /* of the file's bytes */
	const char *title;
	const char *body;       /* without the heading that became the title */
	int body_line;          /* where it begins in the file */
	int64_t cleaned;        /* characters that the gate replaced */
	int cleaned_line;       /* of the first of them */
	const struct data_node_problem *unclear; /* its front matter cannot be read, so all of the file is body; or NULL */
	int open_comment;       /* the line of a private comment that does not end, or 0 */
	const char *part;       /* a part that not everybody could read, or NULL */
	int part_line;
};

/*
 * Reads a file through the gate for text, splits it, takes private comments out, and finds its title. INVALID with
 * *ret_problem: line (0: the whole file) and reason. What convert_text() could not take over goes into losses, which
 * may be NULL.
 */
enum status import_read(const struct import *import, const struct import_file *file, struct arena *arena,
	struct conversion_warnings *warnings, struct import_text *ret_source, struct data_node_problem *ret_problem);

/* The bytes of a file below the folder; INVALID with *ret_problem, also when there are more than most. */
enum status import_bytes(const struct import *import, const char *path, struct arena *arena, int64_t most, char **ret_bytes,
	size_t *ret_length, struct data_node_problem *ret_problem);

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
	const char *slug, *address, *lang, *kind, *summary, *author, *cover, *cover_alt, *recording;
	const char *translation_of, *translation_key;
	const char **aliases, **tags;
	size_t alias_count, tag_count;
	int64_t published, updated; /* 0: not said */
	int cover_line, recording_line;
	bool kind_said, featured, is_video, comments_closed;
	struct visibility visibility; /* who could see it; import_defaults_apply() adds to it */
	const char *canonical_url; /* where it stood before, or NULL */
};

/*
 * Reads the values. Every text in ret_values is one line through the gate. A value that says nothing that we understand is passed
 * over, and the text is not public where it may have said so. Keys and values that mean nothing to us go into losses, which may be NULL.
 */
void import_values(struct arena *arena, const struct frontmatter *front, enum layout layout, int64_t now, const char *path,
	struct conversion_warnings *warnings, struct import_values *ret_values);

/* --- import_pages.c ------------------------------------------------------------- */

/* Notes everything that its own system may have called the page. address: as its front matter has it, or NULL; kept. */
void import_name_page(struct import *import, struct import_file *file, const struct import_values *values, const char *address);

/* The planned page of that name, in that language if there is one, or NULL. See import_file.page. */
struct import_file *import_page(const struct import *import, const char *lang, const char *page);

/* --- import_plan.c ------------------------------------------------------------ */

/* Fills what is planned of each file. A status other than OK is the store's. */
enum status import_plan(struct import *import);

/* The file is refused: says so, with line and reason, once. The second for what is no text, or has no struct. */
void import_refuse(struct import *import, struct import_file *file, const struct data_node_problem *problem);
void import_refuse_path(struct import *import, const char *path, const char *words, const char *about);

/* --- import_visibility.c ----------------------------------------------------------------- */

/*
 * Adds to values->visibility what is not said in the front matter: by the folder, by the name, or by what cannot be read. The body
 * loses marks that would open its beginning to everybody.
 */
void import_see(const struct import *import, const struct import_file *file, struct arena *arena, struct import_text *source,
	struct import_values *values);

/* Tells of a post who may not see it and why, as far as it is so in the post that is kept. */
void import_note_visibility(struct import *import, const struct import_file *file, const struct visibility *visibility,
	const struct post *post);

/* --- import_defaults.c -------------------------------------------------------- */

/* Reads what configuration and data files of the folder say for many texts at once. */
void import_defaults_read(struct import *import);

/* What a text of that path says for all that is below its folder (cascade of Hugo). Nodes live as long as the import. */
void import_defaults_add(struct import *import, const char *folder, const struct data_node *values, const char *path);

/* Whether a path belongs to a site of Zola. */
bool import_is_zola(const struct import *import, const char *path);

/* A section of Zola that is a draft: so is all that is below its folder. */
void import_defaults_add_draft(struct import *import, const char *folder, int line, const char *path);

/* Adds what holds for that file. */
void import_defaults_apply(const struct import *import, const struct import_file *file, struct arena *arena, struct visibility *visibility);

/* --- import_exclude.c --------------------------------------------------------- */

/*
 * A pattern of files that are not part of the site in the folder root, which is kept. is_anywhere: as Git reads it, at any depth and with "!";
 * else from root on.
 */
void import_exclude(struct import *import, const char *root, const char *written, bool is_anywhere, const char *source);

/* The same by a POSIX extended regular expression, of the path from root on with a slash before it. False: it is none. */
bool import_exclude_expression(struct import *import, const char *root, const char *written, const char *source);

/* Frees what the arena does not. */
void import_exclude_end(struct import *import);

/* The pattern that keeps a file out of the site, and where it stands, for the report; NULL when there is none. */
const char *import_excluded(const struct import *import, struct arena *arena, const char *path);

/* --- import_parts.c ------------------------------------------------------------- */

/* The first part of a body that not everybody could read: how it is written, and its line, counted from line. NULL when there is none. */
const char *import_find_part(struct arena *arena, const char *body, int line, int *ret_line);

/* --- import_articles.c --------------------------------------------------------- */

/* Once all files are read: which of them are no articles, and which have no date although others do. */
void import_articles(struct import *import);

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
	const char *body, int body_line, struct import_links *ret_links, struct data_node_problem *ret_problem);

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
	struct import_text source;
	struct post_save save;
	struct import_links links;
	struct media *cover, *recording;
	const char **aliases;
	size_t alias_count;
	bool unpublishes; /* its text stays; only save.source_digest is kept, and it is taken off the site */
};

/* --- import_update.c ------------------------------------------------------------ */

/*
 * Compares a post with what an earlier import stored, and takes over what is decided on the site: id, work, revision, and who may see
 * it. Sets save.source_digest. is_hidden: its file, or something else, says that it is not public.
 *
 * What the file says about that is stored behind its digest. Each of state, access and time is looked at by itself. Where the file says
 * what it said at the last import, the site's stays; where only the file has changed, the file's is taken; where both have changed, or it
 * is not known what the file said, the stricter one. A post in the trash stays there. With --force the file's is taken wherever it is stricter.
 */
enum status import_compare(struct import *import, struct import_file *file, struct arena *arena, bool is_hidden, struct import_post *post,
	enum import_outcome *ret_outcome);

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

/* --- import_console.c ------------------------------------------------------------ */

/* For commands: an import that says on standard error what it refuses and how far it is, with a bar; DONE, or FAILED. */
struct context;
int import_run_console(struct context *context, const struct import_options *options, struct import **ret_import);

/* What was done, and what could not be taken over, on standard output. */
void import_report(const struct import *import);

#endif
