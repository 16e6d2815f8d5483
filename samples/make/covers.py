"""The covers, 1600 by 900, and the portrait."""
import math

from ink import INK, PAPER, QUIET, SEAL, Sheet, ellipse, spline

OAK, OLD, STONE = "#6b4423", "#d9c7a0", "#59655f"


def cover_seal():
    s = Sheet(1600, 900, 3)
    s.scribble_columns(110, -30, 430, 900, 3, opacity=.78, size=64)
    s.seal(700, -330, 760, "素笺", white=True, turn=-3,
           chips=[(1, 1.9, .12), (.97, 1.76, .06), (0, 1.05, .035), (.62, 1.915, .05), (.55, 1.905, .03)])
    return s


def cover_paste():
    s = Sheet(1600, 900, 11)
    s.wash([(470, 770), (800, 735), (1190, 775), (1240, 815), (830, 850), (440, 812)], opacity=.13, blur=12, edge=0)
    bowl = ellipse(820, 430, 350, 96, 0, 180) + [(560, 640), (700, 760), (940, 760), (1090, 640)]
    s.wash(bowl, STONE, .2, 3)
    s.wash([(490, 470), (560, 660), (700, 755), (760, 765), (640, 640), (560, 500)], STONE, .28, 8, 0)
    s.shape(ellipse(820, 430, 318, 80), "#fffdf6", .98, True)
    s.wash(ellipse(820, 442, 306, 66), "#c9b88f", .3, 6, .3)
    s.shape(ellipse(760, 420, 190, 34), "#fffef9", .9, True, 8)
    s.brush(ellipse(820, 430, 350, 96, 150, 395), 16, "both", dry=.3)
    s.brush(ellipse(820, 430, 350, 96, 170, 30 + 360 - 270), 7, "both", opacity=.6)
    s.brush([(471, 440), (530, 610), (660, 740), (735, 764)], 17, "start", dry=.4)
    s.brush([(1169, 440), (1112, 606), (985, 738), (905, 764)], 22, "both", dry=.5)
    s.brush([(700, 768), (820, 782), (945, 766)], 15, "both", dry=.3)
    # A flat brush of joined bamboo, laid across the rim.
    for i in range(7):
        x, y = 690 + i * 46, 98 + i * 13
        tube = [(x, y), (x + 42, y + 12), (x - 28, y + 268), (x - 70, y + 256)]
        s.shape(tube, "#e2cf9f", 1)
        s.wash(tube, OAK, .16, 1, .9, False)
        s.brush([(x + 1, y + 4), (x - 33, y + 130), (x - 68, y + 252)], 5, "even", opacity=.75)
        s.brush([(x - 4, y + 70), (x + 24, y + 78)], 4, "both", OAK, .6)
    s.brush([(1007, 196), (974, 320), (936, 446)], 7, "even", opacity=.8)
    s.brush([(655, 222), (790, 262), (970, 312)], 9, "even", SEAL, .9)
    for i in range(64):
        x, y = 620 + i * 5.05, 354 + i * 1.43
        drop = s.random.uniform(54, 84)
        s.brush([(x, y), (x - 16, y + drop * .5), (x - 26 + s.random.uniform(-6, 6), y + drop)], 5, "start",
                INK if i % 3 else QUIET, .7)
    s.seal(1390, 720, 62, "素笺", turn=2)
    return s


def cover_jar():
    s = Sheet(1600, 900, 21)
    s.shape([(0, 690), (400, 680), (1100, 694), (1600, 682), (1600, 900), (0, 900)], "#e4dac4", .8, False, 6)
    s.wash([(420, 800), (800, 770), (1330, 800), (1390, 832), (800, 862), (380, 838)], opacity=.22, blur=14, edge=0)
    body = [(640, 275), (560, 330), (487, 450), (488, 610), (560, 760), (640, 812), (960, 812), (1040, 760),
            (1112, 610), (1113, 450), (1040, 330), (960, 275)]
    s.wash(body, "#5a4a3a", .62, 3)
    s.wash([(600, 320), (510, 450), (505, 610), (580, 760), (690, 806), (620, 640), (600, 470)], INK, .34, 22, 0)
    s.wash([(930, 350), (1010, 440), (1020, 560), (985, 640), (960, 520)], "#fff8e8", .26, 18, 0)
    s.brush([(636, 282), (548, 345), (482, 470), (492, 630), (566, 765), (650, 815)], 20, "both", dry=.5)
    s.brush([(964, 282), (1052, 345), (1118, 470), (1108, 630), (1034, 765), (950, 815)], 26, "both", dry=.6)
    s.brush([(640, 815), (800, 828), (965, 813)], 16, "both", dry=.3)
    s.brush([(520, 430), (800, 462), (1085, 428)], 6, "both", "#efe6d2", .3)
    # The paper over the mouth, tied with string.
    cap = [(600, 176), (800, 148), (1000, 178), (1046, 300), (1010, 352), (968, 300), (915, 346), (862, 306),
           (800, 356), (738, 306), (690, 350), (640, 300), (590, 346), (556, 298)]
    s.shape(cap, "#fbf6e9", 1)
    s.wash(cap, "#a58d5f", .22, 2, .9, False)
    for x in (640, 700, 760, 850, 905, 960):
        s.brush([(x, 262), (x + s.random.uniform(-14, 14), 330)], 4, "start", QUIET, .5)
    s.brush([(600, 178), (800, 150), (1000, 180)], 8, "both", dry=.2)
    s.brush([(602, 180), (575, 250), (556, 298)], 6, "both")
    s.brush([(998, 180), (1024, 250), (1046, 300)], 7, "both")
    for y in (252, 264):
        s.brush([(583, y), (800, y + 26), (1018, y)], 6, "even", OAK, .85)
    s.brush([(700, 280), (660, 360), (672, 420)], 5, "start", OAK, .85)
    s.brush([(700, 280), (722, 350), (708, 396)], 5, "start", OAK, .85)
    s.add(f'<g transform="rotate(-2 800 560)"><rect x="735" y="478" width="130" height="200" fill="{SEAL}" '
          'opacity=".93" filter="url(#roughs)"/></g>')
    for y, text in ((556, "大"), (646, "寒")):
        s.add(f'<text x="800" y="{y}" font-size="82" text-anchor="middle" font-family="Noto Serif CJK SC" '
              f'font-weight="700" fill="#1c1b19" opacity=".88" transform="rotate(-2 800 560)">{text}</text>')
    for _ in range(46):
        x, y = s.random.uniform(0, 1600), s.random.uniform(0, 640)
        if not 440 < x < 1160:
            s.add(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{s.random.uniform(2, 6):.1f}" fill="#fffefa" opacity=".9"/>')
    return s


def cover_wet_book():
    s = Sheet(1600, 900, 31)
    s.wash([(180, 770), (520, 735), (1120, 742), (1440, 785), (1180, 845), (600, 862), (260, 830)], "#3f5560", .24, 5)
    s.wash([(500, 790), (800, 775), (1150, 790), (1000, 825), (620, 826)], "#3f5560", .22, 4)
    for i in range(27):
        t = i / 26 * 2 - 1
        top, lean = 805 + t * 545, abs(t)
        wave = s.random.uniform(-22, 22)
        path = [(805 + t * 52, 782), (805 + t * 150 + wave, 600 + lean * 26), (805 + t * 350 - wave, 370 + lean * 90),
                (top, 170 + lean * lean * 250)]
        if i % 2 and i < 26:
            u = t + 1 / 13
            s.wash(path + [(805 + u * 545, 170 + u * u * 250), (805 + u * 150, 620)], "#8c9aa0", .13, 3, 0, False)
        s.brush(path, s.random.uniform(5, 9), "even", INK, .82, dry=.3)
    s.brush([(758, 786), (610, 655), (420, 540), (196, 470)], 40, "both", "#33424a", .95, dry=.7)
    s.brush([(852, 786), (1000, 655), (1190, 540), (1414, 468)], 44, "both", "#33424a", .95, dry=.8)
    s.brush([(752, 790), (805, 806), (862, 790)], 20, "both", "#33424a")
    for x, y in ((300, 590), (352, 664), (1290, 600), (1230, 690), (640, 846), (1010, 852), (1338, 672)):
        s.wash([(x, y - 26), (x + 10, y + 2), (x, y + 14), (x - 10, y + 2)], "#3f5560", .55, 1)
    s.seal(1424, 96, 56, "雨", turn=-3)
    return s


def cover_fill():
    s = Sheet(1600, 900, 41, "#ece6d8")
    old = s.rough_rectangle(250, 84, 1100, 736, 4)
    s.shape([(x + 10, y + 14) for x, y in old], INK, .25, False, 12)
    s.shape(old, "#cfb98b")
    for _ in range(26):
        x, y = s.random.uniform(280, 1300), s.random.uniform(110, 790)
        s.add(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{s.random.uniform(20, 110):.0f}" fill="#a98f5c" opacity=".16"{s.blur(20)}/>')
    s.paper = "#cfb98b"
    s.scribble_columns(320, 140, 960, 620, 9, opacity=.82, size=40)
    loss = [(905, 300), (1010, 262), (1128, 300), (1240, 268), (1352, 300), (1353, 560), (1270, 600), (1180, 572),
            (1090, 640), (985, 600), (930, 520), (890, 410)]
    fine = spline(loss + loss[:1], 6)
    fine = [(x + s.random.uniform(-3, 3), y + s.random.uniform(-3, 3)) for x, y in fine]
    s.shape(fine, "#decda6")
    s.shape(fine, "none", .55, extra='stroke="#8d7445" stroke-width="3"')
    s.define('<clipPath id="fill"><path d="M' + "L".join(f"{x:.0f} {y:.0f}" for x, y in fine) + 'Z"/></clipPath>')
    lines = "".join(f'<path d="M860 {y}H1380" stroke="#b9a26d" stroke-width="1.4" opacity=".5"/>' for y in range(256, 660, 11))
    s.add(f'<g clip-path="url(#fill)">{lines}</g>')
    s.shape([(1346, 262), (1400, 262), (1400, 610), (1346, 610)], "#ece6d8", 0)
    s.paper = "#cfb98b"
    s.seal(290, 690, 66, "补", turn=-2)
    return s


def cover_climate():
    s = Sheet(1600, 900, 57)
    s.add(f'<circle cx="1215" cy="232" r="74" fill="{SEAL}" opacity=".92" filter="url(#rough)"/>')
    for layer, (base, height, tone) in enumerate(((420, 150, .13), (500, 190, .2), (590, 180, .34), (668, 140, .62))):
        points, y = [], base
        phase = s.random.uniform(0, math.tau)
        for i in range(0, 1681, 40):
            x = i - 40
            swell = math.sin(x / (210 + 70 * layer) + phase) * .5 + math.sin(x / (83 - 9 * layer) + phase * 2) * .28
            points.append((x, y - height * swell + s.random.uniform(-14, 14)))
        line = spline(points)
        shade = f"ridge{layer}"
        s.define(f'<linearGradient id="{shade}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2b3236" '
                 f'stop-opacity="{tone}"/><stop offset="1" stop-color="#2b3236" stop-opacity="0"/></linearGradient>')
        s.shape(line + [(1680, base + 260), (-60, base + 260)], f"url(#{shade})")
        s.brush(points, 4 + layer * 3, "even", INK, .3 + layer * .17, dry=1.2, wobble=.5)
    s.shape([(0, 782), (1600, 782), (1600, 900), (0, 900)], PAPER, .8, False, 6)
    s.brush([(60, 800), (600, 797), (1100, 803), (1540, 799)], 7, "both", dry=1)
    for x, y, w in ((260, 834, 240), (760, 846, 330), (1180, 830, 190), (520, 868, 150)):
        s.brush([(x, y), (x + w / 2, y + 3), (x + w, y)], 3, "both", QUIET, .6)
    return s


def cover_iron_gall():
    s = Sheet(1600, 900, 61, "#efe7d3")
    for row in range(7):
        y, points, x = 150 + row * 112, [], 96 + s.random.uniform(-14, 20)
        while x < 1040 - row * 12:
            word = x + s.random.uniform(110, 260)
            while x < word:
                up = s.random.choice([.42, .42, .5, .5, 1.25, -.9, 1.1]) * 54
                if abs(up) < 30:
                    points += [(x, y), (x + 13, y - up), (x + 17, y - up * .8), (x + 14, y - 2)]
                else:
                    points += [(x, y - 4), (x + 26, y - up), (x + 17, y - up * 1.06), (x + 10, y - 6)]
                x += s.random.uniform(19, 31)
            points.append((x, y - 2))
            s.brush(points, 15, "even", "#b98a4a", .3, wobble=.5)
            s.brush(points, 5.2, "both", "#3a2413", .95, wobble=.9)
            x, points = x + 34, []
    for x, y, r in ((388, 326, 30), (430, 352, 17), (702, 470, 36), (742, 452, 20), (236, 628, 22), (880, 180, 15), (560, 772, 26)):
        ring = [(x + r * math.cos(a / 9 * math.tau) * s.random.uniform(.6, 1.25),
                 y + r * math.sin(a / 9 * math.tau) * s.random.uniform(.6, 1.25)) for a in range(9)]
        s.shape([(x + (px - x) * 1.7, y + (py - y) * 1.7) for px, py in ring], "#8a5a26", .45, True, 6)
        s.shape(ring, "#1b130c", .96, True)
    s.brush([(1080, 872), (1180, 740), (1245, 612), (1268, 548)], 20, "start", OAK, .95, dry=.5)
    s.brush([(1212, 676), (1330, 640), (1420, 560), (1476, 470)], 14, "start", OAK, .9, dry=.4)
    leaf = [(1476, 470), (1428, 420), (1440, 372), (1400, 330), (1424, 280), (1400, 226), (1444, 196), (1470, 140),
            (1512, 190), (1560, 214), (1540, 270), (1576, 316), (1540, 362), (1556, 416), (1512, 430)]
    s.wash(leaf, "#5d6b3c", .5, 2)
    s.brush([(1478, 470), (1486, 330), (1472, 160)], 6, "end", "#39421f", .8)
    for cx, cy, r in ((1270, 470, 92), (1150, 588, 56)):
        s.wash(ellipse(cx, cy, r, r * .97)[:-1], OAK, .72, 2)
        s.wash(ellipse(cx - r * .3, cy - r * .3, r * .42, r * .36)[:-1], "#f2d9a8", .3, 14, 0)
        s.brush(ellipse(cx, cy, r, r * .97, 40, 330), 9, "both", "#2c1a0c", .9, dry=.5)
    s.shape(ellipse(1300, 492, 17, 15), "#120b06", 1, True)
    return s


def cover_sound():
    s = Sheet(1600, 900, 71)
    for i in range(8):
        r = 118 + i * 92
        s.brush(ellipse(800, 690, r, r * .62, 182 + i * 2, 358 - i * 2), 9 - i * .7, "both", INK, .62 - i * .065, dry=.8, wobble=.6)
    s.brush([(110, 708), (470, 694), (800, 712), (1150, 696), (1500, 706)], 20, "both", dry=1.2)
    s.shape([(610, 250), (990, 236), (1004, 372), (600, 384)], "#7a5430", .96, False)
    s.wash([(610, 250), (990, 236), (1004, 372), (600, 384)], INK, .25, 5, 1, False)
    for y in (276, 312, 348):
        s.brush([(604, y + 6), (800, y), (1000, y - 6)], 7, "even", "#e2cf9f", .8)
    for i in range(120):
        x = 604 + i * 3.35
        s.brush([(x, 380), (x + s.random.uniform(-7, 7) + (x - 800) * .03, 500),
                 (x + s.random.uniform(-16, 16) + (x - 800) * .13, 640 + s.random.uniform(0, 36))],
                s.random.uniform(3, 6.5), "start", s.random.choice(["#3d2a18", "#6b4a2a", INK]), .85)
    s.brush([(610, 252), (800, 240), (992, 238)], 11, "both", dry=.4)
    s.seal(1440, 750, 58, "听", turn=3)
    return s


def cover_class():
    s = Sheet(1600, 900, 83, "#d8cdb8", 30)
    s.define('<linearGradient id="light" x1="0" y1="0" x2="1" y2=".25"><stop offset="0" stop-color="#fff9e6" '
             'stop-opacity=".95"/><stop offset=".6" stop-color="#fff9e6" stop-opacity=".35"/><stop offset="1" stop-color="#4a4030" stop-opacity=".3"/></linearGradient>')
    s.add('<rect width="1600" height="900" fill="url(#light)"/>')
    for x in (60, 190, 320):
        s.brush([(x, -10), (x + 4, 470)], 12, "even", "#4a3a28", .9)
    for y in (20, 140, 260, 380, 470):
        s.brush([(30, y), (350, y + 4)], 11, "even", "#4a3a28", .9)
    for i in range(4):
        s.shape([(350, 40 + i * 118), (1600, 300 + i * 150), (1600, 392 + i * 150), (350, 104 + i * 118)], "#fffbe9", .2, False, 10)
    sheets = ((470, 120, 250, 470, "#f7f0de", 3), (780, 90, 330, 330, "#efe0bb", 0), (780, 480, 330, 250, "#f9f4e6", 4),
              (1180, 130, 300, 580, "#f3e8cd", 5))
    for x, y, w, h, tone, columns in sheets:
        outline = s.rough_rectangle(x, y, w, h, 2)
        s.shape([(a + 5, b + 7) for a, b in outline], INK, .22, False, 6)
        s.shape(outline, tone)
        s.shape(s.rough_rectangle(x + 16, y + 16, w - 32, h - 32, 2), "none", .5, extra='stroke="#b9a679" stroke-width="2"')
        s.paper = tone
        if columns:
            s.scribble_columns(x + 40, y + 44, w - 80, h - 100, columns, opacity=.72, size=24)
    branch = [(830, 390), (890, 320), (950, 290), (1060, 176)]
    s.brush(branch, 16, "start", dry=.6)
    s.brush([(926, 302), (940, 220), (986, 170)], 9, "start", dry=.3)
    for x, y in ((986, 170), (944, 236), (1018, 214), (900, 268), (1052, 186)):
        for a in range(5):
            s.add(f'<circle cx="{x + 11 * math.cos(a * 1.257):.1f}" cy="{y + 11 * math.sin(a * 1.257):.1f}" r="8" fill="{SEAL}" opacity=".75"/>')
    s.paper = "#d8cdb8"
    s.brush([(0, 806), (500, 800), (1100, 808), (1600, 802)], 16, "even", "#4a3a28", .85, dry=.8)
    return s


def cover_letter():
    s = Sheet(1600, 900, 91, "#cdc6b8", 20)
    s.add('<rect width="1600" height="900" fill="#3a332a" opacity=".22"/>')
    xs, ys = (260, 800, 1345), (96, 450, 806)
    tones = (("#f6efdc", "#e2d6ba"), ("#e9dec5", "#f4ecd7"))
    shadow = [(250, 110), (1360, 100), (1380, 836), (262, 828)]
    s.shape(shadow, INK, .45, False, 22)
    for row in range(2):
        for column in range(2):
            box = [(xs[column], ys[row] + (8 if column else 0)), (xs[column + 1], ys[row] + (0 if column else 8)),
                   (xs[column + 1], ys[row + 1] + (0 if column else 8)), (xs[column], ys[row + 1] + (8 if column else 0))]
            s.shape(box, tones[row][column])
    s.paper = "#eee5d0"
    s.scribble_columns(330, 150, 950, 610, 8, opacity=.85, size=40)
    for points in ([(800, 96), (797, 300), (803, 620), (800, 806)], [(260, 452), (560, 449), (1000, 455), (1345, 450)]):
        s.brush([(x + 9, y + 9) for x, y in points], 26, "even", "#6b5a3c", .22)
        s.brush(points, 5, "even", "#fffdf4", .95)
    s.brush([(800, 450), (812, 470), (806, 496)], 14, "both", "#3a332a", .8)
    s.shape([(0, 0), (520, 0), (1600, 640), (1600, 900), (1180, 900), (0, 210)], "#fff6dc", .22, False, 40)
    s.seal(312, 620, 60, "素笺", turn=1)
    return s


def cover_stones():
    s = Sheet(1600, 900, 103)
    s.wash([(250, 800), (800, 770), (1380, 800), (1420, 838), (800, 868), (220, 838)], opacity=.16, blur=14, edge=0)
    for x, w, top, tone, deep in ((330, 240, 240, "#8d9a80", "#4c5945"), (690, 230, 330, "#c9993f", "#7d5818"),
                                  (1040, 250, 190, "#e6dccb", "#94836b")):
        front = [(x, top + 40), (x + w, top + 40), (x + w, 800), (x, 800)]
        side = [(x + w, top + 40), (x + w + 84, top + 4), (x + w + 84, 766), (x + w, 800)]
        lid = [(x, top + 40), (x + 84, top + 4), (x + w + 84, top + 4), (x + w, top + 40)]
        s.shape(front, tone, .96)
        s.shape(side, deep, .82)
        s.shape(lid, "#fffaf0", .7)
        s.define(f'<clipPath id="f{x}"><path d="M{x} {top + 40}h{w}V800H{x}Z"/></clipPath>')
        s.add(f'<g clip-path="url(#f{x})">')
        if x == 1040:
            for points in ([(1030, 330), (1110, 380), (1180, 350), (1300, 430)], [(1060, 800), (1090, 660), (1180, 600), (1300, 580)],
                           [(1030, 470), (1090, 500), (1120, 560), (1180, 600)]):
                s.brush(points, s.random.uniform(40, 80), "both", SEAL, .8, dry=.4, wobble=.5)
                s.brush([(a + 20, b + 26) for a, b in points], 18, "both", SEAL, .7, wobble=.6)
        for _ in range(7):
            y = s.random.uniform(top, 800)
            s.brush([(x - 10, y), (x + w / 2, y + s.random.uniform(-50, 50)), (x + w + 10, y + s.random.uniform(-60, 60))],
                    s.random.uniform(3, 16), "both", "#fffaf0" if x == 690 else deep, .2, wobble=.6)
        s.add("</g>")
        s.brush([(x, top + 40), (x - 3, 520), (x, 802)], 13, "both", dry=.5)
        s.brush([(x, 802), (x + w / 2, 806), (x + w, 801)], 13, "both", dry=.4)
        s.brush([(x + w, 802), (x + w + 44, 786), (x + w + 84, 766)], 10, "both")
        s.brush([(x + w, top + 40), (x + w + 2, 520), (x + w, 802)], 7, "both", opacity=.7, dry=.4)
        s.brush([(x + w + 84, top + 4), (x + w + 87, 420), (x + w + 84, 766)], 12, "both", dry=.5)
        s.brush([(x, top + 40), (x + w / 2, top + 36), (x + w, top + 40)], 8, "both")
        s.brush([(x + 2, top + 40), (x + 84, top + 4), (x + w + 84, top + 4)], 8, "both")
        s.brush([(x + w, top + 40), (x + w + 84, top + 4)], 7, "both")
    return s


def cover_xianzhang():
    s = Sheet(1600, 900, 113)
    s.wash([(150, 790), (700, 765), (1450, 796), (1490, 836), (700, 862), (120, 832)], opacity=.16, blur=14, edge=0)
    # The stone on its side, its face towards us: the characters run the wrong way.
    s.shape([(560, 276), (770, 330), (782, 664), (572, 700)], "#6d7a63", .97)
    s.shape([(300, 300), (560, 276), (770, 330), (520, 346)], "#c6ccb6", .0)
    s.shape([(280, 300), (500, 246), (770, 300), (560, 310)], "#c3cab2")
    s.shape([(560, 310), (770, 300), (782, 690), (572, 726)], "#67745d")
    s.shape([(280, 300), (560, 310), (572, 726), (292, 738)], "#a9b29a")
    for y in (420, 520, 610):
        s.brush([(566, y), (660, y - 26), (776, y - 12)], 9, "both", "#4c5945", .35, wobble=.7)
    s.add('<g transform="matrix(1 .03 .025 1.36 288 312)" filter="url(#roughs)">')
    for i, character in enumerate("容反我悔"):
        x, y = (i % 2) * 128 + 74, (i // 2) * 140 + 124
        s.add(f'<text transform="translate({x} {y}) scale(-1 1)" font-size="120" text-anchor="middle" '
              f'font-family="Noto Serif CJK SC" font-weight="700" fill="#efeee2" opacity="{.5 if i == 3 else .95}">{character}</text>')
    s.add("</g>")
    s.shape([(530, 734), (578, 676), (586, 740)], PAPER)
    for points, w in (([(280, 300), (420, 304), (560, 310)], 11), ([(280, 300), (284, 520), (292, 738)], 14),
                      ([(292, 738), (420, 734), (532, 728)], 12), ([(560, 310), (566, 500), (570, 672)], 9),
                      ([(280, 300), (390, 272), (500, 246)], 10), ([(500, 246), (640, 272), (770, 300)], 10),
                      ([(560, 310), (660, 304), (770, 300)], 8), ([(770, 300), (778, 500), (782, 690)], 14),
                      ([(582, 722), (690, 708), (782, 690)], 11), ([(532, 730), (556, 704), (572, 672)], 8)):
        s.brush(points, w, "both", dry=.4)
    for _ in range(90):
        x, y = s.random.gauss(560, 150), s.random.gauss(790, 16)
        s.add(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{s.random.uniform(1.5, 5):.1f}" fill="#8f9a80" opacity=".8"/>')
    # The knife, laid down.
    s.brush([(880, 800), (1080, 752), (1440, 664)], 30, "even", "#6a6f70", .95)
    s.brush([(884, 794), (1010, 764)], 7, "both", "#e6eae9", .9)
    s.brush([(1010, 768), (1190, 725), (1370, 681)], 42, "even", OAK, .96, dry=.5)
    for x in range(1030, 1360, 22):
        s.brush([(x - 4, 745 - (x - 1030) * .245), (x + 8, 788 - (x - 1030) * .245)], 4, "both", "#2c1a0c", .7)
    # And the first proof.
    proof = s.rough_rectangle(966, 130, 330, 400, 3)
    s.shape([(x + 8, y + 10) for x, y in proof], INK, .25, False, 8)
    s.shape(proof, "#fffdf5")
    s.paper = "#fffdf5"
    s.seal(1034, 196, 192, "容反悔我", white=True, turn=-2, chips=[(0, 1, .13), (.18, .9, .025), (.11, .84, .02), (1, .02, .04)])
    return s


def portrait():
    """The conservator from the side, at work; a brush holds her hair."""
    s = Sheet(800, 800, 127, fibres=40)
    s.wash([(90, 800), (110, 640), (210, 545), (330, 500), (450, 520), (520, 620), (560, 800)], "#3d5160", .55, 3)
    s.wash([(120, 800), (150, 660), (250, 570), (300, 640), (260, 800)], INK, .25, 16, 0)
    face = [(352, 214), (440, 206), (492, 246), (503, 300), (526, 346), (508, 364), (515, 390), (506, 402), (512, 424),
            (494, 458), (440, 462), (412, 520), (330, 520), (326, 420), (300, 330)]
    s.shape(face, "#f6e7d2", 1, True)
    s.wash([(330, 420), (412, 440), (436, 466), (408, 520), (336, 520)], OAK, .18, 9, 0)
    hair = [(360, 132), (446, 144), (488, 192), (494, 240), (452, 238), (414, 270), (400, 322), (372, 336), (352, 372),
            (318, 382), (272, 330), (258, 238), (298, 158)]
    s.wash(hair, INK, .93, 2)
    s.wash([(214, 190), (262, 150), (310, 176), (306, 246), (262, 280), (212, 252)], INK, .95, 2)
    for i in range(9):
        s.brush([(474 - i * 11, 222 + i * 13), (390 - i * 8, 190 + i * 12), (286 - i * 2, 214 + i * 8)], 2.2, "both", "#8a8a86", .45)
    s.brush([(140, 120), (250, 206), (360, 292)], 12, "even", "#c9a25a", .98)
    s.brush([(140, 120), (112, 98), (84, 88)], 17, "start", INK, .95)
    s.brush([(150, 128), (168, 142)], 13, "even", SEAL, .95)
    s.brush([(492, 246), (503, 298), (527, 346), (520, 362), (508, 366)], 6, "both")
    s.brush([(513, 370), (517, 391), (500, 399)], 5, "both", SEAL, .7)
    s.brush([(503, 402), (512, 424), (494, 457), (440, 463), (414, 518)], 6, "both")
    s.brush([(452, 286), (474, 276), (496, 284)], 7, "both")
    s.brush([(462, 318), (478, 325), (494, 320)], 5, "both")
    s.add('<ellipse cx="481" cy="322" rx="31" ry="27" fill="#fffdf6" fill-opacity=".25" stroke="#1c1b19" stroke-width="4.5"/>')
    s.brush([(450, 318), (410, 312), (384, 318)], 4, "even")
    s.brush([(386, 330), (368, 346), (378, 384), (398, 372)], 5, "both", OAK, .8)
    s.brush([(330, 500), (372, 560), (430, 540), (450, 516)], 9, "both", "#22303a", .9)
    s.brush([(212, 548), (130, 640), (104, 800)], 16, "both", "#22303a", .95, dry=.6)
    s.shape([(420, 590), (520, 640), (672, 658), (690, 704), (560, 738), (400, 760)], "#6f7f89", 1, True)
    s.brush([(452, 530), (520, 610), (672, 656)], 13, "both", "#22303a", .95, dry=.5)
    s.brush([(690, 706), (570, 738), (430, 740)], 11, "both", "#22303a", .9, dry=.4)
    s.brush([(672, 656), (688, 680), (690, 706)], 8, "both", "#22303a", .9)
    s.shape([(664, 660), (722, 650), (752, 668), (748, 690), (700, 706), (676, 704)], "#f6e7d2", 1, True)
    s.brush([(664, 660), (722, 650), (753, 668)], 5, "both")
    s.brush([(676, 706), (712, 706), (748, 690)], 5, "both")
    s.brush([(770, 560), (736, 640), (712, 730)], 9, "even", "#c9a25a", .98)
    s.brush([(712, 730), (706, 752), (698, 774)], 14, "start", INK, .95)
    s.shape([(470, 770), (800, 752), (800, 800), (460, 800)], "#fffdf4", 1)
    s.brush([(466, 772), (640, 766), (800, 752)], 5, "even", QUIET, .8)
    s.seal(660, 70, 52, "素笺", turn=1)
    return s


ALL = {
    "cover-seal": cover_seal, "cover-paste": cover_paste, "cover-jar": cover_jar, "cover-wet-book": cover_wet_book,
    "cover-fill": cover_fill, "cover-climate": cover_climate, "cover-iron-gall": cover_iron_gall,
    "cover-sound": cover_sound, "cover-class": cover_class, "cover-letter": cover_letter,
    "cover-stones": cover_stones, "cover-xianzhang": cover_xianzhang, "portrait": portrait,
}
