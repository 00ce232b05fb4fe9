"""Every fault, on which databases it makes sense, and how many rounds it is worth."""

from collections.abc import Callable
from typing import NamedTuple, get_args

from tests.faults import clocks, damage, killing, memory, storage, strangers, tabs, typing_on
from tests.faults.outcome import Outcome
from tests.faults.stage import Kind, Stage

BOTH: tuple[Kind, ...] = get_args(Kind)
SQLITE: tuple[Kind, ...] = ("sqlite",)
POSTGRESQL: tuple[Kind, ...] = ("postgresql",)


class Fault(NamedTuple):
    """`most` bounds the rounds of a full count; `tested` are the rounds in the test suite, 0 for none."""

    run: Callable[[Stage, Kind, int], Outcome]
    kinds: tuple[Kind, ...]
    most: int
    tested: int

    @property
    def name(self) -> str:
        return self.run.__name__


EVERY = (
    Fault(killing.killed_mid_save, BOTH, 200, 5),
    Fault(killing.killed_at_a_point, BOTH, 200, 5),
    Fault(killing.database_full, SQLITE, 200, 5),
    Fault(killing.database_restarted, POSTGRESQL, 50, 2),
    Fault(killing.backend_killed, POSTGRESQL, 200, 3),
    Fault(typing_on.killed_while_typing, BOTH, 10, 1),
    Fault(typing_on.network_offline, SQLITE, 10, 1),
    Fault(typing_on.network_stalled, SQLITE, 10, 0),
    Fault(typing_on.network_cut, SQLITE, 10, 1),
    Fault(typing_on.push_halved, SQLITE, 10, 0),
    Fault(typing_on.answer_halved, SQLITE, 10, 0),
    Fault(storage.locked_shortly, SQLITE, 10, 1),
    Fault(storage.locked_long, SQLITE, 1, 0),
    Fault(storage.disk_full, SQLITE, 5, 1),
    Fault(storage.database_gone, SQLITE, 5, 1),
    Fault(storage.database_stopped, POSTGRESQL, 5, 1),
    Fault(tabs.refreshed, SQLITE, 10, 1),
    Fault(tabs.tab_closed, SQLITE, 10, 1),
    Fault(tabs.two_tabs, BOTH, 10, 1),
    Fault(tabs.sign_in_ended, SQLITE, 5, 1),
    Fault(clocks.server_clock_a_day_back, SQLITE, 5, 1),
    Fault(clocks.unusual_zones, SQLITE, 5, 1),
    Fault(damage.row_corrupted, BOTH, 50, 1),
    Fault(damage.page_overwritten, SQLITE, 50, 1),
    Fault(damage.another_secret, BOTH, 5, 1),
    Fault(memory.gone_after_idleness, SQLITE, 2, 1),
    Fault(strangers.session_stolen, SQLITE, 5, 1),
)
