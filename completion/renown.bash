# bash completion for renown(1)                            -*- shell-script -*-
# shellcheck shell=bash

# The options of each command; a name in capitals stands for a value of that kind.
_renown_commands() {
	cat <<'END'
init --base-url
migrate
config check
setting get --lang SETTING
setting set --lang --reset SETTING
setting help SETTING
setting list --lang
schedule list
schedule add
schedule remove
schedule slots --limit
post list --state --kind --lang --limit
post show SLUG
post publish SLUG
post unpublish SLUG
comment list --state --post --limit
comment show COMMENT
comment counts
render --all
user add --name --email --role --bio
user set --name --email --bio --slug ADDRESS
user list
user link --owner ADDRESS
user password ADDRESS
user reset-second-factor ADDRESS
session add --days ADDRESS
invite --role --email --days --lang
grant add --everything --tag --post --from --until --source ADDRESS
grant end --at
grant list ADDRESS
experiment list
experiment count --variant --seen --acted
spam evaluate --untrained FILE
spam why FILE
import markdown --author --label --force --dry-run FOLDER
sample add --until
sample remove
export ADDRESS FILE
backup FILE --asked
doctor --clean
work --once
help --commands COMMAND
version
END
}

# Runs renown for the site that the command line names.
_renown_ask() {
	"${COMP_WORDS[0]}" "${_renown_site[@]}" "$@" 2>/dev/null
}

_renown_words() {
	case $1 in
	SETTING) _renown_ask setting list | sed -n 's/^\([a-z_]*\)\(\[[a-z]*\]\)\{0,1\} = .*/\1/p' | sort -u ;;
	COMMENT) _renown_ask comment list --limit 200 | cut -f 1 ;;
	SLUG) _renown_ask post list | cut -f 1 ;;
	ADDRESS) _renown_ask user list | cut -f 1 ;;
	COMMAND) _renown_commands | cut -d ' ' -f 1 | sort -u ;;
	--*) echo "$1" ;;
	esac
}

# Prints the values of an option, one per line; fails if they cannot be listed.
_renown_values() {
	case $1 in
	--lang) printf '%s\n' en zh ;;
	--state) printf '%s\n' draft published unpublished ;;
	--kind) printf '%s\n' article audio video page ;;
	--variant) printf '%s\n' A B C D ;;
	--role) printf '%s\n' member author editor moderator owner ;;
	--author) _renown_words ADDRESS ;;
	--post) _renown_words SLUG ;;
	*) return 1 ;;
	esac
}

_renown() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local -a words=() _renown_site=() rest=()
	local i word line values
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ ${COMP_WORDS[i]} == --site ]]; then
			_renown_site=(--site "${COMP_WORDS[i + 1]}")
			((i++))
		elif [[ ${COMP_WORDS[i]} != -* ]]; then
			words+=("${COMP_WORDS[i]}")
		fi
	done
	if [[ $previous == --site ]]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		return
	fi
	if values=$(_renown_values "$previous"); then
		mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
		return
	fi
	if ((${#words[@]} == 0)); then
		mapfile -t COMPREPLY < <(compgen -W "$(_renown_words COMMAND) --site --help --version" -- "$current")
		return
	fi
	# Completes the words typed so far: with the second word of a command, or with options and values.
	while read -r line; do
		read -ra rest <<<"$line"
		if [[ ${rest[0]} != "${words[0]}" ]]; then
			continue
		elif [[ ${rest[1]:-} == [a-z]* && ${#words[@]} -eq 1 ]]; then
			mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "${rest[1]}" -- "$current")
		elif [[ ${rest[1]:-} != [a-z]* || ${rest[1]} == "${words[1]:-}" ]]; then
			for word in "${rest[@]:1}"; do
				if [[ $word == F* ]]; then
					compopt -o filenames 2>/dev/null
				fi
				if [[ $word == FOLDER ]]; then
					mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$current")
				elif [[ $word == FILE ]]; then
					mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")
				else
					mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_renown_words "$word")" -- "$current")
				fi
			done
		fi
	done < <(_renown_commands)
}

complete -F _renown renown
