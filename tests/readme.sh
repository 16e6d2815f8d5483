# The command lines of the README, for tests that run them.
# shellcheck shell=sh

# readme_lines FILE HEADING: the indented lines below that heading, with continued lines joined.
readme_lines() {
	awk -v heading="## $2" '
		/^## / { here = $0 == heading }
		here && /^    / {
			line = line substr($0, 5)
			if (sub(/ *\\$/, " ", line))
				next
			gsub(/ +/, " ", line)
			print line
			line = ""
		}' "$1"
}
