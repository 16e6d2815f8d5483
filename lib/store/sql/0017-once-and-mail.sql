-- Forms that create something are taken once. Mail that was only written into a folder says so.

-- Forms that were carried out: the same form sent again leads to the result of the first and creates nothing (lib/http/form_once.h).
CREATE TABLE form_once (
	id      TEXT PRIMARY KEY,                -- digest of who sent it, where to, and the form's one-time id; the id itself is stored nowhere
	content TEXT NOT NULL,                   -- digest of what the fields held, keyed with the one-time id
	result  TEXT NOT NULL,                   -- the answer: where it led, or what its page showed once; sealed with the one-time id
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL                 -- no proof of such a form holds longer
) STRICT;
CREATE INDEX form_once_expires ON form_once (expires);

-- A mail that is written into a folder is done, but nobody has sent it.
ALTER TABLE outbox ADD COLUMN stored INTEGER NOT NULL DEFAULT 0; -- 1: 'sent' means that it was written into a folder
