"""Mails and saved pages: the article, whatever its letters were wrapped in for the way."""

from __future__ import annotations

import base64
import quopri
from email import policy
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.document import read_document
from krynica.data.documents.document_kinds import is_mail
from krynica.data.documents.files import read_file, read_page

BROUGHT = Path(__file__).parent / "brought"
PARAGRAPHS = (
    "В среду в Гродно открыли мост, который был закрыт на ремонт четырнадцать месяцев.",
    "По словам заместителя председателя, на работы потратили девять миллионов рублей.",
    "Жители улицы довольны, но жалуются на шум ночью, сообщила газете пенсионерка.",
    "На следующий год город планирует отремонтировать ещё один мост, сказал чиновник.",
)
TEXT = "\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
PAGE = (
    f"<html><head><title>Мост</title></head><body><nav><a href='/'>Главная</a></nav><article>{HTML}"
    "</article><footer>© Сайт</footer></body></html>"
)


def mail(text: str = TEXT, **how: str) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"] = "red@example.org", "me@example.org"
    message["Subject"] = "Мост в Гродно"
    message.set_content(text, **how)  # type: ignore[call-overload]
    return message


def read(message: EmailMessage | MIMEMultipart | bytes) -> str:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return read_document(data, "a.eml").text


def saved(head: str, *parts: tuple[str, str]) -> bytes:
    inner = "".join(f"--b\r\n{fields}\r\n\r\n{body}\r\n" for fields, body in parts)
    kind = 'Content-Type: multipart/related; type="text/html"; boundary="b"'
    return f"{head}\r\nMIME-Version: 1.0\r\n{kind}\r\n\r\n{inner}--b--\r\n".encode()


def test_a_newsletter_is_its_text() -> None:
    page = read_page(BROUGHT / "newsletter-ru-base64.eml")
    assert page.title == "В Гродно открыли обновлённый мост через Неман"
    assert page.text.startswith("В Гродно открыли обновлённый мост через Неман\n\nВ среду")
    assert len(page.text.split()) == 154


def test_a_saved_page_is_its_article() -> None:
    text = read_file(BROUGHT / "saved-by-chrome.mhtml")
    assert "I have covered this hospital for nine years" in text
    assert text.endswith("should explain its own part in this too.")
    assert "Главная" not in text
    assert "=D0" not in text


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r", "iso-8859-5"])
@pytest.mark.parametrize("way", ["base64", "quoted-printable", "8bit"])
def test_letters_on_their_way(charset: str, way: str) -> None:
    assert read(mail(charset=charset, cte=way)) == TEXT


def test_letters_without_a_word_on_what_they_are() -> None:
    bare = b"From: a@example.org\nMessage-ID: <1@a>\n\n" + TEXT.encode("cp1251")
    assert read(bare) == TEXT
    assert read_document(bare, "").text == TEXT
    assert read(b"From me@example.org Tue Mar  5 10:00:00 2024\n" + bare) == TEXT


def test_of_two_forms_the_one_that_holds_the_text() -> None:
    both = mail()
    both.add_alternative(f"<html><body>{HTML}<p>Отписаться</p></body></html>", subtype="html")
    assert read(both) == TEXT
    stub = mail("Смотрите в браузере: https://example.org/1")
    laid_out = f"<table><tr><td><style>p {{}}</style>{HTML}</td></tr></table>"
    stub.add_alternative(f"<html><body>{laid_out}</body></html>", subtype="html")
    stub.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    assert read(stub).split("\n") == list(PARAGRAPHS)


def test_nested_parts() -> None:
    related = MIMEMultipart("related")
    related.attach(MIMEText(f"<html><body>{HTML}</body></html>", "html", "utf-8"))
    alternative = MIMEMultipart("alternative")
    alternative.attach(MIMEText(TEXT, "plain", "windows-1251"))
    alternative.attach(related)
    mixed = MIMEMultipart("mixed")
    mixed.attach(alternative)
    assert read(mixed) == TEXT


FORWARDED = {
    "gmail": "FYI\n\n---------- Forwarded message ---------\nОт: Иван <i@example.org>\n"
    "Date: вт, 5 мар. 2024 г.\nSubject: Мост\nTo: <me@example.org>\n\n",
    "outlook": "FYI\n\n________________________________\nАд: Іван\nАдпраўлена: 5.03.2024\n"
    "Каму: я\nТэма: Мост\n\n",
    "apple": "FYI\n\nBegin forwarded message:\n\nFrom: I <i@example.org>\nSubject: A\n"
    "Date: 5 March 2024\n\n",
    "yandex": "FYI\n\n-------- Пересылаемое сообщение --------\n"
    '05.03.2024, 10:00, "Иван" <i@example.org>:\n\n',
}


@pytest.mark.parametrize("program", FORWARDED)
def test_a_mail_forwarded_in_its_text(program: str) -> None:
    text = read(mail(FORWARDED[program] + TEXT))
    assert text.split() == ["FYI", *TEXT.split()]


def test_a_mail_forwarded_whole() -> None:
    outer = MIMEMultipart()
    outer["To"] = "me@example.org"
    outer.attach(MIMEText("Глядзі ніжэй."))
    outer.attach(MIMEMessage(mail()))
    assert read(outer) == f"Глядзі ніжэй.\n\n{TEXT}"


def test_lines_broken_for_the_way_are_joined() -> None:
    flowed = mail("В среду в \nГродно открыли мост.\n> Цитата.\n")
    flowed.set_param("format", "flowed")
    assert read(flowed) == "В среду в Гродно открыли мост.\n> Цитата."
    quoted = "".join(f"> {one}\n" for one in PARAGRAPHS)
    assert read(mail(quoted)) == TEXT


def encoded(text: str, codec: str) -> str:
    return quopri.encodestring(text.encode(codec)).decode()


SAVED = {
    "edge": saved(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a",
        ("Content-Type: text/css\r\nContent-Location: cid:1", "p {}"),
        (
            "Content-Type: text/html\r\nContent-Location: https://example.org/frame",
            "<p>A frame of advertisements.</p>",
        ),
        (
            "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            "Content-Location: https://example.org/a",
            encoded(PAGE, "utf-8"),
        ),
    ),
    "internet explorer": saved(
        'From: "Saved by Internet Explorer 11"\r\nX-MimeOLE: Produced By Microsoft MimeOLE',
        (
            'Content-Type: text/html;\r\n\tcharset="windows-1251"\r\n'
            "Content-Transfer-Encoding: quoted-printable",
            encoded(PAGE, "cp1251"),
        ),
    ),
    "firefox": saved(
        "From: <Saved by UnMHT>\r\nX-MAF-Information: x",
        (
            "Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: base64",
            base64.encodebytes(PAGE.encode()).decode(),
        ),
    ),
}


@pytest.mark.parametrize("browser", SAVED)
@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html", "a.txt", "a"])
def test_pages_saved_by_browsers(browser: str, name: str) -> None:
    text = read_document(SAVED[browser], name).text
    assert [line for line in text.split("\n") if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert "Главная" not in text
    assert "=D0" not in text


def test_what_is_not_read_is_named() -> None:
    attached = EmailMessage()
    attached["To"] = "me@example.org"
    attached.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(UnreadableError, match="nothing but attachments"):
        read(attached)
    secret = b"To: a@b\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n"
    with pytest.raises(UnreadableError, match="locked with a password"):
        read(secret)


def test_a_mailbox_of_several_mails_is_no_article() -> None:
    box = b"".join(
        b"From red@example.org Tue Mar  5 10:00:00 2024\n" + mail(TEXT).as_bytes() + b"\n\n"
        for _ in range(2)
    )
    with pytest.raises(UnreadableError, match="mailbox of several mails"):
        read(box)
    assert PARAGRAPHS[0] in read(box[: len(box) // 2])


@pytest.mark.parametrize(
    "text",
    [
        "From: our correspondent\nSubject: bridges\n\nThe council passed its budget.",
        "Content-type: an essay on the subject of media types\nIt has two lines.",
        "Message-ID: is what mails have\nand nothing else follows",
        "Received: nothing.",
    ],
)
def test_a_text_that_looks_like_a_mail_is_none(text: str) -> None:
    assert not is_mail(text.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"".join(
            b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3_000)
        ),
        b"MIME-Version: 1.0\n" + b"X-A: b\n" * 1_000_000 + b"\nText",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\n\n" * 1_000_000,
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n" + b"!" * 9_000_000,
        b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 50_000,
    ],
    ids=["parts in parts", "fields", "parts", "no base64", "mails in mails"],
)
def test_hostile_ones_end(data: bytes) -> None:
    try:
        text = read(data)
    except UnreadableError:
        return
    assert len(text) < 10_000_000
