-- The desk made whole: bin, comments, canonical addresses, texts not yet saved, search over what is not published, exports.

ALTER TABLE post ADD COLUMN comments_open INTEGER NOT NULL DEFAULT 1; -- 0: no comment can be added
ALTER TABLE post ADD COLUMN canonical TEXT NOT NULL DEFAULT '';       -- where the text first appeared, https only; '': here
-- Whoever is in the bin is withdrawn as well: so no list, feed, search or sitemap can show it, whatever it forgets to ask.
ALTER TABLE post ADD COLUMN binned INTEGER NOT NULL DEFAULT 0         -- since when it has been in the bin; 0: it is not
	CHECK (binned = 0 OR state = 'withdrawn');
ALTER TABLE post ADD COLUMN binned_state TEXT NOT NULL DEFAULT '';    -- the state that it goes back to; '' outside the bin

DROP INDEX post_author;
DROP INDEX post_author_state;
DROP INDEX post_draft;
DROP INDEX post_withdrawn;
-- lang and kind stand in the indexes so that a filter reads no row that it does not show.
CREATE INDEX post_author ON post (author_id, id, lang, kind, binned);
CREATE INDEX post_author_state ON post (author_id, state, id, lang, kind);
CREATE INDEX post_draft ON post (id, lang, kind) WHERE state = 'draft';
CREATE INDEX post_withdrawn ON post (id, lang, kind) WHERE state = 'withdrawn' AND binned = 0;
CREATE INDEX post_bin ON post (binned, id) WHERE binned > 0;
CREATE INDEX post_author_bin ON post (author_id, binned, id) WHERE binned > 0;
CREATE INDEX post_due ON post (published, id, author_id, lang, kind) WHERE state = 'published';
-- Whose translation a post is may be said by its title.
CREATE INDEX post_title ON post (title);

-- What somebody typed and has not saved: the browser sends it while they write. It makes no revision and changes no post.
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

-- Full text of what is not published, for the desk alone: nothing of it is in post_search, so that no public number counts it.
-- rowid is post.search_id, as there.
CREATE VIRTUAL TABLE desk_search USING fts5 (
	title, summary, words, facets,
	tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1'
);
-- Its rows are written when a text is rendered: `renown render` does it for what there is.
UPDATE post_text SET renderer = '' WHERE post_id IN (SELECT id FROM post WHERE state <> 'published');

-- Files with everything that somebody wrote, asked for at the desk and made by `renown work`.
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
