"""A seed is loaded as it is written, or refused with the line of each mistake, and nothing has changed."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import strategies as st

import kongregate_mock
import kws_mock
from openapi_fuzz.places import at, places_in
from openapi_mock import MovableClock, SeedError, Settings, load
from openapi_reader import read

PACKAGES = {"kws": kws_mock, "kongregate": kongregate_mock}
NOW_MS = 1_767_225_600_000
# Lists of what has a number of its own, so that a second one is a mistake.
NUMBERED = {"kws": ["currencies", "apps", "users"], "kongregate": ["games", "users", "kongpanions"]}
# What says who is meant by a number or a name, so that an unknown one is a mistake.
REFERENCES = {
    "kws": ["defaultCurrency", "currency", "event"],
    "kongregate": ["user_id", "game_id", "playing", "identifier"],
}


class Seeds:
    """Seeds of one mock, and a mock that takes them."""

    def __init__(self, name):
        self.name = name
        folder = Path(PACKAGES[name].__file__).parent
        self.value = yaml.safe_load(yaml.safe_dump(read(folder / "seed.yaml").value))
        self.mock = load(name, settings=Settings(clock=MovableClock(lambda: NOW_MS), random=Random(0)))
        self.places = [*places_in(self.value)][1:]

    def load(self, folder, value):
        """The mock of a seed in a file."""
        file = folder / "seed.yaml"
        file.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), encoding="utf-8")
        settings = Settings(
            seed=read(file), seed_source=str(file), clock=MovableClock(lambda: NOW_MS), random=Random(0)
        )
        return load(self.name, settings=settings)


@pytest.fixture(scope="module", params=PACKAGES)
def seeds(request):
    made = Seeds(request.param)
    yield made
    made.mock.close()


def lines_at(file, path):
    """The lines of the value at a place of a file, and of the name that it stands under."""
    node = yaml.compose(file.read_text(encoding="utf-8"))
    first = 1
    for key in path:
        if isinstance(node, yaml.MappingNode):
            name, node = next(pair for pair in node.value if pair[0].value == str(key))
            first = name.start_mark.line + 1
        else:
            node = node.value[key]
            first = node.start_mark.line + 1
    return range(first, max(first, node.end_mark.line) + 2)


def spoiled(seed, name, draw):
    """A seed with one mistake, and where it is."""
    value = copy.deepcopy(seed.value)
    kind = draw(st.sampled_from(["type", "unknown", "nul", "twice", "reference", "missing"]))
    if kind == "twice":
        key = draw(st.sampled_from(NUMBERED[name]))
        value[key].append(copy.deepcopy(value[key][draw(st.integers(0, len(value[key]) - 1))]))
        return value, (key, len(value[key]) - 1)
    if kind == "reference":
        found = [path for path in seed.places if path[-1] in REFERENCES[name] and path[0] != "kongpanions"]
        found = [path for path in found if not (path[-1] == "identifier" and path[0] == "games")]
        path = draw(st.sampled_from(found))
        at(value, path[:-1])[path[-1]] = 987_654_321 if isinstance(at(value, path), int) else "nobody-knows"
        return value, path
    containers = [path for path in seed.places if isinstance(at(seed.value, path), dict)]
    if kind == "unknown":
        path = draw(st.sampled_from([each for each in containers if is_closed(each)]))
        at(value, path)["nothing-is-called-so"] = 1
        return value, path
    if kind == "missing":
        path = draw(st.sampled_from([(key, 0) for key in NUMBERED[name]]))
        del at(value, path)["id"]
        return value, path
    path = draw(st.sampled_from([each for each in seed.places if isinstance(at(seed.value, each), str)]))
    at(value, path[:-1])[path[-1]] = "a\0b" if kind == "nul" else {"of": "another type"}
    return value, path


def is_closed(path):
    """Whether nothing but what is described may stand in an object."""
    return not {"displayNameWords", "appData", "statistics", "kv_params"} & {*path}


def test_each_mistake_is_named_with_its_line_and_changes_nothing(seeds, properties, tmp_path):
    def check(data):
        value, path = spoiled(seeds, seeds.name, data.draw)
        with pytest.raises(SeedError) as refused:
            seeds.load(tmp_path, value).close()
        file = tmp_path / "seed.yaml"
        said = [
            re.match(rf"{re.escape(str(file))}:(\d+): (.+?): (.+)", each) for each in refused.value.errors
        ]
        assert all(said)
        lines = lines_at(file, path)
        assert [each for each in said if int(each[1]) in lines], (path, refused.value.errors)
        before = seeds.mock.control.snapshot().image
        with pytest.raises(SeedError) as refused:
            seeds.mock.control.seed(value)
        assert len(refused.value.errors) == len(said)
        assert seeds.mock.control.snapshot().image == before

    properties.hold(check, st.data(), share=0.4)


def test_what_a_seed_says_is_what_the_mock_knows(seeds, properties, tmp_path):
    texts = st.text("abc äßπ✓'\"<>&", min_size=1, max_size=12).map(lambda text: f"x{text}")
    owners = {"kws": ("users", "firstName"), "kongregate": ("games", "title")}
    key, field = owners[seeds.name]

    def check(name, number):
        value = copy.deepcopy(seeds.value)
        row = value[key][number % len(value[key])]
        row[field] = name
        before = seeds.mock.control.export()
        seeds.mock.control.seed(value)
        own = seeds.mock.control.export()
        with seeds.load(tmp_path, value) as other:
            table, column = ("users", "first_name") if key == "users" else ("games", "title")
            for found in (own, other.control.export()):
                by_number = {each["id"]: each[column] for each in found[table]}
                assert by_number[row["id"]] == name
                others = {each["id"]: each[column] for each in before[table] if each["id"] != row["id"]}
                assert others.items() <= by_number.items()
        seeds.mock.control.reset()
        assert seeds.mock.control.export()[table] == before[table]

    properties.hold(check, texts, st.integers(0, 99), share=0.2)


def test_an_export_can_be_loaded_and_a_damaged_one_changes_nothing(seeds, properties):
    exported = seeds.mock.control.export()
    tables = [name for name, rows in exported.items() if rows]

    def check(data):
        table = data.draw(st.sampled_from(tables))
        damaged = copy.deepcopy(exported)
        rows = damaged[table]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        column = data.draw(st.sampled_from([*row]))
        match data.draw(
            st.sampled_from(["unknown column", "unknown table", "type", "missing table", "huge"])
        ):
            case "unknown column":
                row["nothing_is_called_so"] = 1
            case "unknown table":
                damaged["nothing_is_called_so"] = []
            case "type":
                row[column] = {"of": "another type"}
            case "missing table":
                damaged[table] = {"of": "another type"}
            case _:
                number = next(name for name, value in row.items() if isinstance(value, int) or name == column)
                row[number] = 2**80
        before = seeds.mock.control.snapshot().image
        with pytest.raises(ValueError, match=re.compile(rf"{table}|nothing_is_called_so")) as refused:
            seeds.mock.control.load(damaged)
        assert "made-up" not in str(refused.value)
        assert seeds.mock.control.snapshot().image == before
        seeds.mock.control.load(exported)
        # A state that is replaced begins a new epoch.
        found = seeds.mock.control.export()
        assert {**found, "epochs": []} == {**exported, "epochs": []}

    properties.hold(check, st.data(), share=0.5)
