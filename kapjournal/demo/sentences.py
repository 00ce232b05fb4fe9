"""What the invented patient writes: calm, plausible, about nobody. No advice, no amounts."""

from collections.abc import Mapping

from kapjournal.journal.values import Phase
from kapjournal.people.safety_card import Part
from kapjournal.people.values import Contact

INTENTIONS = (
    "To stay with what comes instead of steering it.",
    "To be a little softer with the part of me that is tired.",
    "To listen, and to let it be quiet if it is quiet.",
    "To look at the heaviness in the mornings without pushing it away.",
    "To be near what matters to me: my niece, the garden, the choir.",
)

# Action, cue, time of day or none, and what to do if something comes up.
STEPS = (
    (
        "Walk to the river and back",
        "When the kettle has boiled",
        "07:30",
        "If it rains, the long way to the baker",
    ),
    ("Call my brother", "On Sunday, after lunch", "", "If he does not answer, I write him two lines"),
    (
        "Write one line before bed",
        "When I put the phone on the shelf",
        "22:00",
        "If I am too tired, one word",
    ),
    (
        "Water the herbs and stand there a minute",
        "After the first tea",
        "08:15",
        "If I am late, in the evening",
    ),
    (
        "Put a song on and sit with it",
        "When I come home and shut the door",
        "",
        "If it is loud outside, headphones",
    ),
)

BY_PHASE: Mapping[Phase, tuple[str, ...]] = {
    "pre_course": (
        "I have tried a lot, and I am careful with hope.",
        "Better would be: I answer the telephone, and I cook on some days.",
        "My sister knows, and one friend. That is enough people for now.",
        "I am afraid of losing control, and I want to say that at the first meeting.",
        "The questions of the clinic were long, and the person who asked them was kind.",
        "I have written a list of my medicines for the prescriber.",
    ),
    "prep": (
        "I am a little nervous, and I know that from the last time.",
        "If it gets hard, I want to remember to breathe out slowly and feel the chair.",
        "I have packed the blanket, the eye mask and something warm to drink for afterwards.",
        "My sister drives me home again, and she knows that I may be quiet.",
        "I would like to find out what the heaviness in the mornings needs from me.",
        "I have moved two appointments, so that the day after stays empty.",
        "I notice that I want a result, and I try to hold that loosely.",
        "The playlist is chosen: slow, without words.",
        "I told my therapist what I am afraid of, and it became smaller while I said it.",
    ),
    "pre_session": (
        "Slept lightly. A cold stomach, warm hands.",
        "My sister is here already, and we do not talk much.",
        "I read my intention again and it still fits.",
        "Nervous, about as much as before an exam that I have studied for.",
        "I told the team about the headache from yesterday.",
    ),
    "same_day": (
        "Blue, then very wide. No edges.",
        "I was far away and did not mind.",
        "A door that was open the whole time.",
        "My hands felt warm and did not belong to anybody.",
        "The music went through me like water.",
        "I heard my own breath and it was enough.",
        "Something let go in my chest.",
        "A short moment of fear, then it passed by itself.",
        "Grandmother's kitchen, the light on the table.",
        "Tired now. Soft. I leave it as it is.",
        "There was a lot of green, and somebody humming.",
    ),
    "days_1_3": (
        "The first thing I noticed this morning was that I had slept through.",
        "Reading what I wrote yesterday, the open door is what stays with me.",
        "The sounds in the street were closer than usual, and friendlier.",
        "I cried for a while and it did not feel like falling.",
        "One small step: I call my brother on Sunday, without a plan for the conversation.",
        "The thought that I am a burden was there, and I could look at it from the side.",
        "I want to talk with my therapist about the moment of fear and what came after it.",
        "I was afraid that nothing would be left, and a part of it is still here.",
        "I cooked for the first time in weeks and ate slowly.",
        "What I would like to keep is how quiet it was when I stopped explaining myself.",
        "I feel raw, and I am careful with the news and with people who talk fast.",
    ),
    "week_1": (
        "The step is small enough: I did it twice and forgot it once.",
        "I drew the door. It is not a good drawing, and it is mine.",
        "In the body it is mostly the shoulders that remember.",
        "I told my friend one sentence about it, and she did not ask for more.",
        "What gets in the way is the telephone in the morning, so it sleeps in the kitchen now.",
        "I want more evenings with people who do not mind a pause.",
        "The park was green in a plain way, and I liked that it was plain.",
    ),
    "month_1": (
        "My sister says that I laugh again at my own jokes.",
        "The walks have stuck. The early nights have not.",
        "I read the first page of this journal and felt for the person who wrote it.",
        "Some of the quiet has faded, and I can say so without being scared.",
        "Work is the same; how I come home from it is a little different.",
        "I would put the intention into other words today: less fighting.",
    ),
    "hard": (
        "It is a bad evening. I put both feet on the floor and named what I see.",
        "Everything is too much today, so I only write this line.",
        "I called my sister, and she stayed on the line while I made tea.",
        "Breathing out slowly helped for a minute, and then for another one.",
        "I need nobody to make it better right now, only somebody who knows.",
    ),
    "flat": (
        "There was nothing much this time: a room, a blanket, music.",
        "I had hoped for more, and I am sad about it, and that may be here.",
        "No pictures. My jaw was a little looser afterwards, that is all.",
        "I will tell my therapist that it was flat instead of making something up.",
        "It does not mean that I did it wrong. I write that down to read it later.",
    ),
    "between": (
        "An ordinary day, which is more than it was a year ago.",
        "I notice that the lift is getting thinner, and I try not to count the days.",
        "What helped today was the walk along the river before breakfast.",
        "I did not answer two messages and was less hard on myself for it.",
        "The old sentence came back around noon: you should be further by now.",
        "I planted the herbs on the balcony and had earth under my nails all afternoon.",
        "My friend came by, we talked about nothing much, and I laughed twice.",
        "I kept the small step from last time, although not with grace.",
        "Early signs this week: unread letters, late evenings, less music.",
        "I practised to say no, kindly, and the sky did not fall.",
        "I have not thought about it all day, and only noticed in the evening.",
    ),
}

ANYWHERE = (
    "The morning was grey and I took my time.",
    "I slept about seven hours and woke once.",
    "There was rain on the window and I listened for a while.",
    "My shoulders are less tight than last week.",
    "I had tea and did nothing else while I drank it.",
    "The tightness in my throat came and went.",
    "I went outside for twenty minutes, which is what I had promised myself.",
    "Writing this down helps me to put it in a row.",
    "I do not have to know yet what it means.",
    "At work it was loud, and I found a corner for the break.",
    "I thought of my father and it was mostly warm.",
    "The dog next door has decided that we are friends.",
    "Something in me wanted to hide, and something else wanted to be found.",
    "I read four pages and remembered them.",
    "In the evening the light came in low and everything looked kind.",
    "I was impatient with myself and then I was not.",
    "I wrote a letter that I will not send.",
    "It is enough for today.",
)

PLACES = ("The clinic by the park", "Practice on the second floor", "The quiet room at the end of the hall")
ESCORTS = ("My sister", "Jonas", "A friend from the choir")
TO_BRING = (
    "Blanket, eye mask, water for afterwards",
    "Warm socks, the small notebook",
    "Headphones and a scarf",
)
AMOUNTS = ("As agreed with the clinic", "The same as last time", "Changed a little, as discussed")
WORDS = """
    acorn amber anchor badge basin birch bonnet bramble bucket canyon cedar clover cobalt comet copper cradle
    daisy dapple delta ember fable feather fern gable ginger granite harbor hazel heron indigo ivory juniper
    kettle lagoon lantern linen maple meadow mitten nectar oasis orchard otter pebble pepper pewter plume
    quartz quill raven ripple saddle saffron sparrow spruce teapot thicket timber trellis tulip walnut willow
"""

# The numbers are reserved for invented people: 555-01xx in North America, 030 23125 in Berlin.
CARD: dict[Part, tuple[str | Contact, ...]] = {
    "signs": ("I stop answering messages", "I lie awake after three"),
    "doing": ("Walk to the river", "Hot shower, radio on", "Write one line, then stop"),
    "distractions": ("Sam, about football", "The reading room at the library"),
    "tell": (Contact("Jana, my sister", "+49 (0)30 23125-017"), Contact("Sam", "+1 202 555 0142")),
    "professionals": (Contact("Dr. Lindqvist", "030 23125 080"), Contact("The clinic by the river")),
    "safer": ("Jana keeps the tablets I do not need this week",),
    "reasons": ("My niece", "The garden in May"),
}

PURPOSE = "To prepare the meetings after my sessions."
ATTENTION = "The moment of fear in the last session, and what came after it.\nAnd how I sleep since then."

# Further patients of the same therapist: enough names for many, told apart by a letter.
OTHERS = (
    "Noor", "Ilse", "Tomasz", "Amara", "Joon", "Lucía", "Bjarne", "Priya", "Elif", "Mateo",
    "Saoirse", "Kofi", "Hanne", "Yara", "Dmitri", "Wren", "Anouk", "Idris", "Marit", "Leander",
)  # fmt: skip
OTHER_PURPOSES = (
    "So that we need not begin with what happened.",
    "For the meetings until summer.",
    "",
)
OTHER_ATTENTIONS = (
    "Whether I should wait longer before the next session.",
    "My sleep. It is better, and I do not trust it yet.",
    "",
    "I felt little this time. I would like to know if that is usual.",
    "",
    "The call with my brother.",
)
