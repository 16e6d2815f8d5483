#!/bin/sh
# Generates everything in ../media. The results are in the repository; run this only after a change here.
# Debian: python3 librsvg2-bin webp ffmpeg fonts-noto-cjk
set -eu
cd "$(dirname "$0")"
media=$(cd ../media && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1

python3 draw.py "$work"
for picture in "$work"/*.svg; do
	name=$(basename "$picture" .svg)
	rsvg-convert -o "$work/$name.png" "$picture"
	if [ "$name" = seal-small ]; then
		cp "$work/$name.png" "$media/$name.png"
	else
		cwebp -quiet -q 74 -m 6 -sharp_yuv "$work/$name.png" -o "$media/$name.webp"
	fi
done

python3 sound.py bench "$work/bench.wav"
ffmpeg -loglevel error -y -i "$work/bench.wav" -codec:a libmp3lame -b:a 40k \
	-metadata title="What the Hand Hears" -metadata artist="Lu Sujian" "$media/bench.mp3"

mkdir "$work/film"
python3 film.py "$work/film"
python3 sound.py film "$work/film.wav"
for frame in "$work"/film/*.svg; do
	rsvg-convert --zoom 0.6 -o "${frame%.svg}.png" "$frame"
done
ffmpeg -loglevel error -y -framerate 12 -i "$work/film/%04d.png" -i "$work/film.wav" -shortest \
	-codec:v libvpx-vp9 -pix_fmt yuv420p -crf 40 -b:v 0 -row-mt 1 -codec:a libopus -b:a 24k -ac 1 "$media/lining.webm"
rsvg-convert -o "$work/poster.png" "$work/film/poster.svg"
cwebp -quiet -q 74 -m 6 -sharp_yuv "$work/poster.png" -o "$media/poster-lining.webp"
