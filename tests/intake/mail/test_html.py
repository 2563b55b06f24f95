import pytest
from hypothesis import given, strategies as st

from intake.mail.html import html_to_text

TAGS = [
    "<p>",
    "</p>",
    "<b>",
    "</div>",
    "<br>",
    "<table>",
    "<td>",
    "<!--",
    "-->",
    "<",
    ">",
    "&#0;",
    "&amp;",
    "<script>",
    "x",
]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>One</p><p>Two</p>", "One\n\nTwo", id="paragraphs"),
        pytest.param("One<br>Two<br/>Three", "One\nTwo\nThree", id="line ends"),
        pytest.param("<p>No <b>heat</b>ing</p>", "No heating", id="bold inside a word"),
        pytest.param(
            "<table><tr><td>1</td><td>Elm Row</td></tr></table>", "1 | Elm Row", id="cells"
        ),
        pytest.param("<ul><li>Damp<li>Cold</ul>", "- Damp\n- Cold", id="a list"),
        pytest.param("caf&eacute; &amp; &pound;50&nbsp;now", "café & £50 now", id="entities"),
        pytest.param(
            "<title>T</title><style>p{}</style><script>x()</script>Damp",
            "Damp",
            id="what is not shown",
        ),
        pytest.param("<p>  a \r\n b  </p>", "a b", id="a sentence over two lines"),
        pytest.param("<pre>a\n  b</pre>", "a\nb", id="lines that are meant"),
        pytest.param(
            "<ol><li>Damp<li>Cold<ul><li>Hall</ul><li>Noise</ol>After",
            "1. Damp\n2. Cold\n- Hall\n3. Noise\n\nAfter",
            id="lists in lists",
        ),
        pytest.param("<li>Damp</ul></ol></pre>", "- Damp", id="ends of what never began"),
        pytest.param(
            "<table><tr><td><p class=MsoNormal>Rent</p></td><td><p>£30</p></td></tr>"
            "<tr><td>Paid<td></td><td>£20</table>Thanks",
            "Rent | £30\nPaid | £20\n\nThanks",
            id="rows of a table",
        ),
        pytest.param(
            '<p class="MsoNormal">One</p><p class=MsoNormal>Two</p><p>Three</p>',
            "One\nTwo\n\nThree",
            id="Outlook's lines",
        ),
        pytest.param(
            "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo", id="Gmail's lines"
        ),
        pytest.param("One<br><br><br><br>Two", "One\n\nTwo", id="many empty lines"),
        pytest.param("<div>One</div><br>Two", "One\n\nTwo", id="a break after a block"),
        pytest.param("One<!-- two > --> three<!-->", "One three", id="comments"),
        pytest.param(
            "<!--[if mso]><b>x</b><![endif]-->One<![if !mso]> two<![endif]>",
            "One two",
            id="what is for Outlook alone",
        ),
        pytest.param('<a title="a > b" href="x">Our words</a>', "Our words", id="a quoted bracket"),
        pytest.param("One <!-- two <p>three", "One two\n\nthree", id="a comment that never ends"),
        pytest.param(
            "One <script>two <script>three", "One two three", id="a script that never ends"
        ),
        pytest.param("a<SCRIPT>x()</Script>b<STYLE>y</STYLE>c", "abc", id="capitals"),
        pytest.param("a &lt;script&gt;", "a <script>", id="what only looks like markup"),
        pytest.param("a&#1;b&#x1b;c", "abc", id="control characters"),
        pytest.param("<p> </p> <p>a</p>", "a", id="blanks between"),
        pytest.param("<p></p><img src=x>", "", id="markup alone"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_html_becomes_lines_of_words(html: str, text: str):
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param(
            '<div>No.</div><div class="gmail_quote"><div class="gmail_attr">On 2 Mar 2026, Oak'
            ' wrote:<br></div><blockquote class="gmail_quote"><p>We came.</p><p>It is dry.</p>'
            "</blockquote></div>",
            "No.\nOn 2 Mar 2026, Oak wrote:\n> We came.\n>\n> It is dry.",
            id="Gmail",
        ),
        pytest.param(
            '<blockquote type="cite">We came.<blockquote type="cite">When?</blockquote>'
            "</blockquote>No.",
            "> We came.\n> > When?\nNo.",
            id="Apple, twice",
        ),
        pytest.param(
            '<p>No.</p><div class="yahoo_quoted" id="y"><div>We came.</div></div>After',
            "No.\n> We came.\nAfter",
            id="Yahoo",
        ),
        pytest.param(
            '<blockquote style="border-left: 2px solid">We came.</blockquote>No.',
            "> We came.\nNo.",
            id="a line at its side",
        ),
        pytest.param("<blockquote>My flat</blockquote>", "My flat", id="somebody's own"),
        pytest.param(
            "<blockquote type=cite>" * 9 + "Deep" + "</blockquote>" * 9 + "No.",
            "> > > > > Deep\nNo.",
            id="nine deep",
        ),
        pytest.param(
            'No.<div class="gmail_signature">Jo<br>07700 900123</div>',
            "No.\n-- \nJo\n07700 900123",
            id="a signature",
        ),
        pytest.param(
            'No.<div>-- <br></div><div class="gmail_signature">Jo</div>',
            "No.\n--\n-- \nJo",
            id="a signature with its dashes",
        ),
    ],
)
def test_what_mail_programs_put_around_a_quote_becomes_its_mark(html: str, text: str):
    assert html_to_text(html) == text


def test_no_picture_is_fetched_and_no_link_is_followed():
    html = '<img src="http://127.0.0.1:9/x.png"><a href="http://127.0.0.1:9/">Damp</a>'
    assert html_to_text(html) == "Damp"


@pytest.mark.parametrize("tag", ["div", "b", "td", "blockquote", "i"])
def test_what_nests_too_deeply_keeps_its_words(tag: str):
    html = f"<{tag}>" * 100_000 + "No heating &amp; damp&#0;" + f"</{tag}>" * 100_000
    assert "No heating & damp" in html_to_text(html)


def test_many_tags_that_are_empty_by_nature_do_not_nest():
    html = "<p>No heating</p>" + "<br>" * 3_000 + '<img src="a.png">' * 3_000 + "<p>Damp</p>"
    assert html_to_text(html) == "No heating\n\nDamp"


def test_many_paragraphs_stay_paragraphs():
    assert html_to_text("<p>x</p>" * 5_000).count("x\n") == 4_999


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<" * 100_000, id="openings"),
        pytest.param("<a" * 100_000, id="names"),
        pytest.param("<!--" * 100_000, id="comments"),
        pytest.param("</p>" * 100_000, id="closings"),
        pytest.param("&" * 100_000, id="ampersands"),
        pytest.param("<a" + "a" * 1_000_000, id="one long name"),
        pytest.param("<!" * 3_000 + "<br " * 100_000, id="names that are empty by nature"),
    ],
)
def test_broken_markup_is_read_all_the_same(html: str):
    assert isinstance(html_to_text(html), str)


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=5)))
def test_any_markup_becomes_words_that_can_be_kept(pieces: list[str]):
    text = html_to_text("".join(pieces))
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert "\0" not in text
    text.encode()
