"""What every common mail program adds folds away, and what the person wrote stays."""

# ruff: noqa: RUF001 - words of many alphabets, as they are written

import pytest

from intake.mail.html import html_to_text
from intake.mail.trim import split_reply, visible_text

QUOTE = "> We will come on Monday.\n> Oak"


@pytest.mark.parametrize(
    "opening",
    [
        "On Mon, 2 Mar 2026 at 09:00, Oak Homes <help@oak.example> wrote:",
        "On Mon, 2 Mar 2026 at 09:00, Oak Homes\n<help@oak.example>\nwrote:",
        "On 2 Mar 2026, at 09:00, Oak Homes <help@oak.example> wrote:\n",
        "On 02/03/2026 09:00, Oak Homes wrote:",
        "---- On Mon, 02 Mar 2026 09:00:00 +0000 Oak <help@oak.example> wrote ----",
        "On Monday, 2 March 2026 at 09:00:00 GMT, Oak <help@oak.example> wrote: ",
        "Oak Homes <help@oak.example> wrote:",
        "Oak Homes wrote:",
        "2026-03-02 9:00 GMT+00:00 Oak Homes <help@oak.example>:",
        "Ar Llun, 2 Maw 2026 am 09:00, Oak <help@oak.example> ysgrifennodd:",
        "pon., 2 mar 2026 o 09:00 Oak <help@oak.example> napisał(a):",
        "W dniu 2.03.2026 o 09:00, Oak pisze:",
        "Pe lun., 2 mar. 2026 la 09:00, Oak <help@oak.example> a scris:",
        "Am Mo., 2. März 2026 um 09:00 Uhr schrieb Oak <help@oak.example>:",
        "Le lun. 2 mars 2026 à 09:00, Oak <help@oak.example> a écrit :",
        "El lun, 2 mar 2026 a las 9:00, Oak (<help@oak.example>) escribió:",
        "Em seg., 2 de mar. de 2026 às 09:00, Oak <help@oak.example> escreveu:",
        "Il giorno lun 2 mar 2026 alle ore 09:00 Oak <help@oak.example> ha scritto:",
        "Op ma 2 mrt 2026 om 09:00 schreef Oak <help@oak.example>:",
        "Den mån 2 mars 2026 kl 09:00 skrev Oak <help@oak.example>:",
        "пн, 2 мар. 2026 г. в 09:00, Oak <help@oak.example> написал(а):",
        "2 Mart 2026 Pzt 09:00 tarihinde Oak <help@oak.example> şunu yazdı:",
        "في الاثنين، 2 مارس 2026 في 09:00، كتب Oak <help@oak.example>:",
        "Oak Homes 于 2026年3月2日周一 09:00写道：",
    ],
)
def test_the_line_that_opens_a_quote_is_known_in_many_languages(opening: str):
    reply = split_reply(f"Still cold.\n\n{opening}\n{QUOTE}")
    assert reply.visible == "Still cold."
    assert reply.hidden.endswith(QUOTE)


@pytest.mark.parametrize(
    "head",
    [
        "From: Oak <help@oak.example>\nSent: 02 March 2026 09:00\nTo: Jo\nSubject: RE: Damp",
        "________________________________\nFrom: Oak\nSent: 02 March 2026\nTo: Jo\nSubject: Damp",
        "*From:* Oak <help@oak.example>\n*Sent:* 02 March 2026\n*To:* Jo\n*Subject:* Damp",
        "-----Original Message-----\nFrom: Oak",
        "----- Oryginalna wiadomość -----\nOd: Oak",
        "-------- Ursprüngliche Nachricht --------\nVon: Oak",
        "Von: Oak\nGesendet: Montag\nAn: Jo\nBetreff: Damp",
        "De : Oak\nEnvoyé : lundi\nÀ : Jo\nObjet : Damp",
        "Od: Oak\nWysłano: 2 marca\nDo: Jo\nTemat: Damp",
        "De la: Oak\nTrimis: luni\nCătre: Jo\nSubiect: Damp",
        "Oddi wrth: Oak\nAnfonwyd: Llun\nAt: Jo\nPwnc: Damp",
        "От: Oak\nДата: 2 марта\nКому: Jo\nТема: Damp",
        "From: Oak\nDate: Monday\nTo: Jo <jo@example.org>; Al\n <al@example.org>\nSubject: Damp",
        "From: Oak <help@oak.example>\n\nSent: Monday\n\nTo: Jo\n\nSubject: Damp",
        "##- Please type your reply above this line -##",
    ],
)
def test_everything_below_the_header_of_an_earlier_mail_folds_away(head: str):
    reply = split_reply(f"Still cold.\n\n{head}\n\nDear Jo,\nWe will come.\n")
    assert reply.visible == "Still cold."
    assert "We will come." in reply.hidden


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from my Galaxy",
        "Sent from Outlook for iOS<https://aka.ms/x>",
        "Get Outlook for Android<https://aka.ms/x>",
        "Sent from Yahoo Mail on Android",
        "Sent via BT Email App",
        "Anfonwyd o fy iPhone",
        "Wysłane z iPhone'a",
        "Trimis de pe iPhone-ul meu",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Отправлено с iPhone",
        "CAUTION: This email originated from outside the organisation. Do not click links.",
    ],
)
def test_what_a_phone_or_a_gateway_adds_folds_away(line: str):
    assert split_reply(f"Still cold.\n\n{line}\n").visible == "Still cold."
    assert split_reply(f"{line}\n\nStill cold.").hidden == line


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param(
            "It leaks.\n\nKind regards,\nJo Bloggs\n1 Elm Row\n07700 900123",
            "It leaks.",
            id="closing",
        ),
        pytest.param("Mae'n oer.\n\nDiolch,\nJo", "Mae'n oer.", id="closing in Welsh"),
        pytest.param(
            "It leaks.\n-- \nJo\n\nThis email and any attachments are confidential.",
            "It leaks.",
            id="dashes",
        ),
        pytest.param(
            "It leaks.\n\nThe information in this e-mail is confidential and intended for Jo.\nBye",
            "It leaks.",
            id="a notice",
        ),
        pytest.param(
            "It leaks.\n\nPlease consider the environment before printing this.",
            "It leaks.",
            id="trees",
        ),
        pytest.param(
            "It leaks.\n\nThanks\nJo\nPS nobody has called back", None, id="an afterthought"
        ),
        pytest.param(
            "It leaks.\nThanks\nI have rung you about it every single day since Monday.",
            None,
            id="a sentence",
        ),
        pytest.param("It leaks.\n\nMany thanks", None, id="thanks and no name"),
        pytest.param("Thanks\nJo", None, id="thanks alone"),
        pytest.param("One\n--\n" + "Two\n" * 13 + "Three", None, id="dashes in a long text"),
    ],
)
def test_a_signature_folds_away_where_it_is_clearly_one(text: str, visible: str | None):
    assert visible_text(text) == (text if visible is None else visible)


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param(
            f"On 2 Mar 2026 at 09:00, Oak wrote:\n{QUOTE}\n\nNobody came.\nJo",
            "Nobody came.\nJo",
            id="below the quote",
        ),
        pytest.param(
            "> Is it dry?\nNo.\n\n> Is it warm?\nNo, and the\nboiler is off.\n> Oak",
            "No.\n\nNo, and the\nboiler is off.",
            id="between the quotes",
        ),
        pytest.param(
            "My answers are below.\n\nOn 2 Mar 2026, at 09:00, Oak <h@oak.example> wrote:\n\n"
            "> Is it dry?\n\nNo.\n\n> Is it warm?\n\nNo.\n",
            "My answers are below.\n\nNo.\n\nNo.",
            id="above and between",
        ),
        pytest.param("JB> Is it dry?\nNo.\n| Warm?\nNo.", "No.\nNo.", id="other marks"),
        pytest.param(
            "-----BEGIN PGP SIGNED MESSAGE-----\n\nIt leaks.\n"
            "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n-----END PGP SIGNATURE-----",
            "It leaks.",
            id="signed",
        ),
    ],
)
def test_answers_are_kept_in_their_order_wherever_they_stand(text: str, visible: str):
    assert visible_text(text) == visible


@pytest.mark.parametrize(
    "text",
    [
        "From: the flat above there is water\nand it never stops.",
        "On 3 March your manager wrote:\nwe will fix it.\nHe did not.",
        "On Monday at 9:30 he said he would come and nobody wrote to me.",
        "The man said:\nno.",
        "Date: today\nIt leaks.",
        "To: Oak\nFrom: Jo\nDate: 3 March\nSubject: Damp\n\nThere is damp.",
        "It leaks.\n-----\nIt is cold.\n*****\nIt is dark.",
        "Sent three letters and got no answer.",
        "This email is my third.",
    ],
)
def test_a_persons_own_sentence_is_not_taken_for_a_programs(text: str):
    assert split_reply(text).visible == text


def test_nothing_of_a_complaint_with_odd_lines_is_lost():
    reply = split_reply("> it says here\nNot true.\n--\nJo")
    assert (reply.visible, reply.hidden) == ("Not true.", "> it says here\n--\nJo")


def test_a_text_that_quotes_nothing_does_not_lose_nearly_all_of_itself():
    text = "Hi\n-- \n" + "There is damp in every room.\n" * 20
    assert visible_text(text) == text


def test_of_a_very_long_text_the_first_lines_are_looked_at():
    reply = split_reply("It leaks.\n" * 20_001)
    assert reply.visible.count("\n") == 19_999
    assert reply.hidden.strip() == "It leaks."


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            '<div dir="ltr">Still cold.</div><br><div class="gmail_quote"><div class="gmail_attr">'
            "On Mon, 2 Mar 2026 at 09:00, Oak &lt;h@oak.example&gt; wrote:<br></div>"
            '<blockquote class="gmail_quote">We will come.</blockquote></div>',
            id="Gmail",
        ),
        pytest.param(
            '<div class="WordSection1"><p class="MsoNormal">Still cold.<o:p></o:p></p>'
            '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:'
            "</b> Oak<br><b>Sent:</b> Monday<br><b>To:</b> Jo<br><b>Subject:</b> Damp</p></div>"
            '<p class="MsoNormal">We will come.</p></div>',
            id="Outlook",
        ),
        pytest.param(
            '<div>Still cold.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">'
            "<b>From:</b> Oak<br><b>Sent:</b> Monday<br><b>To:</b> Jo<br><b>Subject:</b> Damp</div>"
            "<div>We will come.</div>",
            id="Outlook on the web",
        ),
        pytest.param(
            "<body>Still cold.<br><br><div>Sent from my iPhone</div><div><br><blockquote"
            ' type="cite">On 2 Mar 2026, at 09:00, Oak &lt;h@oak.example&gt; wrote:<br><br>'
            '</blockquote></div><blockquote type="cite">We will come.</blockquote></body>',
            id="Apple",
        ),
        pytest.param(
            '<p>Still cold.</p><div class="moz-cite-prefix">On 02/03/2026 09:00, Oak wrote:</div>'
            '<blockquote type="cite" cite="mid:1">We will come.</blockquote>'
            '<pre class="moz-signature">Jo</pre>',
            id="Thunderbird",
        ),
        pytest.param(
            '<div class="yahoo-style-wrap">Still cold.</div><div id="yahoo_quoted_1"'
            ' class="yahoo_quoted"><div>On Monday, 2 March 2026 at 09:00:00 GMT, Oak wrote:</div>'
            "<div>We will come.</div></div>",
            id="Yahoo",
        ),
        pytest.param(
            '<div>Still cold.</div><div class="protonmail_quote">On Monday, 2 March 2026 at 09:00,'
            ' Oak wrote:<br><blockquote class="protonmail_quote">We will come.</blockquote></div>',
            id="Proton",
        ),
        pytest.param(
            '<div>Still cold.</div><div id="ms-outlook-mobile-signature">Get the app</div>'
            "<div>Jo</div>",
            id="Outlook on a phone",
        ),
    ],
)
def test_the_layout_of_each_mail_program_is_known_in_html(html: str):
    assert visible_text(html_to_text(html)) == "Still cold."
