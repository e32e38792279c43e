"""Whether JSON is as a golden conversation expects; see clients/golden/README.md."""

from __future__ import annotations

import json
import math
import re


def fits(expected, actual) -> bool:
    return mismatch(expected, actual) is None


def mismatch(expected, actual, path: str = "") -> str | None:
    """The first thing that differs, with value and expectation; None when it fits."""
    if isinstance(expected, dict):
        first = next(iter(expected), "")
        if first.startswith("$"):
            return _check(_operator(first, expected[first], actual), expected, actual, path)
        if not isinstance(actual, dict):
            return _check(False, expected, actual, path)
        pairs = ((value, actual.get(name), f"{path}.{name}") for name, value in expected.items())
    elif isinstance(expected, list):
        if _size(actual) != len(expected):
            return _check(False, expected, actual, path)
        pairs = ((value, actual[i], f"{path}[{i}]") for i, value in enumerate(expected))
    else:
        return _check(_text(expected) == _text(actual), expected, actual, path)
    return next(filter(None, (mismatch(*pair) for pair in pairs)), None)


def _operator(name: str, operand, actual) -> bool:
    match name:
        case "$matches":
            return actual is not None and re.search(operand, _text(actual)) is not None
        case "$between":
            return operand[0] <= _number(actual) <= operand[1]
        case "$size":
            return operand[0] <= _size(actual) <= operand[1]
        case "$has":
            return _size(actual) > 0 and any(fits(operand, element) for element in actual)
        case "$not":
            return not fits(operand, actual)
        case "$some":
            return operand == (_text(actual) != "")
    raise ValueError(f"{name}: no such operator")


def _size(actual) -> int:
    return len(actual) if isinstance(actual, list) else 0


def _number(actual) -> float:
    """Numbers, numbers in strings and durations such as 1.5s; what is not there is 0."""
    if actual is None:
        return 0
    try:
        return float(_text(actual).removesuffix("s"))
    except ValueError:
        return math.nan


def _text(value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _check(good: bool, expected, actual, path: str) -> str | None:
    return None if good else f"{path}: {json.dumps(actual)} (expected {json.dumps(expected)})"
