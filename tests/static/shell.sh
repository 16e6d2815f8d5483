#!/bin/sh
# Every shell script passes shellcheck, and every one that says so is POSIX.
cd "$(dirname "$0")/../.." || exit 1

number=0
failed=
for script in bootstrap .ci/run conf/generate conf/*.sh tools/*.sh tests/*.sh lib/store/embed.sh tests/static/*.sh tests/cli/*.sh tests/peers/*.sh completion/renown.bash $(grep -lE '^#!/bin/(ba)?sh' samples/make* samples/*/make* tests/bench/* docs/* po/* templates/* 2>/dev/null); do
	number=$((number + 1))
	if out=$(shellcheck -x "$script" 2>&1); then
		echo "ok $number - $script"
	else
		echo "not ok $number - $script"
		printf '%s\n' "$out" | sed 's/^/# /'
		failed=1
	fi
done
[ -z "$failed" ]
