"""A merge in words, before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ouvidoria_tui.domain.merge_plan import MergePlan
from ouvidoria_tui.present.words import _, clock_name, plural

#: The keys of a preview in the machine formats.
KEYS: Final = (
    "protocol",
    "into",
    "named",
    "same_customer",
    "letter",
    "messages",
    "attachments",
    "missed",
    "stopped",
    "requests",
    "along",
    "revision",
)


def plan_record(plan: MergePlan) -> dict[str, object]:
    """The preview of one merge under :data:`KEYS`."""
    return {
        "protocol": plan.source.protocol,
        "into": plan.target.protocol,
        "named": plan.named.protocol,
        "same_customer": plan.same_customer,
        "letter": plan.letter is not None,
        "messages": plan.messages,
        "attachments": plan.files,
        "missed": list(plan.missed),
        "stopped": list(plan.running),
        "requests": [one.area for one in plan.owed],
        "along": list(plan.along),
        "revision": plan.source.revision,
    }


def plan_lines(plan: MergePlan) -> Iterator[str]:
    """The preview of one merge for people, a heading and a line for each consequence."""
    yield f"{plan.source.protocol} → {plan.target.protocol}"
    yield from (f"  {line}" for line in effects(plan))


def effects(plan: MergePlan) -> Iterator[str]:
    """What the merge will do, a sentence for each consequence."""
    source, target = plan.source.protocol, plan.target.protocol
    if plan.named.id != plan.target.id:
        yield _(
            "{named} was merged itself: the merge follows it to {target}",
            named=plan.named.protocol,
            target=target,
        )
    yield _("{source} is closed as a duplicate and leaves the queue; nothing of it is moved", source=source)
    yield plural(
        "{count} message stays on {source} and is shown on {target}, too",
        "{count} messages stay on {source} and are shown on {target}, too",
        plan.messages,
        source=source,
        target=target,
    )
    if plan.files:
        yield plural(
            "{count} file stays on {source}", "{count} files stay on {source}", plan.files, source=source
        )
    yield _("its numbers in other systems stay on {source}", source=source)
    yield _("what the customer writes to {source} from now on goes to {target}", source=source, target=target)
    yield _("{target} keeps its arrival, its place and its own deadlines", target=target)
    if plan.running:
        names = ", ".join(map(clock_name, plan.running))
        yield _("deadlines of {source} that stop, unmet: {names}", source=source, names=names)
    if plan.missed:
        names = ", ".join(map(clock_name, plan.missed))
        yield _("what {source} missed stays on record: {names}", source=source, names=names)
    if plan.owed:
        areas = ", ".join(one.area for one in plan.owed)
        yield _("no longer waited for: {areas}", areas=areas)
    if plan.along:
        yield _("merged into it earlier, and coming along: {names}", names=", ".join(plan.along))
    yield _told(plan)


def _told(plan: MergePlan) -> str:
    if plan.letter is not None:
        return _("the customer is told first, by the letter D1")
    if plan.same_customer is None:
        return _("confidential: whether it is the same customer is not told, and no letter is sent")
    if plan.same_customer:
        return _("the customer was told before and is not told again")
    return _("not known to be the same customer: no letter is sent, write to them yourself")
