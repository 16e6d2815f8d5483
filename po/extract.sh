#!/bin/sh
# Writes a template of all messages to the file named first: those of the C sources and the
# words of the default theme. Run from anywhere: extract.sh FILE [SOURCE-FOLDER]
set -eu
output=$(realpath -m "$1")
cd "${2:-$(dirname "$0")/..}"
xgettext=${XGETTEXT:-xgettext}

# Newer ones warn of an address in a message; ours are examples.
checks=
! $xgettext --help | grep -q -e --no-check || checks=--no-check=url

# shellcheck disable=SC2046,SC2086 # our own file names have no spaces
$xgettext $checks --from-code=UTF-8 --language=C --keyword --keyword=_ --keyword=N_ --keyword=lang_count:2,3 \
	--add-comments=Translators: --add-location=file --package-name=renown --output="$output" \
	$(find lib cgi-bin bin -name '*.c' | LC_ALL=C sort)
# shellcheck disable=SC2046
$xgettext --join-existing --its=po/xsl.its --from-code=UTF-8 --add-location=file \
	--package-name=renown --output="$output" $(find templates/default -name '*.xsl' | LC_ALL=C sort)
