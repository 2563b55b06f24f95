import pytest

from classifier.personal.birth import find_births
from classifier.personal.found import joined


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
        ("no dates at all", []),
    ],
)
def test_a_date_is_one_of_birth_by_what_stands_beside_it(text: str, dates: list[str]):
    found = joined(find_births(text))
    assert [text[place.start : place.end] for place in found] == dates
