"""The figures inside the essays, and the small seal that stands within a line."""
import math

from ink import INK, PAPER, QUIET, SEAL, Sheet, ellipse, spline

LABEL = 'font-family="Noto Sans CJK SC" fill="#5f5b55"'


def red_white():
    """Relief and intaglio of the same two characters."""
    s = Sheet(1200, 720, 5)
    s.seal(250, 70, 300, "素笺", turn=-1, chips=[(0, .02, .05), (1.0, 1.3, .03)])
    s.seal(650, 70, 300, "素笺", white=True, turn=1, chips=[(1, 1.88, .08), (.02, .62, .03)])
    return s


def order():
    """A name seal read in a ring."""
    s = Sheet(1200, 680, 9)
    x, y, size = 345, 85, 510
    s.add(f'<rect x="{x}" y="{y}" width="{size}" height="{size}" fill="none" stroke="{SEAL}" stroke-width="17" filter="url(#rough)"/>')
    for n, character in enumerate("陆素笺印"):
        cx = x + size * (.73 if n in (0, 3) else .27)
        cy = y + size * (.29 if n in (0, 1) else .75)
        s.add(f'<text x="{cx:.0f}" y="{cy + 62:.0f}" font-size="176" text-anchor="middle" fill="{SEAL}" opacity=".34" '
              f'font-family="Noto Serif CJK SC" font-weight="700">{character}</text>')
        s.add(f'<circle cx="{cx:.0f}" cy="{cy:.0f}" r="27" fill="{PAPER}"/><text x="{cx:.0f}" y="{cy + 13:.0f}" '
              f'font-size="36" text-anchor="middle" font-family="Noto Serif CJK SC" font-weight="700" fill="{INK}">{n + 1}</text>')
    right, left, top, bottom = x + size * .73, x + size * .27, y + size * .29, y + size * .75
    for a, b in (((right - 42, top), (left + 46, top)), ((left, top + 42), (left, bottom - 46)), ((left + 42, bottom), (right - 46, bottom))):
        s.brush([a, ((a[0] + b[0]) / 2 + 3, (a[1] + b[1]) / 2 + 4), b], 12, "start", INK, .9, dry=.4)
        angle = math.atan2(b[1] - a[1], b[0] - a[0])
        for turn in (2.6, -2.6):
            s.brush([b, (b[0] + 17 * math.cos(angle + turn), b[1] + 17 * math.sin(angle + turn)),
                     (b[0] + 34 * math.cos(angle + turn), b[1] + 34 * math.sin(angle + turn))], 9, "start", INK, .9)
    return s


def fill():
    """Two losses in one sheet: filled to match, and one shade lighter."""
    s = Sheet(1200, 760, 13)
    old = s.rough_rectangle(200, 50, 800, 660, 3)
    s.shape([(x + 6, y + 9) for x, y in old], INK, .22, False, 8)
    s.shape(old, "#cdb88c")
    s.paper = "#cdb88c"
    s.scribble_columns(250, 90, 700, 580, 7, opacity=.8, size=34)
    for cx, cy, tone, line in ((470, 230, "#cbb588", "#bda674"), (730, 520, "#decfaa", "#a08a58")):
        loss = [(cx + 128 * math.cos(a / 11 * math.tau) * s.random.uniform(.72, 1.2),
                 cy + 104 * math.sin(a / 11 * math.tau) * s.random.uniform(.72, 1.2)) for a in range(11)]
        edge = [(x + s.random.uniform(-2, 2), y + s.random.uniform(-2, 2)) for x, y in spline(loss + loss[:1], 6)]
        s.shape(edge, tone)
        s.shape(edge, "none", .7, extra=f'stroke="{line}" stroke-width="2.4"')
    return s


def humidity():
    """A year of relative humidity in the studio, with the museums' band."""
    s = Sheet(1600, 820, 17, fibres=0)
    left, right, top, bottom = 150, 1540, 60, 700
    at = lambda day, percent: (left + (right - left) * day / 365, bottom - (bottom - top) * (percent - 30) / 60)
    (x1, y1), (x2, y2) = at(0, 60), at(365, 40)
    s.add(f'<rect x="{x1}" y="{y1:.0f}" width="{x2 - x1}" height="{y2 - y1:.0f}" fill="#cfc8ba" opacity=".55"/>')
    for percent in (30, 40, 50, 60, 70, 80, 90):
        x, y = at(0, percent)
        s.add(f'<path d="M{x} {y:.0f}H{right}" stroke="#d9d2c4" stroke-width="1.5"/>'
              f'<text x="{x - 18}" y="{y + 12:.0f}" font-size="34" text-anchor="end" {LABEL}>{percent}{" %" if percent == 90 else ""}</text>')
    for month in range(12):
        x, _ = at(month * 30.42 + 15, 30)
        s.add(f'<text x="{x:.0f}" y="{bottom + 56}" font-size="34" text-anchor="middle" {LABEL}>{month + 1}</text>')
    points = []
    for day in range(0, 366, 3):
        season = 50 + 9 * math.sin((day - 95) / 365 * math.tau) + 20 * math.exp(-((day - 172) / 19) ** 2)
        weather = 3.2 * math.sin(day / 4.7) + 2.4 * math.sin(day / 2.1 + 1) + s.random.uniform(-2, 2)
        points.append(at(day, season + weather))
    tooth = [at(318, 47), at(320, 38), at(323, 49)]
    line = [p for p in points if not at(315, 0)[0] < p[0] < at(326, 0)[0]] + tooth
    line.sort()
    s.brush(line, 8, "even", INK, .95, wobble=.5)
    peak = min(line, key=lambda point: point[1])
    for (x, y), radius in ((peak, 46), (at(320, 39), 30)):
        s.brush(ellipse(x, y, radius, radius * .8, 20, 370), 6, "both", SEAL, .9)
    return s


def seal_small():
    """One small seal without paper under it, to stand inside a line of text."""
    s = Sheet(44, 44, 1, paper=None)
    s.seal(2, 2, 40, "笺", white=True)
    s.parts[-1] = s.parts[-1].replace(f'fill="{PAPER}"', 'fill="#fffdf8"')
    return s


ALL = {"fig-red-white": red_white, "fig-order": order, "fig-fill": fill, "fig-humidity": humidity, "seal-small": seal_small}
