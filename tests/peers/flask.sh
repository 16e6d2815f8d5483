#!/bin/sh
# A Flask application: 20 rows from SQLite, a template, gunicorn with two workers. Needs the Debian packages gunicorn and python3-flask.
#   flask.sh PORT [POSTS]     serves until it is stopped
set -eu
port=${1:?usage: flask.sh PORT [POSTS]} posts=${2:-1000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >app.py <<'END'
import sqlite3
from flask import Flask, g, render_template_string

app = Flask(__name__)
page = """<!DOCTYPE html><html lang="en"><head><title>Posts</title></head><body><main>{% for post in posts %}
<article><h2><a href="/post/{{ post[0] }}">{{ post[1] }}</a></h2><time>{{ post[3] }}</time><p>{{ post[2] }}</p></article>{% endfor %}</main></body></html>"""

def database():
    if "db" not in g:
        g.db = sqlite3.connect("posts.db")
    return g.db

@app.teardown_appcontext
def close(_):
    db = g.pop("db", None)
    if db is not None:
        db.close()

@app.route("/")
def index():
    return render_template_string(page, posts=database().execute("SELECT id, title, summary, published FROM post ORDER BY published DESC LIMIT 20").fetchall())
END
/usr/bin/python3 - "$posts" <<'END'
import sqlite3, sys
db = sqlite3.connect("posts.db")
db.execute("CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT, summary TEXT, published INTEGER)")
db.execute("CREATE INDEX recent ON post (published DESC)")
db.executemany("INSERT INTO post VALUES (?, ?, ?, ?)", ((i, f"Post number {i}", "The paper was old and the light fell on it. " * 5, 1500000000 + i) for i in range(int(sys.argv[1]))))
db.commit()
END
gunicorn --workers 2 --bind "127.0.0.1:$port" --log-level warning app:app &
pid=$!
trap 'kill $pid; wait $pid || true; rm -rf "$folder"' EXIT
trap 'exit 0' INT TERM
wait "$pid"
