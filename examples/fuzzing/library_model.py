"""What the library has to remember."""

from __future__ import annotations

from collections.abc import Collection

from openapi_fuzz import Channel, Exchange, Model, Operation


class Shelf(Model):
    """The books that were added are there, and those that were removed are not."""

    def __init__(self) -> None:
        self._titles: dict[int, str | None] = {}

    def expected(self, operation: Operation, exchange: Exchange) -> Collection[int | str]:
        """Predict whether a book is there."""
        number = exchange.parameters.number("bookId")
        if number not in self._titles:
            return super().expected(operation, exchange)
        return {404} if self._titles[number] is None else operation.successes

    def observe(self, operation_id: str, exchange: Exchange) -> None:
        """Learn which books come and go."""
        number = exchange.parameters.number("bookId")
        if operation_id == "addBook" and exchange.succeeded:
            book = exchange.response.json()
            self._titles[book["id"]] = book["title"]
        elif operation_id == "removeBook" and exchange.succeeded and number is not None:
            self._titles[number] = None

    def audit(self, channel: Channel) -> None:
        """Read the whole shelf."""
        there = {book.id: book.title for book in channel.iterate("listBooks")}
        for number, title in self._titles.items():
            assert there.get(number) == title, f"book {number} is {there.get(number)!r}, not {title!r}"
