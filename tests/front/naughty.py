"""Texts that have broken other people's software, and values of the wrong kind."""

UNSTORABLE = (
    "\x00",
    "before\x00after",
    "\x01\x02\x03\x07",
    "\x1b[31mred",
    "tab\x0bvertical\x0cform",
    "\x7f",
)
"""Nothing a person types: refused wherever text is read."""

TOO_LONG = ("a" * 10_001, "🚲" * 10_001, "é\n" * 6_000)

STRANGE = (
    "-",
    "--",
    "' OR '1'='1",
    "'; DROP TABLE events; --",
    '" onmouseover="alert(1)',
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "{% for x in ().__class__.__mro__ %}{% endfor %}",
    "${7*7}",
    "#{7*7}",
    "%s%s%n",
    "{0.__class__}",
    "{}",
    "{name}",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data",
    "\\",
    "\\u0000",
    "%00",
    "%0d%0aSet-Cookie: a=b",
    "line\r\nSet-Cookie: a=b",
    "two\nlines",
    "=1+1",
    "@SUM(A1)",
    "NULL",
    "None",
    "null",
    "undefined",
    "NaN",
    "Infinity",
    "-1",
    "0",
    "1e309",
    "0x10",
    "1_000",
    "١٢٣",
    "１２",
    "²",
    "true",
    "00000000-0000-0000-0000-000000000000",
    "2026-02-30",
    "10000-01-01",
    "0000-01-01",
    "-0001-01-01",
    "24:00",
    "\ufeffbom",
    "\u200b",
    "\u202eright to left",
    "שלום عليكم",
    "zalgo t̷̡o̶̢",
    "👩‍👩‍👧‍👦🏴‍☠️",
    "Œuvre à Sète, « n° 1 »",
    "ﬁ ligature",
    "\u0130stanbul",
    "\ufffe\uffff",
    "\U0010ffff",
    "   ",
    "",
)
"""Odd but storable: refused, or kept as it is."""

WRONG_KINDS: dict[str, tuple[object, ...]] = {
    "int": ("1", "", 1.5, None, True, [], {}),
    "str": (1, 1.5, True, [], {}, None),
    "bool": (0, 1, "true", None, []),
    "uuid": (0, "", "x", None, True, [], "0b1f7c1e-6c1a-5d6f-9a53"),
    "instant": (0, 1764867600, "", "yesterday", "2026-12-04T18:00:00", "10000-01-01T00:00:00Z", None, [], True,
                "+12026-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "2026-13-01T00:00:00Z"),
    "day": (0, 20261204, "", "0", "2026-02-30", "10000-01-01", "0000-01-01", "-0001-01-01", "04/12/2026", None, True),
    "list": ({}, "x", 0, None, [[[[]]]], [None] * 1_001),
    "struct": ([], "x", 0, None, {"no": "such field"}),
    "dict": ([], "x", 0, None, {"x": 1}),
    "choice": ("no such choice", "", 0, None, [], "\x00"),
    "decimal": (1.5, "x", "", "NaN", "Infinity", "-Infinity", "1e400", None, [], "1" * 500),
}  # fmt: skip
"""By kind of field, JSON values that are not of it (or out of any bounds)."""

FAR_DATES = (
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-12:00",
)
FAR_DAYS = ("0001-01-01", "9999-12-31")
"""Well written, but where sums of dates fall off the calendar."""

OUT_OF_BOUNDS = (-1, 2**31, 2**63, 10**30, -(10**30))
"""Whole numbers, but not ones that anything here counts to."""

BROKEN = (
    b"{",
    b"}",
    b"[]",
    b"null",
    b"0",
    b'"text"',
    b"{'single': 1}",
    b'{"a": 1,}',
    b'{"a": NaN}',
    b'{"a": "\xff"}',
    b'{"a": "\xed\xa0\x80"}',
    b'{"a": "\\ud800"}',
    b'{"destination": "\\udfff"}',
    b"\xef\xbb\xbf{}",
    b"\x00",
    b"\xff\xfe{\x00}\x00",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"a": ' + b"9" * 100_000 + b"}",
    b"<xml/>",
    b"a=1&b=2",
)
"""Bodies that are not what any endpoint reads."""
