"""Keeps what was worked out of something for as long as that lives. Knows nothing of replies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801, as functools.cached_property is named.
    """A property that is worked out once.

    As functools.cached_property, without the lock that this takes until Python 3.12, which costs more than most of what is kept here.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        """Learn under which name it is kept."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Self | T:
        """Work it out at the first time; from then on it is found before this is asked."""
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._work_out(instance)
        return found
