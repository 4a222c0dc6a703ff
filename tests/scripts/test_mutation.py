# ruff: noqa: S603 (what is run here is our own)
"""The tool behind `make mutants`: what it plants, which tests judge it, and what it says in the end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import mutants
from mutation import boundary, equivalents, groups, planting, report, running, sampling, syntax
from mutation.mutants import Mutant
from mutation.reach import Reach, spread
from mutation.report import Judged
from mutation.running import KILLED, NOT_REACHED, SURVIVED, TIMEOUT, Result, Runner, _Job
from mutation.selection import Selection
from mutation.statistics import percentile, wilson
from mutation.store import Store

ROOT = Path(__file__).parents[2]


def mutants_in(folder: Path, source: str, name: str = "shop") -> list[Mutant]:
    path = folder / "runtime" / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return [*syntax.mutants_of(path, folder, "runtime")]


def made(function: str = "f", group: str = "runtime", **changes) -> Mutant:
    values = {"operator": "number", "file": "runtime/shop.py", "line": 1, "before": "1", "after": "2"}
    return Mutant(group, function=function, **{**values, "site": function, **changes})


# ---- Operators


@pytest.mark.parametrize(
    ("line", "operator", "expected"),
    [
        ("return a < b", "boundary", "return a <= b"),
        ("return a >= b", "comparison", "return a < b"),
        ("return (a + 1) == (b)", "comparison", "return (a + 1) != (b)"),
        ("return a is not None", "comparison", "return a is None"),
        ("return a not in b", "membership", "return a in b"),
        ("return a and b", "connective", "return a or b"),
        ("return not a", "condition negated", "return (a)"),
        ("return 1 if a else 2", "condition negated", "return 1 if (not (a)) else 2"),
        ("return [x for x in b if x]", "condition negated", "return [x for x in b if (not (x))]"),
        ("return a // b", "arithmetic", "return a * b"),
        ("a -= 1", "assignment deleted", "pass"),
        ("a.x = b", "assignment deleted", "pass"),
        ("return a[1:b]", "slice", "return a[1:]"),
        ("return 5", "number", "return 6"),
        ("return 5", "number", "return 4"),
        ("return True", "truth", "return False"),
        ("return {'key': a}", "text", "return {'keyy': a}"),
        ("return b''", "text", "return b'mutated'"),
        ("return b", "value lost", "return None"),
        ("return", "return deleted", "pass"),
        ("b(a)", "statement deleted", "pass"),
        ("raise b", "raise deleted", "pass"),
        ("del a[b]", "statement deleted", "pass"),
        ("return b(a, x=1)", "argument dropped", "return b(a)"),
        ("return b(x=1)", "argument dropped", "return b()"),
        ("return b(a, b)", "argument dropped", "return b(a)"),
    ],
)
def test_operator_makes_what_it_says(tmp_path, line, operator, expected):
    found = mutants_in(tmp_path, f"def f(a, b):\n    {line}\n")
    assert (operator, expected) in {(each.operator, each.after) for each in found}
    assert all(each.line == 2 and each.function == "f" and not each.at_import for each in found)


@pytest.mark.parametrize(
    ("source", "operator", "expected"),
    [
        ("while True:\n    break", "jump", "continue"),
        ("try:\n    f()\nexcept (KeyError, ValueError):\n    pass", "except narrowed", "except (KeyError,):"),
        ("try:\n    f()\nexcept KeyError:\n    pass", "except narrowed", "except ():"),
        (
            "class C:\n    @property\n    def f(self): ...\n    @property\n    def g(self): return x",
            "decorator removed",
            "",
        ),
        ("def f(a=3): return a", "number", "def f(a=4): return a"),
    ],
)
def test_operator_on_a_statement_makes_what_it_says(tmp_path, source, operator, expected):
    found = mutants_in(tmp_path, source)
    assert (operator, expected) in {(each.operator, each.after) for each in found}


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "x: Literal['a', 1]",
        "def f(a: Literal['a']) -> Literal[1]: ...",
        "__all__ = ['f']",
        "__version__ = '1'",
        "if TYPE_CHECKING:\n    x = 1",
        "if __name__ == '__main__':\n    f(1, 2)",
        "@overload\ndef f(a=1): ...",
        "logger.info('sent %d', 1)",
        "assert x == 1",
        "T = TypeVar('T')",
        "x = cast('int', x)",
        "x = f'{y!r:>10}'",
        "class C:\n    def __repr__(self):\n        return 'C'",
        "x = dict[str, Literal['a']]()",
        "@dataclass(frozen=True, slots=True)\nclass C: ...",
    ],
)
def test_what_nobody_promises_is_no_place_for_a_mutant(tmp_path, source):
    assert [each.after for each in mutants_in(tmp_path, source)] == []


def test_the_text_of_an_error_stays(tmp_path):
    found = mutants_in(tmp_path, "def f():\n    raise Refused(400, 'a message', f'another {1}')\n")
    assert {each.operator for each in found} == {"raise deleted", "number"}


def test_every_mutant_of_the_project_is_drawn_as_python():
    paths = [ROOT / "runtime" / "openapi_runtime" / name for name in ("retries.py", "settings.py")]
    found = [each for path in paths for each in syntax.mutants_of(path, ROOT, "runtime")]
    sound = [syntax.is_sound(ROOT, each) for each in found]
    assert sum(sound) > 0.95 * len(found) > 50


def test_a_mutant_is_known_again_after_an_edit_elsewhere(tmp_path):
    before = mutants_in(tmp_path, "def f(a):\n    return a < 5\n")
    after = mutants_in(tmp_path, "import os\n\n\ndef f(a):\n    return a < 5\n")
    assert {each.identity for each in before} == {each.identity for each in after}
    assert {each.line for each in after} == {5}


# ---- Between mock and client

DOCUMENT = """
openapi: 3.1.0
info: { title: Shop, version: "1" }
paths:
  /users/{userId}/orders:
    parameters: [{ name: userId, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      operationId: listOrders
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 9 } }]
      responses:
        "200":
          description: Orders
          x-pagination: { style: offset, limit: limit, items: orders }
          content: { application/json: { schema: { $ref: "#/components/schemas/Orders" } } }
    post:
      operationId: order
      security: [{ token: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [item]
              properties: { item: { type: string, minLength: 2 }, note: { type: string } }
      responses: { "204": { description: Ordered } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  schemas:
    Orders:
      type: object
      properties: { orders: { type: array, items: { type: string } }, total: { type: integer } }
"""


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "openapi" / "shop.yaml"
    path.parent.mkdir()
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("group", "operator", "operation", "what"),
    [
        ("responses", "status 500", "order", "the response"),
        ("responses", "array emptied", "listOrders", "orders"),
        ("responses", "text over-long", "listOrders", "orders.*"),
        ("responses", "number off by one", "listOrders", "total"),
        ("responses", "property renamed", "listOrders", "total"),
        ("requests", "maximum not enforced", "listOrders", "maximum"),
        ("requests", "authentication not asked for", "order", "security"),
        ("requests", "required not enforced", "order", "item"),
        ("requests", "minLength not enforced", "order", "item"),
        ("state", "limit ignored", "listOrders", "limit"),
        ("state", "lost write", "order", "what is written"),
        ("state", "another user", "listOrders", "userId"),
        ("state", "partial update", "order", "note"),
    ],
)
def test_a_document_offers_faults(tmp_path, document, group, operator, operation, what):
    found = [*boundary.mutants_of(document, tmp_path, has_state=True)]
    fitting = [
        each for each in found if (each.group, each.operator, each.function) == (group, operator, operation)
    ]
    assert any(what in each.before or what in str(each.details.get("pointer")) for each in fitting)


UNLUCKY = 9


@pytest.fixture
def shop(tmp_path, document, monkeypatch):
    """Returns the response of a mock that serves two orders, with a fault in it."""
    from mutation import faults  # noqa: PLC0415
    from openapi_mock import Behaviour, Mock, Problem, Request, Response, operation  # noqa: PLC0415
    from openapi_mock.document import Document  # noqa: PLC0415

    class Shop(Behaviour):
        @operation("listOrders")
        def list_orders(self, call):
            if call.query.get("limit") == UNLUCKY:
                raise Problem(400, "unlucky", "")
            return {"orders": ["tea", "milk"], "total": call.query.get("limit", 2)}

        def render(self, problem, operation):
            is_failure = problem.kind == "unlucky"
            return (
                Response(200, {"orders": [], "total": UNLUCKY})
                if is_failure
                else super().render(problem, operation)
            )

    # What is planted is for the life of a process.
    monkeypatch.setattr(Mock, "__init__", Mock.__init__)
    monkeypatch.setattr(Document, "__init__", Document.__init__)

    def respond(operator, what, target="/users/7/orders?limit=3"):
        every = boundary.mutants_of(document, tmp_path, has_state=True)
        fitting = (each for each in every if each.function == "listOrders" and each.operator == operator)
        faults.plant(next(each for each in fitting if what in each.before), document)
        with Mock.from_file(document, Shop()) as mock:
            return mock.handle(Request("GET", target))

    return respond


@pytest.mark.parametrize(
    ("operator", "what", "body"),
    [
        ("array emptied", "orders", {"orders": [], "total": 3}),
        ("element doubled", "orders", {"orders": ["tea", "milk", "milk"], "total": 3}),
        ("text replaced", "orders", {"orders": ["replaced", "milk"], "total": 3}),
        ("number negated", "total", {"orders": ["tea", "milk"], "total": -3}),
        ("property removed", "total", {"orders": ["tea", "milk"]}),
        ("property renamed", "total", {"orders": ["tea", "milk"], "total_": 3}),
        ("property nulled", "total", {"orders": ["tea", "milk"], "total": None}),
        ("limit off by one", "limit", {"orders": ["tea", "milk"], "total": 4}),
        ("limit ignored", "limit", {"orders": ["tea", "milk"], "total": 2}),
    ],
)
def test_a_fault_is_planted_in_a_mock(shop, operator, what, body):
    assert shop(operator, what).body == body


def test_a_response_loses_its_content_type(shop):
    response = shop("content type dropped", "")
    assert b"content-type" not in dict(response.encoded_headers)
    assert json.loads(response.content)["total"] == 3


def test_a_failure_in_the_body_of_a_success_is_spoiled_too(shop):
    assert shop("property renamed", "total", "/users/7/orders?limit=9").body == {"orders": [], "total_": 9}


def test_a_rule_is_forgotten_by_the_mock(shop):
    assert shop("maximum not enforced", "maximum", "/users/7/orders?limit=30").body["total"] == 30


# ---- Samples


def test_a_sample_is_the_same_each_time_and_has_one_mutant_a_site(tmp_path):
    every = mutants_in(tmp_path, "def f(a):\n" + "    g(a, 1)\n" * 30)
    every += [made(str(index), group="other", site=str(index)) for index in range(50)]
    first, second = (sampling.draw(order, ["runtime", "other"], 20, 7) for order in (every, every[::-1]))
    assert first == second
    assert first != sampling.draw(every, ["runtime", "other"], 20, 8)
    assert [each.group for each in first] == ["runtime", "other"] * 10
    assert len({(each.file, each.site) for each in first}) == 20


def test_a_mutant_that_cannot_be_planted_is_not_drawn():
    every = [made(str(index)) for index in range(10)]
    assert sampling.draw(every, ["runtime"], 10, 1, lambda each: each.function == "3") == [every[3]]


def test_every_module_that_is_left_out_exists():
    for pattern in groups.LEFT_OUT:
        assert [*ROOT.glob(pattern.replace("*/version", "**/version"))], pattern


# ---- Planting and judging


def test_one_module_is_replaced(tmp_path, monkeypatch):
    (plus,) = [
        each for each in mutants_in(tmp_path, "total = 1 + 1\n", "till_7") if each.operator == "arithmetic"
    ]
    monkeypatch.syspath_prepend(tmp_path / "runtime")
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    planting.plant(plus, tmp_path)
    import till_7  # noqa: PLC0415

    monkeypatch.delitem(sys.modules, "till_7")
    assert till_7.total == 0
    assert (tmp_path / "runtime" / "till_7.py").read_text() == "total = 1 + 1\n"


def test_a_module_that_was_imported_cannot_be_mutated_any_more(tmp_path):
    mutant = made(file="runtime/json.py", details={"start": 0, "end": 1, "text": ""})
    with pytest.raises(RuntimeError, match="json was imported"):
        planting.plant(mutant, tmp_path)


JUDGE = """
import json, sys
from pathlib import Path
from mutation import reach, syntax
from mutation.children import preload
from mutation.running import Runner
from mutation.selection import Selection

preload(["pytest", "schemathesis", "hypothesis"])
root = Path(sys.argv[1])
reached = reach.find(root, root, 1, lambda *_: None)
assert reached.lines["runtime/till.py"]["6"] == [0], reached.lines
assert [*reached.failed] == ["tests/fuzz/test_till.py::test_wrong"], reached.failed
reached.failed.clear()
reached.seconds[:] = [0.1, 0.0]
runner = Runner(root, Selection(reached), 2, 1)
every = [each for each in syntax.mutants_of(root / "runtime" / "till.py", root, "runtime")]
chosen = [each for each in every if each.operator in {"arithmetic", "condition negated", "value lost"}]
for mutant, result in runner.judge(chosen):
    print(json.dumps([mutant.function, mutant.operator, result.outcome, result.test]))
print(json.dumps(runner.failing))
"""


def test_a_mutant_is_killed_or_survives(tmp_path):
    (tmp_path / "runtime").mkdir()
    (tmp_path / "tests" / "fuzz").mkdir(parents=True)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "runtime" / "till.py").write_text(
        "def total(a, b):\n    return a + b\n\n\n"
        "def quiet(a):\n    return not a\n\n\n"
        "def never(a):\n    return a - 1\n"
    )
    (tmp_path / "tests" / "fuzz" / "test_till.py").write_text(
        "import till\n\ndef test_total():\n    assert till.total(2, 1) == 3\n    till.quiet(1)\n\n"
        "def test_wrong():\n    assert till.total(1, 1) == 3\n"
    )
    program = [sys.executable, "-c", JUDGE, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "scripts"), *sys.path])}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False, timeout=100)
    assert not done.returncode, done.stderr
    *results, failing = map(json.loads, done.stdout.splitlines())
    test = "tests/fuzz/test_till.py::test_total"
    assert sorted(results) == [
        ["never", "arithmetic", NOT_REACHED, ""],
        ["never", "value lost", NOT_REACHED, ""],
        ["quiet", "condition negated", SURVIVED, ""],
        ["quiet", "value lost", SURVIVED, ""],
        ["total", "arithmetic", KILLED, test],
        ["total", "value lost", KILLED, test],
    ]
    assert [*failing] == ["tests/fuzz/test_till.py::test_wrong"]


def test_a_mutant_that_could_not_be_planted_counts_as_nothing(tmp_path):
    job = SimpleNamespace(mutant=made(), tests=["tests/fuzz/test_till.py::test_total"])
    child = SimpleNamespace(job=job, events=[], output="RuntimeError: shop was imported")
    runner = Runner(tmp_path, None, 1, 1)
    with pytest.raises(RuntimeError, match=r"cannot be planted:\nRuntimeError: shop was imported"):
        runner._result(child)


def test_a_mutant_with_which_pytest_cannot_begin_is_killed(tmp_path):
    job = _Job(made(), ["tests/fuzz/test_till.py::test_total"])
    ended = {"ended": "", "failure": "pytest ends with 4", "cpu": 0.0, "cut": False}
    child = SimpleNamespace(job=job, events=[{"planted": True}, ended, {"done": True}], cpu=1.0)
    found = Runner(tmp_path, None, 1, 1)._result(child)
    assert (found.outcome, found.message) == (KILLED, "pytest ends with 4")


def test_what_survives_the_first_tests_is_judged_by_the_others(monkeypatch, tmp_path):
    tests = [f"a.py::f[{number}]" for number in range(20)]
    reached = Reach(tests, [1.0] * 20, {"runtime/shop.py": {"5": [*range(20)]}}, {}, [], [])
    begun = []

    def run_all(jobs, *_):
        for job in jobs:
            begun.append(job.tests)
            events = [{"planted": True}]
            for test in job.tests:
                events.append({"ended": test, "failure": "wrong" if test == failing else ""})
                if test == failing:
                    break
            yield SimpleNamespace(
                job=job, events=[*events, {"done": True}], cpu=1.0, status=0, was_late=False, output=""
            )

    monkeypatch.setattr(running, "run_all", run_all)
    monkeypatch.setattr(Runner, "_is_sound", lambda *_: True)
    mutant = made(reach=(frozenset({"5"}),))
    runner = Runner(tmp_path, Selection(reached), 1, 1)
    failing = Selection(reached).tests(mutant)[-2]
    ((_, result),) = runner.judge([mutant])
    assert [len(each) for each in begun] == [12, 8]
    assert (result.outcome, result.test) == (KILLED, failing)
    assert (result.ran, result.reaching, result.seconds) == (19, 20, 2.0)


def test_tests_that_killed_before_come_first_then_short_ones_of_every_function():
    tests = ["a.py::f[1]", "a.py::f[2]", "a.py::g[1]", "a.py::h[1]"]
    reach = Reach(
        tests, [2.0, 1.0, 3.0, 9.0], {"runtime/shop.py": {"5": [0, 1, 2, 3]}}, {"a.py::h[1]": "fails"}, [], []
    )
    selection = Selection(reach)
    mutant = made(reach=(frozenset({"4"}), frozenset({"5"})))
    assert selection.tests(mutant) == ["a.py::f[2]", "a.py::g[1]", "a.py::f[1]"]
    selection.add_kill(mutant, "a.py::g[1]")
    assert selection.tests(mutant)[0] == "a.py::g[1]"
    selection.drop("a.py::g[1]")
    assert selection.tests(mutant) == ["a.py::f[2]", "a.py::f[1]"]


def test_a_test_whose_recording_ended_early_judges_its_own_operation():
    tests = ["a.py::f[shop-buy]", "a.py::f[shop-buyMore]", "a.py::f[kiosk-buy]", "a.py::g[shop]", "a.py::h"]
    reach = Reach(tests, [1.0] * 5, {"openapi/shop.yaml": {"buy": [4]}}, {}, tests[:4], [])
    mutant = made("buy", "requests", file="openapi/shop.yaml", reach=(frozenset({"buy"}),))
    assert set(Selection(reach).tests(mutant)) == {"a.py::f[shop-buy]", "a.py::g[shop]", "a.py::h"}


def test_a_test_whose_recording_ended_early_judges_what_others_of_its_function_reach():
    tests = ["a.py::f[1]", "a.py::f[2]", "a.py::g"]
    reach = Reach(tests, [1.0] * 3, {"runtime/shop.py": {"5": [0]}}, {}, tests[1:], [])
    selection = Selection(reach)
    assert selection.tests(made(reach=(frozenset({"5"}),))) == ["a.py::f[1]", "a.py::f[2]"]
    nowhere = made(reach=(frozenset({"6"}),))
    assert selection.tests(nowhere) == ["a.py::f[2]", "a.py::g"]
    assert not selection.is_reached(nowhere)


def test_a_test_whose_recording_ended_early_judges_what_its_id_names():
    tests = ["a.py::f[1]", "a.py::g[ShopTill]", "a.py::g[Shop]"]
    reach = Reach(tests, [1.0] * 3, {"generated/shop_till.py": {"5": [0]}}, {}, tests[1:], [])
    mutant = made(file="generated/shop_till.py", reach=(frozenset({"5"}),))
    assert Selection(reach).tests(mutant) == ["a.py::g[ShopTill]", "a.py::f[1]"]


def test_a_few_tests_of_each_function_are_recorded_far_apart():
    tests = [*(f"a.py::f[{number}]" for number in range(5)), "a.py::g", "b.py::g[1]", "b.py::g[2]"]
    assert spread(tests, 2) == ["a.py::f[0]", "a.py::f[3]", "a.py::g", "b.py::g[1]", "b.py::g[2]"]
    assert spread(tests, 1) == ["a.py::f[0]", "a.py::g", "b.py::g[1]"]


# ---- Results


def test_a_run_that_was_stopped_goes_on(tmp_path):
    store = Store(tmp_path / "results.jsonl")
    sample = [made(str(index)) for index in range(3)]
    store.add(Result(sample[0].key, KILLED))
    with (tmp_path / "results.jsonl").open("a") as file:
        file.write('{"key": "cut')
        file.write("\n")
    asked = []

    def judge(open_, _):
        asked.extend(open_)
        return [(each, Result(each.key, SURVIVED)) for each in open_]

    shown = SimpleNamespace(update=lambda *_: None)
    for _ in range(2):
        judged = mutants._judge(
            sample, equivalents.Equivalents([]), store, SimpleNamespace(judge=judge), 9.0, shown
        )
        assert sorted(each.result.outcome for each in judged) == [KILLED, SURVIVED, SURVIVED]
    assert asked == sample[1:]


ENTRY = {
    "file": "runtime/shop.py",
    "function": "f",
    "operator": "number",
    "before": "1",
    "after": "2",
    "reason": "nothing reads it",
}


def test_an_equivalent_mutant_is_known_by_what_it_is(tmp_path):
    path = tmp_path / "equivalent.yaml"
    path.write_text(json.dumps([ENTRY, {**ENTRY, "function": "gone"}]))
    listed = equivalents.load(path)
    assert listed.reason(made(line=99)) == "nothing reads it"
    assert listed.reason(made("g")) is None
    assert [each.function for each in listed.stale([made()])] == ["gone"]


@pytest.mark.parametrize("name", ["file", "function", "operator", "before", "after"])
def test_a_star_stands_for_any_text(tmp_path, name):
    path = tmp_path / "equivalent.yaml"
    path.write_text(json.dumps([{**ENTRY, name: f"{ENTRY[name][:1]}*"}]))
    assert equivalents.load(path).reason(made()) == "nothing reads it"
    path.write_text(json.dumps([{**ENTRY, name: "other*"}]))
    assert equivalents.load(path).reason(made()) is None


@pytest.mark.parametrize("entry", [{**ENTRY, "reason": " "}, {**ENTRY, "line": 3}, {"file": "a"}, "a"])
def test_an_entry_without_a_reason_is_refused(tmp_path, entry):
    path = tmp_path / "equivalent.yaml"
    path.write_text(json.dumps([entry]))
    with pytest.raises(ValueError, match="an entry has"):
        equivalents.load(path)


def test_the_list_of_equivalent_mutants_can_be_read():
    equivalents.load(mutants.LISTED)


def judged(killed=0, survived=0, timeout=0, not_reached=0, equivalent=0, group="runtime"):
    counts = {KILLED: killed, SURVIVED: survived, TIMEOUT: timeout, NOT_REACHED: not_reached}
    mutant = made(group=group)
    found = [Judged(mutant, Result("", outcome)) for outcome, count in counts.items() for _ in range(count)]
    return found + [Judged(mutant, None, "a reason")] * equivalent


@pytest.mark.parametrize(
    ("sample", "complaint"),
    [
        (judged(killed=90, timeout=6, survived=4), None),
        (judged(killed=95, equivalent=10), None),
        (judged(killed=282, survived=15), "of all mutants"),
        (judged(killed=282, not_reached=18), "of all mutants"),
        (judged(killed=49, survived=5), None),
        (judged(killed=46, survived=8), "of all mutants"),
        (judged(killed=60, equivalent=40), "40 of 100 are said to be equivalent"),
        (judged(killed=160, equivalent=20), "20 of 180 are said to be equivalent"),
        (judged(killed=21, equivalent=3), None),
        ([*judged(killed=300), *judged(killed=26, survived=4, group="state")], "86.7% of state"),
        # A few mutants show too little.
        ([*judged(killed=300), *judged(killed=5, survived=1, group="state")], None),
        ([*judged(killed=300), *judged(killed=1, survived=9, group="state")], "10.0% of state"),
        ([], "no mutants"),
    ],
)
def test_a_sample_below_the_bar_is_complained_about(sample, complaint):
    found = [*report.complaints(sample)]
    assert bool(found) == bool(complaint)
    assert complaint is None or complaint in found[0]


def test_the_report_ends_with_all_of_them(tmp_path, capsys):
    sample = judged(killed=19, survived=1, equivalent=1)
    report.print_report(mutants.Console(width=200), sample)
    printed = capsys.readouterr().out
    assert "runtime/shop.py:1 f: number [runtime]" in printed
    assert printed.splitlines()[-1] == (
        "all: 21 mutants, 1 equivalent, 19 killed (0 by timeout), 1 survived, 0 not reached: "
        "95.0% (95 % interval 76.4% to 99.1%)"
    )
    report.write(tmp_path / "report.json", sample, {"seed": 1})
    assert json.loads((tmp_path / "report.json").read_text())["all"]["survived"] == 1


def test_wilson_intervals_are_those_of_the_textbooks():
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(285, 300) == pytest.approx((0.9192, 0.9694), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(50, 100, 3.0) == pytest.approx((0.3563, 0.6437), abs=1e-4)


def test_percentiles():
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(each) for each in range(10)], 0.9) == 9.0
    assert percentile([], 0.5) == 0.0
