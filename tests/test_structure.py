"""What must hold of the code as a whole."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
ROOTS = ("bot", "classifier", "intake")
MODULES = [
    path.relative_to(TOP)
    for path in chain.from_iterable((TOP / root).rglob("*.py") for root in ROOTS)
    if "versions" not in path.parts
]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_and_its_functions_stay_small(path: Path):
    source = (TOP / path).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


def test_only_the_database_commits():
    committing = [p for p in MODULES if re.search(r"\.(commit|begin)\(", (TOP / p).read_text())]
    # The schema is made before there is a database to speak of.
    assert set(committing) == {Path(f"intake/store/{name}.py") for name in ("database", "schema")}


def test_faults_are_caught_broadly_in_one_place():
    broad = [p for p in MODULES if "except Exception" in (TOP / p).read_text()]
    assert broad == [Path("intake/worker.py")]


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "services", "managers"])
def test_no_module_is_named_for_nothing(word: str):
    assert not [path for path in MODULES if word in path.parts or path.stem == word]


def test_modules_import_each_other_in_no_circle():
    imports = {_name(path): _imported(path) for path in MODULES}
    done: set[str] = set()
    for module in imports:
        _walk(module, imports, (), done)


def _walk(module: str, imports: dict[str, set[str]], way: tuple[str, ...], done: set[str]) -> None:
    assert module not in way, " -> ".join((*way, module))
    if module not in done:
        for other in sorted(imports.get(module, ())):
            _walk(other, imports, (*way, module), done)
        done.add(module)


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def _imported(path: Path) -> set[str]:
    """The modules of ours that a module imports when it is loaded."""
    found: set[str] = set()
    for node in ast.parse((TOP / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return {name for name in found if Path(TOP, *name.split(".")).with_suffix(".py").exists()}
