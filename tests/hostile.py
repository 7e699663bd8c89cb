"""A catalogue whose every text tries to be something else than text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from strategies import a_catalogue, a_role, a_skill

if TYPE_CHECKING:
    from bpo_quiz.catalogue.model import Catalogue

TEXTS = (
    "[bold]x[/] [/] [link=http://e]x :bomb: \\",
    "\x1b[31mred \x9b1m \x07 \u202eabc\u2066 \u2028next",
    "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">",
    '" onmouseover="x\' <b>bold</b> </style></script><!-- &lt; &amp;',
    "```\n# head | cell | [x](javascript:1)\n- 1. *star* _line_ `code`",
    "%s {0.__class__} ${HOME} {{7*7}} {% for %} #{x} #set page(width: 1mm) $x$ \\u{41} @a <b>",
    "=1+1;+2;@SUM(A1)",
    "नमस्ते 你好 العربية שלום Ελληνικά Кириллица 👩\u200d👩\u200d👧",
)


def hostile_catalogue() -> Catalogue:
    """Two skills with four items, one path, two roles; all that people read is one of `TEXTS`."""
    texts = iter(TEXTS * 20)
    skills = []
    for name in ("one", "two"):
        skill = a_skill(name)
        items = tuple(
            item._replace(prompt=next(texts), help=next(texts), options=tuple(next(texts) for _ in range(5)))
            for item in skill.items
        )
        skills.append(skill._replace(name=next(texts), meaning=next(texts), items=items))
    roles = (a_role("first", name=next(texts)), a_role("second", name=next(texts)))
    catalogue = a_catalogue(*roles, skills=skills)
    paths = {key: path._replace(name=next(texts)) for key, path in catalogue.paths.items()}
    return catalogue._replace(name=TEXTS[2], version=TEXTS[3], trade=TEXTS[5], paths=paths)
