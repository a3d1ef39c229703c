"""Pages of every make give all of their article; what was lost, or stands in its place, is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.files import read_page
from krynica.data.documents.finding.walls import WallError
from krynica.data.documents.pages import Page, extract
from tests.data.test_decoding import SAMPLES

CASES = Path(__file__).parents[1] / "cases" / "pages"


def paragraphs(name: str) -> list[str]:
    """Return the paragraphs of a sample."""
    text = next(path for path in SAMPLES if path.stem == name).read_text("utf-8")
    return [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]


RU, BE, EN = map(paragraphs, ("ru-journalism-1", "be-journalism-1", "en-journalism-1"))


def html(body: str, head: str = "", title: str = "Навіны") -> str:
    """Return a page."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body>{body}</body></html>"
    )


def codes(page: Page) -> list[str]:
    """Return the codes of a page's doubts."""
    return [doubt.code for doubt in page.doubts]


def article(paragraphs: list[str], below: str = "", head: str = "") -> str:
    """Return a page with an article, and something below it."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return html(f"<article><h1>Т</h1>{body}</article>{below}", head)


BLOCKS = {
    "wix": (
        '<div id="comp-k{n}" class="KcpHeO tz5f0K comp-k{n} wixui-rich-text"><p class="font_8">'
        "<span>{text}</span></p></div>"
    ),
    "elementor": (
        '<section class="elementor-element elementor-element-{n}a"><div class="elementor-column">'
        '<div class="elementor-widget-text-editor"><div class="elementor-widget-container">{text}'
        "</div></div></div></section>"
    ),
    "squarespace": (
        '<div class="sqs-block" id="block-{n}"><div class="sqs-block-content">'
        '<div class="sqs-html-content"><p>{text}</p></div></div></div>'
    ),
    "notion": (
        '<div data-block-id="{n}" class="notion-selectable notion-text-block"><div><div>{text}'
        "</div></div></div>"
    ),
    "breaks": "{text}<br><br>",
    "spans": '<span class="line">{text}</span><br>',
    "layout table": '<table><tr><td class="c">{text}</td></tr></table>',
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("text", [RU, BE, EN], ids=["ru", "be", "en"])
def test_every_block_of_sites_made_of_blocks(block: str, text: list[str]) -> None:
    body = "".join(block.format(n=n, text=one) for n, one in enumerate(text))
    page = extract(html(f"<div id=all>{body}</div>"), name="The page")
    for one in text:
        assert one in page.text
    assert not page.doubts


def test_tilda() -> None:
    page = read_page(CASES / "tilda.html")
    assert 154 <= len(page.text.split()) <= 157
    assert page.text.startswith("В Гродно открыли обновлённый мост через Неман")
    assert page.text.rstrip().endswith("этого будет недостаточно.")
    assert not page.doubts


def test_what_stands_around_an_article_is_not_called_lost() -> None:
    comments = "".join(f'<div class="comment"><p>{one}</p></div>' for one in BE * 2)
    page = extract(article(RU, f'<div class="comments">{comments}</div>'), name="The page")
    assert not page.doubts
    assert BE[1] not in page.text


def test_a_page_that_shows_more_than_was_found_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever finds the article may lose most of it: here it does.
    import trafilatura

    class Lost:
        title, date, text = "Т", None, BE[1]

    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_, **__: Lost())
    kinds = "".join(
        f"<section><div class=a{chr(97 + n)}>{one}</div></section>" for n, one in enumerate(BE)
    )
    page = extract(html(kinds), name="The page")
    assert codes(page) == ["incomplete"]
    assert "more text than was read" in page.doubts[0].note


def test_json_ld_alone() -> None:
    page = read_page(CASES / "jsonld-only.html")
    assert len(page.text.split()) == 251
    assert page.title == "The minister lied, and eleven people are dead"
    assert not page.doubts


@pytest.mark.parametrize(
    "thing",
    [
        {
            "@graph": [
                {"@type": "WebSite"},
                {"@type": ["NewsArticle"], "articleBody": "\n\n".join(RU)},
            ]
        },
        [{"@type": "Article", "articleBody": "".join(f"<p>{one}</p>" for one in RU)}],
        {"@type": "Article", "articleBody": "".join(f"&lt;p&gt;{one}&lt;/p&gt;" for one in RU)},
        {"mainEntity": {"@type": "Article", "articleBody": " ".join(RU)}},
    ],
    ids=["graph", "tags", "escaped tags", "within another"],
)
def test_json_ld_in_its_many_forms(thing: object) -> None:
    said = f'<script type="application/ld+json">\n{json.dumps(thing)}\n</script>'
    page = extract(html('<div id="root"></div>', said), name="The page")
    for one in RU:
        assert one in page.text
    assert "<p>" not in page.text


def test_damaged_json_ld_is_passed_over() -> None:
    said = '<script type="application/ld+json">{"articleBody": "x</script>'
    assert RU[1] in extract(article(RU, head=said), name="The page").text


def test_telegram_gives_all_posts_and_their_first_lines() -> None:
    page = read_page(CASES / "telegram-s-page.html")
    assert page.title == "Навіны Дня"
    assert page.text.startswith("Паліцэйскія ачапілі плошчу.\n")
    posts = page.text.split("\n\n")
    assert len(posts) == 4
    assert "Нам сказалі чакаць" in posts[3]
    assert "12.4K" not in page.text
    assert codes(page) == ["several_texts"]
    assert "4 posts" in page.doubts[0].note


def test_one_embedded_post_is_one_text() -> None:
    page = read_page(CASES / "telegram-embed-one.html")
    assert page.text.startswith("Паліцэйскія ачапілі плошчу.\n")
    assert not page.doubts


def test_a_desktop_export_is_said_to_be_many_posts_and_names_nobody() -> None:
    page = read_page(CASES / "telegram-desktop-messages.html")
    assert codes(page) == ["several_texts"]
    assert page.title is None


def test_facebook_without_its_comments() -> None:
    page = read_page(CASES / "facebook-post.html")
    assert page.text.startswith("У Гродне адкрылі абноўлены мост праз Нёман")
    assert len(page.text.split()) == 152
    assert "Дзякуй" not in page.text
    assert "Падабаецца" not in page.text


def test_facebook_with_comments_in_the_post() -> None:
    post = "".join(f'<div dir="auto">{one}</div>' for one in BE)
    comment = f'<div role="article" aria-label="Comment"><div dir="auto">{RU[1]}</div></div>'
    body = f'<div role="main"><div role="article"><div>{post}</div>{comment}{comment}</div></div>'
    page = extract(html(body, title="Паведамленне | Facebook"), name="The page")
    assert BE[2] in page.text
    assert RU[1] not in page.text


@pytest.mark.parametrize(
    ("post", "reply"),
    [
        ('<div data-testid="tweetText">{}</div>', '<div data-testid="tweetText">{}</div>'),
        ('<div class="wall_post_text">{}</div>', '<div class="wall_reply_text">{}</div>'),
        ('<div data-ad-comet-preview="message"><span>{}</span></div>', "<div dir=auto>{}</div>"),
    ],
    ids=["x", "vk", "facebook"],
)
def test_posts_of_other_networks_without_replies(post: str, reply: str) -> None:
    page = extract(html(post.format(RU[1]) + reply.format(BE[1]) * 2), name="The page")
    assert page.text == RU[1]


WALLS = {
    "cloudflare": (CASES / "cloudflare-wall.html").read_text("utf-8"),
    "cloudflare ru": html(
        "<h1>example.by</h1><p>Проверяем, человек ли вы. Это может занять несколько секунд.</p>",
        title="Один момент…",
    ),
    "cloudflare pl": html("<p>Włącz JavaScript i pliki cookie.</p>", title="Chwileczkę..."),
    "ddos-guard": html(
        "<h1>Checking your browser before accessing example.by</h1><p>This process is automatic. "
        "Your browser will redirect shortly.</p>"
    ),
    "imperva": (
        '<html><head></head><body><iframe src="/_Incapsula_Resource?SWUDNSAI=31">Request '
        "unsuccessful. Incapsula incident ID: 1234-5678</iframe></body></html>"
    ),
    "akamai": (
        "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have "
        'permission to access "http&#58;" on this server.<P>Reference&#32;&#35;18</BODY></HTML>'
    ),
    "human": html("<h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1>"),
    "datadome": html('<p>Loading</p><script>var dd={"host":"geo.captcha-delivery.com"}</script>'),
    "yandex": html("<h1>Подтвердите, что запросы отправляли вы, а не робот</h1>"),
    "anubis": html("<h1>Making sure you're not a bot!</h1><p>Loading...</p>"),
    "sucuri": html("<h1>Access Denied - Sucuri Website Firewall</h1><p>Your IP: 192.0.2.1</p>"),
    "google": html("<p>Our systems have detected unusual traffic from your computer network.</p>"),
    "aws": html(
        "<noscript>In order to continue, we need to verify that you're not a robot.</noscript>"
    ),
    "by": html("<p>Праверка вашага браўзера перад пераходам на сайт. Пачакайце.</p>"),
    "ua": html("<p>Перевіряємо ваш браузер. Зачекайте, будь ласка.</p>"),
}


@pytest.mark.parametrize("wall", WALLS.values(), ids=WALLS)
def test_checks_for_robots_are_named(wall: str) -> None:
    with pytest.raises(WallError, match="no article but a check for robots"):
        extract(wall, name="The page")


BEFORE = {
    "request for consent": html(
        "<h1>We value your privacy</h1><p>We and our partners store and access cookies on your "
        "device. With your consent, we and our partners may use precise data.</p>"
        "<button>Accept all</button><button>Reject all</button><a href=/p>Privacy policy</a>"
    ),
    "request for consent (cookies)": html(
        "<h2>Szanujemy Twoją prywatność</h2><p>My i nasi partnerzy zapisujemy na urządzeniu pliki "
        "cookie i przetwarzamy dane osobowe. Możesz wyrazić zgodę na przetwarzanie przez nas i 834 "
        "naszych partnerów lub odmówić.</p><button>Akceptuję</button>"
    ),
    "is no article but a request for consent": html(
        "<h2>Мы ценим вашу конфиденциальность</h2><p>Мы и наши партнёры храним на устройстве "
        "файлы cookie, такие как уникальные идентификаторы.</p><button>Принять все</button>"
    ),
    "request to log in": html(
        "<h2>Log into Facebook</h2><p>You must log in to continue.</p><p>Forgotten password?</p>"
    ),
    "error page": html("<h1>404</h1><p>Страница не найдена. Вернитесь на главную.</p>"),
    "an error page": html("<p>nginx</p>", title="502 Bad Gateway"),
    "by JavaScript alone": html(
        "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    ),
}


@pytest.mark.parametrize("said", BEFORE)
def test_other_pages_that_stand_before_an_article_are_named(said: str) -> None:
    with pytest.raises(WallError, match=re.escape(said)):
        extract(BEFORE[said], name="The page")


def test_an_article_on_checks_for_robots_is_one() -> None:
    said = "Сайт показывает «Just a moment» и «Проверка браузера», объяснил редактор."
    assert said in extract(article([*RU, said]), name="The page").text


def test_the_teaser_of_the_case() -> None:
    page = read_page(CASES / "paywall-teaser.html")
    assert codes(page) == ["teaser"]
    assert page.text.endswith("according to the coroner's register.")


@pytest.mark.parametrize(
    "below",
    [
        "<div><p>Чтобы читать дальше, оформите подписку на издание.</p></div>",
        "<div><p>Полный текст доступен только подписчикам.</p></div>",
        "<div><p>Каб чытаць далей, увайдзіце ці аформіце падпіску.</p></div>",
        "<div><p>Повний текст — лише для передплатників.</p></div>",
        "<div><p>Pozostało 85% artykułu. Wykup dostęp.</p></div>",
        "<div><p>Subscribe now to keep reading.</p></div>",
        "<div><p>This post is for paid subscribers</p></div>",
        '<div class="article__paywall js-paywall"><h3>Unlock this story</h3></div>',
        '<section id="regwall">Please register.</section>',
    ],
)
def test_teasers_are_named_and_the_request_is_not_read(below: str) -> None:
    page = extract(article(RU[:2], below), name="The page")
    assert codes(page) == ["teaser"]
    assert "подписк" not in page.text


@pytest.mark.parametrize(
    "said", [False, "False", "false"], ids=["boolean", "string", "small string"]
)
def test_a_short_text_that_is_not_free_by_its_own_word(said: object) -> None:
    head = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": said})
    script = f'<script type="application/ld+json">{head}</script>'
    assert codes(extract(article(RU[:2], head=script), name="The page")) == ["teaser"]
    # Who has paid, and saved the page, has all of it.
    assert not extract(article(RU, head=script), name="The page").doubts


@pytest.mark.parametrize(
    "below",
    [
        '<div class="newsletter"><p>Subscribe to our newsletter.</p></div>',
        '<div class="paywall" style="display: none"><p>Subscribe to continue reading.</p></div>',
        '<footer><a href="/s">Подписка</a></footer>',
        "<div><p>Падпісвайцеся на наш канал.</p></div>",
    ],
)
def test_other_requests_make_no_teaser(below: str) -> None:
    assert not extract(article(RU, below), name="The page").doubts


def test_letters_of_a_page_are_mended() -> None:
    page = read_page(CASES / "double-utf8.html")
    assert page.title == "В Гродно открыли обновлённый мост через Неман"
    assert "председателя Игоря Лопаты" in page.text
    assert "\ufffd" not in page.text
    assert not page.doubts


@pytest.mark.parametrize(
    "name", ["bilingual-cp1251.txt", "bilingual-cp1251-says-utf8.html"], ids=["text", "page"]
)
def test_two_languages_in_windows_1251(name: str) -> None:
    page = read_page(CASES / name)
    assert "У сераду ў Гродне аднавілі рух" in page.text
    assert "В среду в Гродно возобновили движение" in page.text
    assert len(page.text.split()) == 306


@pytest.mark.parametrize("name", ["page-without-ending", "page.php"])
def test_pages_by_their_beginning(name: str) -> None:
    page = read_page(CASES / name)
    assert "<" not in page.text
    assert "Home" not in page.text
    assert page.text.startswith("The minister lied")


def test_json_is_refused_with_the_verb_that_reads_it() -> None:
    with pytest.raises(UnreadableError, match="krynica batch"):
        read_page(CASES / "article.json")
