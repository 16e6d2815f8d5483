"""Ink, water and paper as SVG: a few marks from which all pictures of the sample site are drawn.

Every mark takes its randomness from one seeded generator, so that the same script draws the same picture.
"""
import math
import random

PAPER, INK, QUIET, SEAL = "#f4efe4", "#1c1b19", "#5f5b55", "#a8281c"


class Sheet:
    """One picture: marks are added in order, svg() gives the whole."""

    def __init__(self, width, height, seed, paper=PAPER, fibres=70):
        self.width, self.height, self.paper = width, height, paper
        self.random = random.Random(seed)
        self.parts, self.definitions = [], []
        self.blurs = set()
        if paper:
            self.add(f'<rect width="{width}" height="{height}" fill="{paper}"/>')
            self.mottle()
            self.fibres(fibres)

    def add(self, text):
        self.parts.append(text)

    def define(self, text):
        self.definitions.append(text)

    def svg(self):
        blurs = "".join(
            f'<filter id="b{n}" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="{n}"/></filter>'
            for n in sorted(self.blurs))
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
                f'viewBox="0 0 {self.width} {self.height}"><defs>{blurs}{"".join(self.definitions)}'
                f'{ROUGH}</defs>{"".join(self.parts)}</svg>')

    def blur(self, amount):
        if not amount:
            return ""
        self.blurs.add(amount)
        return f' filter="url(#b{amount})"'

    # --- paper ---------------------------------------------------------------

    def mottle(self):
        """Large pale clouds, as in sheets that were dried on a wall."""
        for _ in range(14):
            x, y = self.random.uniform(0, self.width), self.random.uniform(0, self.height)
            r = self.random.uniform(.15, .4) * self.height
            tone = self.random.choice(["#e9e0cd", "#fbf8f0"])
            self.add(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}" fill="{tone}" opacity=".35"{self.blur(60)}/>')

    def fibres(self, count):
        for _ in range(count):
            x, y = self.random.uniform(0, self.width), self.random.uniform(0, self.height)
            a, n = self.random.uniform(0, math.tau), self.random.uniform(12, 46)
            bend = self.random.uniform(-14, 14)
            self.add(f'<path d="M{x:.0f} {y:.0f}q{n * math.cos(a) / 2 + bend:.0f} {n * math.sin(a) / 2 - bend:.0f} '
                     f'{n * math.cos(a):.0f} {n * math.sin(a):.0f}" fill="none" stroke="#b9a98a" '
                     f'stroke-width="1.1" opacity="{self.random.uniform(.15, .4):.2f}"/>')

    # --- marks ---------------------------------------------------------------

    def brush(self, points, width, press="both", ink=INK, opacity=.92, dry=.0, wobble=.1):
        """A stroke of the brush through points. press: both, start, end or even; dry: share of flying white."""
        path = spline(points)
        n = len(path) - 1
        noise_left, noise_right = self.noise(n + 1), self.noise(n + 1)
        left, right = [], []
        for i, (x, y) in enumerate(path):
            t = i / n
            w = width / 2 * PRESS[press](t)
            dx, dy = direction(path, i)
            left.append((x - dy * w * (1 + wobble * noise_left[i]), y + dx * w * (1 + wobble * noise_left[i])))
            right.append((x + dy * w * (1 + wobble * noise_right[i]), y - dx * w * (1 + wobble * noise_right[i])))
        self.add(f'<path d="{closed(left + right[::-1])}" fill="{ink}" opacity="{opacity}"/>')
        for _ in range(int(dry * width * .9)):
            self.dry_hair(path, width, press)

    def dry_hair(self, path, width, press):
        """Paper that shows through where the brush ran dry: more towards the end of the stroke."""
        n = len(path) - 1
        start = max(self.random.triangular(.15, .95, .8), .05)
        end = min(1, start + self.random.uniform(.08, .45))
        side = self.random.uniform(-.92, .92)
        line = []
        for i in range(int(start * n), int(end * n)):
            x, y = path[i]
            dx, dy = direction(path, i)
            w = width / 2 * PRESS[press](i / n) * side
            line.append((x - dy * w, y + dx * w))
        if len(line) > 2:
            self.add(f'<path d="{opened(line)}" fill="none" stroke="{self.paper or PAPER}" stroke-linecap="round" '
                     f'stroke-width="{self.random.uniform(.8, 2.6):.1f}" opacity="{self.random.uniform(.5, .95):.2f}"/>')

    def wash(self, points, ink=INK, opacity=.16, blur=3, edge=.5, smooth=True):
        """Thin ink in a closed shape; the rim dries darker, as water leaves it."""
        shape = closed(spline(points + points[:1])) if smooth else closed(points)
        self.add(f'<path d="{shape}" fill="{ink}" opacity="{opacity}"{self.blur(blur)}/>')
        if edge:
            self.add(f'<path d="{shape}" fill="none" stroke="{ink}" stroke-width="2.2" '
                     f'opacity="{opacity * edge:.3f}"{self.blur(1)}/>')

    def shape(self, points, fill, opacity=1., smooth=False, blur=0, extra=""):
        path = closed(spline(points + points[:1])) if smooth else closed(points)
        self.add(f'<path d="{path}" fill="{fill}" opacity="{opacity}"{self.blur(blur)} {extra}/>')

    def rough_rectangle(self, x, y, width, height, ragged=3., step=14):
        """The outline of a torn or deckled sheet, as points."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        points = []
        for (x1, y1), (x2, y2) in zip(corners, corners[1:]):
            n = max(2, int(math.hypot(x2 - x1, y2 - y1) / step))
            for i in range(n):
                points.append((x1 + (x2 - x1) * i / n + self.random.uniform(-ragged, ragged),
                               y1 + (y2 - y1) * i / n + self.random.uniform(-ragged, ragged)))
        return points

    def scribble_columns(self, x, y, width, height, columns, ink=INK, opacity=.7, size=24):
        """Columns of running hand that nobody can read, right to left."""
        gap = width / columns
        for c in range(columns):
            cx, cy = x + width - gap * (c + .5), y
            stop = y + height * (1 if c < columns - 1 else .55)
            while cy < stop:
                s = size * self.random.uniform(.78, 1.12)
                for stroke, weight in self.running_character(cx, cy, s):
                    self.brush(stroke, s * weight * self.random.uniform(.8, 1.2), self.random.choice(["both", "start"]),
                               ink, opacity, wobble=.2)
                cy += s * 1.22

    def running_character(self, x, y, size):
        """Strokes that have the gait of a character in running hand, and mean nothing."""
        r = self.random.uniform
        at = lambda a, b: (x + (a + r(-.06, .06)) * size, y + (b + r(-.06, .06)) * size)
        level = ([at(-.42, .34), at(0, .3), at(.42, .24)], .13)
        upright = ([at(.02, -.02), at(.0, .45), at(-.02, 1.)], .15)
        falling = ([at(.05, .25), at(-.12, .62), at(-.42, .92)], .13)
        pressing = ([at(.0, .45), at(.2, .72), at(.48, .92)], .2)
        dot = ([at(.2, .0), at(.27, .09), at(.3, .18)], .15)
        hook = ([at(-.3, .1), at(.3, .06), at(.26, .6), at(.1, .98), at(-.05, .88)], .12)
        low = ([at(-.3, .72), at(.05, .66), at(.36, .6), at(.0, .98)], .11)
        left = ([at(-.26, .0), at(-.34, .3), at(-.3, .62), at(-.14, .5)], .12)
        parts = [[level, upright, falling], [level, falling, pressing], [dot, level, low], [left, hook], [left, level, low],
                 [hook, low, dot], [level, low, upright], [dot, hook, falling], [left, dot, pressing], [upright, low]]
        whole, other = self.random.sample(parts, 2)
        shape = self.random.random()
        if shape < .3:
            return whole
        # Two parts: side by side, or one above the other, slightly into each other.
        if shape < .65:
            boxes = ((-.3, .05, .52, .9), (.2, 0, .62, 1))
        else:
            boxes = ((0, -.02, .9, .5), (0, .42, 1, .58))
        return [([(x + (px - x) * w + dx * size, y + (py - y) * h + dy * size) for px, py in points], weight * .8)
                for part, (dx, dy, w, h) in zip((whole, other), boxes) for points, weight in part]

    def seal(self, x, y, size, text, white=False, turn=0., colour=SEAL, chips=()):
        """An impression: 1 or 2 characters one above the other, or 4 given in ring order from the upper right."""
        height = size * (1.9 if len(text) == 2 else 1)
        pad = size * .09
        inner, ground = (self.paper or PAPER, colour) if white else (colour, "none")
        out = [f'<g transform="translate({x} {y}) rotate({turn})" filter="url(#rough{"" if size > 160 else "s"})">']
        if white:
            out.append(f'<rect width="{size}" height="{height}" rx="{size * .03}" fill="{ground}"/>')
        else:
            line = size * .045
            out.append(f'<rect x="{line / 2}" y="{line / 2}" width="{size - line}" height="{height - line}" '
                       f'rx="{size * .03}" fill="none" stroke="{colour}" stroke-width="{line}"/>')
        for character, (cx, cy, w, h) in zip(text, cells(len(text), size, height, pad)):
            # A Han glyph fills about .9 of its em square; its top lies .86 em above the baseline.
            em = 100
            out.append(f'<text transform="translate({cx} {cy}) scale({w / em:.4f} {h / em:.4f})" x="50" y="88" '
                       f'font-size="{em * 1.05}" text-anchor="middle" font-family="Noto Serif CJK SC" '
                       f'font-weight="700" fill="{inner}">{character}</text>')
        out.append("</g>")
        if chips:
            # What has broken off shows the sheet below, whatever its tone.
            name = f"chips{len(self.definitions)}"
            holes = "".join(f'<circle cx="{cx * size:.1f}" cy="{cy * size:.1f}" r="{r * size:.1f}"/>' for cx, cy, r in chips)
            self.define(f'<mask id="{name}" maskUnits="userSpaceOnUse" x="-50" y="-50" width="{size + 100}" '
                        f'height="{height + 100}"><rect x="-50" y="-50" width="{size + 100}" height="{height + 100}" '
                        f'fill="#fff"/>{holes}</mask>')
            out[0] = out[0].replace(" filter=", f' mask="url(#{name})" filter=')
        self.add("".join(out))

    def noise(self, count, period=9):
        """Smooth noise in -1..1: random values joined by lines."""
        keys = [self.random.uniform(-1, 1) for _ in range(count // period + 3)]
        return [keys[i // period] + (keys[i // period + 1] - keys[i // period]) * (i % period) / period
                for i in range(count)]


ROUGH = ('<filter id="rough" x="-5%" y="-5%" width="110%" height="110%">'
         '<feTurbulence type="fractalNoise" baseFrequency=".035" numOctaves="3" seed="4" result="n"/>'
         '<feDisplacementMap in="SourceGraphic" in2="n" scale="13"/></filter>'
         '<filter id="roughs" x="-5%" y="-5%" width="110%" height="110%">'
         '<feTurbulence type="fractalNoise" baseFrequency=".09" numOctaves="2" seed="7" result="n"/>'
         '<feDisplacementMap in="SourceGraphic" in2="n" scale="3.4"/></filter>')

PRESS = {
    "both": lambda t: max(.04, math.sin(math.pi * min(max(t, .0), 1.))) ** .55,
    "start": lambda t: max(.05, (1 - t) ** .7 * min(1, .55 + t * 8)),
    "end": lambda t: max(.05, t ** .7 * min(1, .55 + (1 - t) * 8)),
    "even": lambda t: .86 + .14 * math.cos(2 * math.pi * t) * (1 if t < .5 else .6),
}


def cells(count, size, height, pad):
    """Boxes of the characters: x, y, width, height."""
    if count == 4:
        w = (size - 2 * pad) / 2
        return [(pad + w, pad, w, w), (pad, pad, w, w), (pad, pad + w, w, w), (pad + w, pad + w, w, w)]
    w, h = size - 2 * pad, (height - 2 * pad) / count
    return [(pad, pad + h * i, w, h) for i in range(count)]


def spline(points, step=5.):
    """Catmull-Rom through the points, as short steps."""
    if len(points) < 3:
        (x1, y1), (x2, y2) = points
        n = max(8, int(math.hypot(x2 - x1, y2 - y1) / step))
        return [(x1 + (x2 - x1) * i / n, y1 + (y2 - y1) * i / n) for i in range(n + 1)]
    whole_turn = points[0] == points[-1]
    before = points[-2] if whole_turn else points[0]
    after = points[1] if whole_turn else points[-1]
    p = [before] + list(points) + [after]
    result = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
        n = max(3, int(math.hypot(c[0] - b[0], c[1] - b[1]) / step))
        for i in range(n):
            t = i / n
            result.append(tuple(
                .5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                      + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t) for k in (0, 1)))
    result.append(tuple(points[-1]))
    return result


def direction(path, i):
    (x1, y1), (x2, y2) = path[max(0, i - 1)], path[min(len(path) - 1, i + 1)]
    length = math.hypot(x2 - x1, y2 - y1) or 1
    return (x2 - x1) / length, (y2 - y1) / length


def opened(points):
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def closed(points):
    return opened(points) + "Z"


def ellipse(cx, cy, rx, ry, start=0., end=360., step=10.):
    """Points on an ellipse, angles in degrees, clockwise from three o'clock."""
    n = max(3, int(abs(end - start) / step))
    return [(cx + rx * math.cos(math.radians(start + (end - start) * i / n)),
             cy + ry * math.sin(math.radians(start + (end - start) * i / n))) for i in range(n + 1)]
