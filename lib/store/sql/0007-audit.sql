-- The audit log, backups, and checks that take long.

-- The audit log: who changed what. Lines are added and never changed; the triggers see to it.
CREATE TABLE audit (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	time    INTEGER NOT NULL,
	user_id INTEGER NOT NULL,                -- who; 0: the command line, -1: somebody who had not signed in. A line outlives its person
	area    TEXT NOT NULL,                   -- kind of the event, for the list; from the table in audit.c
	event   TEXT NOT NULL,                   -- what happened; likewise
	person  INTEGER NOT NULL DEFAULT 0,      -- whom it happened to: a user's id, whose name is looked up and so leaves with them; 0: nobody
	subject TEXT NOT NULL,                   -- what it happened to, by the name that it had; '' for a person
	before  TEXT NOT NULL,                   -- what was so, '' for nothing
	after   TEXT NOT NULL                    -- what is so, '' for nothing
) STRICT;
CREATE INDEX audit_user ON audit (user_id);
CREATE INDEX audit_area ON audit (area);
CREATE INDEX audit_user_area ON audit (user_id, area);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit trail is never changed');
END;
-- Two years, the same as AUDIT_SECONDS.
CREATE TRIGGER audit_kept BEFORE DELETE ON audit WHEN old.time > unixepoch() - 63072000
BEGIN
	SELECT RAISE(ABORT, 'the audit trail is kept for two years');
END;

-- Backups that were requested in a form; `renown work` makes them.
CREATE TABLE backup (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	asked   INTEGER NOT NULL,
	user_id INTEGER NOT NULL,                -- who asked; 0: the command line, which keeps its file itself
	made    INTEGER NOT NULL DEFAULT 0,      -- when it was ready; 0: not yet
	name    TEXT NOT NULL DEFAULT '',        -- of the file in the site's folder "backup"; '': there is none, or none any more
	bytes   INTEGER NOT NULL DEFAULT 0,
	problem TEXT NOT NULL DEFAULT ''         -- why it could not be made
) STRICT;
CREATE INDEX backup_waiting ON backup (made) WHERE made = 0 AND problem = '';
CREATE INDEX backup_made ON backup (made) WHERE made > 0;
CREATE INDEX backup_kept ON backup (id) WHERE name <> '';

-- The last results of checks that read the whole database.
CREATE TABLE checkup (
	name    TEXT PRIMARY KEY,                -- of the check
	time    INTEGER NOT NULL,                -- when it was last made; 0: never
	report  TEXT NOT NULL,                   -- what it found, a line each as page/health/finding.h writes them; '' when all was well
	bytes   INTEGER NOT NULL DEFAULT 0,      -- what it measured
	asked   INTEGER NOT NULL DEFAULT 0       -- 1: somebody asked for it to be made again
) STRICT;
CREATE INDEX checkup_asked ON checkup (asked) WHERE asked = 1;

-- Users are searched by the beginning of their name, ignoring case.
CREATE INDEX user_folded ON user (lower(name));

-- The dashboard shows how many comments wait for a moderator.
CREATE INDEX comment_waiting ON comment (state) WHERE state = 'waiting';
-- The dashboard also shows recent sign-ins.
CREATE INDEX session_created ON session (created);
