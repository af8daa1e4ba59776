"""What the tests share: a small record tree in which nothing is wrong, and the ways to break it and to ask about it."""

import ast
import fcntl
import gc
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pydantic import TypeAdapter, ValidationError
from typer.testing import CliRunner, Result

from kb.bulletins.edition import Bulletin
from kb.bulletins.stationery.templates import Stationery
from kb.bulletins.stationery.templates import read as read_stationery
from kb.downloads.offer import Offer
from kb.records.checking.document import parse
from kb.records.checking.problem import Problem, written
from kb.records.checking.validation import CODES, remainder, validate
from kb.records.knowledge import KnowledgeBase
from kb.records.model import Every, Record, Review
from kb.records.reading import load
from kb.records.schema import files, write
from kb.site.builder import placed
from kb.site.rendering import Renderer
from kb.site.view.blocks import Page, Placed
from kb.words.language import Language, Words
from trees import DAY, OFFICE, fill_library, raise_house

# `house` tries the same inputs at every run; `pytest --hypothesis-profile hunt` looks for new ones.
settings.register_profile("house", deadline=None, derandomize=True, database=None, max_examples=60)
settings.register_profile("hunt", deadline=None, database=None, max_examples=3000)
settings.load_profile("house")

# What the program calls to raise a problem, and where the code stands among the arguments.
RAISING = {"problem": 0, "checked": 1, "Problem": 3, "Finding": 2, "_at": 3, "_wrong": 1}

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]

WHOLE_SITES = ("built", "editors", "records")
PROJECT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)

FILES = {
    "nno/network.yml": """\
name:
  ka: ჩრდილოეთის ომბუდსმენთა ქსელი
  en: Northern Network of Ombudspersons
acronym: {ka: NNO, en: NNO}
website: https://www.no.example/
kind: ombudsman
scope: global
themes: [juvenile]
mandate:
  ka: აერთიანებს ომბუდსმენებს.
  en: It links ombudsmen.
standing: {status: member}
working_groups:
  - id: ethics
    name: {en: Ethics}
    en: It writes codes of conduct.
  - id: learning
    name: {en: Learning}
    en: It holds courses.
contacts:
  - id: secretariat
    role: {en: Secretariat}
    email: nno@ombudsman-house.example
    phone: +43 1 234 56 78
  - id: press
    role: {en: Press office}
meetings:
  - en: General assembly
    months: [5]
""",
    "nno/resources/guide.yml": """\
title:
  ka: სახელმძღვანელო
  en: Guide
type: handbook
url: https://www.no.example/guide
languages: [en]
year: 2024
themes: [juvenile, custody]
summary: {ka: რა არის., en: What it is.}
collected_on: 2026-10-01
review:
  confirmed_on: 2026-10-02
  confirmed_by: international-exchanges
  every: year
""",
    "nno/events/2026-09-assembly.yml": """\
title: {ka: ასამბლეა, en: Assembly}
kind: general-assembly
start: 2026-09-14
end: 2026-09-16
country: AT
networks: [nno]
themes: [juvenile]
units: [international-exchanges]
registration:
  date: 2026-08-01
  time: "17:00"
  zone: Europe/Vienna
""",
    "nno/opportunities/grant.yml": """\
title: {ka: გრანტი, en: Grant}
kind: grant
availability: recurring
deadline:
  date: 2026-12-01
  zone: Europe/Vienna
themes: [custody]
office_took_part: true
""",
    "_office/agreements/ankara.yml": """\
title: {ka: მემორანდუმი, en: Memorandum}
counterpart:
  name: {en: Ombudsman Institution of Türkiye}
  country: TR
kind: bilateral-memorandum
signed: 2022-04-05
valid_until: 2027-04-05
state: active
subject: {en: Co-operation}
obligations:
  - what: {en: A yearly visit}
    owner: international-exchanges
    due: 2027-01
""",
    "_office/reporting/cat.yml": """\
name: {ka: წამების საწინააღმდეგო კომიტეტი, en: Committee against Torture}
capacity: npm
networks: [nno]
themes: [custody]
owner: nvd
next_due: 2027-11
""",
    "_office/themes.yml": """\
- id: juvenile
  name: {ka: ბავშვის უფლებები, en: Rights of the child}
- id: custody
  name: {ka: პენიტენციური სისტემა, en: Prisons}
""",
    "_office/units.yml": """\
- id: international-exchanges
  name: {ka: საერთაშორისო გაცვლების სამმართველო, en: Division of International Exchanges}
  kind: division
  certainty: current
  about: {en: International relations}
  themes: [juvenile]
- id: nvd
  name: {ka: ვიზიტების ეროვნული დეპარტამენტი, en: National Visiting Department}
  kind: department
  certainty: current
  about: {en: Visits to custody}
  themes: [custody]
""",
}


class Tree:
    """A record tree on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for path, text in FILES.items():
            self.write(path, text)

    def write(self, path: str, content: str | bytes) -> None:
        """Put one file in place of what stands there."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, path: str, old: str, new: str) -> None:
        """Change one place of one file; the place must be there, and only once."""
        text = (self.root / path).read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def change(self, path: str, change: str | bytes | tuple[str, str]) -> None:
        """Edit a file with a pair of texts, or write it anew with one."""
        if isinstance(change, tuple):
            self.edit(path, *change)
        else:
            self.write(path, change)

    def restore(self, path: str) -> None:
        """Bring one file back to what it was, or away."""
        if path in FILES:
            self.write(path, FILES[path])
        else:
            (self.root / path).unlink(missing_ok=True)

    @contextmanager
    def changed(self, path: str, content: bytes) -> Iterator[None]:
        """One file with other content, for as long as it is needed."""
        self.write(path, content)
        try:
            yield
        finally:
            self.restore(path)

    def load(self) -> tuple[KnowledgeBase, list[Problem]]:
        """What the reader makes of the tree on the day of the tests."""
        return load(self.root, TODAY)

    def problems(self) -> list[Problem]:
        """Everything that is wrong in the tree."""
        return self.load()[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What lies in a folder of whole sites, or opens a browser, is slow; `make quick` leaves it out."""
    for item in items:
        if item.path.parent.name in WHOLE_SITES or "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project."""
    return PROJECT


TEMPLATES = PROJECT / "overrides" / "records"
"""The templates of pages: part of the program."""


def printed(page: Page | Placed, language: Language = "en") -> dict[str, str]:
    """What the templates make of a page: its parts by the gaps of the frame that they fill."""
    words = Words(language)
    return Renderer(TEMPLATES, words).page(page if isinstance(page, Placed) else placed(page, words))


@pytest.fixture(scope="session")
def stationery() -> Stationery:
    """The Word files and the mail that the project comes with."""
    return read_stationery(PROJECT / "overrides")


@pytest.fixture(scope="session")
def today() -> date:
    """The day of the tests."""
    return TODAY


@pytest.fixture(scope="session")
def plant() -> Callable[[Path], Tree]:
    """A way to write the small valid tree to a folder."""
    return Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """The small valid tree, below a folder named as in the project."""
    return Tree(tmp_path / "networks")


@pytest.fixture
def problems(tree: Tree) -> Callable[[], list[tuple[str, int, str, str]]]:
    """What is wrong in the tree, as (file, line, field, code)."""
    return lambda: [(p.path, p.line, p.field, p.code) for p in tree.problems()]


@pytest.fixture(scope="session")
def verdict() -> Callable[[Any, Any], str]:
    """The code with which a kind of value refuses a value; empty when it takes it."""

    def judge(kind: Any, value: Any) -> str:
        try:
            TypeAdapter(kind).validate_python(value, strict=True)
        except ValidationError as error:
            return error.errors()[0]["type"]
        return ""

    return judge


@pytest.fixture(scope="session")
def office() -> KnowledgeBase:
    """The records of the tests' own office, in which every field is filled, read once on their day."""
    found, problems = load(OFFICE, DAY)
    assert problems == []
    return found


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """A way to make a folder once a session, whichever of the workers is first; nobody may change what is in it."""
    own = tmp_path_factory.getbasetemp()
    root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, done = root / name, root / f"{name}.done"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed, also by the end of the process
            if not done.exists():
                fill(folder)
                done.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def house(once: Callable[..., Path]) -> Path:
    """A project with the records and pages of the tests, and a library that fills several pages of results."""
    return once("house", lambda folder: fill_library(raise_house(folder) / "networks"))


@pytest.fixture
def kb_command(tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command `kb`, called from the folder above the tree, on the day of the tests."""
    from kb.cli import app

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KB_LANG", raising=False)
    monkeypatch.setenv("KB_TODAY", TODAY.isoformat())
    yield lambda *arguments: CliRunner().invoke(app, list(arguments))
    gc.enable()  # a command ends with its process and does without; the tests go on


@pytest.fixture(scope="session")
def dated() -> Callable[..., Record]:
    """A way to make a record of which only the dates matter."""

    def make(confirmed: str | None = None, collected: str | None = None, every: Every = "quarter") -> Record:
        by = "nvd" if confirmed else None
        return Record(collected_on=collected, review=Review(confirmed_on=confirmed, confirmed_by=by, every=every))

    return make


@pytest.fixture(scope="session")
def parts() -> Callable[[Any, str], list[dict[str, Any]]]:
    """A way to find every part of a JSON Schema that has a key."""

    def find(schema: Any, key: str) -> list[dict[str, Any]]:
        if isinstance(schema, dict):
            return [schema] * (key in schema) + [part for value in schema.values() for part in find(value, key)]
        return [part for value in schema for part in find(value, key)] if isinstance(schema, list) else []

    return find


@pytest.fixture
def derived(tree: Tree, tmp_path: Path) -> Path:
    """A project around the tree, with all that is derived from the model written."""
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "overrides").mkdir()
    write(files(tmp_path, tree.root))
    return tmp_path


@pytest.fixture(scope="session")
def raised() -> set[str]:
    """The codes that stand in the program where problems are raised."""
    found: set[str] = set(CODES.values())
    for file in (PROJECT / "scripts/kb").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                places = call.args[RAISING.get(call.func.id, len(call.args)) :][:1]
                places += [keyword.value for keyword in call.keywords if keyword.arg == "code"]
                either = [
                    place for given in places for place in (vars(given).get("body", given), vars(given).get("orelse", given))
                ]
                found |= {place.value for place in either if isinstance(place, ast.Constant)}
    return found


@pytest.fixture(scope="session")
def tell() -> Callable[[list[Problem], bytes], None]:
    """A way to see that problems stand at lines of their file and can be said in every form and language."""

    def judge(problems: list[Problem], raw: bytes) -> None:
        last = len(raw.decode("utf-8", "replace").splitlines()) + 1
        assert [p for p in problems if not 1 <= p.line <= last] == []
        for language in ("ka", "en"):
            assert [line for line in written(problems, "text", language).splitlines() if not line.isprintable()] == []
            assert len(written(problems, "github", language).splitlines()) == len(problems)
            assert len(json.loads(written(problems, "json", language))) == len(problems)

    return judge


@pytest.fixture(scope="session")
def read(tell: Callable[[list[Problem], bytes], None]) -> Callable[[bytes, Any], None]:
    """A way to read bytes as a record of a kind, and to see that it ends in a record or in problems."""

    def judge(raw: bytes, kind: Any) -> None:
        document, problems = parse("x.yml", raw)
        assert document is not None or problems
        if document is not None:
            value, wrong = validate(document, kind)
            assert (value is None) is bool(wrong)
            remainder(document, kind)
            problems += wrong
        tell(problems, raw)

    return judge


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: the system's, else Playwright's own."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=found, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def nameless(monkeypatch: pytest.MonkeyPatch) -> None:
    """No host has an address: the resolver of the machine is not asked."""

    def ask(host: str, *_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is not known")

    monkeypatch.setattr(socket, "getaddrinfo", ask)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for this machine (cert.pem, key.pem) and that of the authority that signed it (ca.pem)."""
    folder, authority = tmp_path_factory.mktemp("tls"), trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    for blob in issued.cert_chain_pems:
        blob.write_to_path(folder / "cert.pem", append=True)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    return folder


@pytest.fixture
def offer(tree: Tree, stationery: Stationery) -> Callable[..., Offer]:
    """What the downloads of the tree are made of, in a language."""

    def make(language: Language = "ka", bulletins: Sequence[Bulletin] = ()) -> Offer:
        kb, problems = tree.load()
        assert problems == []
        return Offer(kb, Words(language), TODAY, stationery, PROJECT / "overrides", bulletins)

    return make
