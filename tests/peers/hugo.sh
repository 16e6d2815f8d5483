#!/bin/sh
# A Hugo site with a list and posts as static files, served by nginx with gzip_static. Needs the Debian packages hugo and nginx.
#   hugo.sh PORT [POSTS]      serves until it is stopped
set -eu
PATH=$PATH:/usr/sbin
port=${1:?usage: hugo.sh PORT [POSTS]} posts=${2:-1000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p content/post layouts/_default
printf 'baseURL = "http://127.0.0.1:%s/"\ntitle = "Posts"\npaginate = 20\n' "$port" >config.toml
cat >layouts/index.html <<'END'
<!DOCTYPE html><html lang="en"><head><title>{{ .Title }}</title></head><body><main>
{{ range (.Paginate (where .Site.RegularPages "Type" "post")).Pages }}<article><h2><a href="{{ .Permalink }}">{{ .Title }}</a></h2><time>{{ .Date }}</time><p>{{ .Summary }}</p></article>{{ end }}
</main></body></html>
END
printf '<!DOCTYPE html><html lang="en"><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>\n' >layouts/_default/single.html
awk -v posts="$posts" 'BEGIN { for (i = 1; i <= posts; i++) { file = "content/post/post-" i ".md"
	printf "---\ntitle: Post number %d\ndate: 20%02d-%02d-%02d\n---\n", i, 10 + i % 15, 1 + i % 12, 1 + i % 28 >file
	for (j = 0; j < 50; j++) printf "The paper was old and the light of the window fell on it slowly. " >file
	close(file) } }'
hugo --quiet
find public -type f \( -name '*.html' -o -name '*.xml' \) -exec gzip -k6 {} +
chmod -R a+rX "$folder"
cat >nginx.conf <<END
daemon off; worker_processes 2; pid $folder/nginx.pid; error_log $folder/error.log;
events { worker_connections 2048; }
http { access_log off; sendfile on; tcp_nopush on; types { text/html html; application/rss+xml xml; }
	client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/fastcgi; uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
	server { listen 127.0.0.1:$port; root $folder/public; gzip_static on; } }
END
nginx -p "$folder" -c "$folder/nginx.conf" -e "$folder/error.log" &
pid=$!
trap 'kill $pid; wait $pid || true; rm -rf "$folder"' EXIT
trap 'exit 0' INT TERM
wait "$pid"
