"""Checks that every relative link in the documentation leads to a file, and every heading that it names is there."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchor(heading):
    """The name that GitHub gives a heading."""
    text = re.sub(r"[`*]", "", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {anchor(m[1]) for m in re.finditer(r"^#+ +(.*)$", text, re.MULTILINE)}


def faults(page):
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists():
            yield f"{page.relative_to(ROOT)}: there is no '{target}'"
        elif fragment and path.suffix == ".md" and fragment not in anchors(path):
            yield f"{page.relative_to(ROOT)}: '{name or page.name}' has no heading '#{fragment}'"


pages = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("Examples/*/*.md"),
                *ROOT.glob("Benchmarks/*.md")])
found = [fault for page in pages for fault in faults(page)]
print("\n".join(found) if found else f"{len(pages)} pages, all links lead somewhere")
sys.exit(1 if found else 0)
