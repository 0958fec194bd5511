"""The house: imports go one way, no circles, modules are small and named for their idea, the library is silent."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "docparse"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "__pycache__" not in p.parts)
FLOORS = (
    ("errors", "values", "alternatives"),
    ("spans",),
    ("model",),
    ("tables", "settings", "record", "weights"),
    ("places", "recording", "calibration"),
    ("territory", "communes"),
    ("authority",),
    ("register",),
    ("stage",),
    ("read", "clean", "segment", "tag"),
    ("pipeline",),
    ("link", "store"),
    ("run",),
    ("export", "evaluate"),
    ("learn",),
    ("cli", "serve"),
)
"""Rooms from the ground up; a room may import those below it. The package's own `__init__` stands apart."""
BESIDE = {("tag", "segment"), ("store", "link")}
"""Rooms of one floor of which the first may look at the second: segmenting comes before tagging, and the store asks
what names mean."""
LATE = re.compile(r"docparse/(?:__init__|cli/\w+)\.py")
"""Where an import inside a function is allowed: what keeps `docparse --help` quick."""
MOST_LINES = 400
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}


def floor(room: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if room in rooms)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The docparse modules that a module imports when it is loaded or run; not those for type checking only."""
    skipped = {
        id(node)
        for block in ast.walk(tree(path))
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    names = {name_of(p) for p in MODULES}
    for node in ast.walk(tree(path)):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "docparse")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "docparse":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in names else str(node.module)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(name_of(path))
    if not room:
        return
    for module in imports(path):
        other = room_of(module)
        if other in {"", room} or (room, other) in BESIDE:
            continue
        assert floor(other) < floor(room), f"{name_of(path)} imports {module}"


def test_there_is_no_circle() -> None:
    graph = {name_of(path): set(imports(path)) - {name_of(path)} for path in MODULES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, f"a circle: {' -> '.join([*way, module])}"
        if module not in done:
            for other in sorted(graph.get(module, ())):
                visit(other, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_one_idea(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= MOST_LINES, f"{lines} lines: find the two ideas in it"
    assert path.stem not in NAMELESS
    assert ast.get_docstring(tree(path)), "one sentence: what goes in and what comes out"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stand_at_the_top(path: Path) -> None:
    if LATE.fullmatch(path.relative_to(ROOT).as_posix()):
        return
    late = [
        node.lineno
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and "docparse" in ast.unparse(node)
    ]
    assert not late, f"imports inside functions at lines {late}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_library_does_not_print(path: Path) -> None:
    prints = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not prints


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_left_for_later(path: Path) -> None:
    words = re.findall(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b", path.read_text("utf-8"))
    assert not words


def test_the_command_line_only_calls_the_library() -> None:
    for path in (PACKAGE / "cli").glob("*.py"):
        loops = [n for n in ast.walk(tree(path)) if isinstance(n, ast.While | ast.ClassDef)]
        allowed = {"Guarded"} if path.stem == "__init__" else set()
        assert {getattr(n, "name", "while") for n in loops} <= allowed, path
