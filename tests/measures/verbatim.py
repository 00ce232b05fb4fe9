"""What the measures ask, typed a second time from their published forms and never read from the files.

Scores are in the order of the options. Codes are those of LOINC, None where it has none.
"""

from typing import NamedTuple

PHQ_GAD_LICENCE = (
    "Copyright © Pfizer Inc. All rights reserved. Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, "
    "Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. "
    "No permission required to reproduce, translate, display or distribute."
)
PCL_LICENCE = (
    "Created by staff at the US Department of Veterans Affairs National Center for PTSD. "
    "It is in the public domain and not copyrighted."
)
PC_PTSD_LICENCE = (
    "Work of the US government (Department of Veterans Affairs, National Center for PTSD), "
    "marked as public domain in one public registry."
)
LOINC_NOTICE = (
    "This content from LOINC® is copyright © 1995 Regenstrief Institute, Inc. and the LOINC Committee, "
    "and available at no cost under the license at https://loinc.org/license/"
)


class Form(NamedTuple):
    """One printed form."""

    stem: str
    items: tuple[str, ...]
    options: tuple[tuple[str, int], ...]
    panel: str | None
    total: str | None
    item_codes: tuple[str | None, ...]
    option_codes: tuple[str | None, ...]
    bands: tuple[tuple[int, int, str], ...]
    highest: int


FREQUENCY = (
    ("Not at all", 0),
    ("Several days", 1),
    ("More than half the days", 2),
    ("Nearly every day", 3),
)
FREQUENCY_CODES = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
PHQ_STEM = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
PHQ_ITEMS = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or "
    "restless that you have been moving around a lot more than usual",
    "Thoughts that you would be better off dead or of hurting yourself in some way",
)
PHQ_CODES = (
    "44250-9",
    "44255-8",
    "44259-0",
    "44254-1",
    "44251-7",
    "44258-2",
    "44252-5",
    "44253-3",
    "44260-8",
)
DIFFICULTY = (
    "If you checked off any problems, how difficult have these problems made it for you to do your work, "
    "take care of things at home, or get along with other people?"
)
DIFFICULTY_CODE = "69722-7"
DIFFICULTY_OPTIONS = (
    ("Not difficult at all", "LA6572-7"),
    ("Somewhat difficult", "LA6573-5"),
    ("Very difficult", "LA6575-0"),
    ("Extremely difficult", "LA6574-3"),
)
GAD_STEM = "Over the last 2 weeks, how often have you been bothered by the following problems?"
GAD_ITEMS = (
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid as if something awful might happen",
)
GAD_CODES = ("69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7")
PCL_INSTRUCTION = (
    "Below is a list of problems that people sometimes have in response to a very stressful experience. "
    "Please read each problem carefully and then select one of the options to indicate how much you have been "
    "bothered by that problem in the past month."
)
PCL_ITEMS = (
    "Repeated, disturbing, and unwanted memories of the stressful experience?",
    "Repeated, disturbing dreams of the stressful experience?",
    "Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were "
    "actually back there reliving it)?",
    "Feeling very upset when something reminded you of the stressful experience?",
    "Having strong physical reactions when something reminded you of the stressful experience (for example, "
    "heart pounding, trouble breathing, sweating)?",
    "Avoiding memories, thoughts, or feelings related to the stressful experience?",
    "Avoiding external reminders of the stressful experience (for example, people, places, conversations, "
    "activities, objects, or situations)?",
    "Trouble remembering important parts of the stressful experience?",
    "Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such "
    "as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely "
    "dangerous)?",
    "Blaming yourself or someone else for the stressful experience or what happened after it?",
    "Having strong negative feelings such as fear, horror, anger, guilt, or shame?",
    "Loss of interest in activities that you used to enjoy?",
    "Feeling distant or cut off from other people?",
    "Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings "
    "for people close to you)?",
    "Irritable behavior, angry outbursts, or acting aggressively?",
    "Taking too many risks or doing things that could cause you harm?",
    'Being "superalert" or watchful or on guard?',
    "Feeling jumpy or easily startled?",
    "Having difficulty concentrating?",
    "Trouble falling or staying asleep?",
)
PCL_CLUSTERS = {"B": range(1, 6), "C": range(6, 8), "D": range(8, 15), "E": range(15, 21)}
GATE_STEM = (
    "Sometimes things happen to people that are unusually or especially frightening, horrible, or traumatic. "
    "For example:"
)
GATE_EXAMPLES = (
    "a serious accident or fire",
    "a physical or sexual assault or abuse",
    "an earthquake or flood",
    "a war",
    "seeing someone be killed or seriously injured",
    "having a loved one die through homicide or suicide",
)
GATE = "Have you ever experienced this kind of event?"
PC_PTSD_ITEMS = (
    "Had nightmares about the event(s) or thought about the event(s) when you did not want to?",
    "Tried hard not to think about the event(s) or went out of your way to avoid situations that reminded you of "
    "the event(s)?",
    "Been constantly on guard, watchful, or easily startled?",
    "Felt numb or detached from people, activities, or your surroundings?",
    "Felt guilty or unable to stop blaming yourself or others for the event(s) or any problems the event(s) may "
    "have caused?",
)

FORMS = {
    "phq-9": Form(
        PHQ_STEM,
        PHQ_ITEMS,
        FREQUENCY,
        "44249-1",
        "44261-6",
        PHQ_CODES,
        FREQUENCY_CODES,
        (
            (0, 4, "minimal"),
            (5, 9, "mild"),
            (10, 14, "moderate"),
            (15, 19, "moderately severe"),
            (20, 27, "severe"),
        ),
        27,
    ),
    "phq-2": Form(
        PHQ_STEM, PHQ_ITEMS[:2], FREQUENCY, "55757-9", "55758-7", PHQ_CODES[:2], FREQUENCY_CODES, (), 6
    ),
    "gad-7": Form(
        GAD_STEM,
        GAD_ITEMS,
        FREQUENCY,
        "69737-5",
        "70274-6",
        GAD_CODES,
        FREQUENCY_CODES,
        ((0, 4, "minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 21, "severe")),
        21,
    ),
    "gad-2": Form(GAD_STEM, GAD_ITEMS[:2], FREQUENCY, None, None, GAD_CODES[:2], FREQUENCY_CODES, (), 6),
    "pcl-5": Form(
        "In the past month, how much were you bothered by:",
        PCL_ITEMS,
        (("Not at all", 0), ("A little bit", 1), ("Moderately", 2), ("Quite a bit", 3), ("Extremely", 4)),
        "101697-1",
        "101698-9",
        (None,) * 20,
        (None,) * 5,
        (),
        80,
    ),
    "pc-ptsd-5": Form(
        "In the past month, have you...",
        PC_PTSD_ITEMS,
        (("Yes", 1), ("No", 0)),
        None,
        None,
        (None,) * 5,
        (None,) * 2,
        (),
        5,
    ),
}
