#!/usr/bin/env python3
"""film.py FOLDER: a lining in twelve seconds, as FOLDER/NNNN.svg, and FOLDER/poster.svg."""
import math
import pathlib
import sys

from ink import INK, SEAL, Sheet, closed, direction, opened, spline

SECONDS, RATE = 12, 12
WIDTH, HEIGHT = 1600, 900
SHEET = (420, 130, 760, 640)       # the letter, face down
LINING = (350, 70, 900, 760)       # the lining, larger on every side
CENTRE = (800, 450)
# The order of the character for rice, from the middle outwards: upright, level, then the slants. Degrees, length.
RICE = ((-90, 300), (90, 300), (180, 360), (0, 360), (-139, 440), (-41, 440), (139, 440), (41, 440))
PASTE_START, PASTE_EACH = .8, .62
LAY_START, LAY_END = 6.0, 7.9
DRIVE_START, DRIVE_EACH = 8.1, .35


def sweeps():
    """start, seconds, firm: when the brush can be heard."""
    for i in range(8):
        yield PASTE_START + i * PASTE_EACH, PASTE_EACH * .9, False
    yield LAY_START, LAY_END - LAY_START, False
    for i in range(8):
        yield DRIVE_START + i * DRIVE_EACH, DRIVE_EACH * .95, True


def ray(index, scale=1.0):
    angle, length = RICE[index]
    bend = 18 if index % 2 else -18
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = CENTRE
    return spline([(x, y), (x + c * length * scale / 2 - s * bend, y + s * length * scale / 2 + c * bend),
                   (x + c * length * scale, y + s * length * scale)])


def ease(t):
    return t * t * (3 - 2 * t)


class Film:
    def __init__(self):
        self.base = Sheet(WIDTH, HEIGHT, 5, "#7c5b45", fibres=0)
        self.base.parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#6f4f3b"/>']
        for y in range(20, HEIGHT, 56):
            self.base.brush([(-20, y), (500, y + self.base.random.uniform(-9, 9)), (1100, y + self.base.random.uniform(-9, 9)),
                             (1620, y)], self.base.random.uniform(3, 9), "even", "#5a3d2c", .5, wobble=.7)
        outline = self.base.rough_rectangle(*SHEET, 3)
        self.base.shape([(x + 4, y + 6) for x, y in outline], "#000", .3, False, 6)
        self.base.shape(outline, "#e6d6b2")
        self.base.scribble_columns(470, 180, 660, 540, 7, "#a4926c", .42, 36)
        self.lining = closed(Sheet(1, 1, 9, None).rough_rectangle(*LINING, 3))

    def frame(self, now):
        return f'{self.opening()}{self.paste(now)}{self.lay(now)}{self.drive(now)}{self.brush(now)}{self.mark(now)}</svg>'

    def opening(self):
        return self.base.svg()[:-len("</svg>")]

    @staticmethod
    def part(now, start, seconds):
        return min(1, max(0, (now - start) / seconds))

    def paste(self, now):
        out = []
        for i in range(8):
            t = self.part(now, PASTE_START + i * PASTE_EACH, PASTE_EACH)
            path = ray(i)
            cut = path[:int(len(path) * ease(t))]
            if len(cut) > 3:
                out.append(f'<path d="{opened(cut)}" fill="none" stroke="#8f7c55" stroke-width="124" opacity=".3" stroke-linecap="round"/>')
                for k in range(-4, 5):
                    hair = [(x - direction(cut, n)[1] * k * 13, y + direction(cut, n)[0] * k * 13) for n, (x, y) in enumerate(cut)]
                    out.append(f'<path d="{opened(hair[1:])}" fill="none" stroke="#fff8e4" stroke-width="3.4" opacity=".33" stroke-linecap="round"/>')
        x, y, w, h = SHEET
        return (f'<clipPath id="onsheet"><rect x="{x - 3}" y="{y - 3}" width="{w + 6}" height="{h + 6}"/></clipPath>'
                f'<g clip-path="url(#onsheet)">{"".join(out)}</g>') if out else ""

    def lay(self, now):
        t = ease(self.part(now, LAY_START, LAY_END - LAY_START))
        if not t:
            return ""
        x, y, w, h = LINING
        edge = x + w - w * t
        curl = max(0, min(150, w - w * t)) * (1 - t * .4) + 1
        out = [f'<clipPath id="laid"><rect x="{edge:.1f}" y="0" width="{WIDTH}" height="{HEIGHT}"/></clipPath>',
               f'<g clip-path="url(#laid)"><path d="{self.lining}" fill="#f7f1e1" opacity=".93"/></g>']
        if t < 1:
            # The part that still hangs: lighter, with the shadow that it throws to the left.
            out.append(f'<rect x="{edge - curl * .55:.1f}" y="{y}" width="{curl * .6:.1f}" height="{h}" fill="#000" opacity=".22"/>'
                       f'<rect x="{edge:.1f}" y="{y - 8}" width="{curl:.1f}" height="{h + 16}" fill="#fffdf6"/>'
                       f'<rect x="{edge + curl - 5:.1f}" y="{y - 8}" width="5" height="{h + 16}" fill="#cfc3a4"/>')
        return "".join(out)

    def drive(self, now):
        if now < LAY_END:
            return ""
        out = []
        spots = ((640, 300, 44, 4), (1000, 330, 58, 5), (900, 610, 40, 7), (620, 620, 52, 6), (800, 250, 34, 0), (560, 455, 38, 2),
                 (1060, 460, 42, 3), (815, 690, 30, 1))
        for x, y, r, stroke in spots:
            gone = self.part(now, DRIVE_START + stroke * DRIVE_EACH, DRIVE_EACH)
            if gone < 1:
                r *= 1 - gone
                out.append(f'<ellipse cx="{x}" cy="{y}" rx="{r:.1f}" ry="{r * .7:.1f}" fill="#fffef8" stroke="#cbbd98" stroke-width="4" opacity=".85"/>')
        for i in range(8):
            t = self.part(now, DRIVE_START + i * DRIVE_EACH, DRIVE_EACH)
            cut = ray(i, 1.12)
            cut = cut[:int(len(cut) * ease(t))]
            if len(cut) > 3:
                for k in (-3, -1, 1, 3):
                    hair = [(x - direction(cut, n)[1] * k * 15, y + direction(cut, n)[0] * k * 15) for n, (x, y) in enumerate(cut)]
                    out.append(f'<path d="{opened(hair[2:])}" fill="none" stroke="#b7a67d" stroke-width="2.4" opacity=".4"/>')
        return "".join(out)

    def brush(self, now):
        for start, each, scale in ((PASTE_START, PASTE_EACH, 1), (DRIVE_START, DRIVE_EACH, 1.12)):
            index = int((now - start) // each)
            if 0 <= index < 8:
                path = ray(index, scale)
                at = min(len(path) - 1, int(len(path) * ease((now - start) / each - index)))
                return self.head(path[at], RICE[index][0])
        return ""

    @staticmethod
    def head(place, angle):
        x, y = place
        hairs = "".join(f'<path d="M{-30} {k}L{34 + 5 * math.sin(k):.1f} {k * 1.06:.1f}" stroke="#2a1d13" stroke-width="4" opacity=".85"/>'
                        for k in range(-66, 67, 5))
        return (f'<g transform="translate({x:.1f} {y:.1f}) rotate({angle})">'
                f'<rect x="-104" y="-72" width="80" height="150" fill="#000" opacity=".2"/>{hairs}'
                '<rect x="-112" y="-72" width="86" height="144" rx="5" fill="#c99f5e"/>'
                '<path d="M-50 -72V72M-88 -72V72" stroke="#8a1f16" stroke-width="6"/></g>')

    def mark(self, now):
        shown = self.part(now, 11.1, .25)
        if not shown:
            return ""
        stamp = Sheet(1, 1, 3, None)
        stamp.seal(1128, 650, 72, "素笺", white=False, turn=-2)
        return f'<g opacity="{shown:.2f}">{stamp.parts[-1]}</g>'


if __name__ == "__main__":
    folder, film = pathlib.Path(sys.argv[1]), Film()
    for number in range(SECONDS * RATE):
        (folder / f"{number:04}.svg").write_text(film.frame(number / RATE), encoding="utf-8")
    (folder / "poster.svg").write_text(film.frame(PASTE_START + 7.55 * PASTE_EACH), encoding="utf-8")
