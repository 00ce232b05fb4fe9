"""Somebody goes on typing while the server is killed, or while the network fails."""

import random
from collections.abc import Callable

from tests.faults.outcome import Outcome, Tally
from tests.faults.proxy import Proxy
from tests.faults.stage import Kind, Site, Stage
from tests.faults.writer import BACK_SECONDS, Writer, writing

AWAY_SECONDS = 2.0
AFTER_SECONDS = 5.0
BROKEN_SECONDS = 4.0


def killed_while_typing(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """SIGKILL, two seconds without a server, and a letter every 100 ms until five seconds after its return."""
    site = stage.site(kind)
    tally, took = Tally(site.database.folder), 0.0
    with writing(site, tally.log) as writer:
        for _round in range(rounds):
            writer.open()
            took = max(took, _type_through_a_kill(site, writer))
            tally.check(writer.found())
            _reload_after_a_kill(site, writer)
            tally.check(writer.found())
    return tally.outcome("killed_while_typing", kind, rounds, seconds_to_saved=round(took, 1))


def _type_through_a_kill(site: Site, writer: Writer) -> float:
    """How many seconds after the server's return, and after the last letter, everything is saved."""
    writer.type_for(random.uniform(1, 3))
    site.server.kill()
    writer.type_for(AWAY_SECONDS)
    site.server.start()
    writer.type_until(site.server.answers)
    writer.type_for(AFTER_SECONDS)
    writer.is_there()
    seconds = writer.is_saved(BACK_SECONDS - AFTER_SECONDS)
    writer.is_there()
    return seconds + AFTER_SECONDS


def _reload_after_a_kill(site: Site, writer: Writer) -> None:
    site.server.kill()
    writer.type_for(AWAY_SECONDS)
    site.server.start()
    writer.type_until(site.server.answers)
    writer.reload()
    writer.is_safe()


def network_offline(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The phone has no network for a while."""
    context = stage.site(kind).context
    return _without_network(
        "network_offline",
        stage.site(kind),
        rounds,
        lambda _proxy: context.set_offline(True),
        lambda _proxy: context.set_offline(False),
    )


def network_stalled(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Nothing comes through for a while, and then all of it."""
    return _without_network("network_stalled", stage.site(kind), rounds, Proxy.stall)


def network_cut(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """Every connection breaks, and every new one for a while."""
    return _without_network("network_cut", stage.site(kind), rounds, Proxy.cut)


def push_halved(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The connection breaks in the middle of a push."""
    return _without_network("push_halved", stage.site(kind), rounds, lambda proxy: proxy.halve("up"))


def answer_halved(stage: Stage, kind: Kind, rounds: int) -> Outcome:
    """The connection breaks in the middle of an answer: it is saved, and the browser does not know."""
    return _without_network("answer_halved", stage.site(kind), rounds, lambda proxy: proxy.halve("down"))


def _without_network(
    fault: str,
    site: Site,
    rounds: int,
    break_it: Callable[[Proxy], None],
    mend_it: Callable[[Proxy], None] = Proxy.mend,
) -> Outcome:
    tally, took = Tally(site.database.folder), 0.0
    with Proxy(site.server.port) as proxy, writing(site, tally.log, address=proxy.address) as writer:
        for _round in range(rounds):
            writer.open()
            writer.type_for(1)
            break_it(proxy)
            writer.type_for(BROKEN_SECONDS)
            writer.is_unsaved()
            mend_it(proxy)
            took = max(took, writer.is_saved(2 * BACK_SECONDS))
            writer.is_there()
            tally.check(writer.found())
    return tally.outcome(fault, site.database.kind, rounds, seconds_to_saved=round(took, 1))
