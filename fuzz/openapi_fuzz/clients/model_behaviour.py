"""Every model of a client, by itself: what it reads, writes, refuses and is, compared with its schema.

Calls reach a model only where an operation takes or returns it. Payloads of callbacks, and fields that few
responses have, are reached here.
"""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, Final

import attrs
import jsonschema_rs
import pytest
from hypothesis import strategies as st

from openapi_fuzz.cases import FIXED_SEED
from openapi_fuzz.oracles.tally import oracle
from openapi_fuzz.parametrization import Parametrized, with_parameters
from openapi_fuzz.plugin import FuzzSession
from openapi_fuzz.properties import Properties
from openapi_fuzz.responses.mutations import damaged_values
from openapi_fuzz.responses.shapes import Shape, flat, written_place
from openapi_fuzz.responses.typed import mismatches
from openapi_fuzz.serialization import same_json
from openapi_fuzz.strategies import Strategies
from openapi_fuzz.target import Target
from openapi_runtime import UNSET
from openapi_runtime.errors import DecodeError, InvalidArgument

_FURTHER: Final = "additional_properties"
_SHARE: Final = 0.1
_OTHERS: Final[Mapping[str, Any]] = {"x-made-up": {"a": [None]}, "": 7, "self": "text"}


def model_tests(*targets: Target) -> type[ModelTests]:
    """Return a test class for the models of clients. Raises TargetError if a client is missing."""
    models = [
        pytest.param(each, model, id=f"{each.name}-{model.__name__}")
        for each in targets
        for model in _strategies(each).models
        # A file has no form in JSON.
        if _strategies(each).schema_of(model) is not None and not _strategies(each).has_files(model)
    ]
    return with_parameters(ModelTests, {"test_model": (("target", "model"), models)})


class ModelTests(Parametrized):
    """Tests of models, to be had from `model_tests`."""

    def test_model_reads_and_writes_what_is_documented(
        self, target: Target, model: type[Any], fuzz_session: FuzzSession
    ) -> None:
        """A value comes back as it was, in fields of the annotated types; a wrong one is refused by place."""
        subject = _Subject(target, model)
        for seed in (FIXED_SEED, fuzz_session.seed):
            Properties(seed, fuzz_session.examples).hold(subject.check_values, subject.values, share=_SHARE)

    def test_model_is_a_value(self, target: Target, model: type[Any], fuzz_session: FuzzSession) -> None:
        """It is made of keywords, compared and copied by what it holds, and shows all but secrets."""
        subject = _Subject(target, model)
        for seed in (FIXED_SEED, fuzz_session.seed):
            Properties(seed, fuzz_session.examples).hold(
                subject.check_model_value, subject.values, share=_SHARE
            )


class _Subject:
    """One model, with its schema."""

    def __init__(self, target: Target, model: type[Any]) -> None:
        self._model: Any = model
        self._package = target.package
        strategies = _strategies(target)
        schema = strategies.schema_of(model) or {}
        self._schema = {**schema, "components": target.document.root.get("components", {})}
        self._shape = Shape.of(target.document, schema)
        self._properties: Mapping[str, Any] = flat(target.document, schema).get("properties", {})
        self.values: st.SearchStrategy[Any] = strategies.values(model)

    def check_values(self, value: dict[str, Any]) -> None:
        """Check what is read of a valid value, of one with further fields, and of damaged ones."""
        assert self._shape.fits(value)
        for each in (value, {**_OTHERS, **value}, *damaged_values(value, self._properties)):
            self.check_model_reading(each)

    @oracle
    def check_model_reading(self, value: Any) -> None:
        """A model reads what its schema allows, writes it as it was, and refuses all else by its place."""
        kept = self._shape.kept(value)
        if not self._shape.fits(kept):
            self._check_refusal(value, kept)
            return
        try:
            read = self._model.from_dict(value)
        except InvalidArgument:
            # What a program sends is checked for more than its types.
            assert not self._is_allowed(value), value
            return
        assert type(read) is self._model
        self._check_fields(read, kept)

    def _is_allowed(self, value: Any) -> bool:
        return bool(jsonschema_rs.is_valid(self._schema, value))

    def _check_refusal(self, value: Any, kept: Any) -> None:
        with pytest.raises(DecodeError) as raised:
            self._model.from_dict(value)
        places = {written_place(place) for place in self._shape.wrong_places(kept)}
        assert raised.value.path in places, value
        assert raised.value.expected
        assert raised.value.got

    def _check_fields(self, read: Any, kept: dict[str, Any]) -> None:
        assert same_json(read.to_dict(), kept), f"{kept!r} is written as {read.to_dict()!r}"
        assert same_json(json.loads(read.to_json()), kept)
        assert [*mismatches(read, self._model, self._package)] == []
        for name, documented in self._names.items():
            assert (getattr(read, name) is UNSET) == (documented not in kept), documented
        if hasattr(read, _FURTHER):
            assert read.additional_properties.keys() == kept.keys() - self._properties.keys()

    @oracle
    def check_model_value(self, value: dict[str, Any]) -> None:
        """A model is made of keywords, compared and copied by what it holds, and shows all but secrets."""
        model, read = self._model, self._model.from_dict(value)
        given = {each.alias: getattr(read, each.name) for each in attrs.fields(model) if each.init}
        present = {name: each for name, each in given.items() if each is not UNSET}
        for same in (
            model(**present),
            model.from_dict(copy.deepcopy(value)),
            copy.deepcopy(read),
            pickle.loads(pickle.dumps(read)),  # noqa: S301 (made here)
            attrs.evolve(read),
        ):
            assert same == read
            assert repr(same) == repr(read)
        assert read != value
        if given:
            with pytest.raises(TypeError):
                model(*given.values())
        for each in attrs.fields(model):
            other = copy.copy(read)
            # Past the checks of what a program sends.
            object.__setattr__(other, each.name, _Other())
            assert other != read
            assert (f"{each.name}={_Other.shown}" in repr(other)) == (each.repr is True)
        self._check_subclass(read, value)

    def _check_subclass(self, read: Any, value: dict[str, Any]) -> None:
        """A program may add fields of its own."""
        further = type("Further", (self._model,), {"__annotations__": {"own": int}, "own": 7})
        made: Any = attrs.define(kw_only=True)(further)
        of_subclass = made.from_dict(value)
        assert type(of_subclass) is made
        assert of_subclass.own == 7  # noqa: PLR2004 (its default)
        assert of_subclass.to_dict() == read.to_dict()

    @property
    def _names(self) -> dict[str, str]:
        """The documented names of the fields by those in Python."""
        fields: Iterator[Any] = (each for each in attrs.fields(self._model) if each.name != _FURTHER)
        return {each.name: self._model.json_names.get(each.name, each.name) for each in fields}


class _Other:
    """Something that no field holds."""

    shown: ClassVar = "<another>"

    def __repr__(self) -> str:
        return self.shown


@cache
def _strategies(target: Target) -> Strategies:
    return Strategies(target.package, target.spec)
