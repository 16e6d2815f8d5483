#!/bin/sh
# Every message of the sources and of the default theme is in every catalogue, translated. `make update-po` brings
# new ones in.
cd "$(dirname "$0")/../.." || exit 1

number=0
failed=
result() {
	number=$((number + 1))
	if [ -z "$2" ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		printf '%s\n' "$2" | sed 's/^/# /'
		failed=1
	fi
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
result 'messages can be extracted' "$(po/extract.sh "$folder/all.pot" . 2>&1)"
grep -v '^#' po/LINGUAS >"$folder/languages"
while read -r language; do
	catalogue=po/$language.po
	result "$catalogue is sound" "$(msgfmt --check --output-file=/dev/null "$catalogue" 2>&1)"
	# lib/page/lang/lang.c knows these two rules for numbers and no other.
	result "$catalogue has a rule for numbers that we follow" "$(sed -n 's/^"Plural-Forms: \(.*\)\\n"$/\1/p' "$catalogue" | grep -vxE 'nplurals=1; plural=0;|nplurals=2; plural=\(?n ?!= ?1\)?;' ||
		{ grep -q '^"Plural-Forms: ' "$catalogue" || echo 'there is no line Plural-Forms'; })"
	# Takes the translations that there are; what is then missing or a guess is listed.
	msgmerge --quiet --no-fuzzy-matching --output-file="$folder/merged.po" "$catalogue" "$folder/all.pot"
	result "$catalogue translates every message" "$(msgattrib --untranslated "$folder/merged.po" | grep -A1 '^msgid' | grep -v '^--' | sed 1,2d)"
	result "$catalogue guesses nothing" "$(msgattrib --only-fuzzy "$folder/merged.po" | grep '^msgid' | sed 1d)"
	result "$catalogue holds nothing that is gone" "$(msgattrib --only-obsolete "$folder/merged.po" | grep '^#~ msgid')"
done <"$folder/languages"
echo "1..$number"
[ -z "$failed" ]
