#!/bin/sh
# renown user, session, grant, invite, setting: users, rights, invitations, settings.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
new_site site

# --- user
runs 'a member is added' user add --name '顾以宁' --email Gu@Example.ORG
runs 'an author is added' user add --name 'Ada Byron' --email ada@example.org --role author --bio 'Writes.'
run user list
is 'everyone is listed' 'mo@example.org owner mo-li Mo Li
gu@example.org member 顾以宁 顾以宁
ada@example.org author ada-byron Ada Byron' "$(printf '%s' "$out" | tr '\t' ' ')"
runs 'who is added gets a link that signs in' user add --name 'Eva Ro' --email eva@example.org --role owner
has 'it says for how long, and how to get another' "$out" 'within 24 hours' 'renown user link eva@example.org'
link=$(printf '%s\n' "$out" | sed -n 's|^http://127.0.0.1:8080/sign-in/\([A-Za-z0-9_-]\{43\}\)$|\1|p')
is 'the link is one of that person, for a day' 'eva@example.org|24' "$(sql "SELECT email, (l.expires - l.created) / 3600 FROM sign_in_link AS l JOIN site_user AS u ON u.id = l.user_id WHERE u.email = 'eva@example.org'")"
hasnt 'the store does not hold it' "$(sql .dump)" "${link:-none was printed}"
sql "DELETE FROM site_user WHERE email = 'eva@example.org'; DELETE FROM sign_in_link"
refuses 'one address, one person' 1 'already' user add --name Other --email GU@example.org
refuses 'a role that is none' 2 '--role must be' user add --name X --email x@example.org --role king
refuses 'an address that is none' 1 'must be like name@example.org' user add --name X --email nonsense
refuses 'an empty name' 1 'must not be empty' user add --name '' --email x@example.org
refuses 'a name that is no text' 2 'no UTF-8' user add --name "$(printf 'a\377')" --email x@example.org
refuses 'a line break in a name' 2 'no UTF-8 text' user add --name 'a
b' --email x@example.org
refuses 'no name' 2 'are needed' user add --email x@example.org
is 'nothing of that was kept' 3 "$(sql 'SELECT count(*) FROM site_user')"

# --- user set
printf -- '---\ntitle: By Ada\nauthor: ada@example.org\n---\nText\n' >ada.md && mkdir adas && mv ada.md adas
run import markdown adas
counter=$(sql 'SELECT counter FROM content_version')
runs 'a name' user set ADA@example.org --name ' Ada  King '
is 'is changed' 'Ada King|ada-byron|ada@example.org|Writes.|2' "$(sql "SELECT name, slug, email, bio, revision FROM site_user WHERE email = 'ada@example.org'")"
ok 'on every page' "$([ "$(sql 'SELECT counter FROM content_version')" -gt "$counter" ] && echo 0 || echo 1)"
is 'with one line in the audit log, which does not say the name' 'user-changed||' "$(sql 'SELECT event, before, after FROM audit ORDER BY id DESC LIMIT 1')"
printf 'Writes.\n\nReads.\n' | "$RENOWN" --site "$site" user set ada@example.org --bio - >/dev/null
is 'a biography of several lines, from standard input' 'Writes.

Reads.' "$(sql "SELECT bio FROM site_user WHERE email = 'ada@example.org'")"
runs 'the address of the page' user set ada@example.org --slug ada-king
is 'is changed, too' ada-king "$(sql "SELECT slug FROM site_user WHERE email = 'ada@example.org'")"
lines=$(sql 'SELECT count(*) FROM audit')
runs 'what is so already' user set ada@example.org --slug ada-king --name 'Ada King'
is 'is no change' "4 $lines" "$(sql "SELECT revision, (SELECT count(*) FROM audit) FROM site_user WHERE email = 'ada@example.org'" | tr '|' ' ')"
link=$("$RENOWN" --site "$site" user link ada@example.org)
sql "INSERT INTO email_verification (id, page, code, user_id, created, expires) SELECT 'x', 'y', 'z', id, 1, 9999999999 FROM site_user WHERE email = 'ada@example.org';
	INSERT INTO outbox (message_id, kind, recipient, subject, body, lang, state, created, expires, next_try) VALUES ('m', 'sign-in', 'ada@example.org', 's', 'b', 'en', 'queued', 1, 9999999999, 1)"
run session add ada@example.org
runs 'an email address' user set ada@example.org --email 'Ada.King@Example.org'
has 'says that the old one is over' "$out" 'ada@example.org no longer work' 'Ada King <ada.king@example.org>'
is 'ends the links and codes that went to the old one, not the sessions' '0 0 1' "$(sql 'SELECT (SELECT count(*) FROM sign_in_link), (SELECT count(*) FROM email_verification), (SELECT count(*) FROM session)' | tr '|' ' ')"
is 'what waited to go there does not; one mail tells it' 'address|ada@example.org' "$(sql 'SELECT kind, recipient FROM outbox')"
hasnt 'and does not name the new one' "$(sql 'SELECT subject, body FROM outbox')" 'ada.king'
is 'a line in the audit log says that it was changed' 'address||' "$(sql 'SELECT event, before, after FROM audit ORDER BY id DESC LIMIT 1')"
is 'the posts are hers' ada.king@example.org "$(sql 'SELECT email FROM site_user JOIN post ON author_id = site_user.id')"
run user set mo@example.org --name 'Mo Li'
run setting set language zh
sql 'DELETE FROM outbox'
RENOWN_LOCALE=${RENOWN_BUILD:-$root/build}/po "$RENOWN" --site "$site" user set ada.king@example.org --email ada@example.org >/dev/null
has 'the mail is in the language of the site' "$(sql 'SELECT lang, body FROM outbox')" 'zh' '邮箱'
run setting set language --reset
runs 'all at once' user set ada@example.org --name 'Ada Byron' --slug ada-byron --bio 'Writes.'
before=$(sql 'SELECT * FROM site_user'; sql 'SELECT count(*) FROM audit')
refuses 'nobody' 1 'Nobody has' user set nobody@example.org --name X
refuses 'nothing' 2 'Say what to change' user set ada@example.org
refuses 'an empty name' 1 'a name has 1 to 100' user set ada@example.org --name ' '
refuses 'a name that is too long' 1 'a name has 1 to 100' user set ada@example.org --name "$(printf '%0101d' 1)"
refuses 'a biography that is too long' 1 'at most 4000' user set ada@example.org --bio "$(printf '%04001d' 1)"
refuses 'a slug that is none' 1 'letters, digits and hyphens' user set ada@example.org --slug 'Ada King'
refuses "a slug of another's" 1 'someone else' user set ada@example.org --slug mo-li
refuses 'an email address that is none' 1 'such as anna@example.org' user set ada@example.org --email nonsense
refuses "an email address of another's" 1 'someone else' user set ada@example.org --email GU@example.org
refuses 'a name that is no text' 2 'no UTF-8' user set ada@example.org --name "$(printf 'a\377')"
refuses 'a right value beside a wrong one' 1 'someone else' user set ada@example.org --name Good --slug mo-li
is 'nothing of that was kept' "$before" "$(sql 'SELECT * FROM site_user'; sql 'SELECT count(*) FROM audit')"
sql "DELETE FROM session; DELETE FROM outbox"

# --- session
run session add ada@example.org
is 'a session is a cookie alone: token, time, signature' 0 "$status"
is 'it has their form' 1 "$(printf '%s\n' "$out" | grep -cE '^[A-Za-z0-9_-]{43}\.[0-9]{10}\.[0-9a-f]{64}$')"
is 'it is not idle before its end' "$(sql 'SELECT expires FROM session')" "$(printf '%s' "$out" | cut -d . -f 2)"
hasnt 'the store does not hold the token' "$(sql .dump)" "${out%%.*}"
is 'it ends after thirty days' 30 "$(sql 'SELECT CAST(round((expires - created) / 86400.0) AS INTEGER) FROM session')"
runs 'days can be said' session add ADA@example.org --days 2
is 'they count' 2 "$(sql 'SELECT CAST(round((expires - created) / 86400.0) AS INTEGER) FROM session ORDER BY expires LIMIT 1')"
refuses 'nobody of that address' 1 'Nobody has' session add nobody@example.org
refuses 'no day' 2 '--days must be' session add ada@example.org --days 0

# --- second factor
refuses 'nobody has lost what nobody has' 1 'has no second factor' user reset-second-factor ada@example.org
refuses 'nobody of that address has one' 1 'Nobody has' user reset-second-factor nobody@example.org
sql "INSERT INTO second_factor (user_id, secret, created, confirmed) SELECT id, 'x', 1, 1 FROM site_user WHERE email = 'ada@example.org';
	INSERT INTO recovery_code (id, user_id, created) SELECT 'y', id, 1 FROM site_user WHERE email = 'ada@example.org'"
runs 'a lost one is turned off' user reset-second-factor ADA@example.org
is 'with its codes and every session' '0 0 0' "$(sql 'SELECT (SELECT count(*) FROM second_factor), (SELECT count(*) FROM recovery_code), (SELECT count(*) FROM session)' | tr '|' ' ')"

# --- invite
runs 'an invitation is a link alone' invite
is 'it has its form' 1 "$(printf '%s\n' "$out" | grep -cE '^http://127\.0\.0\.1:8080/invitation/[A-Za-z0-9_-]{43}$')"
hasnt 'the store does not hold its token' "$(sql .dump)" "${out##*/}"
is 'for a week, for a member, from nobody, with a line in the trail' 'member||7|0 1' "$(sql 'SELECT role, email, (expires - created) / 86400, ifnull(user_id, 0) FROM invitation') $(sql "SELECT count(*) FROM audit WHERE event = 'invited' AND user_id = 0")"
runs 'with all that can be said' invite --role editor --email 'Eva@Example.org' --days 30 --lang zh
has 'in a language' "$out" '/zh/invitation/'
is 'it is kept' 'editor|eva@example.org|30' "$(sql "SELECT role, email, (expires - created) / 86400 FROM invitation WHERE email <> ''")"
is 'and mailed, once, with that link' '1 1' "$(sql "SELECT count(*), sum(instr(body, '$out') > 0) FROM outbox WHERE recipient = 'eva@example.org' AND kind = 'invitation' AND lang = 'zh'" | tr '|' ' ')"
refuses 'a role that is none' 2 '--role must be' invite --role king
refuses 'no address' 2 '--email must be' invite --email nonsense
refuses 'no second recipient' 2 '--email must be' invite --email 'a@example.org
Bcc: b@example.org'
refuses 'too long' 2 '--days must be' invite --days 31
refuses 'somebody who is here' 1 'already' invite --email ADA@example.org
"$RENOWN" --site "$site" setting set registration off
refuses 'where nobody may come' 1 'switched off' invite
"$RENOWN" --site "$site" setting set registration --reset
is 'nothing of that was kept' '2 1' "$(sql 'SELECT (SELECT count(*) FROM invitation), (SELECT count(*) FROM outbox)' | tr '|' ' ')"
sql 'DELETE FROM invitation; DELETE FROM outbox'

# --- grant
mkdir notes && printf -- '---\ntitle: One\ntags: [paper]\naccess: paid\n---\nText\n' >notes/one.md
runs 'a post to have rights on' import markdown notes
runs 'everything' grant add gu@example.org --everything --from 2026-01-01 --until 2026-02-01 --source gift
first=$out
runs 'a tag' grant add gu@example.org --tag paper
runs 'a post, to come' grant add gu@example.org --post one --from 2100-01-01
third=$out
run grant list gu@example.org
is 'the rights are listed, newest first' "$third to come post One
2 holds tag paper
$first ended everything" "$(printf '%s' "$out" | cut -f 1-3 | tr '\t' ' ')"
has 'with their time and source' "$out" '2026-01-01 00:00	2026-02-01 00:00	gift'
runs 'a right is ended' grant end 2
run grant list gu@example.org
has 'and is ended' "$out" '2	ended	tag paper'
refuses 'no such right' 1 'no right 99' grant end 99
refuses 'no number' 2 'named by its number' grant end x
refuses 'no such tag' 1 'no tag "x"' grant add gu@example.org --tag x
refuses 'no such post' 1 'no post "x"' grant add gu@example.org --post x
refuses 'two scopes' 2 'Give one of' grant add gu@example.org --everything --tag paper
refuses 'no scope' 2 'Give one of' grant add gu@example.org
refuses 'a date that is none' 2 'must be a date' grant add gu@example.org --everything --until tomorrow
refuses 'an end before the beginning' 2 'later' grant add gu@example.org --everything --from 2026-02-01 --until 2026-01-01

# --- setting
runs 'a setting is set' setting set title 'The Bench'
runs 'and for one language' setting set title 裱台 --lang zh
is 'it is read back' 'The Bench' "$("$RENOWN" --site "$site" setting get title)"
is 'in that language' 裱台 "$("$RENOWN" --site "$site" setting get title --lang zh)"
is 'in another one that has none of its own' 'The Bench' "$("$RENOWN" --site "$site" setting get title --lang en)"
run setting list
has 'it is listed' "$out" 'title = The Bench' 'title[zh] = 裱台' '# Shown in the header'
runs 'one goes back to its default' setting set title --reset --lang zh
is 'and it does' 'The Bench' "$("$RENOWN" --site "$site" setting get title --lang zh)"
printf 'One.\n\nTwo.\n' | "$RENOWN" --site "$site" setting set home_intro -
is 'a long one comes from standard input' 'One.

Two.' "$("$RENOWN" --site "$site" setting get home_intro)"
printf 'Writing /blog\n\nAbout me /about\nElsewhere https://example.net\n' | "$RENOWN" --site "$site" setting set navigation -
is 'a menu of several entries comes from standard input' 3 "$("$RENOWN" --site "$site" setting get navigation | grep -c .)"
refuses 'a wrong entry is named' 1 'needs a label' setting set navigation "Writing /blog
/about"
# Each setting that takes several lines says so in its help.
for name in $("$RENOWN" setting help | awk '/^[a-z]/ { name = $1 } /^\t(text in Markdown|lines of)/ { print name }'); do
	printf 'One /blog\nTwo /about\n' | "$RENOWN" --site "$site" setting set "$name" - 2>"$work/err"
	is "$name takes several lines" 'One /blog
Two /about' "$("$RENOWN" --site "$site" setting get "$name")" "$(cat err)"
	run setting set "$name" --reset
done
refuses 'no such setting' 1 'no setting "x"' setting set x y
refuses 'no such setting to read' 1 'no setting "x"' setting get x
refuses 'a wrong colour says what is right' 1 'accent_colour' setting set accent_colour blue
refuses 'a wrong zone' 1 'time_zone' setting set time_zone Mars/Base
refuses 'a wrong language' 1 'language' setting set language fr
refuses 'a line with a break' 1 'on one line' setting set title 'a
b'
refuses 'no language that we speak' 2 'en or zh' setting set title x --lang fr
refuses 'one value for all languages' 1 'one value for all' setting set time_zone UTC --lang zh
refuses 'neither value nor --reset' 2 'Give either' setting set title
refuses 'both' 2 'Give either' setting set title x --reset
is 'a refused value changes nothing' 'The Bench' "$("$RENOWN" --site "$site" setting get title)"
runs 'the zone of the site' setting set time_zone Asia/Shanghai
runs 'decides what a date means' grant add gu@example.org --everything --from 2026-06-01 --until 2026-06-02
is 'midnight in Shanghai' 1780243200 "$(sql 'SELECT starts FROM grant_right WHERE ends - starts = 86400')"
finish
