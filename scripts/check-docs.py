#!/usr/bin/env python3
"""Checks the links and paths in the documents, and the words that docs/style.md says to avoid in documents and code.

usage: check-docs.py                              fail if something is wrong; CI runs this
       check-docs.py --report [--hints] [PATH…]   list what to improve in the code and documents below PATH:
                                                  words to avoid, and doc comments of three words or fewer;
                                                  with --hints, also "Words to look at twice"
"""
import argparse
import collections
import fnmatch
import io
import pathlib
import re
import sys
import tokenize

ROOT = pathlib.Path(__file__).resolve().parent.parent
STYLE = ROOT / "docs/style.md"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SOURCE_PATH = re.compile(r"`((?:Sources|Tests|Examples|Benchmarks|docs|scripts)/[\w./+-]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PROSE = {".swift", ".md", ".py", ".sh", "", ".txt"}
CODE = ("Sources", "Tests", "Benchmarks", "Examples", "scripts", ".ci")


# MARK: Links

def anchor(heading):
    """The name that GitHub gives a heading."""
    text = re.sub(r"[`*]", "", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {anchor(m[1]) for m in re.finditer(r"^#+ +(.*)$", text, re.MULTILINE)}


def broken_links(page):
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists():
            yield f"{page.relative_to(ROOT)}: error: link to '{target}', which does not exist"
        elif fragment and path.suffix == ".md" and fragment not in anchors(path):
            yield f"{page.relative_to(ROOT)}: error: '{name or page.name}' has no heading '#{fragment}'"


def missing_paths(page):
    """The paths of files in code spans, such as those of the recipes, that do not exist."""
    for path in SOURCE_PATH.findall(page.read_text(encoding="utf-8")):
        if not (ROOT / path).exists():
            yield f"{page.relative_to(ROOT)}: error: '{path}' does not exist"


# MARK: Words

def word_table(heading):
    """The rules of a table in docs/style.md: (pattern of what to avoid, what to write, pattern of what is fine)."""
    section = STYLE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        phrases = re.findall(r"`([^`]+)`", cells[0])
        if line.startswith("|") and phrases:
            fine = re.findall(r"`([^`]+)`", cells[2]) if len(cells) > 2 else []
            yield pattern(phrases), cells[1], pattern(fine) if fine else None


def pattern(phrases):
    alternatives = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)


def exceptions():
    for line in (ROOT / "scripts/prose-exceptions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            glob, _, phrase = line.partition(": ")
            yield glob, phrase.strip().lower()


EXCEPTIONS = list(exceptions())


def matches(text, rules):
    """The words to avoid in a string: (offset, words found, words to write)."""
    for avoided, better, fine in rules:
        allowed = [m.span() for m in fine.finditer(text)] if fine else []
        for m in avoided.finditer(text):
            if not any(start <= m.start() and m.end() <= end for start, end in allowed):
                yield m.start(), re.sub(r"\s+", " ", m[0]), better


# MARK: Prose of a file, as (line, kind, text)

def without_code(text):
    """The text with code spans blanked, at the same offsets."""
    return re.sub(r"`[^`\n]+`", lambda m: " " * len(m[0]), text)


def swift_prose(source):
    """Comments, string literals (without their interpolations), and the names of declarations and tests."""
    comment = None
    tokens = re.compile(
        r'(?P<comment>//[^\n]*)|(?P<block>/\*.*?\*/)|(?P<long>#*"""(?:.*?)"""#*)|(?P<raw>#+"(?:.*?)"#+)|(?P<string>")'
        r'|(?P<quoted>`[^`\n]+`)|(?P<name>(?<=[\s(])(?:func|var|let|case|struct|enum|class|actor|protocol|typealias'
        r'|associatedtype)\s+(?P<word>\w+))',
        re.DOTALL)
    offset = 0
    while token := tokens.search(source, offset):
        start, offset = token.start(), token.end()
        line = source.count("\n", 0, start) + 1
        kind = token.lastgroup if token.lastgroup != "word" else "name"
        if kind == "comment":
            marker = re.match(r"/+", token[0])[0]
            text = token[0][len(marker):]
            between = source[comment[3]:start] if comment else "x"
            if comment and comment[1] == marker and not between.strip() and between.count("\n") == 1:
                comment[2] += "\n" + text
                comment[3] = offset
            else:
                if comment:
                    yield comment_prose(comment)
                comment = [line, marker, text, offset]
            continue
        if kind == "string":
            text, offset = string_literal(source, offset)
            yield line, "string", text
        elif kind in ("long", "raw"):
            yield line, "string", re.sub(r"\\\(.*?\)", "…", token[0].strip('#"'))
        elif kind == "block":
            yield line, "comment", token[0][2:-2]
        elif kind == "quoted":
            if " " in token[0]:
                yield line, "test name", token[0].strip("`")
        else:
            yield line, "name", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", token["word"])
    if comment:
        yield comment_prose(comment)


def comment_prose(comment):
    line, marker, text, _ = comment
    # A code span stays one word, so that the length of a comment can be counted.
    text = re.sub(r"`[^`\n]+`", lambda m: "…".ljust(len(m[0])), text)
    return line, "doc comment" if marker == "///" else "comment", text


def string_literal(source, offset):
    """The text of a literal from after its opening quote, and the offset after its closing quote."""
    text = ""
    while offset < len(source) and source[offset] not in '"\n':
        if source.startswith("\\(", offset):
            depth, offset = 1, offset + 2
            while offset < len(source) and depth:
                if source[offset] == '"':
                    inner, offset = string_literal(source, offset + 1)
                    text += f" {inner} "
                    continue
                depth += {"(": 1, ")": -1}.get(source[offset], 0)
                offset += 1
            text += "…"
        else:
            step = 2 if source[offset] == "\\" else 1
            text += source[offset:offset + step]
            offset += step
    return text, offset + 1


def python_prose(source):
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], "comment", without_code(token.string)
        elif token.type in (tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1)):
            yield token.start[0], "string", token.string
        elif token.type == tokenize.NAME:
            yield token.start[0], "name", token.string.replace("_", " ")


def prose(path):
    source = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".swift":
        return swift_prose(source)
    if path.suffix == ".py":
        return python_prose(source)
    if path.suffix in ("", ".sh") and source.startswith("#!"):
        return ((n, "comment", line) for n, line in enumerate(source.splitlines(), 1) if re.search(r"#|echo|printf", line))
    if path.suffix == ".md":
        return [(1, "document", without_code(source))]
    if path.name == "expected.txt" or "Snapshots" in path.parts:
        return [(1, "snapshot", source)]
    return []


def findings(path, rules, reports_all=False):
    """(line, message) of every word to avoid and every short doc comment in a file.

    With `reports_all`, also in files that are excepted as a whole.
    """
    name = path.relative_to(ROOT).as_posix()
    allowed = {phrase for glob, phrase in EXCEPTIONS if fnmatch.fnmatch(name, glob)}
    if "*" in allowed and not reports_all:
        return
    for line, kind, text in prose(path):
        for offset, found, better in matches(text, rules):
            if found.lower() not in allowed:
                yield line + text.count("\n", 0, offset), f"{kind}: '{found}' → {better}"
        if kind == "doc comment" and len(text.split()) <= 3:
            yield line, f"{kind} of three words or fewer: '{' '.join(text.split())}'"


def files(paths):
    """The files with prose below some paths, sorted, without hidden ones."""
    for path in sorted({f for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file()}):
        parts = path.relative_to(ROOT).parts
        if path.suffix in PROSE and not any(part.startswith(".") and part != ".ci" for part in parts):
            yield path


def report(paths, rules):
    counts = collections.Counter()
    for path in files(paths):
        for line, message in sorted(findings(path, rules, reports_all=True)):
            name = path.relative_to(ROOT)
            print(f"{name}:{line}: {message}")
            counts["/".join(name.parts[:3 if len(name.parts) > 3 else 2])] += 1
    for area, count in counts.most_common():
        print(f"{count:6} {area}", file=sys.stderr)
    print(f"{sum(counts.values()):6} in all", file=sys.stderr)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--report", action="store_true")
    arguments.add_argument("--hints", action="store_true")
    arguments.add_argument("paths", nargs="*", metavar="PATH", type=lambda p: pathlib.Path(p).resolve())
    options = arguments.parse_args()
    rules = list(word_table("Words to avoid"))
    if options.report:
        hints = list(word_table("Words to look at twice")) if options.hints else []
        report(options.paths or [ROOT / name for name in (*CODE, "docs")], rules + hints)
        return 0
    pages = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("Examples/*/*.md"),
                    *ROOT.glob("Benchmarks/*.md")])
    problems = [problem for page in pages for problem in [*broken_links(page), *missing_paths(page)]]
    problems += [f"{page.relative_to(ROOT)}:{line}: error: {message}"
                 for page in [*pages, *files(ROOT / name for name in CODE)] for line, message in findings(page, rules)]
    print("\n".join(problems) if problems else f"{len(pages)} pages: links, paths and words are right")
    return 1 if problems else 0


sys.exit(main())
