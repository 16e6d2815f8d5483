#!/bin/sh
# The man pages have no errors and are complete: they describe every configuration key and every
# command.
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

for page in docs/*.[158]; do
	# A reference to another page of ours is no style error while that page is not installed.
	result "mandoc -Tlint $page" "$(mandoc -Tlint "$page" 2>&1 | grep -vE 'referenced manual not found|outdated mandoc.db')"
done
keys=$(sed -n 's/^	{ "\([a-z_]*\)", ".*/\1/p' lib/core/conf.c)
[ -n "$keys" ] || result 'configuration keys are found' 'none'
if [ -e docs/renown.conf.5 ]; then
	for key in $keys; do
		result "renown.conf(5) explains $key" "$(grep -q "^\.It .*$key" docs/renown.conf.5 || echo "no .It for it")"
	done
fi
fields=$(sed -n 's/^log_format @ID@_log "\(.*\)";$/\1/p' conf/nginx/http.conf | awk -F '\\\\t' '{ print NF }')
result "renown-log(5) has as many columns as the log ($fields)" \
	"$([ "$(sed -n '/^\.Bl -enum/,/^\.El/p' docs/renown-log.5 | grep -c '^\.It')" = "$fields" ] || echo 'another number')"
[ -z "$failed" ]
