"""English."""

from krynica.classifier.languages.base import Language, words
from krynica.classifier.sentence import Sentence

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
        estimated, acknowledged, say, tell, reporting, states, notes, explains, confirms, announces,
        replies, describes, described, recalled, recalls, warned, warns, urged, urges, admitted,
        admits, argued, argues, insisted, insists, commented, concluded, concludes, remarked,
        observed, acknowledges, answered, promised, complained, stressed, emphasized, emphasised,
        testifies
    """),
    attribution=words("""
        according to, in a statement, in an interview, in a report, in an email,
        on condition of anonymity, citing, quoted, spokesman for, spokeswoman for, spokesperson for,
        a spokesman, a spokeswoman, a spokesperson, did not respond, declined to comment,
        request for comment, requests for comment, documents show, data from, figures from,
        survey by, study by, in an interview with, in a press release, in a news release,
        in a briefing, at a briefing, at a news conference, at a press conference, told reporters,
        told journalists, in a letter, in a tweet, in a post, in a video, in court documents,
        court documents show, court records, as reported by, as quoted by, its spokesman,
        its spokeswoman, the spokesman, the spokeswoman, spokesperson, statement said, report said,
        refused to comment, could not be reached, in testimony, in remarks, in comments,
        on the record, data show, figures show, the study found, the report found, press office
    """),
    unnamed_sources=words("""
        experts say, experts believe, analysts say, observers say, observers note, critics say,
        many believe, many people, some say, it is said, it is believed, it is known, as is known,
        sources say, insiders say, everyone knows, it is no secret, it is clear that,
        it is obvious that, no one doubts, reports suggest, some experts, many experts,
        political analysts, observers believe, analysts believe, critics argue, many say,
        many argue, some argue, some believe, people say, everybody knows, we all know,
        as everyone knows, as we all know, it is well known, it is clear, it is obvious,
        there is no doubt, no doubt that, rumor has it, rumour has it, anonymous sources,
        unnamed sources, unnamed officials, informed sources, sources close to, some people
    """),
    hedges=words("""
        reportedly, allegedly, apparently, perhaps, possibly, probably, likely, unlikely, may,
        might, could, appears, appeared, seems, seemed, suggests, suggested, about, roughly,
        approximately, around, estimated, unclear, unconfirmed, partly, partially, somewhat,
        generally, usually, often, it was not clear, could not be verified, independently verify,
        presumably, seemingly, supposedly, suggest, indicate, indicates, indicated, tends, tend,
        sometimes, occasionally, frequently, typically, mostly, largely, almost, nearly,
        preliminary, tentative, potentially, not clear, remains unclear, it is unclear,
        not been confirmed, has not been confirmed, rather, relatively
    """),
    intensifiers=words("""
        very, extremely, totally, completely, absolutely, utterly, highly, deeply, truly, really,
        simply, clearly, obviously, incredibly, blatantly, openly, literally, massively, hugely,
        outright, sheer, entirely, indeed, of course, in fact, so much, even, enormously,
        fundamentally, undoubtedly, unquestionably, certainly, surely, definitely, exactly,
        precisely, especially, particularly, beyond doubt, nothing but, nothing less than, far too,
        wildly, dangerously, desperately, brazenly, outrageously, shamelessly, painfully
    """),
    absolutes=words("""
        never, always, everyone, everybody, nobody, no one, nothing, everything, all, every, none,
        any, entire, whole, forever, impossible, undeniable, inevitable, inevitably, only, nowhere,
        whatsoever, each, completely, solely, exclusively, sole, permanently, eternally,
        unavoidable, inescapable, total, without exception, at all, anyone, anybody, ever
    """),
    necessity=words("""
        must, should, ought, need, needs, have to, has to, cannot, shall, required, necessary,
        had to, ought to, needed, obliged, forced, mandatory, essential, vital, is to be
    """),
    possibility=words("""
        can, could, may, might, would, possible, able, possibly, perhaps, possibility, potential
    """),
    negations=words("""
        not, no, n't, don't, doesn't, didn't, isn't, aren't, wasn't, weren't, won't, wouldn't,
        can't, couldn't, without, neither, nor, cannot, never, none, nobody, nothing, hasn't,
        haven't, hadn't, shouldn't, ain't
    """),
    contrast=words("""
        but, however, although, though, while, despite, nevertheless, whereas, instead, yet,
        meanwhile, on the contrary, on the other hand, still, nonetheless, rather, even so,
        even though, by contrast, in contrast, unlike, conversely
    """),
    cause=words("""
        because, therefore, thus, hence, since, so that, as a result, due to, consequently,
        in order to, owing to, because of, as such, given that, which is why, that is why,
        for this reason, accordingly
    """),
    first_singular=words("""
        i, me, my, mine, myself, i'm, i've, i'd, i'll
    """),
    first_plural=words("""
        we, us, our, ours, ourselves, we're, we've, we'd, we'll
    """),
    second=words("""
        you, your, yours, yourself, you're, you've, you'll, you'd, yourselves
    """),
    third_plural=words("""
        they, them, their, theirs, themselves, they're, they've, they'll, they'd
    """),
    distancing=words("""
        so-called, self-proclaimed, self-styled, alleged, supposed, supposedly, purported, pseudo*,
        dubbed, notorious, so called, would-be, ostensibl*, quasi-*, purportedly, self-appointed,
        self-described, what they call, in quotation marks
    """),
    loaded=words("""
        puppet*, regime, regimes, hysteri*, propagand*, russophob*, nazi*, neo-nazi*, fascis*,
        genocid*, warmonger*, thug*, traitor*, treason*, betray*, evil, hypocri*, absurd*,
        ridiculous*, outrageous*, shameful*, disgrac*, brutal*, barbari*, bloodthirsty, cynical*,
        crazy, insane, madness, lunatic*, liar*, lies, smear*, witch-hunt, brainwash*, sabotage*,
        globalis*, imperialis*, hegemon*, provocat*, demoni*, catastroph*, chaos, nightmare*,
        monstrous, sinister, shocking*, blatant*, ruthless*, fanatic*, stooge*, vassal*, lackey*,
        oligarch*, double standards, deep state, color revolution, colour revolution,
        collective west, foreign agents, heroic*, glorious*, patriot*, motherland,
        traditional values, corrupt, deranged, crazed, depraved, rotting, despicable, vile, wicked,
        heinous, henchm*, vermin, scum, runaway traitors, enemies of the, fearmonger*, scaremonger*,
        war-mongering, saber-rattling, sabre-rattling, regime change, tyrant*, tyranny, tyrannical,
        despot*, dictator*, totalitarian*, subversive*, subversion, treacher*, humiliat*, appalling,
        grotesque, farce, farcical, sham, lunacy, fatherland, holy war, sacred land, fifth column,
        color revolutions, colour revolutions, puppet masters, western elites, ruling elites,
        globalist elites, anglo-saxon*, satanic, satanis*, degenerate*, pack of hyenas,
        pack of rats, savages, disgusting, disgusted, collective <name>
    """),
    refutation=words("""
        false claim, false claims, falsely claim*, falsely, fact check, fact checks, fact checker,
        fact checkers, fact-check*, factcheck*, debunk*, no evidence, no credible evidence,
        without evidence, no proof, there is no evidence, misleading, misleadingly, mislead,
        misleads, misled, disinformation, misinformation, actually false, is false, are false,
        was false, were false, partly false, mostly false, totally false, completely false,
        false information, false statement, false statements, false story, untrue, is not true,
        are not true, not true, isn't true, not accurate, inaccurate*, unfounded, unsubstantiated,
        unproven, baseless, groundless, refut*, rebut*, doctored, fabricated, fabrication*,
        out of context, fake, fakes, faked, fake news, hoax*, rumor, rumors, rumour, rumours, myth,
        myths, conspiracy theory, conspiracy theories, manipulated, deepfake*, photoshopped,
        never happened, misrepresent*, misinterpret*, distort, distorts, distorted, contrary to,
        incorrect*, erroneous*, wrongly claim*, false narrative, false narratives, bogus,
        altered video, altered photo, old photo, old video
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
