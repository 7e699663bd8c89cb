"""The words of ways, the same in every format. Returns text uncleaned: renderers clean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bpo_quiz.report import words
from bpo_quiz.scoring.rounding import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpo_quiz.catalogue.model import Catalogue, Role
    from bpo_quiz.guidance.pathway import Pathway, PathwayStep
    from bpo_quiz.results.result import Report
    from bpo_quiz.results.route import Route

BEST_AT = {
    "shortest": "the shortest",
    "smallest gap": "the one with the least to learn",
    "line of sight": "in line of sight",
}
YEARS_EXPLAINED = (
    "Years are usual years in the role before; time that you have already spent there counts. The shortest way has the "
    "fewest years, where each move counts a year more."
)
SIGHT_EXPLAINED = (
    "In line of sight: every step goes to a role of the same career path, or up from the role before, to work that you "
    "can usually see from where you are."
)
POINTS_EXPLAINED = (
    "Points: how far your level (0-100) lies under what the role asks; earlier steps are taken as done. The points to "
    "learn of a whole way weigh each skill by its importance."
)
NO_WAY_ON = "The catalogue knows no usual move from your role today; ask people who had it where they went."
NO_WAY = "The catalogue knows no usual way to this role; ask people who have it how they came there."


class Branch(NamedTuple):
    """A place in a tree of roles, and where one can go from there."""

    label: str
    below: tuple[Branch, ...] = ()
    dim: bool = False


def route_title(route: Route) -> str:
    """What the whole page is about."""
    if route.goal is None:
        return "Your next step" if route.report.about.works_as else "Where you could begin"
    count = len(route.pathways)
    return f"{count} ways to {route.goal.name}" if count > 1 else f"The way to {route.goal.name}"


def route_intro(route: Route) -> list[str]:
    """The sentences below the title."""
    report = route.report
    if route.reason in words.SILENT and not route.next_steps:
        sentence, helps = words.SILENT[str(route.reason)]
        return [sentence, *helps, "The way to one role can be shown all the same: bpo-quiz path ROLE."]
    if route.reason == "today's role" and route.goal is not None:
        return [f"{route.goal.name} is your role today. {_from_here(route) or NO_WAY_ON}"]
    if route.reason is not None:
        return [NO_WAY_ON if route.reason == "no move leads on" else NO_WAY]
    if route.goal is None:
        return [_from_here(route)]
    lines = [way_line(pathway, n, len(route.pathways)) for n, pathway in enumerate(route.pathways, 1)]
    if report.silence is not None:
        lines.append(
            "Your answers say too little to trust the points below; the steps, gates and years hold all the same."
        )
    return lines


def _from_here(route: Route) -> str:
    report = route.report
    if not route.next_steps or report.headline is None:
        return ""
    best, goal = route.next_steps[0].role, report.headline.role
    start = "Your next step would be" if report.about.works_as else "You could begin as"
    new = ", of those new to you," if report.roles[0].is_today else ""
    if best == goal:
        return f"{start} {best.name}, the role that{new} fits you best."
    return f"{start} {best.name}: it leads to {goal.name}, the role that{new} fits you best."


def way_line(pathway: Pathway, n: int, count: int) -> str:
    """One way in a line: how many steps, how long, and what it is best at."""
    steps = "1 step" if len(pathway.steps) == 1 else f"{len(pathway.steps)} steps"
    long = f", usually {words.years(pathway.years)} in all" if pathway.years[1] else ""
    best = words.and_list([BEST_AT[one] for one in pathway.best_at])
    if count == 1:
        return f"{steps[0].upper()}{steps[1:]}{long}. Of the known ways it is {best}."
    return f"Way {n}: {steps}{long}, {whole(pathway.gap)} points to learn. It is {best}."


def tree(route: Route) -> Branch:
    """All ways of a route in one tree, or the next steps; what ways share stands once."""
    label = _root(route.report)
    if route.pathways:
        numbered = [(pathway.steps, n) for n, pathway in enumerate(route.pathways, 1)]
        return Branch(label, _merged(numbered, 0, len(route.pathways) > 1))
    labels = [_tree_label(step) for step in route.next_steps]
    return Branch(label, tuple(Branch(f"{one} - the best" if n == 0 else one) for n, one in enumerate(labels)))


def result_tree(report: Report) -> Branch:
    """The way that a result shows, and what its role may lead on to."""
    pathway, goal = report.pathways[0], report.pathways[0].steps[-1].role
    below = tuple(Branch(line, dim=True) for line in later(report.catalogue, goal))
    for step in reversed(pathway.steps):
        best = " - fits you best" if step.role == goal else ""
        below = (Branch(f"{_tree_label(step)}{best}", below),)
    return Branch(_root(report), below)


def later(catalogue: Catalogue, role: Role) -> Iterator[str]:
    """What a role may lead up to."""
    for edge in role.leads_to:
        yield f"later perhaps {catalogue.roles[edge.role].name}, after {words.years(edge.years)}"


def _root(report: Report) -> str:
    today = report.about.works_as
    return f"{report.catalogue.roles[today].name} (today)" if today else f"From outside {report.catalogue.trade}"


def _merged(ways: Sequence[tuple[tuple[PathwayStep, ...], int]], depth: int, numbered: bool) -> tuple[Branch, ...]:
    by_role: dict[str, list[tuple[tuple[PathwayStep, ...], int]]] = {}
    for steps, n in ways:
        if depth < len(steps):
            by_role.setdefault(steps[depth].role.id, []).append((steps, n))
    branches = []
    for group in by_role.values():
        steps, n = group[0]
        end = f" - way {n}" if numbered and depth == len(steps) - 1 else ""
        branches.append(Branch(f"{_tree_label(steps[depth])}{end}", _merged(group, depth + 1, numbered)))
    return tuple(branches)


def _tree_label(step: PathwayStep) -> str:
    return (
        f"{step.role.name}, start here" if step.years is None else f"{step.role.name}, after {words.years(step.years)}"
    )


def result_basis(report: Report) -> Iterator[str]:
    """What a result says of its way: where the years come from, and how to see more."""
    if not report.pathways:
        return
    if report.catalogue.years_basis:
        yield report.catalogue.years_basis
    goal = report.pathways[0].steps[-1].role.id
    others = ", and other ways" if len(report.pathways) > 1 else ""
    yield f"Each step in full{others}: bpo-quiz path {goal}"


def basis_lines(catalogue: Catalogue, several: bool) -> Iterator[str]:
    """What years, points and line of sight mean, and where the years come from."""
    yield YEARS_EXPLAINED
    if catalogue.years_basis:
        yield catalogue.years_basis
    yield POINTS_EXPLAINED
    if several:
        yield SIGHT_EXPLAINED
    yield "Targets are typical and vary by client."
