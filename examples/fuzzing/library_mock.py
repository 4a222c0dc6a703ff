"""What the library does: a mock with a memory, found by its name when `library.yaml` is loaded."""

from __future__ import annotations

from typing import Any

from openapi_mock import (
    Behaviour,
    Call,
    Context,
    Credentials,
    Operation,
    Principal,
    Problem,
    Response,
    SecurityScheme,
    Settings,
    operation,
)

KEY = "made-up-library-key"


class Library(Behaviour):
    """A shelf with five books."""

    def __init__(self) -> None:
        titles = ("Emma", "Kim", "Nana", "Silas Marner", "Utopia")
        self._books: dict[int, dict[str, Any]] = {
            number: {"id": number, "title": title} for number, title in enumerate(titles, start=1)
        }
        self._last = len(titles)

    @operation("listBooks")
    def list_books(self, call: Call) -> Any:
        """Answer with a page of books."""
        offset, limit = call.query.get("offset", 0), call.query.get("limit", 100)
        books = list(self._books.values())
        return {"books": books[offset : offset + limit], "offset": offset, "total": len(books)}

    @operation("addBook")
    def add_book(self, call: Call) -> Any:
        """Put a book on the shelf."""
        self._last += 1
        self._books[self._last] = {**call.body, "id": self._last}
        return self._books[self._last]

    @operation("getBook")
    def get_book(self, call: Call) -> Any:
        """Answer with one book."""
        return self._book(call)

    @operation("removeBook")
    def remove_book(self, call: Call) -> None:
        """Take a book off the shelf."""
        del self._books[self._book(call)["id"]]

    def _book(self, call: Call) -> dict[str, Any]:
        book = self._books.get(call.path["bookId"])
        if book is None:
            raise Problem(404, "not-found", "there is no such book")
        return book

    def authenticate(self, scheme: SecurityScheme, credentials: Credentials, context: Context) -> Principal:
        """Let in whoever has the key."""
        if credentials.secret != KEY:
            raise Problem(401, "unauthorized", "this is not the key")
        return Principal(scheme.name, context.scopes, None)

    def render(self, problem: Problem, operation: Operation | None) -> Response:
        """Refuse in the API's own shape."""
        return Response(problem.status, {"message": problem.message})


def create(_settings: Settings) -> Library:
    """Return a library of its own."""
    return Library()
