"""Words that have no place in a prompt of a phase, or in any prompt: the "never" of each phase, as patterns.

A word list does not make a prompt good; it stops the commonest ways to make one harmful. Patterns match
whole words, in any case, in the question and in its hint. English only, like the prompts we ship.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from kapjournal.content.values import Prompt

ANYWHERE = (
    r"should|must|ought|great|amazing|awesome|wonderful|congrat\w*|well done|proud|journey|heal(s|ed|ing)?|sacred"
    r"|trip(s|ped|ping)?|neuroplastic\w*|rewir\w*|streaks?|cur(e|es|ed|ing)|miracles?|breakthroughs?|transform\w*"
    r"|guarantee\w*|promis(e|es|ed)"
)
NEVER: Mapping[str, str] = {
    "pre_course": r"suitab\w*|eligib\w*|qualif\w*|candidates?|right for you|good fit|not for you|allowed to have"
    r"|ruled out|diagnos\w*|cleared|(will|can) help you|will (\w+ )?(change|feel|work)",
    "prep": r"will (\w+ )?(help|change|feel|work|show)|intentions|goals|expect(ed)? (to|results?)|results?",
    "pre_session": r"why|explain|describe|in detail|stor(y|ies)|questionnaires?|forms?|two weeks"
    r"|(last|past) (week|month|year)s?|everything|every|list",
    "same_day": r"mean(s|t|ing|ings)?|lessons?|why|because|decid\w*|decisions?|choos\w*|cho(ice|ices|se|sen)|scor\w+"
    r"|rat(e|ed|ing|ings)|scales?|from 0|out of (10|ten)|learn\w*|understand\w*|understood|insights?|messages?"
    r"|symbol\w*|interpret\w*|make sense|figure out|explain\w*|teach\w*|taught|plans?|next step|chang(e|es|ed)"
    r"|shar(e|ed|ing)|intentions?|compare\w*|better|worse",
    "days_1_3": r"truths?|true|proof|proves?|reveal\w*|revelations?|messages?|lessons?|teach\w*|taught|really happened"
    r"|certain(ly)?|for sure|definitely|facts?|memory|memories|repress\w*|remember that|uncover\w*|window of",
    "week_1": r"fail\w*|laz(y|iness)|excuses?|a?sham(e|ed|eful)|guilt\w*|days? in a row|every (single )?day|missed"
    r"|behind|catch up|disciplin\w*|willpower|harder|perfect\w*|not enough|keep it up|at least|goals?|how many",
    "month_1": r"(ketamine|sessions?|drug|dose|medicine|treatment) (gave|made|fixed|changed|brought|helped|worked|did)"
    r"|because of|thanks to|due to|from the (drug|ketamine)|(another|more|next|extra|new|further) sessions?"
    r"|again|booster\w*|top.?ups?|work(ed|ing)|wearing off",
    "between": r"dos(e|es|age|ing)|mg|milligrams?|booster\w*|top.?ups?|maintenance|lozenges?|infusions?|schedules?"
    r"|weekly|monthly|every \d+|(another|one more|a new|extra) (session|one)|(due|ready|time) for"
    r"|sessions? (more|less) often|how often|how much|how many|stronger",
    "hard": r"gifts?|bright side|silver lining|bless\w*|grateful|gratitude|thankful|luck(y|ily)|opportunit\w*|grow\w*"
    r"|lessons?|learn\w*|stronger|strength|for a reason|positiv\w*|cheer\w*|smil\w*|at least|look forward|pass(es)?"
    r"|will (be|get|feel)|beautiful|mean(s|ing)?|why|keep (it|this) to yourself|only (a )?(moment|feeling)",
    "flat": r"tr(y|ied|ying)|efforts?|harder|resist\w*|surrender\w*|let(ting)? go|(more|not) open|open up|next time"
    r"|trust the process|give it|could have|patien(t|ce)|hold(ing)? back|block(ed|ing)?|enough|prepar\w+"
    r"|willing\w*|commit\w*|work on|deserv\w*|ready|wrong",
}


def misplaced(prompt: Prompt, phases: Iterable[str]) -> tuple[str, ...]:
    """The words of a prompt that have no place in one of its phases, as they are written there."""
    shown = f"{prompt.text} {prompt.hint or ''}"
    patterns = [ANYWHERE, *(NEVER[phase] for phase in phases if phase in NEVER)]
    return tuple(found.group() for pattern in patterns for found in _words(pattern).finditer(shown))


@cache
def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
