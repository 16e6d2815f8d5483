# Makes parts of a web server's configuration from the list conf/programs, for conf/generate:
#
#     awk -v part=PART -f programs.awk programs
#
# PART: nginx-http, nginx-locations, apache-limits, apache-locations, apache-send, apache-log. Values that differ between sites are left as @WORD@.

/^[ \t]*(#|$)/ { next }
$1 == "@secret" { secret = $2; next }
/^[a-z]/ {
	program = $1
	names[++programs] = program
	sockets[program] = $3
	next
}
{
	order = $1 + 0
	if (order in pattern)
		stop("the order " order " is used twice")
	owner[order] = program
	pattern[order] = with_secret($2)
	orders[++rows] = order
	if (order > general[program])
		general[program] = order
	for (i = 3; i <= NF; i++) {
		name = $i
		value = "yes"
		if (index($i, "=") > 0) {
			name = substr($i, 1, index($i, "=") - 1)
			value = substr($i, index($i, "=") + 1)
		}
		if (index(" body rate cached reads private secret sends ranges files experiments static ", " " name " ") == 0)
			stop("unknown word: " $i)
		word[order, name] = value
		if (name == "reads")
			add_arguments(value)
	}
}
END {
	if (failed)
		exit 1
	sort_rows()
	if (part == "nginx-http")
		nginx_http()
	else if (part == "nginx-locations")
		nginx_locations()
	else if (part == "apache-limits")
		apache_limits()
	else if (part == "apache-locations")
		apache_locations()
	else if (part == "apache-send")
		apache_send()
	else if (part == "apache-log")
		apache_log()
	else
		stop("no such part: " part)
}

function stop(problem) {
	print "conf/programs: line " NR ": " problem > "/dev/stderr"
	failed = 1
	exit 1
}

function add_arguments(list, i, count, name) {
	count = split(list, name, ",")
	for (i = 1; i <= count; i++) {
		if (name[i] !~ /^[a-z_]+$/)
			stop("an argument is a name of a-z and _: " name[i])
		if (!(name[i] in is_argument))
			argument[++arguments] = name[i]
		is_argument[name[i]] = 1
	}
}

# Not with sub(), which replaces "&" in the new text by the matched text.
function with_secret(text, at) {
	at = index(text, "@secret")
	return at == 0 ? text : substr(text, 1, at - 1) secret substr(text, at + 7)
}

function sort_rows(i, j, order) {
	for (i = 2; i <= rows; i++) {
		order = orders[i]
		for (j = i - 1; j > 0 && orders[j] > order; j--)
			orders[j + 1] = orders[j]
		orders[j + 1] = order
	}
}

function has(order, name) {
	return (order, name) in word
}

# Bytes of a size such as 20k or 4m.
function bytes(size) {
	return size * (size ~ /k$/ ? 1024 : size ~ /m$/ ? 1048576 : 1)
}

# Whether forms contain long texts: more than nginx keeps in memory by default (client_body_buffer_size in server.conf).
function is_long(order) {
	return has(order, "body") && !has(order, "files") && bytes(word[order, "body"]) > 32768
}

# An expression for the addresses of a group, as the web server sees them.
function addresses(order, text) {
	text = pattern[order]
	gsub(/\(\?<form>/, "(?:", text)
	return "^@BASE@(?:/(?:en|zh))?" text
}

# One expression for the addresses of those of the first groups that have this word.
function any_of(name, count, i, text) {
	for (i = 1; i <= count; i++)
		if (has(orders[i], name))
			text = text (text == "" ? "" : "|") pattern[orders[i]]
	gsub(/\(\?<form>/, "(?:", text)
	return "^@BASE@(?:/(?:en|zh))?(?:" text ")"
}

# The same expression for a Referer header, where a query or a fragment can follow the address.
function in_referrer(text) {
	sub(/^\^/, "", text)
	gsub(/\$/, "(?=[?#]|$)", text)
	return text
}

# --- nginx -----------------------------------------------------------------------

function nginx_http(i, name, all) {
	print "# From conf/programs."
	print "# Each socket is listed twice, so that a GET whose worker dies is sent once more to"
	print "# the next worker behind the same socket; max_fails=0 keeps nginx from leaving a socket out."
	for (i = 1; i <= programs; i++) {
		name = names[i]
		print "upstream @ID@_" name " {"
		print "\tserver \"unix:@RUN@/" sockets[name] "\" max_fails=0;"
		print "\tserver \"unix:@RUN@/" sockets[name] "\" max_fails=0;"
		print "}"
	}
	print "# The query that cached groups get: only the arguments that a route reads, in one order. Values are unchanged. The name"
	print "# may have been in capitals ($arg_ ignores case). Of a repeated argument, the first is used."
	for (i = 1; i <= arguments; i++) {
		all = all "$@ID@_argument_" argument[i]
		print "map $arg_" argument[i] " $@ID@_argument_" argument[i] " {"
		print "\tdefault \"&" argument[i] "=$arg_" argument[i] "\";"
		print "\t\"\" \"\";"
		print "}"
	}
	print "map \"" all "\" $@ID@_query_read {"
	print "\tdefault \"\";"
	print "\t\"~^&(?<renown_query>.*)$\" $renown_query;"
	print "}"
	print "map $args $@ID@_query {"
	print "\tdefault $@ID@_query_read;"
	print "\t\"\" \"\";"
	print "}"
	print "map $uri $@ID@_private_address {"
	print "\tdefault \"\";"
	print "\t\"~" any_of("private", rows) "\" 1;"
	print "}"
	print "# The referrer for the log: a private address without its query, any other address as it is."
	print "map $http_referer $@ID@_referrer_page {"
	print "\tdefault $http_referer;"
	print "\t\"~^(?<renown_referrer_page>https?://[^/]+" in_referrer(any_of("private", rows)) "[^?]*)\\?\" \"$renown_referrer_page?***\";"
	print "}"
}

function nginx_location(order) {
	if (has(order, "rate"))
		printf "\tlimit_req zone=@ID@_%s burst=%s nodelay;\n", substr(word[order, "rate"], 1, index(word[order, "rate"], ":") - 1),
			substr(word[order, "rate"], index(word[order, "rate"], ":") + 1)
	if (has(order, "secret"))
		print "\terror_log \"@LOG@/error.log\" emerg;"
	if (has(order, "body"))
		print "\tclient_max_body_size " word[order, "body"] ";"
	if (has(order, "files")) {
		print "\terror_page 418 = @renown_" owner[order] ";"
		print "\tinclude \"@CONF@/upload.conf\";"
	} else if (is_long(order)) {
		print "\tinclude \"@CONF@/typed.conf\";"
	}
	print "\tinclude \"@CONF@/fastcgi.conf\";"
	print "\tfastcgi_param QUERY_STRING " (has(order, "cached") ? "$@ID@_query" : "$args") ";"
	print "\tfastcgi_param RENOWN_BUCKET " bucket(order) ";"
	# Without this parameter a program compresses nothing.
	if (!has(order, "private"))
		print "\tfastcgi_param RENOWN_ENCODING $@ID@_encoding if_not_empty;"
	if (has(order, "body"))
		print "\tinclude \"@CONF@/fastcgi-form.conf\";"
	if (has(order, "cached")) {
		print "\tinclude \"@CONF@/cache.conf\";"
		print "\tfastcgi_cache_key \"$@ID@_query $@ID@_encoding $@ID@_language " (has(order, "experiments") ? bucket(order) : "") " $uri\";"
	}
	if (has(order, "sends"))
		print "\tinclude \"@CONF@/fastcgi-send.conf\";"
	print "\tfastcgi_pass @ID@_" owner[order] ";"
	print "}"
}

# Only pages that name posts to readers depend on the reader's bucket; all others are cached once for everybody. The program gets exactly
# the value in the cache key. If a group lacks the word, its pages take part in no test, but they are never wrong.
function bucket(order) {
	return has(order, "experiments") ? "$@ID@_bucket" : "\"\""
}

# Whether the pattern is a plain address, such as /search$, of a page that visitors read.
function is_exact(order) {
	return has(order, "cached") && pattern[order] ~ /^\/[a-z-]*\$$/
}

function nginx_exact(order, address, language) {
	address = substr(pattern[order], 1, length(pattern[order]) - 1)
	for (language = 0; language <= 2; language++) {
		print "location = @BASE@" (language == 0 ? "" : language == 1 ? "/en" : "/zh") address " {"
		nginx_location(order)
	}
}

function nginx_pattern(order, text) {
	text = pattern[order]
	if (text == "/") {
		print "location @BASE@/ {"
	} else if (has(order, "files")) {
		sub(/\(\?<form>/, "(?<renown_form>", text)
		print "location ~ \"^@BASE@(?<renown_language_prefix>/(?:en|zh))?" text "\" {"
	} else {
		print "location ~ \"" addresses(order) "\" {"
	}
	nginx_location(order)
}

# nginx finds exact addresses first and by hashing, then tries the expressions one after the other. All private groups are behind one
# expression, which a page that visitors read is compared with, instead of one for each.
function nginx_locations(i, order, private, with_files) {
	print "# From conf/programs, in its order."
	for (i = 1; i <= rows; i++)
		if (is_exact(orders[i]))
			nginx_exact(orders[i])
	while (private < rows && has(orders[private + 1], "private"))
		private++
	if (private > 0)
		print "location ~ \"" any_of("private", private) "\" {"
	for (i = 1; i <= rows; i++) {
		order = orders[i]
		if (!has(order, "static") && !is_exact(order))
			nginx_pattern(order)
		if (has(order, "files"))
			with_files[owner[order]] = 1
		if (i == private)
			print "}"
	}
	for (i = 1; i <= programs; i++)
		if (names[i] in with_files) {
			print "location @renown_" names[i] " {"
			nginx_location(general[names[i]])
		}
}

# --- Apache: the last line that matches wins ---------------------------------------

function apache_limits(i) {
	print "# From conf/programs."
	for (i = rows; i > 0; i--)
		print "SetEnvIf Request_URI \"" addresses(orders[i]) "\" renown_most=" bytes(has(orders[i], "body") ? word[orders[i], "body"] : "1k")
}

function apache_locations(i, order, name, handler, ranges) {
	print "# From conf/programs."
	print "# A worker with an open connection serves nobody else. If a worker dies, Apache sends the"
	print "# request again immediately."
	for (i = 1; i <= programs; i++) {
		name = names[i]
		print "<Proxy \"unix:@RUN@/" sockets[name] "|fcgi://@ID@_" name "\">"
		print "\tProxySet enablereuse=Off connectiontimeout=5 timeout=15 retry=0"
		print "</Proxy>"
	}
	for (i = rows; i > 0; i--) {
		order = orders[i]
		if (has(order, "ranges"))
			ranges = ranges "|" substr(addresses(order), length("^@BASE@") + 1)
		if (has(order, "experiments"))
			print "ProxyFCGISetEnvIf \"%{REQUEST_URI} =~ m#" addresses(order) "#\" RENOWN_BUCKET \"%{reqenv:renown_part}\""
		if (has(order, "static"))
			continue
		handler = "\tSetHandler \"proxy:unix:@RUN@/" sockets[owner[order]] "|fcgi://@ID@_" owner[order] "\""
		if (pattern[order] == "/") {
			print "<Location \"@BASE@/\">\n\tRequire all granted\n" handler "\n\tSetInputFilter BUFFER\n</Location>"
			continue
		}
		print "<LocationMatch \"" addresses(order) "\">"
		print handler
		# Apache itself fails here if its temporary folder (TMPDIR) has no space for a form longer than 16 KB.
		if (has(order, "files") || is_long(order))
			print "\tErrorDocument 500 /renown-error/full.html"
		if (has(order, "secret"))
			print "\tLogLevel emerg"
		print "</LocationMatch>"
	}
	print "RequestHeader unset Range \"expr=%{REQUEST_URI} !~ m#^@BASE@(?:/media/" ranges ")#\""
}

function apache_send(i) {
	print "# From conf/programs."
	for (i = rows; i > 0; i--)
		if (has(orders[i], "sends"))
			print "<LocationMatch \"" addresses(orders[i]) "\">\n\tProxyFCGISetEnvIf \"true\" RENOWN_SEND \"x-sendfile\"\n\tXSendFile On\n</LocationMatch>"
}

function apache_log(i, order) {
	print "# From conf/programs."
	for (i = 1; i <= rows; i++) {
		order = orders[i]
		if (!has(order, "private"))
			continue
		print "SetEnvIf Request_URI \"" addresses(order) "\" !renown_accepts"
		print "SetEnvIfExpr \"%{REQUEST_URI} =~ m#" addresses(order) "# && %{QUERY_STRING} =~ /./\" renown_log_query=***"
		print "SetEnvIf Referer \"^(https?://[^/]+" in_referrer(addresses(order)) "[^?]*)[?]\" renown_log_referrer=$1?***"
	}
}
