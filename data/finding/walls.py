"""Pages that stand in front of an article: checks for robots, and blocks."""

from __future__ import annotations

import re
from typing import Any

from krynica.classifier.errors import UnreadableError
from krynica.classifier.sentence import Sentence
from krynica.data.finding.phrases import any_of
from krynica.data.finding.shown import lines_of

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


class WallError(UnreadableError):
    """A page that stands in an article's place.

    Parameters
    ----------
    name
        What to call it, at the beginning of a sentence.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            Sentence(
                "{name} is no article but a check for robots, or a block, that stands before it. "
                "Open the page in a browser, and save it or paste its text.",
                name=name,
            )
        )


def is_robot_check(tree: Any, html: str) -> bool:
    """Tell a check for robots, or a block, that stands in an article's place.

    Parameters
    ----------
    tree
        The page as lxml has it.
    html
        Its source.
    """
    if (
        len(html) > _SOURCE
        or sum(line.words for line in lines_of(tree, everything=True)) > _LONGEST
    ):
        return False
    texts = tree.xpath("//text()[not(ancestor::script or ancestor::style)]")
    seen = " ".join(" ".join(texts).split())
    words = len(seen.split())
    if _ROBOTS.search(seen):
        return words <= _LONGEST
    return words <= _MACHINED and _MACHINERY.search(html) is not None
