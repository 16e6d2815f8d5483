-- Audio and video files on other sites: the author enters the address, and `renown work` downloads the file into the media library.

-- At most one for a post; removed when the file has been downloaded.
CREATE TABLE fetch (
	post_id  INTEGER PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE, -- whose recording it becomes
	user_id  INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE, -- who asked for it, and gets it into their library
	address  TEXT NOT NULL,                  -- http or https
	asked    INTEGER NOT NULL,
	tries    INTEGER NOT NULL DEFAULT 0,
	next_try INTEGER NOT NULL,
	ended    INTEGER NOT NULL DEFAULT 0,     -- when it was given up; 0: it was not
	problem  TEXT NOT NULL DEFAULT '',       -- why the last try failed, in English for lang_text()
	detail   TEXT NOT NULL DEFAULT ''        -- what the other side or the network said
) STRICT;
CREATE INDEX fetch_due ON fetch (next_try) WHERE ended = 0;
CREATE INDEX fetch_ended ON fetch (ended) WHERE ended > 0;
CREATE INDEX fetch_user ON fetch (user_id);
