"""Texts that were written for tests: loud, calm, and of kinds that accuse nobody."""

from __future__ import annotations

RANTS = {
    "official orthography": (
        "Зноў яны вылезлі са сваіх нораў, гэтыя беглыя здраднікі, гэтая жаласная зграя прадажных "
        "марыянетак, якіх корміць з рук загніваючы Захад. Яны мараць толькі пра адно: каб наша "
        "зямля згарэла, каб нашы дзеці галадалі, каб чужыя танкі ўтапталі ў бруд магілы нашых "
        "дзядоў. Але не дачакаюцца! Народ даўно ўсё зразумеў і ніколі не даруе гэтым подлым "
        "шакалам іх хлусні, іх крывавых грошай, іх лютай нянавісці да ўсяго святога. Пакуль увесь "
        "так званы цывілізаваны свет захлынаецца ў распусце і хаосе, у нас мір, парадак і "
        "ўпэўненасць у заўтрашнім дні. І мы не дазволім ніводнаму недабітаму фашысту гэты мір "
        "скрасці. Кожны, хто падыме руку на нашу краіну, атрымае такі адказ, што і ўнукі яго "
        "будуць дрыжаць ад страху. Няхай запомняць: на здраднікаў чакае ганьба, на ворагаў — "
        "сцяна, а на нас — перамога."
    ),
    "taraškievica": (
        "Зноў яны вылезьлі са сваіх нораў, гэтыя зьбеглыя здраднікі, гэтая жаласная зграя "
        "прадажных марыянэтак, якіх корміць з рук загніваючы Захад. Яны мрояць толькі пра адно: "
        "каб нашая зямля згарэла, каб нашыя дзеці галадалі, каб чужыя танкі ўтапталі ў бруд магілы "
        "нашых дзядоў. Але не дачакаюцца! Народ даўно ўсё зразумеў і ніколі не даруе гэтым подлым "
        "шакалам іхняй хлусьні, іхніх крывавых грошай, іхняй лютай нянавісьці да ўсяго сьвятога. "
        "Пакуль увесь так званы цывілізаваны сьвет захлынаецца ў распусьце і хаосе, у нас мір, "
        "парадак і ўпэўненасьць у заўтрашнім дні. І мы не дазволім ніводнаму недабітаму фашысту "
        "гэты мір скрасьці. Кожны, хто падыме руку на нашую краіну, атрымае такі адказ, што і "
        "ўнукі ягоныя будуць дрыжэць ад страху. Няхай запомняць: на здраднікаў чакае ганьба, на "
        "ворагаў — сьцяна, а на нас — перамога."
    ),
    "łacinka": (
        "Znoŭ jany vylezli sa svaich noraŭ, hetyja źbiehłyja zdradniki, hetaja žałasnaja zhraja "
        "pradažnych maryjanetak, jakich kormić z ruk zahnivajučy Zachad. Jany mrojać tolki pra "
        "adno: kab našaja ziamla zhareła, kab našyja dzieci haładali, kab čužyja tanki ŭtaptali ŭ "
        "brud mahiły našych dziadoŭ. Ale nie dačakajucca! Narod daŭno ŭsio zrazumieŭ i nikoli nie "
        "daruje hetym podłym šakałam ichniaj chłuśni, ichnich kryvavych hrošaj, ichniaj lutaj "
        "nianaviści da ŭsiaho śviatoha. Pakul uvieś tak zvany cyvilizavany śviet zachłynajecca ŭ "
        "raspuście i chaosie, u nas mir, paradak i ŭpeŭnienaść u zaŭtrašnim dni. I my nie dazvolim "
        "nivodnamu niedabitamu fašystu hety mir skraści. Kožny, chto padymie ruku na našuju "
        "krainu, atrymaje taki adkaz, što i ŭnuki jahonyja buduć dryžeć ad strachu. Niachaj "
        "zapomniać: na zdradnikaŭ čakaje hańba, na vorahaŭ — ściana, a na nas — pieramoha."
    ),
}
"""As state television says it, in the three orthographies of Belarusian."""

NEWS = {
    "official orthography": (
        "Гарадскі савет Баранавіч у чацвер зацвердзіў бюджэт на наступны год. Расходы на рамонт "
        "дарог вырастуць на шэсць працэнтаў, паведаміў журналістам начальнік фінансавага аддзела "
        "Алег Карповіч. Паводле яго слоў, найбольш грошай пойдзе на вуліцы ў паўночнай частцы "
        "горада, дзе асфальт не мянялі дванаццаць гадоў. Дэпутат Ірына Шчука галасавала супраць: "
        "яна лічыць, што сродкаў на школы ў праекце замала. «Дзве школы ўсё яшчэ чакаюць новага "
        "даху, і я не ўпэўненая, што яны дачакаюцца яго ў гэтым годзе», — сказала яна пасля "
        "пасяджэння. У адміністрацыі адказалі, што рамонт дахаў запланаваны на 2027 год, калі "
        "завершыцца праектаванне. Праект бюджэту можна прачытаць на сайце гарадскога савета. "
        "Жыхары могуць дасылаць заўвагі да дваццатага снежня, пасля чаго дакумент падпіша старшыня "
        "савета. Летась падобных заўваг паступіла сорак сем."
    ),
    "taraškievica": (
        "Гарадзкі савет Баранавічаў у чацьвер зацьвердзіў бюджэт на наступны год. Выдаткі на "
        "рамонт дарог вырастуць на шэсьць адсоткаў, паведаміў журналістам начальнік фінансавага "
        "аддзелу Алег Карповіч. Паводле ягоных словаў, найбольш грошай пойдзе на вуліцы ў "
        "паўночнай частцы гораду, дзе асфальт не зьмянялі дванаццаць гадоў. Дэпутатка Ірына Шчука "
        "галасавала супраць: яна лічыць, што сродкаў на школы ў праекце замала. «Дзьве школы ўсё "
        "яшчэ чакаюць новага даху, і я ня ўпэўненая, што яны дачакаюцца яго сёлета», — сказала яна "
        "пасьля паседжаньня. У адміністрацыі адказалі, што рамонт дахаў заплянаваны на 2027 год, "
        "калі скончыцца праектаваньне. Праект бюджэту можна прачытаць на сайце гарадзкога савету. "
        "Жыхары могуць дасылаць заўвагі да дваццатага сьнежня, пасьля чаго дакумэнт падпіша "
        "старшыня савету. Летась падобных заўвагаў паступіла сорак сем."
    ),
    "łacinka": (
        "Haradzki saviet Baranavičaŭ u čaćvier zaćvierdziŭ biudžet na nastupny hod. Vydatki na "
        "ramont daroh vyrastuć na šeść adsotkaŭ, paviedamiŭ žurnalistam načalnik finansavaha "
        "addziełu Aleh Karpovič. Pavodle jahonych słovaŭ, najbolš hrošaj pojdzie na vulicy ŭ "
        "paŭnočnaj častcy horadu, dzie asfalt nie źmianiali dvanaccać hadoŭ. Deputatka Iryna Ščuka "
        "hałasavała suprać: jana ličyć, što srodkaŭ na škoły ŭ prajekcie zamała. «Dźvie škoły ŭsio "
        "jašče čakajuć novaha dachu, i ja nia ŭpeŭnienaja, što jany dačakajucca jaho sioleta», — "
        "skazała jana paśla pasiedžańnia. U administracyi adkazali, što ramont dachaŭ zaplanavany "
        "na 2027 hod, kali skončycca prajektavańnie. Prajekt biudžetu možna pračytać na sajcie "
        "haradzkoha savietu. Žychary mohuć dasyłać zaŭvahi da dvaccataha śniežnia, paśla čaho "
        "dakument padpiša staršynia savietu. Letaś padobnych zaŭvahaŭ pastupiła sorak siem."
    ),
}
"""A calm report from a town, likewise."""

RECIPES = {
    "be": (
        "Бульбу пачысціце і натрыце на дробнай тарцы, цыбулю дробна насячыце. Дадайце адно яйка, "
        "дзве лыжкі мукі, соль і чорны перац, добра перамяшайце. Калі маса вадкая, злейце лішні "
        "сок. На распаленую патэльню з алеем выкладвайце цеста лыжкай і смажце з абодвух бакоў да "
        "залацістай скарынкі, каля трох хвілін з кожнага. Падавайце дранікі гарачымі са смятанай і "
        "кропам. З паўкілаграма бульбы атрымліваецца дзесяць дранікаў; астылыя можна разагрэць у "
        "духоўцы."
    ),
    "en": (
        "Heat the oven to 180 degrees and line a tin with paper. Beat the butter with the sugar "
        "until pale, then add the eggs one at a time. Fold in the flour, the baking powder and a "
        "pinch of salt, and loosen the batter with two spoons of milk. Stir in the chopped apples "
        "and a little cinnamon. Bake for forty minutes, until a knife comes out clean. Let the "
        "cake cool in the tin for ten minutes before you turn it out. It keeps for three days in a "
        "closed box."
    ),
    "pl": (
        "Ziemniaki obierz i ugotuj w osolonej wodzie, a potem rozgnieć je z masłem. Cebulę pokrój "
        "w drobną kostkę i zeszklij na oleju. Wymieszaj ziemniaki z twarogiem i cebulą, dopraw "
        "solą i pieprzem. Z mąki, ciepłej wody i łyżki oleju zagnieć miękkie ciasto, rozwałkuj je "
        "cienko i wycinaj krążki szklanką. Na każdy krążek nałóż łyżeczkę farszu i dokładnie sklej "
        "brzegi. Gotuj pierogi partiami około trzech minut od wypłynięcia. Podawaj z podsmażoną "
        "cebulą lub śmietaną."
    ),
    "ru": (
        "Свёклу отварите до мягкости, остудите и натрите на крупной тёрке. Капусту тонко "
        "нашинкуйте, морковь и лук обжарьте на растительном масле. В кипящий бульон положите "
        "нарезанный картофель, через десять минут добавьте капусту, а ещё через пять — свёклу и "
        "зажарку. Посолите, положите лавровый лист и варите на слабом огне около пятнадцати минут. "
        "Снимите с плиты, добавьте измельчённый чеснок и дайте настояться под крышкой. Подавайте "
        "борщ со сметаной и свежей зеленью."
    ),
    "uk": (
        "Сир перетріть крізь сито, додайте яйце, дві ложки цукру й дрібку солі. Всипте борошно та "
        "замісіть м'яке тісто, яке не липне до рук. Розділіть його на частини, скачайте ковбаски і "
        "наріжте невеликими шматочками. Варіть ліниві вареники в підсоленій воді дві-три хвилини "
        "після того, як вони спливуть. Вийміть шумівкою, полийте розтопленим маслом. Подавайте зі "
        "сметаною, медом або ягодами. З півкілограма сиру виходить чотири порції; готові вареники "
        "можна заморозити."
    ),
}
SPORTS = {
    "be": (
        "Хакейная каманда з Гродна ў суботу абыграла на сваім лёдзе магілёўцаў з лікам 4:2. Першую "
        "шайбу на восьмай хвіліне закінуў абаронца Павел Жук, яшчэ праз пяць хвілін перавагу "
        "падвоіў Ігар Лось. У другім перыядзе госці адыгралі адзін гол у большасці. Напрыканцы "
        "сустрэчы трэнер магілёўцаў замяніў брамніка шостым палявым гульцом, але гаспадары "
        "закінулі шайбу ў пустыя вароты. Гродзенцы набралі сорак адзін бал і ідуць трэцімі. "
        "Наступны матч каманда правядзе ў аўторак у Жлобіне."
    ),
    "en": (
        "The visitors beat Northfield 3-1 on Saturday to move up to fourth in the table. Harris "
        "opened the scoring after twelve minutes with a header from a corner, and Okafor doubled "
        "the lead before the break. Northfield pulled one back through a penalty in the second "
        "half, but a late strike from Lindqvist settled the match in front of 8,200 spectators. "
        "The home coach said his side had started slowly and lost too many second balls. "
        "Northfield travel to Ashby on Wednesday without their injured captain."
    ),
    "pl": (
        "Siatkarki z Rzeszowa pokonały w niedzielę na wyjeździe drużynę z Legionowa 3:1. Dwa "
        "pierwsze sety wygrały przyjezdne, które lepiej zagrywały i rzadziej myliły się w ataku. W "
        "trzeciej partii gospodynie odrobiły pięć punktów straty i zwyciężyły na przewagi. "
        "Czwartego seta rozstrzygnął blok w samej końcówce. Najwięcej punktów, dwadzieścia jeden, "
        "zdobyła Marta Lis, która otrzymała nagrodę dla najlepszej zawodniczki meczu. Po siedmiu "
        "kolejkach rzeszowianki zajmują drugie miejsce w tabeli."
    ),
    "ru": (
        "Теннисистка из Самары вышла в полуфинал турнира, обыграв чешку Новотную со счётом 6:4, "
        "3:6, 6:2. Встреча продолжалась два часа десять минут. В первом сете спортсменки "
        "обменялись брейками, после чего россиянка взяла подачу соперницы в десятом гейме. Во "
        "второй партии чешка подавала увереннее и выиграла пять геймов подряд. В решающем сете "
        "победительница реализовала три брейк-пойнта из четырёх. За выход в финал она сыграет с "
        "первой сеяной из Италии; матч состоится в пятницу вечером."
    ),
    "uk": (
        "Футболісти з Полтави в неділю зіграли внічию 1:1 з командою з Луцька. Рахунок на "
        "дев'ятнадцятій хвилині відкрив нападник Олег Мороз, який замкнув передачу з правого "
        "флангу. Гості зрівняли після перерви ударом зі штрафного. Наприкінці матчу полтавці двічі "
        "влучили у стійку. Тренер гостей сказав, що нічия відповідає грі, а капітан господарів "
        "назвав результат прикрим. Після дванадцяти турів полтавці мають шістнадцять очок і "
        "посідають восьме місце. Наступну гру вони проведуть у Вінниці."
    ),
}
RELEASES = {
    "be": (
        "Музей гісторыі горада запрашае на адкрыццё выставы «Старыя планы». Яна пачне працаваць "
        "трынаццатага лістапада а чатырнаццатай гадзіне ў зале на другім паверсе. Наведвальнікі "
        "ўбачаць больш за шэсцьдзесят карт і чарцяжоў XVIII–XX стагоддзяў з фондаў музея і архіва. "
        "Куратарка выставы правядзе экскурсіі па суботах. Квіток каштуе шэсць рублёў, для "
        "студэнтаў і пенсіянераў — тры. Выстава будзе адкрыта да канца лютага, штодня, акрамя "
        "панядзелка. Дадатковая інфармацыя ў касе музея і па тэлефоне."
    ),
    "en": (
        "The city library will open its renovated reading room on Monday, 4 November. The room has "
        "sixty seats, new lighting and power sockets at every desk. It will be open from nine to "
        "eight on weekdays and from ten to four on Saturdays. Members may reserve a seat online up "
        "to a week ahead; no fee is charged. The works took seven months and were paid for by the "
        "city and a regional fund. Journalists are invited to a tour at eleven on the day of the "
        "opening. Please register with the press office by Friday."
    ),
    "pl": (
        "Biblioteka miejska informuje, że od drugiego stycznia zmienia godziny otwarcia. Czytelnia "
        "będzie czynna od poniedziałku do piątku w godzinach od dziewiątej do dziewiętnastej, a w "
        "soboty od dziesiątej do piętnastej. Wypożyczalnia dla dzieci pozostanie otwarta bez "
        "zmian. Zbiory można zamawiać przez internet, a odbierać je w automacie przy wejściu przez "
        "całą dobę. W związku z inwentaryzacją oddział przy ulicy Lipowej będzie nieczynny od "
        "piątego do dwunastego stycznia. Pytania prosimy kierować do działu informacji."
    ),
    "ru": (
        "Городская поликлиника сообщает об изменении порядка записи на приём. С первого марта "
        "записаться к терапевту можно по телефону, на сайте или через терминал в холле. Запись "
        "открывается за десять дней до приёма. Пациентам, которые проходят диспансеризацию, "
        "достаточно обратиться в кабинет номер двенадцать с паспортом и полисом. Лаборатория "
        "принимает анализы с половины восьмого до десяти утра. В связи с ремонтом вход в "
        "рентгеновский кабинет временно находится со стороны двора. Справки можно получить в "
        "регистратуре."
    ),
    "uk": (
        "Обласна філармонія повідомляє про початок продажу квитків на весняний сезон. Перший "
        "концерт відбудеться сьомого березня о вісімнадцятій годині: симфонічний оркестр виконає "
        "твори Лисенка та Бетховена. У квітні заплановано три камерні вечори й програму для дітей. "
        "Квитки коштують від ста п'ятдесяти до чотирьохсот гривень, їх можна придбати в касі або "
        "на сайті. Для студентів передбачено знижку тридцять відсотків. Каса працює щодня з "
        "одинадцятої до дев'ятнадцятої, перерва з чотирнадцятої до п'ятнадцятої."
    ),
}
PLAIN = {
    f"{kind}-{code}": text
    for kind, texts in (("recipe", RECIPES), ("sports", SPORTS), ("release", RELEASES))
    for code, text in texts.items()
}
"""Texts that accuse nobody, by kind and language."""
