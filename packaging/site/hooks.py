"""What mkdocs does besides: pages that are made from the program and from the changelog, and the anchors of GitHub."""
import os
import pathlib
import re
import subprocess

from mkdocs.structure.files import File

ROOT = pathlib.Path(__file__).resolve().parents[2]


def github_anchor(text, separator):
    """The name that GitHub gives a heading, so that links work in both places."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", separator)


def on_config(config):
    config.mdx_configs["toc"]["slugify"] = github_anchor
    return config


def on_files(files, config):
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("](docs/", "](")
    for name, text in (("commands.md", commands()), ("changelog.md", changelog)):
        files.append(File.generated(config, name, content=text))
    return files


def commands():
    """The page with the help of every command."""
    program = os.environ.get("FUROSHIKI_PROGRAM") or str(ROOT / ".build/debug/furoshiki")
    environment = {**os.environ, "NO_COLOR": "1"}

    def text(*words):
        return subprocess.run([program, *words, "--help"], check=True, capture_output=True, text=True,
                              env=environment).stdout

    overview = text()
    listed = overview.partition("\nCommands:\n")[2].partition("\n\n")[0]
    names = re.findall(r"^  ((?:[a-zA-Z-]+ )*[a-zA-Z-]+)(?:  |$)", listed, re.MULTILINE)
    if len(names) < 10:
        raise ValueError(f"the help of {program} lists no commands")
    page = ["# Commands\n", "This page is the help of the program, which is made from its table of commands. "
            "[The command line](command-line.md) describes what all commands have in common.\n",
            f"```text\n{overview}```\n"]
    for name in names:
        page.append(f"## {name}\n\n```text\n{text(*name.split())}```\n")
    return "\n".join(page)
