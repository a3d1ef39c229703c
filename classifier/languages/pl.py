"""Polish."""

from krynica.classifier.languages.base import Language, words
from krynica.classifier.sentence import Sentence

POLISH = Language(
    code="pl",
    name=Sentence("Polish"),
    abbreviations=frozenset(
        words("""
            r, w, ww, tys, mln, mld, bln, prof, dr, hab, mgr, inż, med, ul, al, pl, os, im, św, ks,
            bp, abp, kard, o, gen, płk, ppłk, mjr, kpt, por, ppor, sierż, plut, st, mł, asp, kom,
            nadkom, podkom, red, godz, min, sek, ok, np, m.in, in, tzn, tj, tzw, itd, itp, wg, ws,
            dot, pt, zob, s, str, nr, t, art, ust, pkt, poz, dz.u, wyd, rys, tab, n.e, p.n.e, p.o,
            ur, zm, woj, pow, gm, tel, fot, br, ub, jw, ds, o.o, sp, sygn, ang, ros, niem, ukr
        """)
    ),
    reporting_verbs=words("""
        powiedział*, powiedzieli, powiedziano, mówi, mówią, mówił*, mówili, poinformowa*, informuje,
        informują, oświadczył*, oświadczyli, oświadczono, oświadcza, stwierdził*, stwierdzili,
        stwierdza, stwierdzają, podał*, podali, podano, podaje, podają, przekazał*, przekazali,
        przekazano, przekazuje, dodał*, dodali, dodaje, dodają, podkreślił*, podkreślili,
        podkreślono, podkreśla, podkreślają, zaznaczył*, zaznaczyli, zaznacza, wyjaśnił*, wyjaśnili,
        wyjaśnia, wyjaśniają, tłumaczył*, tłumaczy, tłumaczą, napisał*, napisali, napisano, pisze,
        piszą, zauważył*, zauważyli, zauważa, zauważają, wskazał*, wskazali, wskazano, wskazuje,
        wskazują, odpowiedział*, odpowiedzieli, odparł*, potwierdził*, potwierdzili, potwierdza,
        zdementowa*, zaprzeczył*, zaprzecza, przyznał*, przyznali, przyznaje, ocenił*, ocenili,
        ocenia, oceniają, przypomniał*, przypomina, przypominają, ogłosił*, ogłosili, ogłoszono,
        zapowiedział*, zapowiada, zapowiadają, relacjonowa*, relacjonuje, donosi, donoszą,
        zapewnił*, zapewnia, skomentowa*, komentuje, sprecyzowa*, zaapelowa*, uważa, twierdzi,
        ostrzegł*, ostrzega, ostrzegają, zapytał*, pytał*, wspomina, wspominał*, relacjonują,
        argumentuje, argumentował*, podsumował*, deklaruje, zadeklarował*, obiecał*, apeluje,
        apelował*
    """),
    attribution=words("""
        według, zdaniem, jak podaje, jak podają, jak podał*, jak poinformował*, jak informuje,
        jak informują, jak pisze, jak donosi, jak przekazał*, jak powiedział*, jak zaznaczył*,
        jak wynika z, wynika z, powołując się na, powołuje się na, powołują się na, cytowany przez,
        cytowana przez, cytowani przez, w rozmowie z, w wywiadzie dla, w komunikacie,
        w oświadczeniu, w raporcie, w komentarzu dla, na konferencji prasowej, we wpisie na,
        czytamy w, rzecznik*, biuro prasowe, biura prasowego, służby prasowe, służb prasowych,
        z danych, z sondażu, z badania, z badań, prosząc o anonimowość, zastrzegając anonimowość,
        zastrzegający anonimowość, pragnący zachować anonimowość, chcący zachować anonimowość,
        pod warunkiem zachowania anonimowości, odmówił komentarza, odmówiła komentarza,
        nie odpowiedział na pytania, nie odpowiedziało na pytania, jak mówi, jak mówią,
        jak relacjonuje, jak tłumaczy, jak wyjaśnia, jak czytamy, na antenie, na briefingu,
        w komunikacie prasowym, w wywiadzie, w rozmowie, w nagraniu, nie odpowiedzieli na pytania
    """),
    unnamed_sources=words("""
        eksperci twierdzą, eksperci uważają, eksperci mówią, zdaniem ekspertów, według ekspertów,
        wielu ekspertów, niektórzy eksperci, część ekspertów, analitycy uważają, analitycy twierdzą,
        zdaniem analityków, obserwatorzy wskazują, obserwatorzy zauważają, zdaniem obserwatorów,
        komentatorzy twierdzą, politolodzy wskazują, politolodzy uważają, krytycy twierdzą,
        zdaniem krytyków, zdaniem wielu, wielu uważa, wielu twierdzi, wiele osób uważa,
        niektórzy twierdzą, niektórzy uważają, niektórzy mówią, mówi się, uważa się, sądzi się,
        jak wiadomo, wiadomo że, nie od dziś wiadomo, powszechnie wiadomo, wszyscy wiedzą,
        wszyscy wiemy, każdy wie, nie jest tajemnicą, tajemnicą poliszynela, jest oczywiste,
        oczywiste jest, jasne jest, nie ulega wątpliwości, nie ma wątpliwości, nikt nie wątpi,
        nikt nie ma wątpliwości, źródła podają, źródła twierdzą, źródła zbliżone do,
        anonimowe źródła, dobrze poinformowane źródła
    """),
    hedges=words("""
        podobno, ponoć, rzekomo, jakoby, prawdopodobnie, najprawdopodobniej, najwyraźniej,
        przypuszczalnie, być może, może, mogą, mógł*, mogł*, mogli, mogliby, możliwe, niewykluczone,
        chyba, zapewne, zdaje się, wydaje się, wydają się, około, ok, mniej więcej, w przybliżeniu,
        szacunkowo, szacuje się, blisko, niemal, prawie, raczej, częściowo, poniekąd,
        w pewnym stopniu, zwykle, zazwyczaj, często, czasem, czasami, niekiedy, na ogół, z reguły,
        nie wiadomo, na razie nie wiadomo, nie jest jasne, niejasn*, niepotwierdzon*,
        nie potwierdzono, nie udało się, niezależnie zweryfikować, wstępnie, według wstępnych
    """),
    intensifiers=words("""
        bardzo, niezwykle, niezmiernie, niesamowicie, niesłychanie, nadzwyczaj, nader, ogromnie,
        strasznie, całkowicie, zupełnie, absolutnie, kompletnie, w pełni, wyjątkowo, skrajnie,
        głęboko, naprawdę, rzeczywiście, faktycznie, po prostu, wyraźnie, oczywiście, ewidentnie,
        jawnie, otwarcie, dosłownie, masowo, wręcz, wprost, niewątpliwie, bezsprzecznie, bezspornie,
        bez wątpienia, zdecydowanie, nawet, tak bardzo, najbardziej, szczególnie, zwłaszcza,
        w istocie, w rzeczywistości, w gruncie rzeczy, właśnie, aż, rażąco, rzecz jasna, niebywale,
        przeraźliwie, maksymalnie, kategorycznie, jednoznacznie, bezgranicznie, tym bardziej
    """),
    absolutes=words("""
        nigdy, zawsze, wszyscy, wszystkich, wszystkim, wszystkimi, wszystko, wszystkiego, wszystkie,
        wszystkiemu, każdy, każda, każde, każdego, każdej, każdemu, każdym, każdą, nikt, nikogo,
        nikomu, nikim, nic, niczego, niczemu, żaden, żadna, żadne, żadnego, żadnej, żadnemu,
        żadnych, żadnym, żadną, cały, cała, całe, całego, całej, całą, całym, całych, jakikolwiek,
        jakakolwiek, jakiekolwiek, jakiegokolwiek, jakiejkolwiek, jakichkolwiek, niemożliw*,
        nieuniknion*, nieuchronn*, niepodważaln*, bezdyskusyjn*, na zawsze, jedyny, jedyna, jedyne,
        jedynego, jedynej, jedynym, tylko, wyłącznie, jedynie
    """),
    necessity=words("""
        musi, muszą, muszę, musimy, musicie, musiał*, musieli, musieć, powinien, powinna, powinno,
        powinni, powinny, powinniśmy, trzeba, należy, należało, konieczn*, niezbędn*, potrzeba,
        potrzebn*, wymaga, wymagają, wymagan*, nie wolno, nie można, zmuszon*, zobowiązan*, ma być,
        mają być, najwyższy czas
    """),
    possibility=words("""
        może, mogą, możemy, móc, można, możliw*, mógł*, mogł*, mogli, mogliby, da się, ewentualn*,
        by, byłby, byłaby, byłoby, byliby, byłyby
    """),
    negations=words("""
        nie, bez, beze, ani, ni, nigdy, nigdzie, nic, nikt, nikogo, żaden, żadna, żadne, żadnych,
        brak, bynajmniej, wcale
    """),
    contrast=words("""
        ale, jednak, jednakże, lecz, choć, chociaż, aczkolwiek, mimo, pomimo, mimo to, wbrew,
        natomiast, zaś, tymczasem, podczas gdy, przeciwnie, wręcz przeciwnie, z drugiej strony,
        niemniej, tym niemniej, zamiast, za to, z kolei, a
    """),
    cause=words("""
        ponieważ, bo, bowiem, gdyż, albowiem, dlatego, więc, zatem, toteż, skoro, stąd, przez co,
        z powodu, ze względu na, wskutek, na skutek, w wyniku, w rezultacie, w efekcie,
        w konsekwencji, w związku z, dzięki, aby, żeby, ażeby, po to, w celu, tym samym
    """),
    first_singular=words("""
        ja, mnie, mi, mną, mój, moja, moje, mojego, mojej, mojemu, moim, moich, moimi, moją, moi
    """),
    first_plural=words("""
        my, nas, nam, nami, nasz, nasza, nasze, nasi, naszego, naszej, naszemu, naszym, naszych,
        naszymi, naszą
    """),
    second=words("""
        ty, ciebie, cię, tobie, tobą, wy, was, wam, wami, wasz, wasza, wasze, wasi, waszego, waszej,
        waszemu, waszym, waszych, waszymi, waszą, twój, twoja, twoje, twoi, twojego, twojej,
        twojemu, twoim, twoich, twoimi, twoją
    """),
    third_plural=words("oni, one, ich, im, nimi, nich, je"),
    distancing=words("""
        tak zwan*, tzw, rzekom*, domnieman*, jakoby, niby, niby-*, samozwańc*, samozwaniec,
        osławion*, niesławn*, pseudo*, quasi*, określany mianem, określana mianem, określane mianem,
        okrzyknięt*, z pozwoleniem, że tak powiem
    """),
    loaded=words("""
        marionetk*, reżim*, histeri*, histery*, propagand*, rusofob*, polonofob*, nazi, nazis*,
        nazizm*, neonazi*, faszys*, faszyz*, banderow*, ludobój*, podżega*, zbir, zbiry, zbirów,
        bandyt*, bandyck*, zdrajc*, zdrada, zdrady, zdradę, zdradą, zdradzie, zdradzieck*,
        zaprzaniec, zaprzań*, sprzedawczyk*, targowic*, zło, hipokry*, obłud*, absurd*,
        niedorzeczn*, kompromitac*, kompromituj*, haniebn*, hańb*, brutaln*, okrutn*, okrucieństw*,
        barbarzyń*, krwaw*, krwiożercz*, cyniczn*, cynizm*, szalon*, szaleniec, szaleń*, obłęd*,
        obłąkan*, wariat*, kłamstw*, kłamliw*, kłamc*, kłamie, kłamią, kłamał*, kłamali, łgarstw*,
        łgarz*, łże, łżą, łże-*, oszczerstw*, oszczercz*, pomówie*, nagonk*,
        polowanie na czarownice, polowania na czarownice, pranie mózgu, prania mózgu, pranie mózgów,
        sabotaż*, sabotow*, dywersj*, dywersan*, spisek, spisk*, knuje, knują, knuć, knuł*, knowa*,
        mocodawc*, elity, elit, elitom, elitami, bankster*, globalis*, imperialis*, imperializm*,
        hegemon*, agresj*, agresor*, agresyw*, prowok*, sprowokow*, demoniz*, niszczycielsk*,
        unicestw*, chaos*, chaotyczn*, przeraż*, potwor*, złowrog*, złowieszcz*, szokuj*,
        wstrząsając*, bezczeln*, bezlitosn*, skorumpowan*, radykal*, radykał*, ekstremis*,
        ekstremizm*, fanaty*, bojówk*, sługus*, lokaj*, wasal*, oligarch*, mainstream*, narracj*,
        podwójne standardy, podwójnych standardów, deep state, głębokie państwo, głębokiego państwa,
        kolorowa rewolucja, kolorowej rewolucji, kolorowe rewolucje, kolorowych rewolucji,
        kolektywny zachód, kolektywnego zachodu, zbiorowy zachód, zbiorowego zachodu,
        kijowski reżim, kijowskiego reżimu, zagraniczni agenci, zagranicznych agentów, agent wpływu,
        agenci wpływu, agentów wpływu, agentura, agentury, agenturę, agenturaln*, piąta kolumna,
        piątej kolumny, piątą kolumnę, onuca, onuce, onuc, kacap*, moskal, moskale, moskali,
        moskalom, moskalami, upadlin*, majdan*, junta, junty, juntę, juntą, siepacz*, oprawc*, rzeź,
        rzezi, rzezią, dyktatur*, dyktator*, dyktat, dyktatu, tyran*, totalitar*, zamordyzm*,
        zamordyst*, szantaż*, nienawi*, miażdży, miażdżąc*, zmiażdż*, lewac*, lewak*, komuch*,
        bezprecedensow*, rażąc*, zajadł*, perfidn*, wiarołomn*, nieludzk*, bestials*, bohatersk*,
        bohaterstw*, heroiczn*, heroizm*, chwalebn*, patriot*, suweren*, ojczyzn*, ojczyst*,
        tradycyjne wartości, tradycyjnych wartości, katastrofaln*, skandaliczn*, wróg, wroga,
        wrogowie, wrogów, wrogom, wrogami, sprzedajn*, pachoł*, zgniły zachód, zgniłego zachodu,
        nikczemn*, podły, podłoś*, plugaw*, wyrodn*, ohydn*, obrzydliw*, świętoś*, zbrodnicz*,
        terroryzuj*, kolektywny <name>, kolektywnego <name>, kolektywnemu <name>, zbiorowy <name>,
        zbiorowego <name>, zbiorowemu <name>
    """),
    refutation=words("""
        fałsz, fałszu, fałszem, fałszyw*, manipulacj*, manipuluj*, manipulował*, zmanipulowan*,
        fake, fake news, fake newsy, fake newsów, fake newsa, fake newsem, fejk*, deepfake*,
        w rzeczywistości, tak naprawdę, nieprawda, nieprawdą, nieprawdę, nieprawdy, nieprawdziw*,
        to nieprawda, nie jest prawdą, to nie jest prawda, to nie prawda, niezgodne z prawdą,
        niezgodna z prawdą, niezgodny z prawdą, dementuj*, zdementow*, zdementuj*, dementi,
        dezinform*, wprowadza w błąd, wprowadzają w błąd, wprowadzające w błąd,
        wprowadzająca w błąd, wprowadzający w błąd, wyrwane z kontekstu, wyrwana z kontekstu,
        wyrwany z kontekstu, wyrwano z kontekstu, przeinacz*, zmyślon*, sfabrykowan*, sfałszowan*,
        podrobion*, fact-check*, factcheck*, fact-checking*, weryfikacja faktów, brak dowodów,
        nie ma dowodów, nie ma żadnych dowodów, bez dowodów, bezpodstawn*, bezzasadn*, gołosłown*,
        nieuzasadnion*, mit, mity, mitów, mitem, obala, obalają, obalił*, obalamy, nie potwierdził*,
        nie potwierdzają, nie znajduje potwierdzenia, niewiarygodn*, błędnie, zaprzecz*
    """),
    place_stems=words("""
        rosyjsk*, rosj*, prorosyjsk*, antyrosyjsk*, ruski, ruska, ruskie, ruskiego, ruskiej,
        ruskich, ruscy, ukraiń*, ukrain*, proukraiń*, antyukraiń*, polsk*, polak*, polacy,
        antypolsk*, białorus*, kijowsk*, kijów, kijowa, kijowie, kijowem, moskw*, moskiewsk*,
        kreml*, ameryk*, antyamerykań*, europ*, antyeurop*, proeurop*, zachodnioeurop*, niemieck*,
        niemiec, niemcy, niemców, niemcom, niemczech, brytyjsk*, brytyjczy*, francusk*, francuz*,
        francj*, chińsk*, chińczy*, chiny, chin, chinach, radzieck*, sowieck*, donbas*, doniec*,
        ługańsk*, krym, krymu, krymie, krymem, krymsk*, syryjsk*, syria, syrii, syrię, tureck*,
        turcj*, izrael*, irańsk*, iran, iranu, iranie, irak, iraku, irack*, gruziń*, gruzin*,
        gruzj*, ormiań*, armeńsk*, armeni*, kazach*, czeczeń*, czeczen*, kaukask*, kaukaz*,
        syberyj*, węgier*, węgr*, czesk*, czech*, słowack*, słowacj*, litewsk*, litw*, łotew*,
        łotw*, estoń*, eston*, mołdaw*, rumuń*, bałtyck*, warszaw*, smoleńsk*, lwowsk*, lwowa,
        lwowie, wołyńsk*, wołyni*, wołyń, petersbur*, stołeczn*, waszyngto*, brukselsk*, bruksela,
        brukseli, brukselę, brukselą, berlińsk*, londyńsk*, afgańsk*, afgan*, pakistańsk*, indyjsk*,
        japońsk*, japończ*, koreańsk*, północnokoreańsk*, południowokoreańsk*, wietnamsk*,
        azjatyck*, afrykańsk*, latynoamerykańsk*, australijsk*, kanadyjsk*, meksykańsk*,
        brazylijsk*, argentyńsk*, wenezuelsk*, kubańsk*, egipsk*, libijsk*, saudyjsk*, arabsk*,
        palestyńsk*, libańsk*, włosk*, włoch*, hiszpańsk*, portugalsk*, greck*, szwajcarsk*,
        austriack*, belgijsk*, holendersk*, niderlandzk*, szwedzk*, fińsk*, norwesk*, duńsk*,
        irlandzk*, szkock*, angielsk*, serbsk*, kosowsk*, chorwack*, bośniack*, bułgarsk*,
        macedońsk*, albańsk*, słoweńsk*, azerbejdżańsk*, azersk*, uzbeck*, krakowsk*, gdańsk*,
        poznańsk*, wrocławsk*, łódzk*, śląsk*, paryżu, parysk*, wiedeńsk*, mińsk*
    """),
    place_adjective=r"[\w-]+(?:s|c|dz)k(?:i|iego|iemu|im|a|iej|ą|ie|ich|imi)",
    month_names=words("""
        styczeń, stycznia, styczniu, styczniem, styczniow*, luty, lutego, lutym, lutowy, lutowego,
        lutowej, lutowym, lutowe, lutowych, marzec, marca, marcu, marcem, marcow*, kwiecień,
        kwietnia, kwietniu, kwietniem, kwietniow*, maj, maja, maju, majem, majow*, czerwiec,
        czerwca, czerwcu, czerwcem, czerwcow*, lipiec, lipca, lipcu, lipcem, lipcow*, sierpień,
        sierpnia, sierpniu, sierpniem, sierpniow*, wrzesień, września, wrześniu, wrześniem,
        wrześniow*, październik*, listopad*, grudzień, grudnia, grudniu, grudniem, grudniow*,
        poniedział*, wtorek, wtork*, środa, środy, środę, środą, czwartek, czwartku, czwartki,
        czwartkiem, czwartkow*, piątek, piątku, piątki, piątkiem, piątkow*, sobota, soboty, sobotę,
        sobotą, sobocie, sobotni*, niedziel*
    """),
    furniture=(
        r"(?:zobacz|czytaj|przeczytaj|obejrzyj|oglądaj|posłuchaj|słuchaj|sprawdź)"
        r" (?:też|także|również|więcej|dalej|całość|na|w|nas)\b",
        r"(?:przeczytaj|oglądaj|obejrzyj|zobacz|czytaj|posłuchaj)(?:\s*:|\b[^.\n]{0,160}$)",
        r"(?:warto przeczytać|więcej na ten temat|więcej (?:o|informacji)\b[^.\n]{0,80}$)",
        r"(?:zdjęci[ea]|foto|fotografia|wideo|grafika|ilustracja|źródł[oa]|infografika"
        r"|zrzut ekranu)\s*[:©]",
        r"(?:fot\.|foto\.|źródło (?:zdjęcia|artykułu|informacji)\b)",
        r"(?:autor|autorka|autorzy|tekst|oprac\.|opracowanie|opracował[ao]?|tłum\."
        r"|tłumaczenie)\s*[:©]",
        r"(?:tagi|słowa kluczowe|kategorie|temat|tematy)\s*:",
        r"(?:opini[ae]|poglądy|stanowisko|punkt widzenia)[^.\n]{0,40} autor(?:a|ki|ów)\b",
        r"(?:opini[ae]|poglądy) (?:wyrażon|przedstawion|zawart)",
        r"redakcja (?:nie (?:ponosi|odpowiada za|bierze)|zastrzega)",
        r"(?:polub|obserwuj|śledź|znajdź|odwiedź|wesprzyj|wspieraj) (?:nas|nasz)\b",
        r"(?:dołącz do|zapisz się|subskrybuj|zasubskrybuj|zaprenumeruj"
        r"|pobierz (?:naszą )?aplikację)\b",
        r"(?:udostępnij|podziel się|skomentuj|komentarze|drukuj)\b[^.\n]{0,60}$",
        r"(?:polecamy|polecane|powiązane|podobne artykuły|najnowsze|najczęściej czytane"
        r"|inne artykuły|w temacie|reklama|materiał (?:sponsorowany|reklamowy|partnera))"
        r"\b[^.\n]{0,60}$",
        r"(?:dalszy ciąg|dalsza część|ciąg dalszy|reszta) (?:materiału|artykułu|tekstu)\b",
        r"(?:artykuł|tekst|materiał) (?:pierwotnie|chroniony)\b",
        r"(?:©|copyright (?:©|\(c\)|\d{4})|wszelkie prawa zastrzeżone|wszystkie prawa zastrzeżone)",
        r"(?:aktualizacja|zaktualizowano|opublikowano|data publikacji|ostatnia aktualizacja|dodano)"
        r"\b[^.\n]{0,60}$",
    ),
)
