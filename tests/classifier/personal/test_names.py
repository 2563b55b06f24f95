import pytest

from classifier.labels import Audience, Redact
from classifier.personal.features import Facts
from classifier.personal.lexicon import Lexicon
from tests.classifier.personal.conftest import Shown


@pytest.mark.parametrize(
    "name",
    [
        "\u0408\u043ehn",
        "Dave",
        "Da\u200bve",
        "Da\u00adve",
        "\uff24\uff41\uff56\uff45",
        "\U0001d403\U0001d41a\U0001d42f\U0001d41e",
        "Rene\u0301e",
        "José",
        "Оксана",
        "Nguyen Thi Hoa",
        "Mary O'Rourke",
        "Hannah-Leigh",
        "Marie-Claire",
        "Funmi Mbeki-Jones",
        "Miss C. Oyelaran",
        "J. Ainsworth",
        "K Patel",
        "Big Dave",
        "Little Tony",
        "Mr and Mrs Patel",
        "Mr. T. Gebremariam",
        "Mohammed",
        "Muhamad",
        "Mohd Yusuf",
        "Wojciech van der Berg",
        "D a v e",
        "Grace",
        "Precious",
        "Mercy",
        "Sgt Whitfield",
    ],
)
def test_a_name_is_hidden_whole(shown: Shown, name: str):
    assert shown(f"I spoke to {name} about the damp") == "I spoke to [NAME 1] about the damp"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("sandeeps attitude stinks", ["sandeep"]),
        ("shnnon said no", ["shnnon"]),
        ("spoke to rahim bhai and auntie salma", ["rahim", "salma"]),
        ("MY NEIGHBOUR MOHAMMED ABDI IS A NIGHTMARE", ["MOHAMMED", "ABDI"]),
        ("My Neighbour Mohammed Abdi Is A Nightmare", ["Mohammed", "Abdi"]),
        ("moj sasiad Piotr Nowak krzyczy", ["Piotr", "Nowak"]),
        ("Jo/Jo/Jos came round", ["Jo"]),
        ("[11:42] Tash: hiya", ["Tash"]),
        ("all done ^JD", ["JD"]),
        ("ta for that - JD", ["JD"]),
        ("#JohnSmithOut", ["John", "Smith"]),
        ("#JusticeForAwaab", ["Awaab"]),
        ("#justice4awaab", ["awaab"]),
        ("<b>Dave</b> **Dave** _Dave_", ["Dave"]),
        ("Will the caretaker has gone", ["Will"]),
        ("spoke to Ashley & Jordan", ["Ashley", "Jordan"]),
        ("my name is ntokozo", ["ntokozo"]),
        ("a man called Zbrnk came", ["Zbrnk"]),
        ("Hi Shaz,\nany news", ["Shaz"]),
        ("Kind regards, Priya", ["Priya"]),
        ("Thanks\n\nSiân Pritchard x", ["Siân", "Pritchard"]),
        ("Name: Joy Sunday\nIssue: damp", ["Joy", "Sunday"]),
        ("Mr and Mrs Quayle of the top floor", ["Quayle"]),
        ("Mr & Mr Quayle", ["Quayle"]),
        ("Chidi Okonkwo and Ada", ["Chidi", "Okonkwo", "Ada"]),
        ("Bill Tanner rang", ["Bill", "Tanner"]),
        ("Nurse Bev said so", ["Bev"]),
        ("nbr is Dave, signed Dave", ["Dave"]),
        ("my sister Maureen rang", ["Maureen"]),
        ("Morning Dave", ["Dave"]),
        ("Name: J. Zbrnk", ["Zbrnk", "J"]),
        ("Name: K. Zbrnk", ["Zbrnk", "K."]),
        ("Name: K Zbrnk", ["Zbrnk"]),
        ("NAME: K ZBRNK CAME IN AND SAID SO", ["ZBRNK"]),
        ("Tenant: K", []),
        ("I asked. sharon k did not", ["sharon k"]),
        ("I'm Doreen Hitchin and it leaks", ["Doreen", "Hitchin"]),
        ("Brenda Tuck\n\nMy gate has dropped", ["Brenda", "Tuck"]),
        ("The sponsor Rosemary Plaistow can be called", ["Rosemary", "Plaistow"]),
        ("Please act. E. Zbrnk", ["Zbrnk", "E."]),
        ("You are a star. LEROY B", ["LEROY", "B"]),
        ("It is cold. Tamsin Ogle, solicitor", ["Tamsin", "Ogle"]),
        ("it is cold. tamsin ogle, support worker", ["tamsin", "ogle"]),
        ("Hope Okafor rang", ["Hope", "Okafor"]),
        ("mr & mrs rook have an alarm", ["rook"]),
        ("uncle sunday is upstairs", ["sunday"]),
        ("NEW TENANT IS A MISS PICKERING", ["PICKERING"]),
        ("Mohamed Al Farsi waits", ["Mohamed", "Farsi"]),
        ("why did Omar close my job", ["Omar"]),
        ("the letter is for darren", ["darren"]),
    ],
)
def test_a_name_is_hidden_in_any_form(shown: Shown, text: str, hidden: list[str]):
    left = shown(text)
    assert not [name for name in hidden if name in left]


@pytest.mark.parametrize(
    "text",
    [
        "Will you or won't you",
        "may I ask when, in May",
        "there is a mark on the wall",
        "the gas bill has gone up",
        "Dear Sir or Madam, no reply",
        "I miss my old flat",
        "my father is ill",
        "Awaab's Law says 24 hours",
        "from 2 Jan to 14 Feb",
        "on Monday, Tuesday and Friday",
        "since last summer",
        "Hope House has had no lift",
        "the Worcester Bosch boiler is out",
        "Universal Credit paid it",
        "Regards\nA fed up tenant",
        "Thanks for nothing",
        "Hi all, is the hub open",
        "Good morning team",
        "I've told them, he'd said it'd be done",
        "Mr",
        "Dear Sir",
        "Dear Mr and Mrs",
        "called",
        "Issue: no heating",
        "PC is broken",
        "the judge ruled",
        "hi mum",
        "PIP and DWP and ASB",
        "name: tenant",
        "the speakers on again Friday, Saturday too",
        "the road is wet, the house is cold",
        "a brother of mine",
        "the lift in Tower B and Block C",
        "the Manager Refused",
        "the 4th: minutes, E470 meter",
        "max £50 a day",
        "my wife will need it",
        "nan's number is engaged",
        "lobby camera pointin at the wall",
        "open Thurs-Sun",
        "It is cold. A. B",
        "It is cold. Mon Sun",
    ],
)
def test_what_looks_like_a_name_stays(shown: Shown, text: str):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May is 90 in May", "[NAME 1] is 90 in May"),
        ("Charlotte from Charlotte House", "[NAME 1] from Charlotte House"),
        ("Mrs Patel Rowan House lift", "[NAME 1] Rowan House lift"),
        ("dave behind rowan house said no", "[NAME 1] behind rowan house said no"),
        ("Mrs Patel rang. patel again", "[NAME 1] rang. [NAME 1] again"),
        ("Bernadette and Bernadette", "[NAME 1] and [NAME 1]"),
        ("Dave Jones and Sarah Jones", "[NAME 1] and [NAME 2]"),
    ],
)
def test_one_person_has_one_number(shown: Shown, text: str, expected: str):
    assert shown(text) == expected


def test_a_name_found_once_is_hidden_throughout(shown: Shown):
    assert shown("my neighbour Dean shouts. its friday and dean is at it") == (
        "my neighbour [NAME 1] shouts. its friday and [NAME 1] is at it"
    )


def test_the_authors_name_is_hidden_wherever_it_stands(shown: Shown):
    assert shown("ask zbrnko about it", author="Zbrnko Qlt") == "ask [NAME 1] about it"


def test_an_authors_name_that_is_a_word_does_not_hide_the_word(shown: Shown):
    assert shown("the gas bill is wrong", author="Bill") == "the gas bill is wrong"


@pytest.mark.parametrize(
    "text",
    [
        "my housing officer, Priya Nair, never rang",
        "the surveyor Priya took photos",
        "Priya from repairs came",
        "Priya (housing officer) rang",
        "spoke to Priya in lettings",
    ],
)
def test_a_name_with_a_role_beside_it_is_staff(redact: Redact, text: str):
    found = redact(text, audience=Audience.PUBLIC)
    assert [span.kind for span in found.spans] == ["STAFF"]


def test_an_initial_before_a_name_is_hidden_with_it(shown: Shown):
    text = "ask R. zbrnko, q zbrnko and /x/zbrnko"
    assert shown(text, author="zbrnko") == "ask [NAME 1], [NAME 2] and /x/[NAME 1]"


FACTS = Facts(
    Lexicon(
        given=frozenset({"masons", "lee", "jo"}),
        family=frozenset({"war"}),
        common=frozenset({"mason", "pre", "fit", "make"}),
        rare=frozenset({"oddment"}),
        kept_words=frozenset({"leeds"}),
    )
)


@pytest.mark.parametrize(
    ("word", "sort", "listed"),
    [
        ("Masons", "u", "g"),
        ("fitted", "u", "-"),
        ("fits", "r", "-"),
        ("making", "r", "-"),
        ("pre-fit", "r", "-"),
        ("pre-war", "u", "h"),
        ("fit'd", "r", "-"),
        ("jos", "u", "-"),
        ("lees", "u", "s"),
        ("oddment", "r", "-"),
        ("Leeds", "M", "-"),
        ("Mr", "T", "-"),
        ("7", "n", "-"),
        ("?", "p", "-"),
        ("makin", "u", "-"),
        ("fittin", "u", "-"),
        ("leeds-fit", "r", "-"),
    ],
)
def test_a_word_is_looked_up_in_the_lists(word: str, sort: str, listed: str):
    fact = FACTS(word)
    assert (fact.sort, fact.listed) == (sort, listed)
