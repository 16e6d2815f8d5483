-- The first schema: who writes and reads, what is written, who may read it.
-- Times are unix seconds, UTC. Flags are 0 or 1.
-- What others remember by its number (a trail, a log, an open form, a search row) is AUTOINCREMENT: no number is given twice.

-- One row. Every transaction that may change a public page moves it on; pages take their ETag from it.
CREATE TABLE change (
	id      INTEGER PRIMARY KEY CHECK (id = 1),
	counter INTEGER NOT NULL,                -- grows by one with every such transaction
	changed INTEGER NOT NULL                 -- when it last grew
) STRICT;
INSERT INTO change (id, counter, changed) VALUES (1, 1, 0);

-- The site's own words and choices; names, types and defaults are declared in setting.c.
CREATE TABLE setting (
	name    TEXT NOT NULL,                   -- as in setting.c
	lang    TEXT NOT NULL DEFAULT '',        -- '' for all languages, or the one that this value is for
	value   TEXT NOT NULL,                   -- checked against the declared type
	updated INTEGER NOT NULL,
	PRIMARY KEY (name, lang)
) STRICT;

-- People with a name here: readers who joined, authors, those who run the site.
CREATE TABLE user (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	slug     TEXT NOT NULL UNIQUE,           -- the address part of /author/SLUG
	name     TEXT NOT NULL,                  -- as shown
	email    TEXT NOT NULL UNIQUE,           -- lower case
	role     TEXT NOT NULL CHECK (role IN ('member', 'author', 'editor', 'moderator', 'owner')),
	bio      TEXT NOT NULL DEFAULT '',       -- one paragraph for the author's page
	created  INTEGER NOT NULL,
	disabled INTEGER NOT NULL DEFAULT 0,     -- 1: may not sign in, sessions are dead
	revision INTEGER NOT NULL DEFAULT 1,     -- grows with every edit
	sample   INTEGER NOT NULL DEFAULT 0      -- 1: came with `renown sample add`
) STRICT;
CREATE INDEX user_name ON user (name);
CREATE INDEX user_owner ON user (role) WHERE role = 'owner';

-- Signed-in browsers. Only the digest of the cookie's token is kept.
CREATE TABLE session (
	id      TEXT PRIMARY KEY,                -- digest_text() of the token
	user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL                 -- absolute end
) STRICT;
CREATE INDEX session_user ON session (user_id);

-- Files of pictures, audio and video; the bytes lie in the media folder under their digest.
CREATE TABLE media (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	digest   TEXT NOT NULL UNIQUE,           -- digest_bytes() of the file
	suffix   TEXT NOT NULL,                  -- file name ending, from the closed table of types
	type     TEXT NOT NULL,                  -- media type, such as image/webp
	bytes    INTEGER NOT NULL,               -- length of the file
	width    INTEGER NOT NULL DEFAULT 0,     -- pixels; 0 when unknown or sound only
	height   INTEGER NOT NULL DEFAULT 0,     -- pixels
	duration INTEGER NOT NULL DEFAULT 0,     -- seconds of audio and video; 0 when unknown
	name     TEXT NOT NULL,                  -- the name that it came with
	created  INTEGER NOT NULL,
	sample   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Posts (article, audio, video) and static pages. The texts are in post_text: lists never read them.
CREATE TABLE post (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	slug        TEXT NOT NULL UNIQUE,        -- address part; old ones live on in post_slug
	kind        TEXT NOT NULL CHECK (kind IN ('article', 'audio', 'video', 'page')),
	state       TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
	access      TEXT NOT NULL CHECK (access IN ('public', 'members', 'paid')),
	title       TEXT NOT NULL,
	summary     TEXT NOT NULL,               -- plain text; the author's, or made from the open part
	lang        TEXT NOT NULL,               -- 'en' or 'zh': the language of the text
	work_id     INTEGER NOT NULL,            -- translations of one another share this: the first one's id
	author_id   INTEGER NOT NULL REFERENCES user (id),
	cover_id    INTEGER REFERENCES media (id), -- picture at the head, or NULL
	cover_alt   TEXT NOT NULL DEFAULT '',    -- what the cover shows, for those who do not see it
	enclosure_id INTEGER REFERENCES media (id), -- the recording of an audio or video post
	featured    INTEGER NOT NULL DEFAULT 0,  -- 1: may stand large on the front page
	published   INTEGER NOT NULL,            -- visible from then on, once state says so
	updated     INTEGER NOT NULL,            -- last change that readers should know of
	created     INTEGER NOT NULL,
	minutes     INTEGER NOT NULL,            -- reading time, set by the renderer
	search_id   INTEGER NOT NULL UNIQUE,     -- the row in post_search: grows with published
	source      TEXT UNIQUE,                 -- what an import made it from, so that a second run updates; NULL: written here
	source_digest TEXT NOT NULL DEFAULT '',  -- digest of that source, so that a second run can skip it
	revision    INTEGER NOT NULL DEFAULT 1,  -- optimistic lock: grows with every save
	sample      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX post_recent ON post (published DESC, id DESC) WHERE state = 'published' AND kind <> 'page';
CREATE INDEX post_recent_lang ON post (lang, published DESC, id DESC) WHERE state = 'published' AND kind <> 'page';
CREATE INDEX post_recent_author ON post (author_id, published DESC, id DESC) WHERE state = 'published' AND kind <> 'page';
CREATE INDEX post_featured ON post (lang, published DESC, id DESC) WHERE state = 'published' AND kind <> 'page' AND featured = 1;
CREATE INDEX post_work ON post (work_id, lang);
CREATE INDEX post_page ON post (state) WHERE kind = 'page';
CREATE INDEX post_cover ON post (cover_id) WHERE cover_id IS NOT NULL;
CREATE INDEX post_enclosure ON post (enclosure_id) WHERE enclosure_id IS NOT NULL;

-- The text of a post, and what the renderer made of it (page/post/post_render.h writes all of a row at once).
CREATE TABLE post_text (
	post_id  INTEGER PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
	markdown TEXT NOT NULL,                  -- the author's source, unchanged
	open_xhtml TEXT NOT NULL,                -- fragment: the part that everyone may read
	full_xhtml TEXT NOT NULL,                -- fragment: all of it; '' when it is the same as the open part
	open_contents TEXT NOT NULL,             -- headings of the open part, a line each: level, id, text with tabs between
	full_contents TEXT NOT NULL,             -- headings of all of it; '' when the same
	open_plain TEXT NOT NULL,                -- the open part as plain text, for search
	closed_plain TEXT NOT NULL,              -- the rest as plain text
	renderer TEXT NOT NULL                   -- version of the renderer and of what its output depends on
) STRICT;

-- Former addresses of posts: they redirect for ever.
CREATE TABLE post_slug (
	slug    TEXT PRIMARY KEY,
	post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	created INTEGER NOT NULL
) STRICT;
CREATE INDEX post_slug_post ON post_slug (post_id);

-- Every saved version of a post's source.
CREATE TABLE revision (
	id       INTEGER PRIMARY KEY,
	post_id  INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	number   INTEGER NOT NULL,               -- post.revision at that save
	user_id  INTEGER REFERENCES user (id) ON DELETE SET NULL, -- who saved it; NULL: the command line
	reason   TEXT NOT NULL,                  -- why, such as 'import'
	title    TEXT NOT NULL,
	summary  TEXT NOT NULL,
	markdown TEXT NOT NULL,
	created  INTEGER NOT NULL,
	UNIQUE (post_id, number)
) STRICT;
CREATE INDEX revision_user ON revision (user_id);

-- What the addresses in a post's source mean: an import took the picture along, or knows the post that a file became.
CREATE TABLE post_link (
	post_id  INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	address  TEXT NOT NULL,                  -- as the author wrote it
	target   TEXT NOT NULL,                  -- the local address that it stands for, such as /media/ab/abc….webp
	media_id INTEGER REFERENCES media (id),  -- the file, when it is one
	PRIMARY KEY (post_id, address)
) STRICT;
CREATE INDEX post_link_media ON post_link (media_id) WHERE media_id IS NOT NULL;

CREATE TABLE tag (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	slug   TEXT NOT NULL UNIQUE,             -- the address part of /tag/SLUG
	name   TEXT NOT NULL,                    -- as shown
	sample INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Which post has which tag. published and lang repeat the post's, so that a tag's list is one index range.
CREATE TABLE post_tag (
	tag_id    INTEGER NOT NULL REFERENCES tag (id),
	post_id   INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	place     INTEGER NOT NULL,              -- order in which the author named them, from 1
	listed    INTEGER NOT NULL,              -- 1: post is published and no page
	lang      TEXT NOT NULL,
	published INTEGER NOT NULL,
	PRIMARY KEY (post_id, place),            -- a post's tags come in their order without sorting
	UNIQUE (tag_id, post_id)
) STRICT;
CREATE INDEX post_tag_recent ON post_tag (tag_id, published DESC, post_id DESC) WHERE listed = 1;
CREATE INDEX post_tag_recent_lang ON post_tag (tag_id, lang, published DESC, post_id DESC) WHERE listed = 1;
CREATE INDEX post_tag_due ON post_tag (published, tag_id, lang) WHERE listed = 1;

-- How many listed posts a tag has in each language; kept by post_save(), so that no page counts.
CREATE TABLE tag_count (
	tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
	lang   TEXT NOT NULL,
	posts  INTEGER NOT NULL,
	PRIMARY KEY (tag_id, lang)
) STRICT;

-- Who may read what behind a cut, and since when: the only source of that right besides a role.
CREATE TABLE grant_right (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
	scope   TEXT NOT NULL CHECK (scope IN ('everything', 'tag', 'post')),
	tag_id  INTEGER REFERENCES tag (id) ON DELETE CASCADE,   -- set when scope is 'tag'
	post_id INTEGER REFERENCES post (id) ON DELETE CASCADE,  -- set when scope is 'post'
	starts  INTEGER NOT NULL,
	ends    INTEGER,                         -- first second without the right; NULL: for good
	source  TEXT NOT NULL,                   -- where it comes from, such as 'gift' or a payment's id
	created INTEGER NOT NULL,
	sample  INTEGER NOT NULL DEFAULT 0,
	CHECK ((scope = 'tag') = (tag_id IS NOT NULL)),
	CHECK ((scope = 'post') = (post_id IS NOT NULL))
) STRICT;
CREATE INDEX grant_right_user ON grant_right (user_id);
CREATE INDEX grant_right_tag ON grant_right (tag_id) WHERE tag_id IS NOT NULL;
CREATE INDEX grant_right_post ON grant_right (post_id) WHERE post_id IS NOT NULL;

CREATE TABLE comment (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	post_id   INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
	parent_id INTEGER REFERENCES comment (id) ON DELETE CASCADE, -- the comment that it answers
	user_id   INTEGER REFERENCES user (id) ON DELETE SET NULL,   -- NULL: a guest
	name      TEXT NOT NULL,                 -- as shown
	state     TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'hidden', 'spam')),
	text      TEXT NOT NULL,                 -- as typed
	xhtml     TEXT NOT NULL,                 -- fragment made from it
	created   INTEGER NOT NULL,
	sample    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX comment_shown ON comment (post_id, created, id) WHERE state = 'shown';
CREATE INDEX comment_post ON comment (post_id);
CREATE INDEX comment_parent ON comment (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX comment_user ON comment (user_id) WHERE user_id IS NOT NULL;

-- Full text. Chinese, Japanese and Korean runs are stored as overlapping pairs (store/index/search_tokenizer.h), the same in
-- the index and in the query. The facets column holds words such as 't12' (tag), 'a3' (author), 'lzh' (language).
-- The prefix index answers searches for a single ideograph, the beginning of its pairs; without it each such word
-- costs as much as there are posts that hold it.
CREATE VIRTUAL TABLE post_search USING fts5 (
	title, summary, opened, closed, facets,
	tokenize = 'porter unicode61 remove_diacritics 2', prefix = '1'
);
