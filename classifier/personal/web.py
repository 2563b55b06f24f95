"""Find mail addresses, links and handles, as people type them."""

import re
from collections.abc import Iterator

from classifier.personal.found import Found, squeezed

#: Endings that no English sentence has by chance.
ENDING = (
    r"(?:co\s?\.\s?uk|org\s?\.\s?uk|gov\s?\.\s?uk|ac\s?\.\s?uk|nhs\s?\.\s?uk|me\s?\.\s?uk|com"
    r"|org|net|info|biz|io|uk|eu|ie|pl|app|live)"
)
PROVIDER = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|btinternet|virginmedia"
    r"|talktalk|aol|msn"
    r"|protonmail|sky|live|ntlworld|tiscali|blueyonder|mail)"
)
AT = r"(?:\s?[(\[{<]\s?at\s?[)\]}>]\s?|\s{1,2}at\s{1,2}|(?:@\n?|\s{1,2}@\s{1,2}))"
DOT = r"(?:\s?[(\[{<]\s?(?:dot|\.)\s?[)\]}>]\s?|\s{1,2}dot\s{1,2}|\s?\.\s?)"
LOCAL = (
    r"(?<![\w.+%-])[\w+%-]{1,64}"
    r"(?:(?:\.|\s?[(\[]dot[)\]]\s?|\s(?:dot|underscore|dash|hyphen)\s)[\w+%-]{1,64}){0,4}"
)
#: What a link, or an address without its sign, cannot do without: most texts have neither.
MAY_BE_LINK = re.compile(r"\w\.\w|:\s?/|www", re.IGNORECASE)
MAY_BE_SPOKEN = re.compile(
    rf"\bdot\b|[(\[]\s?at\b|\bat\s{{1,2}}[\w-]{{1,63}}\s?\.\s?\w|{PROVIDER}", re.IGNORECASE
)
#: Each pattern is bounded, so that no text makes it slow.
EMAILS = (
    re.compile(
        rf"(?<![\w.+%'-])[\w.+%'-]{{1,64}}@[\w-]{{1,63}}(?:[.,][\w-]{{1,63}}){{0,3}},(?:{ENDING}|co[.,]uk)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\w.+%'-])[\w.+%'-]{1,64}(?:@\n?|\s{1,2}@\s{1,2})[\w-]{1,63}(?:\.[\w-]{1,63}){0,7}\.[A-Za-z][\w-]{1,62}"
    ),
    re.compile(
        rf"{LOCAL}{AT}[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{0,3}}?{DOT}(?:{ENDING}|co{DOT}uk"
        rf"|org{DOT}uk)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{LOCAL}(?:@\n?|\s{{1,2}}@\s{{1,2}}|\s?[(\[]at[)\]]\s?){PROVIDER}\b(?:\s?com\b|\s?co\s?uk\b)?",
        re.IGNORECASE,
    ),
    re.compile(rf"{LOCAL}\sat\s{PROVIDER}\s(?:com|co\s?uk)\b", re.IGNORECASE),
)
URL = re.compile(
    r"\b(?:h(?:tt|xx)ps?\s?:\s?//\s?|ftp://|www\s?\.\s?)[^\s<>\"\uE000]{1,2000}"
    r"|(?<![\w@.-])(?<!@\n)(?<!@ )(?:[\w-]{1,63}\.){1,6}"
    r"(?:com|co\.uk|org\.uk|gov\.uk|ac\.uk|org|net|uk|info|biz|io|me|ly|gl|app|example)\b"
    r"(?:/[^\s<>\"\uE000]{0,2000})?(?![\w@])",
    re.IGNORECASE,
)
URL_ENDS = ".,;:!?)]}'*"
#: Whom a chat calls all at once is nobody: "@everyone".
HANDLE = re.compile(
    r"(?<![\w@./])@(?!(?:everyone|everybody|all|here|channel|team|admins?|home|work)\b)[A-Za-z_][\w.-]{0,29}\w",
    re.IGNORECASE,
)
PLACE = (
    r"(?:insta(?:gram)?|snap(?:chat)?|twitter|tik\s?tok|telegram|facebook|fb|whatsapp|discord"
    r"|skype|wechat|viber|kik|mastodon|pinterest|roblox|msgr|messenger|xbox|psn|reddit|threads|next\s?door|bluesky|youtube|linkedin|twitch)"
)
NAMED_HANDLE = re.compile(
    rf"\b(?:{PLACE}(?:\s(?:is|me|on|im|i'm|am|as|name|handle|user(?:name)?|account|id|tag|at))*"
    r"|(?:user\s?name|handle|screen\s?name|user\s?id|gamer\s?tag)(?:\sis)?)"
    r"\s?[:=-]?\s{0,2}@?((?=[\w.-]{0,29}[\d_])[\w][\w.-]{2,29}\w"
    r"|\w{2,15}\.\w{2,15}\.\w{2,15}|(?<=:\s)@?[\w][\w.-]{2,29}\w)",
    re.IGNORECASE,
)
REDDIT = re.compile(r"(?<![\w/])/?u/[\w-]{3,30}", re.IGNORECASE)
DISCORD = re.compile(r"(?<![\w#.])\w[\w.]{1,31}#\d{4}(?!\w)")
CALLED = re.compile(
    r"\b(?:user\s?name|handle|screen\s?name|user\s?id|gamer\s?tag)(?:\sis|[:=])\s{0,2}"
    r"@?(?!(?:not|the|a|my|on|in|wrong|broken|stuck|loose|off|missing)\b)(\w[\w.-]{4,29})",
    re.IGNORECASE,
)
#: A word with a stroke is somebody's where a word for an account stands before; a file is none.
UNDERSCORED = re.compile(
    rf"\b(?:{PLACE}|user(?:\s?name)?|log(?:ged)?[ -]?in|posted|tagged|account|portal|app|profile"
    r"|shows?\sme)\b[^\n_@.]{0,24}?(?<![\w.])"
    r"((?!(?:img|dsc|pxl|vid|scan|photo|image|screenshot|doc|file|error)_)"
    r"[A-Z][A-Z0-9.]{1,20}_\w{1,20})(?!\w|\.\w)",
    re.IGNORECASE,
)


#: Such a word that no file's name begins with, wherever it stands: "dazza_is_back_2", "RealBig_88".
STROKED = re.compile(
    r"(?<![\w.])((?!(?i:img|dsc|pxl|vid|scan|photo|image|screenshot|doc|file|error)_)"
    r"(?=\w*[a-z])(?=[a-z_]*[A-Z0-9]|\w*_\w*_)[A-Za-z]\w{1,14}_\w{1,20})(?!\w|\.\w)"
)


def find_web(text: str) -> Iterator[Found]:
    """Return the mail addresses, links and handles of a text."""
    for match in URL.finditer(text) if MAY_BE_LINK.search(text) else ():
        end = match.start() + len(match.group().rstrip(URL_ENDS))
        yield Found(
            start=match.start(), end=end, kind="URL", key=text[match.start() : end].casefold()
        )
    yield from _emails(text)
    if "@" in text:
        yield from _matches(HANDLE, text)
    yield from _matches(REDDIT, text)
    yield from _matches(DISCORD, text)
    for match in (
        *NAMED_HANDLE.finditer(text),
        *CALLED.finditer(text),
        *(UNDERSCORED.finditer(text) if "_" in text else ()),
        *(STROKED.finditer(text) if "_" in text else ()),
    ):
        yield Found(start=match.start(1), end=match.end(1), kind="HANDLE", key=squeezed(match[1]))


def _emails(text: str) -> Iterator[Found]:
    if "@" not in text and not MAY_BE_SPOKEN.search(text):
        return
    for pattern in EMAILS:
        for match in pattern.finditer(text):
            key = squeezed(re.sub(r"(?i)\b(?:at|dot)\b", "", match.group()))
            yield Found(start=match.start(), end=match.end(), kind="EMAIL", key=key)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield Found(
            start=match.start(), end=match.end(), kind="HANDLE", key=squeezed(match.group())
        )
