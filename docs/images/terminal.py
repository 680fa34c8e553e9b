#!/usr/bin/env python3
"""Draws what script(1) recorded of a training as an SVG: terminal.py COMMAND < typescript > terminal.svg

Keeps the start, a line per epoch, the first and the last sample, and the end.
"""
import html
import re
import sys
import unicodedata

COLUMNS = 106
WIDTH = 900
LINE = 21
MARGIN = 18
COLORS = {"command": "#f0f6fc", "epoch": "#7ee787", "bar": "#79c0ff", "sample": "#ffd58a", "plain": "#c9d1d9"}


def screen_lines(recorded):
    """The lines as they stay on the screen: a carriage return overwrites, escape sequences are dropped."""
    for line in recorded.split("\n")[1:]:
        states = [state for state in line.split("\r") if state.strip()]
        yield re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", states[-1]).rstrip() if states else ""


def width(text):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text):
    """Rows of at most COLUMNS cells, broken at a space where there is one in the last third."""
    row = ""
    for character in text:
        if width(row + character) > COLUMNS:
            space = row.rfind(" ") + 1
            cut = space if space > len(row) * 2 // 3 else len(row)
            yield row[:cut]
            row = "  " + row[cut:]
        row += character
    yield row


def blocks(lines):
    """Pairs of a kind and a line; a sample is a heading and the lines up to the next bar."""
    in_sample = False
    for line in lines:
        if re.match(r" *\d+% \[", line):
            in_sample = False
            yield "bar", line
        elif line.startswith("epoch "):
            in_sample = False
            yield "epoch", line
        elif line.startswith("--- "):
            in_sample = True
            yield "heading", line
        elif in_sample:
            yield "sample", line
        elif line and not line.startswith(("WARNING", "Script done", "saved ")):
            yield "plain", line


def chosen(kinds):
    """Without the bars but the last one, and the samples but the first and the last one."""
    kinds = list(kinds)
    last_bar = max(i for i, (kind, _) in enumerate(kinds) if kind == "bar")
    headings = [i for i, (kind, _) in enumerate(kinds) if kind == "heading"]
    heading = -1
    for i, (kind, line) in enumerate(kinds):
        if kind == "heading":
            heading = i
        if kind in ("heading", "sample") and heading not in (headings[0], headings[-1]):
            continue
        if kind == "bar" and i != last_bar or kind == "sample" and not line:
            continue
        yield ("sample" if kind == "heading" else kind), line


def draw(rows):
    height = len(rows) * LINE + 2 * MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="A training on a terminal">'
    yield f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#161b22"/>'
    yield '<g font-family="ui-monospace,Menlo,Consolas,\'DejaVu Sans Mono\',\'Noto Sans Mono CJK SC\',monospace" font-size="13.5" style="white-space: pre">'
    for i, (kind, row) in enumerate(rows):
        y = MARGIN + LINE * i + 14
        yield f'<text x="{MARGIN}" y="{y}" fill="{COLORS[kind]}">{html.escape(row, quote=False)}</text>'
    yield "</g>\n</svg>"


rows = [("command", row) for row in wrapped("$ " + sys.argv[1])]
for kind, line in chosen(blocks(screen_lines(sys.stdin.read()))):
    rows += [(kind, row) for row in wrapped(line)]
print("\n".join(draw(rows)))
