"""English."""

from classifier.languages.base import Language, words
from classifier.sentence import Sentence

ENGLISH = Language(
    code="en",
    name=Sentence("English"),
    abbreviations=frozenset(
        words("""
            mr, mrs, ms, dr, prof, gen, sen, rep, gov, lt, col, sgt, st, no, vs, inc, ltd, co, corp,
            jr, sr, e.g, i.e, u.s, u.k, u.n, a.m, p.m, jan, feb, mar, apr, aug, sept, oct, nov, dec
        """)
    ),
    reporting_verbs=words("""
        said, says, told, tells, added, adds, reported, reports, stated, wrote, writes, noted,
        explained, confirmed, announced, replied, responded, declined, denied, asked, testified,
        estimated, acknowledged
    """),
    attribution=words("""
        according to, in a statement, in an interview, in a report, in an email,
        on condition of anonymity, citing, quoted, spokesman for, spokeswoman for, spokesperson for,
        a spokesman, a spokeswoman, a spokesperson, did not respond, declined to comment,
        request for comment, requests for comment, documents show, data from, figures from,
        survey by, study by
    """),
    unnamed_sources=words("""
        experts say, experts believe, analysts say, observers say, observers note, critics say,
        many believe, many people, some say, it is said, it is believed, it is known, as is known,
        sources say, insiders say, everyone knows, it is no secret, it is clear that,
        it is obvious that, no one doubts, reports suggest, some experts, many experts,
        political analysts
    """),
    hedges=words("""
        reportedly, allegedly, apparently, perhaps, possibly, probably, likely, unlikely, may,
        might, could, appears, appeared, seems, seemed, suggests, suggested, about, roughly,
        approximately, around, estimated, unclear, unconfirmed, partly, partially, somewhat,
        generally, usually, often, it was not clear, could not be verified, independently verify
    """),
    intensifiers=words("""
        very, extremely, totally, completely, absolutely, utterly, highly, deeply, truly, really,
        simply, clearly, obviously, incredibly, blatantly, openly, literally, massively, hugely,
        outright, sheer, entirely, indeed, of course, in fact, so much, even
    """),
    absolutes=words("""
        never, always, everyone, everybody, nobody, no one, nothing, everything, all, every, none,
        any, entire, whole, forever, impossible, undeniable, inevitable, inevitably, only
    """),
    necessity=words("""
        must, should, ought, need, needs, have to, has to, cannot, shall, required, necessary
    """),
    possibility=words("can, could, may, might, would, possible"),
    negations=words("""
        not, no, n't, don't, doesn't, didn't, isn't, aren't, wasn't, weren't, won't, wouldn't,
        can't, couldn't, without, neither, nor
    """),
    contrast=words("""
        but, however, although, though, while, despite, nevertheless, whereas, instead, yet,
        meanwhile, on the contrary, on the other hand
    """),
    cause=words("""
        because, therefore, thus, hence, since, so that, as a result, due to, consequently,
        in order to
    """),
    first_singular=words("i, me, my, mine, myself, i'm, i've"),
    first_plural=words("we, us, our, ours, ourselves, we're, we've"),
    second=words("you, your, yours, yourself, you're"),
    third_plural=words("they, them, their, theirs, themselves"),
    distancing=words("""
        so-called, self-proclaimed, self-styled, alleged, supposed, supposedly, purported, pseudo*,
        dubbed, notorious
    """),
    loaded=words("""
        puppet*, regime, regimes, hysteri*, propagand*, russophob*, nazi*, neo-nazi*, fascis*,
        terroris*, genocid*, warmonger*, thug*, traitor*, treason*, betray*, evil, hypocri*,
        absurd*, ridiculous*, outrageous*, shameful*, disgrac*, brutal*, barbari*, bloodthirsty,
        bloody, cynical*, crazy, insane, madness, lunatic*, liar*, lies, lie, lying, fake, hoax*,
        smear*, witch-hunt, witch, brainwash*, sabotage*, conspir*, plot, plots, plotting, agenda,
        elite*, globalis*, imperialis*, hegemon*, aggress*, provocat*, provok*, demoni*, destroy*,
        catastroph*, disaster*, collapse*, chaos, doom*, nightmare*, horrif*, monstrous, sinister,
        shocking*, stunning*, blatant*, ruthless*, corrupt*, criminal*, radical*, extremis*,
        fanatic*, militant*, stooge*, vassal*, lackey*, oligarch*, mainstream, narrative,
        double standards, deep state, color revolution, colour revolution, collective west,
        foreign agents, heroic*, glorious*, great, brave*, patriot*, sovereign*, motherland,
        traditional values
    """),
    place_stems=words("""
        russia*, ukrain*, pro-russia*, pro-ukrain*, anti-russia*, america*, europe*, british,
        soviet*, pro-european*, anti-european*, anti-american*, anti-ukrain*, anti-western*
    """),
    month_names=words("""
        january, february, march, april, june, july, august, september, october, november, december,
        monday, tuesday, wednesday, thursday, friday, saturday, sunday
    """),
    furniture=(
        r"(?:read|see|watch) (?:more|also|next)\b",
        r"(?:related|more stories|trending|recommended)\s*:[^.\n]{0,80}$",
        r"(?:advertisement|sponsored content|more stories|trending now)[ \t]*$",
        r"(?:photo|image|picture|video|file photo|source|credit)s?(?: by| credit| courtesy)?"
        r"\s*[:©]",
        r"(?:follow (?:us|@)|(?:like|join|find) us on\b|follow (?:him|her) on\b)",
        r"(?:subscribe|sign up|download our|click here|share this|like this story)\b",
        r"(?:the )?(?:statements|views|opinions)[^.\n]{0,80} (?:expressed in this|of the author)",
        r"by (?-i:[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3})(?: for [^.\n]{1,40}| \|[^\n]*"
        r"|, (?:staff|special|senior|reporter|correspondent|editor)[^.\n]{0,40})?[ \t]*$",
        r"(?:©|copyright (?:©|\(c\)|\d{4})|all rights reserved)",
        r"(?:updated|published|last modified|first published)\b[^.\n]{0,60}$",
    ),
)
