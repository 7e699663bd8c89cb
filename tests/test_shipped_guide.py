"""What must hold of data/guide.yaml beyond what its reader checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_shipped_data import grade

from bpo_quiz.catalogue.files import shipped_folder
from bpo_quiz.catalogue.find import find_page
from bpo_quiz.catalogue.guide_model import Fact, Guide, Metric, Topic, facts_of, links_of, plain_text, prose_of
from bpo_quiz.catalogue.load import load
from bpo_quiz.catalogue.read_guide import GUIDE_FILE, load_guide
from bpo_quiz.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = load()


def shipped() -> Guide:
    found = load_guide(SHIPPED)
    assert found is not None
    return found


GUIDE = shipped()
by_topic = pytest.mark.parametrize("topic", GUIDE.topics.values(), ids=list(GUIDE.topics))
by_metric = pytest.mark.parametrize("metric", GUIDE.metrics.values(), ids=list(GUIDE.metrics))

# The headings and the bold words of the article that the project grew from, and what else people would look for.
LOOKED_FOR = {
    "What is BPO experience": "bpo_experience", "Basics": "what_is_bpo",
    "Business process outsourcing": "what_is_bpo", "outsourcing": "what_is_bpo", "front office": "what_is_bpo",
    "back office": "what_is_bpo", "KPO": "what_is_bpo", "LPO": "what_is_bpo", "call center": "what_is_bpo",
    "importance": "why_bpo", "reduce costs": "why_bpo", "specialized expertise": "why_bpo", "flexibility": "why_bpo",
    "flexible": "why_bpo", "core competencies": "why_bpo", "why outsource": "why_bpo", "why bpo": "why_bpo",
    "diverse opportunities": "why_bpo", "students": "why_bpo", "student": "why_bpo", "part-time": "why_bpo",
    "fast-paced growth": "why_bpo", "global exposure": "why_bpo", "transferable skills": "why_bpo",
    "BPO experience": "bpo_experience", "misconceptions": "bpo_experience", "myths": "bpo_experience",
    "dead end": "bpo_experience", "primary career paths": "career_paths", "careers": "career_paths",
    "career growth": "career_paths", "growth": "career_paths",
    "customer service representative": "roles customer_service_rep", "CSR": "roles customer_service_rep",
    "technical support": "paths technical_support", "back-office support": "paths back_office",
    "quality assurance": "paths quality_training", "quality assurance and training": "paths quality_training",
    "team leadership and management": "paths leadership", "specialized BPO roles": "paths specialised",
    "key skill sets": "skills", "skills required": "skills", "communication skills": "skills",
    "communication": "skills", "adaptability": "skills", "tech savvy": "skills", "problem-solving": "skills",
    "teamwork": "skills", "time management": "skills", "customer-centric": "skills", "language": "skills",
    "languages": "skills", "language proficiency": "skills", "English": "skills", "empathy": "skills empathy",
    "conflict resolution": "skills conflict_resolution", "data analysis": "skills data_analysis",
    "road to leadership": "leadership", "master your role": "leadership", "additional training": "leadership",
    "EQ": "leadership", "emotional intelligence": "leadership", "build relationships": "leadership",
    "network": "leadership", "networking": "leadership", "mentor": "leadership", "mentorship": "leadership",
    "certifications": "certificates", "continuous learning": "certificates",
    "professional certifications": "certificates", "technical courses": "certificates", "PMP": "certificates",
    "ITIL": "certificates", "project management": "certificates", "cybersecurity": "certificates",
    "metrics": "measures_contact", "KPIs": "measures_contact", "SLA": "measures_contact", "night work": "shifts",
    "well-being": "shifts", "automation": "ai", "interview": "getting_hired", "job advert": "getting_hired",
    "fresh graduate": "getting_hired", "pay": "pay", "salary": "pay", "wage": "pay", "raise": "pay",
    "onboarding": "first_90_days", "AHT": "aht", "CSAT": "csat", "FCR": "fcr", "NPS": "nps",
    "QA score": "quality_score", "turnover": "attrition",
}  # fmt: skip
# Numbers that are names, not measurements: they need no source.
NAMES = re.compile(r"\b[ABC][12]\b")


def told(topic: Topic) -> Iterator[str]:
    """The running text of a topic: everything but its measures."""
    for part in topic.parts():
        if not isinstance(part, Metric):
            yield from map(plain_text, prose_of(part))
    yield from map(plain_text, topic.actions)


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9']+", text)


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!])\s+", text) if words(one)]


def leads_to(word: str) -> str:
    """The page of the guide that a word finds, or the card to which it is sent."""
    try:
        return find_page(SHIPPED, GUIDE, word).id
    except UsageError as error:
        sent = re.search(r"; bpo-quiz ((?:roles|paths|skills) [a-z_0-9]+) shows it$", str(error))
        return sent[1] if sent else str(error)


def test_there_are_10_to_15_topics_and_every_part_of_the_trade_can_be_looked_up() -> None:
    assert 10 <= len(GUIDE.topics) <= 15
    assert {word: leads_to(word) for word in LOOKED_FOR} == LOOKED_FOR


def test_every_role_and_every_skill_is_linked_somewhere() -> None:
    linked = {(link.kind, link.id) for topic in GUIDE.topics.values() for link in links_of(topic)}
    assert {("role", role) for role in SHIPPED.roles} <= linked
    assert {("skill", skill) for skill in SHIPPED.skills} <= linked


def test_every_measure_that_a_role_is_judged_by_is_explained() -> None:
    judged = {kpi.name for role in SHIPPED.roles.values() for kpi in role.kpis}
    assert judged == {kpi for metric in GUIDE.metrics.values() for kpi in metric.kpis}


def test_every_measure_is_shown_once_and_every_source_is_cited() -> None:
    shown = [part.id for topic in GUIDE.topics.values() for part in topic.parts() if isinstance(part, Metric)]
    assert sorted(shown) == sorted(GUIDE.metrics)
    assert {fact.source for topic in GUIDE.topics.values() for fact in facts_of(topic)} == set(GUIDE.sources)


def test_a_source_has_an_address_unless_it_is_talk_of_the_trade_and_that_is_of_low_confidence() -> None:
    assert [source.id for source in GUIDE.sources.values() if not source.url] == ["trade"]
    facts = [fact for topic in GUIDE.topics.values() for fact in facts_of(topic)]
    assert {fact.confidence for fact in facts if fact.source == "trade"} == {"low"}
    vendors = {source.id for source in GUIDE.sources.values() if "vendor" in source.by}
    assert {fact.confidence for fact in facts if fact.source in vendors} == {"low"}


@by_topic
def test_every_number_of_a_topic_stands_in_a_fact(topic: Topic) -> None:
    for part in topic.parts():
        if not isinstance(part, (Fact, Metric)):
            for prose in prose_of(part):
                assert not re.search(r"\d", NAMES.sub("", plain_text(prose))), plain_text(prose)


@by_topic
def test_a_topic_is_a_short_read_in_short_sentences_at_grade_8(topic: Topic) -> None:
    texts = list(told(topic))
    length, measures = sum(len(words(text)) for text in texts), sum(isinstance(part, Metric) for part in topic.parts())
    assert length <= 600
    assert measures >= 5 or length >= 250, "worth opening"
    lengths = [len(words(one)) for text in texts for one in sentences(text)]
    assert sum(lengths) / len(lengths) < 18
    assert max(lengths) <= 40
    assert grade(texts) <= 8


@by_topic
def test_a_topic_ends_with_things_to_do_and_its_parts_are_short(topic: Topic) -> None:
    assert 2 <= len(topic.actions) <= 4
    assert len(topic.sections) >= 2
    assert all(len(words(text)) <= 95 for text in told(topic))
    assert len(topic.summary) <= 100


@by_metric
def test_a_measure_is_told_in_short_sentences_with_an_example_that_computes(metric: Metric) -> None:
    for text in (*map(plain_text, prose_of(metric)), metric.example):
        assert all(len(words(one)) <= 32 for one in sentences(text)), text
    text = metric.example.replace(",", "")
    for above, below, result, percent in re.findall(r"(\d+) / (\d+) = ([\d.]+\d|\d+)( %)?", text):
        value = int(above) / int(below) * (100 if percent else 1)
        assert round(value, 2) == pytest.approx(float(result), abs=0.05), metric.example


def test_the_checked_examples_are_most_of_them() -> None:
    assert sum(" / " in metric.example for metric in GUIDE.metrics.values()) >= 18


def test_the_file_can_be_typed_on_any_keyboard() -> None:
    assert (shipped_folder() / GUIDE_FILE).read_text(encoding="utf-8").isascii()
