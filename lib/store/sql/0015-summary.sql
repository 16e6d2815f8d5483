-- A summary that somebody typed and one that was generated from the text are kept apart. Until now the generated one stood in
-- post.summary and revision.summary as if it had been typed, and went on showing text that was restricted or deleted later.

ALTER TABLE post ADD COLUMN generated_summary TEXT NOT NULL DEFAULT ''; -- from the open part, by every rendering; shown where summary is ''

-- What stood in these columns before, until it is known who wrote it (page/post/summary.h decides by the texts of all versions).
CREATE TABLE former_summary (
	post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	number  INTEGER NOT NULL,                -- of the revision that held it; 0: the post itself
	summary TEXT NOT NULL,
	origin  TEXT NOT NULL DEFAULT '' CHECK (origin IN ('', 'generated', 'unknown')), -- '': not decided yet; a typed one goes back, its row is deleted
	decided INTEGER NOT NULL DEFAULT 0,      -- when
	PRIMARY KEY (post_id, number)
) STRICT;
CREATE INDEX former_summary_waiting ON former_summary (post_id) WHERE origin = '';
CREATE INDEX former_summary_unknown ON former_summary (post_id) WHERE origin = 'unknown';
CREATE INDEX former_summary_decided ON former_summary (decided) WHERE origin = 'generated';

INSERT INTO former_summary (post_id, number, summary) SELECT id, 0, summary FROM post WHERE summary <> '';
INSERT INTO former_summary (post_id, number, summary) SELECT post_id, number, summary FROM revision WHERE summary <> '';
UPDATE revision SET summary = '' WHERE summary <> '';

-- Until it is decided, a public post goes on showing what it shows, and a restricted one shows no summary.
UPDATE post SET generated_summary = summary WHERE access = 'public';
UPDATE post SET summary = '' WHERE summary <> '';
UPDATE post_search SET summary = '' WHERE rowid IN (SELECT search_id FROM post WHERE access <> 'public');

-- The time of the newest version, for what looks whether the clock was set back.
CREATE INDEX revision_created ON revision (created);

UPDATE post_text SET renderer = '' WHERE post_id IN (SELECT post_id FROM former_summary);
UPDATE change SET counter = counter + 1;
