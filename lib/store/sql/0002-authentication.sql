-- Authentication: passwords, sign-in links, and limits for failed attempts.

-- Random keys of this site, made by `renown init` and `renown migrate`. They must stay secret: forms can be forged with them.
CREATE TABLE secret (
	name  TEXT PRIMARY KEY,                  -- what it is for
	value TEXT NOT NULL                      -- 43 characters from token_new()
) STRICT;

CREATE TABLE credential (
	user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
	hash    TEXT NOT NULL,                   -- Argon2id, see core/password.h
	changed INTEGER NOT NULL                 -- when the password was set
) STRICT;

-- Sign-in links. Each works once and is then removed.
CREATE TABLE sign_in_link (
	id      TEXT PRIMARY KEY,                -- digest_text() of its token
	user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_link_user ON sign_in_link (user_id);
CREATE INDEX sign_in_link_expires ON sign_in_link (expires);

-- Failed attempts, by a digest of what is limited (an account or a network). No reader's address is stored here.
CREATE TABLE attempt (
	id     TEXT PRIMARY KEY,                 -- keyed digest of the kind and its name
	failed INTEGER NOT NULL,                 -- since the last success or the last quiet day
	last   INTEGER NOT NULL                  -- when the latest one was
) STRICT;
CREATE INDEX attempt_last ON attempt (last);

ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT ''; -- what the browser calls itself, for its owner to recognise
DROP INDEX session_user;
CREATE INDEX session_user ON session (user_id, created DESC);
CREATE INDEX session_expires ON session (expires);
