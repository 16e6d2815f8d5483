-- A/B tests: two to four variants of a post's title, summary or cover, each shown to a part of the readers.

CREATE TABLE trial (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	user_id INTEGER REFERENCES user (id) ON DELETE SET NULL, -- who began it
	buckets TEXT NOT NULL CHECK (length(buckets) = 20), -- the variant that each of the web server's 20 buckets sees, such as 'ABBA…'
	goal    TEXT NOT NULL CHECK (goal IN ('open', 'read')), -- what counts: opening it from a list, reading it to the end
	worth   INTEGER NOT NULL,                -- the least difference of rates that is worth knowing, in hundredths
	started INTEGER NOT NULL,
	ends    INTEGER NOT NULL,                -- first second without it; 253402300799 until somebody ends it
	kept    TEXT NOT NULL DEFAULT ''         -- the variant that became the post's own; '' none yet
) STRICT;
CREATE INDEX trial_post ON trial (post_id, id);
CREATE INDEX trial_ends ON trial (ends);
CREATE INDEX trial_user ON trial (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE trial_variant (
	trial_id  INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
	letter    TEXT NOT NULL CHECK (letter IN ('A', 'B', 'C', 'D')), -- A: the post as it is; its row says how it was at the beginning
	title     TEXT NOT NULL,                 -- '': the post's
	summary   TEXT NOT NULL,                 -- '': the post's
	cover_id  INTEGER REFERENCES media (id), -- NULL: the post's
	cover_alt TEXT NOT NULL DEFAULT '',      -- what that cover shows
	PRIMARY KEY (trial_id, letter)
) STRICT;
CREATE INDEX trial_variant_cover ON trial_variant (cover_id) WHERE cover_id IS NOT NULL;

-- Counts from the access log, or entered by hand.
CREATE TABLE trial_count (
	trial_id INTEGER NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
	letter   TEXT NOT NULL,                  -- of one of its variants
	seen     INTEGER NOT NULL CHECK (seen >= 0),    -- readers who saw the variant
	acted    INTEGER NOT NULL CHECK (acted BETWEEN 0 AND seen), -- those of them who did what the trial counts
	PRIMARY KEY (trial_id, letter)
) STRICT;
