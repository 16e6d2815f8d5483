#!/bin/sh
# WordPress from its Debian package, with php-fpm, opcache, nginx with gzip, and a MariaDB of its own without network. It has the posts of the
# benchmark's own site, 20 in the list, and the default theme. Run it as an ordinary user.
#   wordpress.sh PORT [POSTS]     serves until it is stopped: at PORT without a page cache, at PORT + 1 with one (fastcgi_cache of nginx)
port=${1:?usage: wordpress.sh PORT [POSTS]} posts=${2:-1000}
# shellcheck source=tests/peers/common.sh
. "$(dirname "$0")/common.sh"
cached=$((port + 1))
need nginx nginx
need mariadbd mariadb-server
need php php-cli
fpm=$(find /usr/sbin -name 'php-fpm*' | sort | tail -n 1)
[ -n "$fpm" ] || fail 'php-fpm is missing: install the package php-fpm'
for extension in mysqli:php-mysql 'Zend OPcache:php-fpm'; do
	"$fpm" -m 2>/dev/null | grep -qx "${extension%:*}" || fail "the PHP extension ${extension%:*} is missing: install the package ${extension#*:}"
done
[ -e /usr/share/wordpress/wp-load.php ] || fail 'WordPress is missing: install the package wordpress'
[ -n "$(find /usr/share/wordpress/wp-content/themes -name theme.json)" ] || fail 'a theme is missing: install the newest package wordpress-theme-...'

write_posts posts.json "$posts"

mariadb-install-db --no-defaults --datadir="$folder/db" --auth-root-authentication-method=normal --skip-test-db >db.log 2>&1 || fail "no database: $(cat db.log)"
mariadbd --no-defaults --datadir="$folder/db" --socket="$folder/db.sock" --pid-file="$folder/db.pid" --skip-networking >>db.log 2>&1 &
db=$!
pids=$db
wait_for "$db" mariadb --no-defaults --socket="$folder/db.sock" --user=root -e 'CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4'

# A copy, because WordPress looks for its configuration in its own folder. Nothing leaves this machine: no updates, no scheduled tasks, no HTTP.
cp -RL /usr/share/wordpress site
cat >site/wp-config.php <<'PHP'
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . dirname(__DIR__) . '/db.sock');
define('DB_CHARSET', 'utf8mb4');
$_SERVER['HTTP_HOST'] = '127.0.0.1:' . $_SERVER['SERVER_PORT']; // nginx passes the host without the port
define('WP_HOME', 'http://' . $_SERVER['HTTP_HOST']);
define('WP_SITEURL', WP_HOME);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('DISABLE_WP_CRON', true);
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $name)
	define($name, hash('sha256', $name . __DIR__));
$table_prefix = 'wp_';
if (!defined('ABSPATH'))
	define('ABSPATH', __DIR__ . '/');
require ABSPATH . 'wp-settings.php';
PHP
cat >fill.php <<'PHP'
<?php
$_SERVER['SERVER_PORT'] = $argv[1];
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
define('WP_INSTALLING', true);
define('WP_IMPORTING', true);
function wp_new_blog_notification() {} // no mail
function wp_install_defaults() {}      // no sample posts
require 'site/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Posts', 'owner', 'owner@example.org', true, '', bin2hex(random_bytes(16)));
update_option('posts_per_page', 20);
update_option('timezone_string', 'UTC');
$wp_rewrite->set_permalink_structure('/post/%postname%/');
$wp_rewrite->flush_rules();
kses_remove_filters();
wp_defer_term_counting(true);
$wpdb->query('SET autocommit = 0');
foreach (new SplFileObject('posts.json') as $number => $line) {
	if ($line === '')
		continue;
	$post = json_decode($line, false, 16, JSON_THROW_ON_ERROR);
	$date = gmdate('Y-m-d H:i:s', $post->published);
	$id = wp_insert_post(wp_slash(['post_author' => 1, 'post_status' => 'publish', 'post_title' => $post->title, 'post_name' => $post->slug, 'post_content' => $post->html,
		'post_excerpt' => $post->summary, 'post_date' => $date, 'post_date_gmt' => $date, 'tags_input' => $post->tags]), true);
	if (is_wp_error($id))
		exit($id->get_error_message());
	if ($number % 500 === 499)
		wp_cache_flush();
}
$wpdb->query('COMMIT');
$wpdb->query('SET autocommit = 1');
wp_defer_term_counting(false);
echo "filled\n";
PHP
php fill.php "$port" >fill.log 2>&1 || fail "WordPress could not be filled: $(cat fill.log)"
[ "$(tail -n 1 fill.log)" = filled ] || fail "WordPress could not be filled: $(cat fill.log)"

cat >fpm.conf <<END
[global]
error_log = $folder/fpm.log
daemonize = no
[www]
listen = $folder/php.sock
pm = static
pm.max_children = 4
[global]
error_log = $folder/fpm.log
daemonize = no
[www]
listen = $folder/php.sock
pm = static
pm.max_children = 4
END
"$fpm" --nodaemonize --fpm-config "$folder/fpm.conf" >>fpm.log 2>&1 &
php=$!
pids="$php $pids"

cat >site.conf <<END
root $folder/site; index index.php;
location / { try_files \$uri \$uri/ /index.php?\$args; }
location ~ \.php\$ { include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name; fastcgi_pass unix:$folder/php.sock; }
END
cat >nginx.conf <<END
daemon off; worker_processes 2; pid $folder/nginx.pid; error_log $folder/nginx.log;
events { worker_connections 2048; }
http { include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on;
	gzip on; gzip_types text/css text/javascript application/javascript application/json application/rss+xml application/atom+xml image/svg+xml;
	client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/fastcgi; uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
	fastcgi_cache_path $folder/cache keys_zone=pages:16m; fastcgi_cache_key \$scheme\$request_method\$http_host\$request_uri;
	map \$http_cookie \$is_signed_in { default 0; "~wordpress_logged_in|comment_author|wp-postpass" 1; }
	server { listen 127.0.0.1:$port; include $folder/site.conf; }
	server { listen 127.0.0.1:$cached; fastcgi_cache pages; fastcgi_cache_valid 200 301 10m; fastcgi_cache_lock on; fastcgi_cache_use_stale updating; fastcgi_cache_background_update on;
		fastcgi_cache_bypass \$is_signed_in; fastcgi_no_cache \$is_signed_in; include $folder/site.conf; } }
END
nginx -p "$folder" -c "$folder/nginx.conf" -e "$folder/nginx.log" &
nginx=$!
pids="$nginx $pids"
for address in "http://127.0.0.1:$port/" "http://127.0.0.1:$cached/"; do
	# shellcheck disable=SC2016
	wait_for "$nginx" php -r 'exit(strpos((string)file_get_contents($argv[1]), $argv[2]) === false ? 1 : 0);' "$address" "/$last_listed/"
done
echo "WordPress is ready: http://127.0.0.1:$port/ without a page cache, http://127.0.0.1:$cached/ with one"
wait "$nginx"
