-- Trash, comments, canonical URLs, unsaved changes, search over drafts, and exports.

ALTER TABLE post ADD COLUMN comments_open INTEGER NOT NULL DEFAULT 1; -- 0: no comment can be added
ALTER TABLE post ADD COLUMN canonical TEXT NOT NULL DEFAULT '';       -- where the text first appeared, https only; '': here
-- A post in the trash is unpublished as well, so no list, feed, search or sitemap can show it by mistake.
ALTER TABLE post ADD COLUMN binned INTEGER NOT NULL DEFAULT 0         -- since when it has been in the bin; 0: it is not
	CHECK (binned = 0 OR state = 'withdrawn');
ALTER TABLE post ADD COLUMN binned_state TEXT NOT NULL DEFAULT '';    -- the state that it goes back to; '' outside the bin

DROP INDEX post_author;
DROP INDEX post_author_state;
DROP INDEX post_draft;
DROP INDEX post_withdrawn;
-- lang and kind are in the indexes, so that a filter reads only rows that it shows.
CREATE INDEX post_author ON post (author_id, id, lang, kind, binned);
CREATE INDEX post_author_state ON post (author_id, state, id, lang, kind);
CREATE INDEX post_draft ON post (id, lang, kind) WHERE state = 'draft';
CREATE INDEX post_withdrawn ON post (id, lang, kind) WHERE state = 'withdrawn' AND binned = 0;
CREATE INDEX post_bin ON post (binned, id) WHERE binned > 0;
CREATE INDEX post_author_bin ON post (author_id, binned, id) WHERE binned > 0;
CREATE INDEX post_due ON post (published, id, author_id, lang, kind) WHERE state = 'published';
-- The original of a translation can be named by its title.
CREATE INDEX post_title ON post (title);

-- Unsaved changes, sent by the browser while the author writes. They add no revision and change no post.
CREATE TABLE unsaved (
	user_id  INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	post_id  INTEGER NOT NULL,               -- 0: of a post that is not there yet
	revision INTEGER NOT NULL,               -- that the form was opened with
	title    TEXT NOT NULL,
	summary  TEXT NOT NULL,
	tags     TEXT NOT NULL,                  -- as typed
	markdown TEXT NOT NULL,
	saved    INTEGER NOT NULL,               -- when it came
	PRIMARY KEY (user_id, post_id)
) STRICT;
CREATE INDEX unsaved_post ON unsaved (post_id);

-- Full text of posts that are not published, for their authors only. Nothing of it is in post_search, so that no public count includes it.
-- rowid is post.search_id, as in post_search.
CREATE VIRTUAL TABLE desk_search USING fts5 (
	title, summary, words, facets,
	tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1'
);
-- Its rows are written when a text is rendered; `renown render` does it for existing posts.
UPDATE post_text SET renderer = '' WHERE post_id IN (SELECT id FROM post WHERE state <> 'published');

-- Exports of all posts of an author, requested on the Posts page and made by `renown work`.
CREATE TABLE export_job (
	user_id  INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE, -- one for each: a newer takes the older's place
	asked    INTEGER NOT NULL,
	made     INTEGER NOT NULL DEFAULT 0,     -- when the file was ready; 0: it is not
	name     TEXT NOT NULL DEFAULT '',       -- of the file, in the folder of exports
	bytes    INTEGER NOT NULL DEFAULT 0,
	posts    INTEGER NOT NULL DEFAULT 0,     -- that are in it
	problem  TEXT NOT NULL DEFAULT ''        -- why it could not be made, for the owner's log
) STRICT;
CREATE INDEX export_job_waiting ON export_job (asked) WHERE made = 0;
CREATE INDEX export_job_made ON export_job (made) WHERE made > 0;
