"""How mail programs word things, in the languages that people in the United Kingdom write in.

English, Welsh, Irish, Scottish Gaelic, Polish, Romanian, French, German, Spanish, Portuguese,
Italian, Dutch, Swedish, Danish, Norwegian, Lithuanian, Latvian, Hungarian, Czech, Slovak, Turkish,
Russian, Ukrainian, Bulgarian, Greek, Arabic, Urdu, Persian, Punjabi, Bengali, Chinese.
"""

# ruff: noqa: RUF001 - words of many alphabets, as they are written

import re

_WROTE = (
    "wrote", "writes", "said", "ysgrifennodd", "scríobh", "sgrìobh", "napisał", "napisała",
    "napisał(a)", "pisze", "a scris", "scrie", "a écrit", "a ecrit", "écrit", "schrieb",
    "geschrieben", "schrieben sie", "escribió", "escribio", "escreveu", "ha scritto", "schreef",
    "geschreven", "skrev", "rašė", "rakstīja", "írta", "napsal", "napsal(a)", "napsala", "napísal",
    "napísal(a)", "yazdı", "şunu yazdı", "написал", "написала", "написал(а)", "написав", "пише",
    "пишет", "написа", "έγραψε", "كتب", "کتب", "نے لکھا", "نوشت", "ਨੇ ਲਿਖਿਆ", "লিখেছেন", "写道",
    "寫道",
)  # fmt: skip
_WROTE_WORDS = "|".join(re.escape(word) for word in sorted(_WROTE, key=len, reverse=True))
#: The end of "On … somebody wrote:".
WROTE_AT_END = re.compile(rf"(?:{_WROTE_WORDS})\s?[:：]?[\s>*_-]*$", re.IGNORECASE)
#: "Somebody schrieb am …:", "Am … schrieb Somebody <…>:".
WROTE_INSIDE = re.compile(rf"\s(?:{_WROTE_WORDS})\s.*[:：][\s*]*$", re.IGNORECASE)
#: What it begins with.
OPENS = re.compile(
    r"[\s>*_-]*(?:on|at|in message|ar|ddydd|dydd|dé|air|w dniu|dnia|pe|în|le|am|em|el|il|op|den|"
    r"mån|tis|ons|tor|fre|lör|sön|dne|dňa|στις|on behalf|\d{1,4}[./ -]|"
    r"пн|вт|ср|чт|пт|сб|вс|нд|на|в|пон|wt|śr|czw|pt|sob|niedz|lun|mar|mer|jeu|ven|sam|dim|"
    r"pon|uto|在|في|بتاريخ)\b",
    re.IGNORECASE,
)
#: What makes such a line a mail program's, whatever follows it: an address, a time of day.
EXACT = re.compile(r"@|\b\d{1,2}[:.h]\d{2}\b|\b20\d\d,")
#: "2026-03-02 9:00 GMT+00:00 Oak <help@oak.example>:"
DATE_AND_ADDRESS = re.compile(r"[^<>]{0,60}\b20\d\d\b[^<>]{0,120}<[^<>@\s]+@[^<>@\s]+>\s?:$")

_ORIGINAL = (
    "original message", "original appointment", "reply message", "neges wreiddiol",
    "teachtaireacht bhunaidh", "oryginalna wiadomość", "wiadomość oryginalna",
    "wiadomość pierwotna", "mesaj original", "mesajul original", "message d'origine",
    "message original",
    "ursprüngliche nachricht", "originalnachricht", "mensaje original", "mensagem original",
    "messaggio originale", "oorspronkelijk bericht", "ursprungligt meddelande",
    "oprindelig meddelelse", "opprinnelig melding", "eredeti üzenet", "původní zpráva",
    "pôvodná správa", "orijinal mesaj", "исходное сообщение", "оригинальное сообщение",
    "αρχικό μήνυμα", "الرسالة الأصلية", "原始邮件", "原始郵件",
)  # fmt: skip
ORIGINAL = re.compile(
    rf"[\s>*]*[-_–—]{{2,}}\s?(?:{'|'.join(map(re.escape, _ORIGINAL))})\s?[-_–—]{{2,}}[\s*]*$",
    re.IGNORECASE,
)
_FORWARDED = (
    "forwarded message", "forwarded by", "forwarded", "neges wedi'i hanfon ymlaen",
    "neges a anfonwyd ymlaen", "wiadomość przekazana", "przekazana wiadomość",
    "wiadomość przesłana dalej", "mesaj redirecționat", "mesaj redirectionat", "message transféré",
    "message transmis", "weitergeleitete nachricht", "mensaje reenviado", "mensagem encaminhada",
    "messaggio inoltrato", "doorgestuurd bericht", "vidarebefordrat meddelande",
    "videresendt meddelelse", "persiųstas laiškas", "továbbított üzenet", "přeposlaná zpráva",
    "iletilen mesaj", "пересылаемое сообщение", "пересланное сообщение", "προωθημένο μήνυμα",
    "رسالة معاد توجيهها", "转发的邮件", "转发邮件",
)  # fmt: skip
_BEGINS = (
    "begin forwarded message", "début du message réexpédié", "début du message transféré",
    "anfang der weitergeleiteten nachricht", "inicio del mensaje reenviado",
    "início da mensagem encaminhada", "inizio messaggio inoltrato",
    "początek przekazywanej wiadomości", "początek przekazanej wiadomości",
    "dechrau'r neges a anfonwyd ymlaen", "начало переадресованного сообщения",
)  # fmt: skip
FORWARDED = re.compile(
    rf"[\s*]*(?:[-_–—]{{2,}}\s?(?:{'|'.join(map(re.escape, _FORWARDED))})\b[^\n]{{0,80}}"
    rf"|(?:{'|'.join(map(re.escape, _BEGINS))})\s?:)[\s*]*$",
    re.IGNORECASE,
)

FROM = (
    "from", "oddi wrth", "gan", "ó", "bho", "od", "de la", "de", "von", "da", "van", "från", "fra",
    "nuo", "no", "feladó", "kimden", "gönderen", "от", "від", "από", "من", "از", "ਵੱਲੋਂ", "发件人",
    "寄件者", "expéditeur",
)  # fmt: skip
SENT = (
    "sent", "date", "anfonwyd", "dyddiad", "dáta", "ceann-là", "wysłano", "wysłane", "data",
    "trimis", "dată", "envoyé", "gesendet", "datum", "enviado", "enviado el", "fecha", "enviada em",
    "enviado em", "inviato", "verzonden", "skickat", "sendt", "dato", "išsiųsta", "nosūtīts",
    "elküldve", "dátum", "odesláno", "odoslané", "tarih", "gönderilme tarihi", "отправлено", "дата",
    "надіслано", "изпратено", "εστάλη", "ημερομηνία", "تاريخ", "الإرسال", "تم الإرسال", "بھیجا گیا",
    "发送时间", "日期", "寄件日期",
)  # fmt: skip
TO = (
    "to", "at", "i", "chuig", "gu", "do", "către", "catre", "la", "à", "a", "an", "para", "aan",
    "till", "til", "kam", "kam", "címzett", "komu", "kime", "kime", "кому", "до", "προς", "إلى",
    "به", "收件人", "destinataire", "cc", "kopia", "copi", "dw", "cc/dw", "kopie", "копия", "dd",
    "reply-to", "organisation", "organization", "importance", "attachments", "resent-from",
)  # fmt: skip
SUBJECT = (
    "subject", "pwnc", "ábhar", "cuspair", "temat", "subiect", "objet", "betreff", "asunto",
    "assunto", "oggetto", "onderwerp", "ämne", "emne", "tema", "temats", "tárgy", "předmět",
    "predmet", "konu", "тема", "относно", "θέμα", "الموضوع", "موضوع", "ਵਿਸ਼ਾ", "主题", "主旨",
)  # fmt: skip


def _header(words: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"[\s>*_|]*(?:{named})\s?[*_]*\s?[:：]([^\n]*)", re.IGNORECASE)


FROM_LINE, SUBJECT_LINE = _header(FROM), _header(SUBJECT)
HEADER_LINE = _header(FROM + SENT + TO + SUBJECT)

_DEVICES = (
    r"sent (?:from|via|with|using|by) (?:my|an?|the|yahoo|outlook|mail|proton|gmail|samsung|galaxy|"
    r"iphone|ipad|android|windows|tutanota|aol|bt|sky|virgin|talktalk|mobile|workspace|hotmail|ee)\b"
    r"|get outlook for|get bluemail|sent on the go|download (?:outlook|yahoo mail)"
    r"|yahoo mail: |from my (?:iphone|ipad|galaxy|android|phone|mobile|samsung)"
    r"|anfonwyd o fy|seolta ó mo|wysłan[oe] z|trimis (?:de pe|din|prin) |"
    r"envoyé (?:depuis|de) (?:mon|mes|ma|yahoo|l'app|outlook)|"
    r"von meinem .{1,40} gesendet|gesendet (?:mit|von) |"
    r"diese nachricht wurde von .{1,80} gesendet|inviato da(?:l mio| )|"
    r"enviado (?:desde|do|a partir) |verzonden (?:met|vanaf) |verstuurd vanaf |skickat från |"
    r"sendt fra |išsiųsta iš |nosūtīts no |elküldve |odesláno z |odoslané z |"
    r".{1,20}'?den gönderildi|отправлено (?:с|из) |надіслано з |изпратено от |"
    r"στάλθηκε από |أُ?رسلت? من |发自我的|從我的"
)
DEVICE = re.compile(rf"[\s(<>\[*_]*(?:{_DEVICES})", re.IGNORECASE)
BANNER = re.compile(
    r"[\s*\[(]*(?:caution|external|warning|rhybudd|important)\b.{0,60}"
    r"(?:external|outside|originated|allanol|sender|e-?mail)",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\s*(?:(?:kind|kindest|best|warm|warmest|many)? ?(?:regards|wishes|thanks)|all the best|"
    r"thanks|thank you|thanks in advance|thanking you(?: in advance)?|cheers|best|"
    r"(?:yours )?(?:sincerely|faithfully|truly)|yours|"
    r"sincerely yours|respectfully|rgds|brgds|kr|br|ta|diolch(?: yn fawr)?|"
    r"cofion(?: gorau| cynnes)?|yn gywir|yr eiddoch yn gywir|le meas|"
    r"go raibh maith agat|le dùrachd|pozdrawiam|z poważaniem|"
    r"cu stimă|cu respect|mulțumesc|cordialement|bien à vous|merci|mit freundlichen grüßen|"
    r"viele grüße|mfg|atentamente|saludos|gracias|atenciosamente|cumprimentos|obrigad[oa]|"
    r"cordiali saluti|grazie|met vriendelijke groet(?:en)?|pagarbiai|ar cieņu|üdvözlettel|"
    r"s pozdravem|saygılarımla|с уважением|з повагою|с уважение|με εκτίμηση)\s*[,.!]*\s*",
    re.IGNORECASE,
)
DISCLAIMER = re.compile(
    r"[\s*_\[(-]*(?:(?:confidentiality|legal|privacy|e-?mail) (?:notice|disclaimer|statement)\b"
    r"|disclaimer\s*[:.-]|(?:this|the (?:information|contents?) (?:contained )?(?:in|of) this)"
    r" (?:e-?mail|message|communication|transmission)\b.{0,160}"
    r"(?:confidential|intended|privileged|scanned|virus|monitored)"
    r"|if you (?:are not|have received|receive) .{0,60}(?:recipient|error|e-?mail)"
    r"|(?:please )?(?:consider|think of) the environment before"
    r"|mae'r (?:e-?bost|neges) (?:hwn|hon)\b.{0,160}(?:gyfrinachol|bwriad)"
    r"|to unsubscribe\b|you received this (?:message|e-?mail) because)",
    re.IGNORECASE,
)
#: A line of ours, above which an answer is to be written.
MARKER = re.compile(
    r"[\s>*#=-]*(?:please )?(?:type|write|enter|add)?\s?(?:your )?(?:reply|repl(?:y|ies)|answer)"
    r"\s?(?:to this e-?mail )?above this line",
    re.IGNORECASE,
)
