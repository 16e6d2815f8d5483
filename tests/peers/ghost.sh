#!/bin/sh
# Ghost from npm in production mode, with SQLite. It has the posts of the benchmark's own site, 20 in the list, and the default theme. npm takes
# the newest Ghost that supports the installed Node.js. Run it as an ordinary user.
#   ghost.sh PORT [POSTS [FOLDER]]     serves until it is stopped. Installing takes minutes: with FOLDER, Ghost is stored there and used again.
port=${1:?usage: ghost.sh PORT [POSTS [FOLDER]]} posts=${2:-1000} installed=${3:+$(mkdir -p "$3" && cd "$3" && pwd)}
# shellcheck source=tests/peers/common.sh
. "$(dirname "$0")/common.sh"
need node nodejs
need npm npm
installed=${installed:-$folder}
ghost=$installed/package

write_posts posts.json "$posts"

if [ ! -e "$installed/complete" ]; then
	# npm compiles the SQLite module if it cannot fetch a compiled one.
	need g++ g++
	need make make
	need python3 python3
	headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
	[ ! -e "$headers/include/node" ] || export npm_config_nodedir="$headers"
	rm -rf "$ghost"
	(
		export HOME="$folder" npm_config_cache="${npm_config_cache:-$folder/npm}" npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
		cd "$installed"
		tar -xzf "$(npm pack --silent 'ghost@*' | tail -n 1)"
		rm -f ghost-*.tgz
		cd package
		npm pkg delete devDependencies # npm would read them, and one is not in its registry
		npm install --omit=dev --legacy-peer-deps
	) >install.log 2>&1 || fail "Ghost could not be installed: $(tail -n 20 install.log)"
	touch "$installed/complete"
	rm -rf npm
fi

# The layout that Ghost's own installer makes.
ln -s "$ghost" current
cp -R "$ghost/content" content
# The list has as many posts as the theme says, in two places.
sed -i 's/"posts_per_page": *[0-9]*/"posts_per_page": 20/' content/themes/*/package.json
find content/themes/ -name '*.hbs' -exec sed -i 's/limit="12"/limit="20"/' {} +
# Nothing leaves this machine: no updates, no pings, no mail.
cat >config.production.json <<END
{ "url": "http://127.0.0.1:$port/", "server": { "host": "127.0.0.1", "port": $port },
  "database": { "client": "sqlite3", "connection": { "filename": "$folder/ghost.db" }, "useNullAsDefault": true },
  "mail": { "transport": "SMTP", "options": { "host": "127.0.0.1", "port": 9 } }, "privacy": { "useTinfoil": true }, "paths": { "contentPath": "$folder/content" },
  "logging": { "transports": ["stdout"], "level": "error" } }
END

#   answers PATH TEXT
answers() {
	node -e 'fetch(process.argv[1]).then((response) => response.text().then((text) => process.exit(response.status === 200 && text.includes(process.argv[2]) ? 0 : 1)), () => process.exit(1))' \
		"http://127.0.0.1:$port/$1" "$2"
}

#   start PATH TEXT     waits until that address answers with the text
start() {
	NODE_ENV=production node current/index.js >>ghost.log 2>&1 &
	pids=$!
	wait_for "$pids" answers "$@"
}

# The first start creates the tables and the owner.
start robots.txt Sitemap
kill "$pids"
wait "$pids" || true
sqlite3 ghost.db >fill.log 2>&1 <<'END' || fail "Ghost could not be filled: $(cat fill.log)"
.bail on
.mode ascii
.separator "\037" "\n"
CREATE TEMP TABLE line (post TEXT);
.import posts.json line
BEGIN;
DELETE FROM posts_tags;
DELETE FROM posts_authors;
DELETE FROM posts_meta;
DELETE FROM posts;
DELETE FROM tags;
CREATE TEMP TABLE entry AS SELECT printf('%024x', post ->> 'number') AS id, datetime(post ->> 'published', 'unixepoch') AS at, post FROM line;
-- Ghost would fetch these pictures for their sizes.
UPDATE settings SET value = NULL WHERE value LIKE 'https://%.ghost.org/%';
UPDATE users SET profile_image = NULL, cover_image = NULL;
INSERT INTO posts (id, uuid, comment_id, title, slug, custom_excerpt, html, plaintext, lexical, status, type, visibility, email_recipient_filter, created_at, updated_at, published_at, created_by, updated_by, published_by)
	SELECT id, printf('00000000-0000-4000-8000-%012x', post ->> 'number'), id, post ->> 'title', post ->> 'slug', post ->> 'summary', post ->> 'html', post ->> 'text',
		json_object('root', json_object('children', json_array(json_object('type', 'html', 'version', 1, 'html', post ->> 'html')), 'direction', NULL, 'format', '', 'indent', 0, 'type', 'root', 'version', 1)),
		'published', 'post', 'public', 'all', at, at, at, '1', '1', '1' FROM entry;
INSERT INTO posts_authors (id, post_id, author_id, sort_order) SELECT id, id, (SELECT id FROM users LIMIT 1), 0 FROM entry;
INSERT INTO tags (id, name, slug, visibility, created_at, created_by) SELECT printf('a%023x', row_number() OVER ()), value, replace(value, ' ', '-'), 'public', '2020-01-01 00:00:00', '1'
	FROM (SELECT DISTINCT value FROM entry, json_each(post, '$.tags'));
INSERT INTO posts_tags (id, post_id, tag_id, sort_order) SELECT printf('%024x', row_number() OVER ()), entry.id, tags.id, key FROM entry, json_each(post, '$.tags') JOIN tags ON name = value;
COMMIT;
END
start '' "/$last_listed/"
echo "Ghost is ready: http://127.0.0.1:$port/"
wait "$pids"
