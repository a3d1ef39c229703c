"""Pages that stand in front of an article: checks for robots, and blocks."""

from __future__ import annotations

import re
from typing import Any

from krynica.classifier.errors import UnreadableError
from krynica.classifier.sentence import Sentence
from krynica.data.documents.finding.phrases import any_of
from krynica.data.documents.finding.shown import lines_of

_LONGEST = 150
"""Words up to which a page may be a check for robots: those of all vendors below have under 120."""

_ROBOTS = any_of("""
    just a moment
    one moment,? please
    attention required
    checking (if the site connection is secure|your browser)
    verify(ing)? (that )?you are (a )?human
    verifying (you|your browser|the connection)
    making sure you.?re not a (ro)?bot
    are you a (ro)?bot
    (i.?m|you.?re|you are) not a robot
    press (&|and) hold
    pardon our interruption
    unusual traffic from your
    automated (access|requests|queries)
    security check(point)?\\b
    (ddos|bot) protection
    performance & security by
    needs to review the security of your connection
    enable js and disable any ad
    access to this page has been denied
    you have been blocked
    you don.?t have permission to access
    your (access|ip) ~ (blocked|limited|banned)
    request unsuccessful
    the requested url was rejected
    website firewall
    complete the (captcha|security check)
    solve (this|the) captcha
    human verification
    один момент
    подождите,? (идет|идёт) проверка
    провер(ка|яем) (вашего |ваш )?браузер
    проверяем,? человек ли вы
    проверка (безопасности|подключения|соединения)
    вы не робот
    запросы ~ робот
    защит(а|у|ой|ы) от (ddos|бот|роботов)
    доступ (к сайту |к странице )?(временно )?(заблокирован|ограничен)
    адзін момант
    правер(ка|ваем) (вашага |ваш )?браўзер
    вы не робат
    абарон(а|у|ай|ы) ад (ddos|бот)
    зачекайте,? (триває |йде )?перевірка
    перевір(ка|яємо) (вашого |ваш )?браузер
    ви не (є )?робот
    захист(у|ом)? від (ddos|бот)
    chwileczk[ęe]
    jedną chwilę
    sprawdza(nie|my) (twoj(ej|ą) )?przeglądark
    (nie )?jesteś (robotem|człowiekiem)
    ochron(a|y|ą) (przed|anty).?(ddos|bot)
""")
"""What the checks of Cloudflare, DDoS-Guard, Imperva, Akamai, HUMAN, DataDome, Sucuri, AWS, F5,
Vercel, Anubis, Qrator, Yandex, Google and Wordfence say, in the five languages."""

_MACHINERY = re.compile(
    r"challenge-platform|cf[-_]chl|cf-browser-verification|/cdn-cgi/challenge|_Incapsula_Resource"
    r"|px-captcha|captcha-delivery\.com|ddos-guard|awswaf|aws-waf|showcaptcha|smartcaptcha"
    r"|hcaptcha\.com|recaptcha/api|turnstile|sucuri_cloudproxy|anubis_challenge|within\.website/x"
    r"|_vcrct|/kpsdk|qrator|__qrator|servicepipe|datadome|distil_r|bm-verify|ak_bmsc|jschl",
    re.IGNORECASE,
)
_SOURCE = 300_000
"""Characters of a page's source from which on it is not asked about: checks have under 100,000."""
_MACHINED = 60
"""Words up to which a page that has such machinery, and no article, is a check: a form for comments
may have it too."""


_LOGIN = any_of("""
    you must (log|sign) in to (continue|see|view)
    (log|sign) in to (continue|facebook|instagram|x|twitter|linkedin|vk)
    log into facebook
    join linkedin
    войдите,? чтобы (продолжить|увидеть|посмотреть)
    необходимо (войти|авторизоваться)
    увайдзіце,? каб (працягнуць|убачыць)
    увійдіть,? щоб (продовжити|побачити)
    zaloguj się,? aby (kontynuować|zobaczyć)
""")
_ERROR = any_of("""
    (error |ошибка |памылка |помилка |błąd )?(404|403|500|502|503|504)( error| ошибка)?\\s*$
    (404|403|500|502|503|504)[\\s:.|–—-]+(page )?(not|forbidden|bad|internal|service|gateway)
    (404|403|500|502|503|504)[\\s:.|–—-]+(страница |старонка |сторінка )?не
    (page|file|article) (was )?not found
    (this |the )?page (does not|doesn.?t|no longer) exist
    (bad gateway|service unavailable|internal server error|gateway time-?out)
    страница не (найдена|существует)
    старонка не (знойдзена|існуе)
    сторінк[ау] не (знайдено|знайдена|існує)
    (nie znaleziono strony|strona nie (istnieje|została znaleziona))
""")
_CONSENT = any_of("""
    cookies?
    gdpr
    rodo
    (your )?consent
    privacy (policy|choices|settings)
    (we value|respect) your privacy
    (our |and )?partners
    accept all
    reject all
    файл\\w* cookie
    куки
    персональн\\w+ данн
    персанальн\\w+ дан
    згод[аиу] на обробку
    согласи\\w+ на обработку
    наш\\w+ партн[её]р
    ваш\\w+ (конфиденциальност|прыватнасц|приватніст)
    ciastecz
    (danych osobowych|dane osobowe)
    twoj\\w+ prywatność
    naszy\\w+ partner
    zgod\\w+ na
""")
_CONSENTED, _FEWEST = 25, 3
"""Words of a request for consent among which one speaks of it, and the fewest of these. Articles on
the matter speak of it more seldom. Chosen, not swept."""
_SCRIPTS = any_of("""
    (please )?(enable|turn on|activate|requires?|need) ~ javascript
    javascript (is )?(disabled|required|must be enabled|не )
    (включите|включить) (поддержку )?javascript
    (уключыце|увімкніце|ввімкніть) (падтрымку |підтримку )?javascript
    (włącz|wymaga) (obsługę )?javascript
""")


_TEXTS = "//text()[not(ancestor::script or ancestor::style)]"


class WallError(UnreadableError):
    """A page that stands in an article's place.

    Parameters
    ----------
    message
        A sentence that says which.
    kind
        The same in a few words.
    """

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


def require_article(tree: Any, html: str, name: str) -> None:
    """Check that a page is not one that stands in an article's place.

    Parameters
    ----------
    tree
        The page as lxml has it.
    html
        Its source.
    name
        What to call it, at the beginning of a sentence.

    Raises
    ------
    WallError
        If it is.
    """
    if len(html) > _SOURCE or shown_words(tree) > _LONGEST:
        return
    seen = " ".join(" ".join(tree.xpath(_TEXTS)).split())
    words = len(seen.split())
    if words > _LONGEST:
        return
    heads = [" ".join(head.text_content().split()) for head in tree.xpath("//title | //h1 | //h2")]
    if _ROBOTS.search(seen) or (words <= _MACHINED and _MACHINERY.search(html)):
        raise WallError(
            Sentence(
                "{name} is no article but a check for robots, or a block, that stands before it. "
                "Open the page in a browser, and save it or paste its text.",
                name=name,
            ),
            "a check for robots",
        )
    if any(map(_ERROR.match, heads)):
        raise WallError(
            Sentence("{name} is no article but an error page of its server.", name=name),
            "an error page",
        )
    if _LOGIN.search(seen) and words <= _LONGEST // 2:
        raise WallError(
            Sentence(
                "{name} is no article but a request to log in. Open the page in a browser, and "
                "save it or paste its text.",
                name=name,
            ),
            "a wall of consent or payment",
        )
    asked = len(_CONSENT.findall(seen))
    if asked >= _FEWEST and asked * _CONSENTED >= words:
        raise WallError(
            Sentence(
                "{name} is no article but a request for consent (cookies). Open the page in a "
                "browser, and save it or paste its text.",
                name=name,
            ),
            "a wall of consent or payment",
        )


def require_shown(tree: Any, name: str) -> None:
    """Say of a page in which nothing was found where it asks for JavaScript.

    Raises
    ------
    WallError
        If it does.
    """
    if tree is None:
        return
    if _SCRIPTS.search(" ".join(tree.xpath(_TEXTS))):
        raise WallError(
            Sentence(
                "{name} shows its text by JavaScript alone, which is not run here. Open the page "
                "in a browser, and save it or paste its text.",
                name=name,
            ),
            "a page of scripts",
        )


def shown_words(tree: Any) -> int:
    """Return how many words a page shows."""
    return sum(line.words for line in lines_of(tree, everything=True))
