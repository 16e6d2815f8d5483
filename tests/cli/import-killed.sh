#!/bin/sh
# kill -9 during an import, then import again: the database stays intact, and the result is the same as without the kill.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
rounds=15
[ -z "${RENOWN_QUICK:-}" ] || rounds=5

mkdir -p notes/a notes/b
i=0
while [ $i -lt 900 ]; do
	folder=notes/a
	[ $((i % 2)) -eq 0 ] || folder=notes/b
	[ $((i % 50)) -ne 0 ] || picture "$folder/p$i.png" "$i"
	printf -- '---\ntitle: Post %s\ndate: 2020-01-01\ntags: [t%s]\n---\nText with [a link](../a/p%s.md) and ![a picture](p%s.png) 文字.\n' \
		$i $((i % 9)) $((i * 2 / 3)) $((i - i % 50)) >"$folder/p$((i / 2)).md"
	[ $((i % 10)) -ne 0 ] || printf '字 %s。\n' $i >"$folder/p$((i / 2)).zh.md"
	i=$((i + 1))
done
new_site clean
start=$(date +%s%N)
runs 'a clean run' import markdown notes
took=$((($(date +%s%N) - start) / 1000000))
dump >"$work/clean.dump"
ok 'it made many posts' "$([ "$(sql 'SELECT count(*) FROM post')" -eq 990 ] && echo 0 || echo 1)" "$(sql 'SELECT count(*) FROM post')"

new_site killed
broken='' between=0 round=0
# On a busy machine an import may take longer or shorter than the clean one did: until one was killed in the middle, it is tried again.
while [ $round -lt $rounds ] || { [ $between -eq 0 ] && [ $round -lt $((rounds * 4)) ]; }; do
	"$RENOWN" --site "$site" import markdown notes >/dev/null 2>&1 &
	child=$!
	# Moments spread over the whole run; later rounds do less, since part is there.
	sleep "$(awk -v took="$took" -v round=$((round % rounds)) -v rounds="$rounds" 'BEGIN { printf "%.3f", took / 1000 * (round + 0.5) / rounds }')"
	kill -9 $child 2>/dev/null
	wait $child 2>/dev/null
	found=$(sql 'SELECT count(*) FROM post')
	[ "$found" -eq 0 ] || [ "$found" -eq 990 ] || between=$((between + 1))
	sound=$(sql 'PRAGMA quick_check; PRAGMA foreign_key_check')
	whole=$(sql "SELECT (SELECT count(*) FROM post) = (SELECT count(*) FROM post_text) AND (SELECT count(*) FROM post) = (SELECT count(*) FROM post_search_docsize)
		AND (SELECT count(*) FROM post_link WHERE media_id IS NOT NULL) >= 0")
	[ "$sound/$whole" = ok/1 ] || broken="$broken round $round: $sound $whole;"
	# Every file that a row names is there and complete.
	sql "SELECT bytes || ' ' || substr(digest, 1, 2) || '/' || digest || '.' || suffix FROM media" >"$work/named"
	while read -r bytes path; do
		[ "$(stat -c %s "$site/media/$path" 2>/dev/null)" = "$bytes" ] || broken="$broken round $round: $path;"
	done <"$work/named"
	if [ "$found" -eq 990 ]; then
		new_site killed
	fi
	round=$((round + 1))
	if [ $((round % rounds)) -eq 0 ] && [ $between -eq 0 ]; then
		took=$([ "$found" -eq 0 ] && echo $((took * 2)) || echo $((took / 2)))
	fi
done
is 'after each kill the store is whole, and so is every file that it names' '' "$broken"
ok 'some kills came in the middle' "$([ $between -gt 0 ] && echo 0 || echo 1)" "$between of $rounds"
runs 'the last run' import markdown notes
dump >"$work/killed.dump"
cmp -s "$work/clean.dump" "$work/killed.dump"
ok 'it ends as the clean run did' $? "$(diff "$work/clean.dump" "$work/killed.dump" | head -10 | cut -c 1-300)"
runs 'doctor finds nothing' doctor
finish
