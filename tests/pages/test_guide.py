"""What a page of the guide leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bpo_quiz.catalogue.read_guide import load_guide
from bpo_quiz.pages.guide import page
from bpo_quiz.writers.plain import plain

if TYPE_CHECKING:
    from bpo_quiz.catalogue.guide_model import Guide
    from bpo_quiz.catalogue.model import Catalogue


@pytest.fixture(scope="module")
def guide(catalogue: Catalogue) -> Guide:
    found = load_guide(catalogue)
    assert found is not None
    return found


def test_many_links_are_told_by_kind_and_few_one_by_one(guide: Guide) -> None:
    many, few = ("\n".join(plain(page(guide, guide.topics[topic]))) for topic in ("career_paths", "ai"))
    assert "Roles (bpo-quiz roles ID): customer_service_rep, sales_rep," in many
    assert "Topics (bpo-quiz guide ID): leadership, certificates" in many
    assert "Service delivery manager: bpo-quiz roles service_delivery_manager" in few


def test_a_measure_leads_to_the_topic_that_shows_it(guide: Guide) -> None:
    lines = list(plain(page(guide, guide.metrics["fcr"])))
    assert "- Measures of calls and chats: bpo-quiz guide measures_contact" in lines
    assert not [line for line in lines if "Customer satisfaction" in line]
