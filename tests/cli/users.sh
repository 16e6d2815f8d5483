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
runs 'user add prints a sign-in link' user add --name 'Eva Ro' --email eva@example.org --role owner
has 'the message says how long the link is valid, and how to get another' "$out" 'within 24 hours' 'renown user link eva@example.org'
link=$(printf '%s\n' "$out" | sed -n 's|^http://127.0.0.1:8080/sign-in/\([A-Za-z0-9_-]\{43\}\)$|\1|p')
is 'the link is for that user, for a day' 'eva@example.org|24' "$(sql "SELECT email, (l.expires - l.created) / 3600 FROM sign_in_link AS l JOIN site_user AS u ON u.id = l.user_id WHERE u.email = 'eva@example.org'")"
hasnt 'the database does not contain the link' "$(sql .dump)" "${link:-none was printed}"
sql "DELETE FROM site_user WHERE email = 'eva@example.org'; DELETE FROM sign_in_link"
refuses 'an email address that is in use is refused' 1 'already' user add --name Other --email GU@example.org
refuses 'an unknown role is refused' 2 '--role must be' user add --name X --email x@example.org --role king
refuses 'a malformed email address is refused' 1 'must be like name@example.org' user add --name X --email nonsense
refuses 'an empty name is refused' 1 'must not be empty' user add --name '' --email x@example.org
refuses 'a name that is not valid text is refused' 2 'not UTF-8' user add --name "$(printf 'a\377')" --email x@example.org
refuses 'a line break in a name is refused' 2 'not UTF-8 text' user add --name 'a
b' --email x@example.org
refuses 'a missing name is refused' 2 'Give --name and --email' user add --email x@example.org
is 'none of the refused users was added' 3 "$(sql 'SELECT count(*) FROM site_user')"

# --- user set
printf -- '---\ntitle: By Ada\nauthor: ada@example.org\n---\nText\n' >ada.md && mkdir adas && mv ada.md adas
run import markdown adas
counter=$(sql 'SELECT counter FROM content_version')
runs 'user set --name succeeds' user set ADA@example.org --name ' Ada  King '
is 'the name is changed, without extra spaces' 'Ada King|ada-byron|ada@example.org|Writes.|2' "$(sql "SELECT name, slug, email, bio, revision FROM site_user WHERE email = 'ada@example.org'")"
ok 'every page is rendered again' "$([ "$(sql 'SELECT counter FROM content_version')" -gt "$counter" ] && echo 0 || echo 1)"
is 'the audit log has one entry, without the name' 'user-changed||' "$(sql 'SELECT event, before, after FROM audit ORDER BY id DESC LIMIT 1')"
printf 'Writes.\n\nReads.\n' | "$RENOWN" --site "$site" user set ada@example.org --bio - >/dev/null
is 'a biography of several lines is read from standard input' 'Writes.

Reads.' "$(sql "SELECT bio FROM site_user WHERE email = 'ada@example.org'")"
runs 'user set --slug succeeds' user set ada@example.org --slug ada-king
is 'the slug is changed' ada-king "$(sql "SELECT slug FROM site_user WHERE email = 'ada@example.org'")"
lines=$(sql 'SELECT count(*) FROM audit')
runs 'user set with the current values succeeds' user set ada@example.org --slug ada-king --name 'Ada King'
is 'it changes nothing' "4 $lines" "$(sql "SELECT revision, (SELECT count(*) FROM audit) FROM site_user WHERE email = 'ada@example.org'" | tr '|' ' ')"
link=$("$RENOWN" --site "$site" user link ada@example.org)
sql "INSERT INTO email_verification (id, page, code, user_id, created, expires) SELECT 'x', 'y', 'z', id, 1, 9999999999 FROM site_user WHERE email = 'ada@example.org';
	INSERT INTO outbox (message_id, kind, recipient, subject, body, lang, state, created, expires, next_try) VALUES ('m', 'sign-in', 'ada@example.org', 's', 'b', 'en', 'queued', 1, 9999999999, 1)"
run session add ada@example.org
runs 'user set --email succeeds' user set ada@example.org --email 'Ada.King@Example.org'
has 'the message says that links to the old address no longer work' "$out" 'ada@example.org no longer work' 'Ada King <ada.king@example.org>'
is 'links and codes sent to the old address end, and sessions stay' '0 0 1' "$(sql 'SELECT (SELECT count(*) FROM sign_in_link), (SELECT count(*) FROM email_verification), (SELECT count(*) FROM session)' | tr '|' ' ')"
is 'queued emails to the old address are removed, and one email reports the change' 'address|ada@example.org' "$(sql 'SELECT kind, recipient FROM outbox')"
hasnt 'that email does not contain the new address' "$(sql 'SELECT subject, body FROM outbox')" 'ada.king'
is 'the audit log says that the address was changed' 'address||' "$(sql 'SELECT event, before, after FROM audit ORDER BY id DESC LIMIT 1')"
is 'the user keeps their posts' ada.king@example.org "$(sql 'SELECT email FROM site_user JOIN post ON author_id = site_user.id')"
run user set mo@example.org --name 'Mo Li'
run setting set language zh
sql 'DELETE FROM outbox'
RENOWN_LOCALE=${RENOWN_BUILD:-$root/build}/po "$RENOWN" --site "$site" user set ada.king@example.org --email ada@example.org >/dev/null
has 'the email is in the language of the site' "$(sql 'SELECT lang, body FROM outbox')" 'zh' '邮箱'
run setting set language --reset
runs 'several values at once are set' user set ada@example.org --name 'Ada Byron' --slug ada-byron --bio 'Writes.'
before=$(sql 'SELECT * FROM site_user'; sql 'SELECT count(*) FROM audit')
refuses 'an unknown user is refused' 1 'No user has' user set nobody@example.org --name X
refuses 'user set without a value is refused' 2 'Say what to change' user set ada@example.org
refuses 'an empty name is refused' 1 'a name has 1 to 100' user set ada@example.org --name ' '
refuses 'a name that is too long is refused' 1 'a name has 1 to 100' user set ada@example.org --name "$(printf '%0101d' 1)"
refuses 'a biography that is too long is refused' 1 'at most 4000' user set ada@example.org --bio "$(printf '%04001d' 1)"
refuses 'a malformed slug is refused' 1 'letters, digits and hyphens' user set ada@example.org --slug 'Ada King'
refuses "another user's slug is refused" 1 'another user' user set ada@example.org --slug mo-li
refuses 'a malformed email address is refused' 1 'such as anna@example.org' user set ada@example.org --email nonsense
refuses "another user's email address is refused" 1 'another user' user set ada@example.org --email GU@example.org
refuses 'a name that is not valid text is refused' 2 'not UTF-8' user set ada@example.org --name "$(printf 'a\377')"
refuses 'a valid value beside a refused one is not set' 1 'another user' user set ada@example.org --name Good --slug mo-li
is 'none of the refused changes was made' "$before" "$(sql 'SELECT * FROM site_user'; sql 'SELECT count(*) FROM audit')"
sql "DELETE FROM session; DELETE FROM outbox"

# --- session
run session add ada@example.org
is 'session add prints only a cookie: token, time, signature' 0 "$status"
is "the cookie has the format of the sign-in form's cookie" 1 "$(printf '%s\n' "$out" | grep -cE '^[A-Za-z0-9_-]{43}\.[0-9]{10}\.[0-9a-f]{64}$')"
is 'the session does not become idle before its end' "$(sql 'SELECT expires FROM session')" "$(printf '%s' "$out" | cut -d . -f 2)"
hasnt 'the database does not contain the token' "$(sql .dump)" "${out%%.*}"
is 'the session ends after thirty days' 30 "$(sql 'SELECT CAST(round((expires - created) / 86400.0) AS INTEGER) FROM session')"
runs 'session add --days succeeds' session add ADA@example.org --days 2
is 'the session ends after that number of days' 2 "$(sql 'SELECT CAST(round((expires - created) / 86400.0) AS INTEGER) FROM session ORDER BY expires LIMIT 1')"
refuses 'an unknown user is refused' 1 'No user has' session add nobody@example.org
refuses 'zero days are refused' 2 '--days must be' session add ada@example.org --days 0

# --- two-factor authentication
refuses 'reset is refused for a user without two-factor authentication' 1 'does not use two-factor authentication' user reset-second-factor ada@example.org
refuses 'reset is refused for an unknown user' 1 'No user has' user reset-second-factor nobody@example.org
sql "INSERT INTO second_factor (user_id, secret, created, confirmed) SELECT id, 'x', 1, 1 FROM site_user WHERE email = 'ada@example.org';
	INSERT INTO recovery_code (id, user_id, created) SELECT 'y', id, 1 FROM site_user WHERE email = 'ada@example.org'"
runs 'reset turns two-factor authentication off' user reset-second-factor ADA@example.org
is 'it removes the recovery codes and every session' '0 0 0' "$(sql 'SELECT (SELECT count(*) FROM second_factor), (SELECT count(*) FROM recovery_code), (SELECT count(*) FROM session)' | tr '|' ' ')"

# --- invite
runs 'invite prints only a link' invite
is 'the link has its format' 1 "$(printf '%s\n' "$out" | grep -cE '^http://127\.0\.0\.1:8080/invitation/[A-Za-z0-9_-]{43}$')"
hasnt 'the database does not contain the token of the link' "$(sql .dump)" "${out##*/}"
is 'the invitation is for a member, for a week, without an inviter, with an entry in the audit log' 'member||7|0 1' "$(sql 'SELECT role, email, (expires - created) / 86400, ifnull(user_id, 0) FROM invitation') $(sql "SELECT count(*) FROM audit WHERE event = 'invited' AND user_id = 0")"
runs 'invite with all options succeeds' invite --role editor --email 'Eva@Example.org' --days 30 --lang zh
has 'the link is in the chosen language' "$out" '/zh/invitation/'
is 'the invitation is stored' 'editor|eva@example.org|30' "$(sql "SELECT role, email, (expires - created) / 86400 FROM invitation WHERE email <> ''")"
is 'it is emailed once, with that link' '1 1' "$(sql "SELECT count(*), sum(instr(body, '$out') > 0) FROM outbox WHERE recipient = 'eva@example.org' AND kind = 'invitation' AND lang = 'zh'" | tr '|' ' ')"
refuses 'an unknown role is refused' 2 '--role must be' invite --role king
refuses 'a malformed email address is refused' 2 '--email must be' invite --email nonsense
refuses 'a second recipient is refused' 2 '--email must be' invite --email 'a@example.org
Bcc: b@example.org'
refuses 'too many days are refused' 2 '--days must be' invite --days 31
refuses 'an existing user is refused' 1 'already' invite --email ADA@example.org
"$RENOWN" --site "$site" setting set registration off
refuses 'invite is refused when sign-up is turned off' 1 'Sign-up is off' invite
"$RENOWN" --site "$site" setting set registration --reset
is 'none of the refused invitations was stored' '2 1' "$(sql 'SELECT (SELECT count(*) FROM invitation), (SELECT count(*) FROM outbox)' | tr '|' ' ')"
sql 'DELETE FROM invitation; DELETE FROM outbox'

# --- grant
mkdir notes && printf -- '---\ntitle: One\ntags: [paper]\naccess: paid\n---\nText\n' >notes/one.md
runs 'a post is imported' import markdown notes
runs 'a right to everything is granted' grant add gu@example.org --everything --from 2026-01-01 --until 2026-02-01 --source gift
first=$out
runs 'a right to a tag is granted' grant add gu@example.org --tag paper
runs 'a right to a post is granted for later' grant add gu@example.org --post one --from 2100-01-01
third=$out
run grant list gu@example.org
is 'the rights are listed, newest first' "$third to come post One
2 holds tag paper
$first ended everything" "$(printf '%s' "$out" | cut -f 1-3 | tr '\t' ' ')"
has 'the list shows their time and source' "$out" '2026-01-01 00:00	2026-02-01 00:00	gift'
runs 'a right is ended' grant end 2
run grant list gu@example.org
has 'the list shows that it has ended' "$out" '2	ended	tag paper'
refuses 'an unknown right is refused' 1 'no grant 99' grant end 99
refuses 'a malformed number is refused' 2 'first column of' grant end x
refuses 'an unknown tag is refused' 1 'no tag "x"' grant add gu@example.org --tag x
refuses 'an unknown post is refused' 1 'no post "x"' grant add gu@example.org --post x
refuses 'two scopes are refused' 2 'Give one of' grant add gu@example.org --everything --tag paper
refuses 'a missing scope is refused' 2 'Give one of' grant add gu@example.org
refuses 'a malformed date is refused' 2 'must be a date' grant add gu@example.org --everything --until tomorrow
refuses 'an end before the beginning is refused' 2 'later' grant add gu@example.org --everything --from 2026-02-01 --until 2026-01-01

# --- setting
runs 'a setting is set' setting set title 'The Bench'
runs 'a setting is set for one language' setting set title 裱台 --lang zh
is 'the setting is read' 'The Bench' "$("$RENOWN" --site "$site" setting get title)"
is 'the setting is read in that language' 裱台 "$("$RENOWN" --site "$site" setting get title --lang zh)"
is 'a language without a value of its own gets the general value' 'The Bench' "$("$RENOWN" --site "$site" setting get title --lang en)"
run setting list
has 'the settings are listed with their descriptions' "$out" 'title = The Bench' 'title[zh] = 裱台' '# Shown in the header'
runs 'a setting is reset' setting set title --reset --lang zh
is 'it has its general value again' 'The Bench' "$("$RENOWN" --site "$site" setting get title --lang zh)"
printf 'One.\n\nTwo.\n' | "$RENOWN" --site "$site" setting set home_intro -
is 'a long value is read from standard input' 'One.

Two.' "$("$RENOWN" --site "$site" setting get home_intro)"
printf 'Writing /blog\n\nAbout me /about\nElsewhere https://example.net\n' | "$RENOWN" --site "$site" setting set navigation -
is 'a menu of several entries is read from standard input' 3 "$("$RENOWN" --site "$site" setting get navigation | grep -c .)"
refuses 'an invalid menu entry is reported' 1 'needs a label' setting set navigation "Writing /blog
/about"
# Each setting that accepts several lines says so in its help.
for name in $("$RENOWN" setting help | awk '/^[a-z]/ { name = $1 } /^\t(text in Markdown|lines of)/ { print name }'); do
	printf 'One /blog\nTwo /about\n' | "$RENOWN" --site "$site" setting set "$name" - 2>"$work/err"
	is "$name accepts several lines" 'One /blog
Two /about' "$("$RENOWN" --site "$site" setting get "$name")" "$(cat err)"
	run setting set "$name" --reset
done
refuses 'setting set refuses an unknown setting' 1 'no setting "x"' setting set x y
refuses 'setting get refuses an unknown setting' 1 'no setting "x"' setting get x
refuses 'an invalid colour is refused' 1 'accent_colour' setting set accent_colour blue
refuses 'an invalid time zone is refused' 1 'time_zone' setting set time_zone Mars/Base
refuses 'an unsupported language is refused' 1 'language' setting set language fr
refuses 'a line break is refused' 1 'on one line' setting set title 'a
b'
refuses 'an unsupported language for a value is refused' 2 'en or zh' setting set title x --lang fr
refuses 'a language is refused for a setting with one value' 1 'one value for all' setting set time_zone UTC --lang zh
refuses 'a missing value is refused' 2 'Give either' setting set title
refuses 'a value together with --reset is refused' 2 'Give either' setting set title x --reset
is 'the refused values changed nothing' 'The Bench' "$("$RENOWN" --site "$site" setting get title)"
runs "the site's time zone is set" setting set time_zone Asia/Shanghai
runs 'a right with dates is granted' grant add gu@example.org --everything --from 2026-06-01 --until 2026-06-02
is 'the dates are midnight in that time zone' 1780243200 "$(sql 'SELECT starts FROM grant_right WHERE ends - starts = 86400')"
finish
