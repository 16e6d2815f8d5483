#!/usr/bin/env python3
"""draw.py FOLDER [NAME...]: writes the pictures as FOLDER/NAME.svg (all of them unless named)."""
import pathlib
import sys

import covers
import figures

pictures = covers.ALL | figures.ALL
folder = pathlib.Path(sys.argv[1])
for name in sys.argv[2:] or pictures:
    (folder / f"{name}.svg").write_text(pictures[name]().svg(), encoding="utf-8")
