from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from strategies import at_times

from bpo_quiz.clean import clean
from bpo_quiz.writers.markdown import escape

PLAIN = MarkdownIt("commonmark", {"html": True})
ENGINES = (PLAIN, MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]))
PIECES = st.sampled_from(
    ["#", "-", "+", "=", "1.", "2)", "*", "_", "`", "```", "~~", "|", "[", "](", ")", "<", ">", "&lt;", "\\", "!", "$",
     "\n", "\r", "\t", "    ", " ", "a", "b", "http://x.y", "www.x.y", "<img onerror=x>", "---", "\x1b", "\u202e"]
)  # fmt: skip
HOSTILE = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30)


@pytest.mark.parametrize("place", ["{}", "- {}", "> {}", "# {}", "- **{}:** x", "a {} b"])
@at_times
@example("1. a")
@example("- a")
@example("    a")
@example("a\n# b")
@example("===")
@example("a ##")
@given(HOSTILE.filter(str.strip))
def test_u06_any_text_is_shown_as_it_is_in_any_place(place: str, text: str) -> None:
    line = place.format(escape(text))
    assert "\n" not in line
    for engine in ENGINES:
        tokens = engine.parse(line)
        assert [token.type for token in tokens] == [token.type for token in engine.parse(place.format("a"))]
        said = "".join(kid.content for token in tokens for kid in token.children or ())
        assert "".join(clean(text).split()) in "".join(said.split())
