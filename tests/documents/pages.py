"""A small page without faults, and the same with one fault at a time: what each check has to see."""

from __future__ import annotations

GOOD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The Reading Room</title>
<style>
:root { color-scheme: light dark; }
body { background: #ffffff; color: #1f2328; }
a { color: #0550ae; }
a:focus { outline: 3px solid #0550ae; }
.skip:not(:focus) { position: absolute; left: -999px; }
@media (prefers-color-scheme: dark) {
body { background: #0d1117; color: #e6edf3; }
a { color: #79c0ff; }
a:focus { outline-color: #79c0ff; }
}
</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header><h1>The Reading Room</h1></header>
<main id="content">
<h2 id="why">Why</h2>
<p>Read <a href="#why">why</a> first.</p>
</main>
</body>
</html>
"""


def broken(old: str, new: str) -> str:
    """The good page with one thing changed."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


NO_LANGUAGE = broken(' lang="en"', "")
NO_MAIN = GOOD.replace("<main", "<div").replace("</main", "</div")
FAINT_IN_THE_DARK = broken("color: #e6edf3", "color: #444444")
TOO_WIDE = broken("<p>Read", '<p style="width: 400px">Read')
ASKS_ELSEWHERE = broken("</main>", '<img src="https://elsewhere.example/one.png" alt="One">\n</main>')
ASKS_BESIDE_IT = broken("</main>", '<img src="beside.svg" alt="One">\n</main>')
FOCUS_UNSEEN = broken("a:focus { outline: 3px solid", "a:focus { outline: 0 solid")
SKIP_IS_SECOND = broken('<a class="skip"', '<a href="#why">Why</a>\n<a class="skip"')
LEADS_NOWHERE = broken('href="#why"', 'href="#who"')
UNKNOWN_PROPERTY = broken("a { color: #0550ae; }", "a { colour: #0550ae; }")
NOT_NESTED = broken("<p>Read", "<p><div>Read</div>")
SAME_ID_TWICE = broken('<h2 id="why">Why</h2>', '<h2 id="why">Why</h2>\n<h2 id="why">Once more</h2>')
