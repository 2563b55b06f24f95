import pytest

from classifier.labels import Audience
from classifier.personal.birth import find_births
from classifier.personal.found import joined
from classifier.personal.redact import redact


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("born 12th of the 3rd 61", ["12th of the 3rd 61"]),
        ("dob is the fourth of july 1961", ["the fourth of july 1961"]),
        ("born twelfth of March nineteen sixty one", ["twelfth of March nineteen sixty one"]),
        ("dobs are 4/2/88 and 19/6/90", ["4/2/88", "19/6/90"]),
        ("it is 5.5.44, my dob", ["5.5.44"]),
        ("born in 1939", ["1939"]),
        ("he turned 70 on 3 May 1955", ["3 May 1955"]),
        ("me, 14 Feb 1952", ["14 Feb 1952"]),
        ("dob 28 \\ 01 \\ 2001", ["28 \\ 01 \\ 2001"]),
        ("my birthday? third of may nineteen fifty five", ["third of may nineteen fifty five"]),
        (
            "me (15/06/88), him (1/10/85), her (24/12/2012). Dates of birth as asked",
            ["15/06/88", "1/10/85", "24/12/2012"],
        ),
        ("both 14 Feb 2021 (birthday in the hotel)", ["14 Feb 2021"]),
        ("14 Feb 2021, letter on my birthday", []),
        ("i am 67 and she is 80", []),
        ("dob day 03 month 03 year 1961", ["day 03 month 03 year 1961"]),
        ("born here, our tenancy is from 1998", []),
        ("born here. The lift broke on 3/4/25", []),
        ("she turned 80, 25 of us came", []),
        ("aged 40 on 2019 wages", []),
        ("since 4 May 1997", []),
        ("children: Musa 04/05/2014, Iqra 9/9/2017", ["04/05/2014", "9/9/2017"]),
        ("children: Musa 04/05/2014, moved in on 9/9/2017", ["04/05/2014"]),
        ("my son Leo (12/01/2019) has asthma", ["12/01/2019"]),
        ("my two: Ada (3/5/2018) and Bo (9/9/2020)", ["3/5/2018", "9/9/2020"]),
        ("my son fell (12/10/2025) on the stairs", []),
        ("my son is on the list (12/10/25)", []),
        ("he is six, 14/02/2019", ["14/02/2019"]),
        ("I turned 65 on the 30th of October", ["the 30th of October"]),
        ("born on Christmas Day 1950", ["Christmas Day 1950"]),
        ("dob 23.11.'70", ["23.11.'70"]),
        ("12.12.12 is my daughters dob", ["12.12.12"]),
        ("no dates at all", []),
        ("DOB 11/Dec/1988", ["11/Dec/1988"]),
        ("DOB 17JUN1983 per passport", ["17JUN1983"]),
        ("he was born 9 maja 1949", ["9 maja 1949"]),
        ("passed: 5th May '68 and address", ["5th May '68"]),
        ("2nd of Feb forty eight, love", ["2nd of Feb forty eight"]),
        ("3 March 2011 he was born", ["3 March 2011"]),
        ("Milena was born Friday 6th November 2026", ["Friday 6th November 2026"]),
        ("last serviced 12/11/57?", []),
        ("born 1 jan 62 and badge expires 1 jan 27", ["1 jan 62"]),
        ("9-3-1975 is wrong on your letter, you've got 3-9-1975", ["9-3-1975", "3-9-1975"]),
    ],
)
def test_a_date_is_one_of_birth_by_what_stands_beside_it(text: str, dates: list[str]):
    found = joined(find_births(text))
    assert [text[place.start : place.end] for place in found] == dates


def test_the_end_of_a_telephone_number_after_a_date_of_birth_is_no_date():
    text = "DOB 6/12/1966, tel 01632 960102, please ring"
    shown = redact(text, audience=Audience.PUBLIC).text
    assert shown == "DOB [DOB 1], tel [PHONE 1], please ring"
