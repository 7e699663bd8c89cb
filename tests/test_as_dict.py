from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bpo_quiz.as_dict import as_dict, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class Inner(NamedTuple):
    level: float
    words: tuple[str, ...] = ()


class Outer(NamedTuple):
    name: str
    inner: Inner | None
    several: tuple[Inner, ...]
    by_name: Mapping[str, Inner]


def test_records_become_dictionaries_however_deep() -> None:
    found = as_dict(Outer("a", Inner(1.5, ("x",)), (Inner(2),), {"b": Inner(3)}))
    assert found == {
        "name": "a",
        "inner": {"level": 1.5, "words": ("x",)},
        "several": ({"level": 2, "words": ()},),
        "by_name": {"b": {"level": 3, "words": ()}},
    }


def test_only_records_have_fields() -> None:
    plain: tuple[Any, ...] = (1, 2)
    assert fields_of(Inner(1)) == fields_of(Inner) == ("level", "words")
    assert fields_of(plain) == ()
