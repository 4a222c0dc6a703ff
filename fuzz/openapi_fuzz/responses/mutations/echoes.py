"""A secret of the request that comes back, written in any way."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from openapi_fuzz.places import at, put
from openapi_fuzz.responses.drawing import CONTENT_TYPE, DrawnResponse
from openapi_reader import is_object

from .editing import Mutation, places_of, with_headers, with_value
from .values import KINDS


def echo_in_text(draw: DrawFn, response: DrawnResponse, secrets: Sequence[str]) -> DrawnResponse | None:
    """Repeat a secret of the request in a text, or as the name of a field, written in any way."""
    texts = places_of(response, lambda value: isinstance(value, str))
    objects = places_of(response, is_object)
    if not secrets or not (texts or objects):
        return None
    echo = draw(st.sampled_from(secrets).flatmap(lambda secret: st.sampled_from(_escapes(secret))))
    place = draw(st.sampled_from([*texts, *objects]))
    found = at(response.value, place)
    around = draw(st.sampled_from(("{}", "the key {} is wrong", "x\n{}", "{0}{0}", "?key={}&a=b")))
    text = around.format(echo)
    value = text if isinstance(found, str) else {**found, text: draw(st.sampled_from(KINDS))}
    return replace(with_value(response, put(response.value, place, value)), echoes=(echo,))


def echo_in_header(draw: DrawFn, response: DrawnResponse, secrets: Sequence[str]) -> DrawnResponse | None:
    """Repeat a secret of the request in a header that an error may quote."""
    if not secrets:
        return None
    echo = draw(st.sampled_from(secrets).flatmap(lambda secret: st.sampled_from(_escapes(secret))))
    name = draw(
        st.sampled_from((CONTENT_TYPE, "content-encoding", "retry-after", "location", "www-authenticate"))
    )
    text = echo if name == "content-encoding" else f"text/{echo}; charset={echo}"
    return replace(with_headers(response, (name, text)), echoes=(echo,))


def _escapes(secret: str) -> Sequence[str]:
    """Return ways to write a secret: all of them stand for it once a reader undoes them."""
    codes = [ord(char) for char in secret]
    return (
        secret,
        "".join(f"%{byte:02x}" for byte in secret.encode()),
        quote(quote(secret, safe=""), safe=""),
        "".join(f"\\u{code:04x}" for code in codes),
        "".join(f"&#{code};" for code in codes),
        "".join(f"&#x{code:X};" for code in codes),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        base64.b64encode(secret.encode()).decode(),
        base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    )


MUTATIONS: Final[Sequence[Mutation]] = (echo_in_text, echo_in_header)
