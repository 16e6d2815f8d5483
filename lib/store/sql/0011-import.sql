-- Markdown files that authors upload for import. `renown work` imports them and writes a report.

-- One upload. Its files are in a folder of their own in the media folder until the import has finished.
CREATE TABLE import_job (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id  INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE, -- whose posts they become
	asked    INTEGER NOT NULL,               -- when they were sent
	folder   TEXT NOT NULL UNIQUE,           -- where the files lie, below the folder of arrivals; nobody can guess it
	publish  INTEGER NOT NULL CHECK (publish IN (0, 1)), -- 1: what is no draft is published; 0: all become drafts
	texts    INTEGER NOT NULL DEFAULT 0,     -- how many there are, once that is known
	settled  INTEGER NOT NULL DEFAULT 0,     -- of how many it is known what became of them
	tries    INTEGER NOT NULL DEFAULT 0,     -- begun so often since something was settled: what cannot be done is not begun for ever
	ended    INTEGER NOT NULL DEFAULT 0,     -- when all was done; 0: it is not
	problem  TEXT NOT NULL DEFAULT ''        -- why it ended early, in English for lang_text(); '': it did not
) STRICT;
CREATE INDEX import_job_user ON import_job (user_id, id);
CREATE INDEX import_job_waiting ON import_job (id) WHERE ended = 0;
CREATE INDEX import_job_ended ON import_job (ended) WHERE ended > 0;

-- The result for each file, and what could not be converted. Written in the same transaction as the posts.
CREATE TABLE import_line (
	job_id   INTEGER NOT NULL REFERENCES import_job (id) ON DELETE CASCADE,
	number   INTEGER NOT NULL,               -- from 1, in the order of the report
	path     TEXT NOT NULL,                  -- the file's name as it was sent
	fate     TEXT NOT NULL CHECK (fate IN ('added', 'there', 'left', 'note')), -- 'note': about the file of the line before it
	post_id  INTEGER REFERENCES post (id) ON DELETE SET NULL, -- the post that it became, or that is there already
	line     INTEGER NOT NULL DEFAULT 0,     -- in the file; 0: all of it
	words    TEXT NOT NULL DEFAULT '',       -- in English for lang_text(); it may hold "%s"
	about    TEXT NOT NULL DEFAULT '',       -- what stands there
	PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_line_post ON import_line (post_id) WHERE post_id IS NOT NULL;
