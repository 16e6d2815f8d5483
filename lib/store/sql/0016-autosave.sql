-- Autosaved forms: one copy of all fields for each open form, so that two windows do not overwrite each other. The former table unsaved had one for each post.

CREATE TABLE autosave (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id  INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	form_key TEXT NOT NULL,                  -- the random id that the form got when it was shown
	post_id  INTEGER NOT NULL,               -- 0: of a post that is not there yet
	title    TEXT NOT NULL,                  -- as typed, for lists
	lang     TEXT NOT NULL,                  -- likewise; '' when the form did not say
	saved    INTEGER NOT NULL,               -- when the browser last sent it
	UNIQUE (user_id, form_key)
) STRICT;
CREATE INDEX autosave_user ON autosave (user_id, saved DESC, id DESC);
CREATE INDEX autosave_post ON autosave (post_id);
CREATE INDEX autosave_saved ON autosave (saved);

-- The fields of an autosaved form, as typed.
CREATE TABLE autosave_field (
	autosave_id INTEGER NOT NULL REFERENCES autosave (id) ON DELETE CASCADE,
	name        TEXT NOT NULL,               -- as in the form
	value       TEXT NOT NULL,
	UNIQUE (autosave_id, name)
) STRICT;

INSERT INTO autosave (user_id, form_key, post_id, title, lang, saved)
	SELECT u.user_id, lower(hex(randomblob(16))), u.post_id, u.title, coalesce((SELECT p.lang FROM post AS p WHERE p.id = u.post_id), ''), u.saved
	FROM unsaved AS u;
INSERT INTO autosave_field (autosave_id, name, value)
	SELECT a.id, 'title', u.title FROM unsaved AS u JOIN autosave AS a ON a.user_id = u.user_id AND a.post_id = u.post_id
	UNION ALL SELECT a.id, 'summary', u.summary FROM unsaved AS u JOIN autosave AS a ON a.user_id = u.user_id AND a.post_id = u.post_id
	UNION ALL SELECT a.id, 'tags', u.tags FROM unsaved AS u JOIN autosave AS a ON a.user_id = u.user_id AND a.post_id = u.post_id
	UNION ALL SELECT a.id, 'text', u.markdown FROM unsaved AS u JOIN autosave AS a ON a.user_id = u.user_id AND a.post_id = u.post_id
	UNION ALL SELECT a.id, 'revision', CAST(u.revision AS TEXT) FROM unsaved AS u JOIN autosave AS a ON a.user_id = u.user_id AND a.post_id = u.post_id;
DROP TABLE unsaved;
