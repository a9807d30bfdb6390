"""Texts that could break a careless reply, for the property tests."""

from hypothesis import strategies as st

FRAGMENTS = [
    "@", "@all", "@here", "@kim", "<!here>", "<@U123>", "<!subteam^S1>", "<http://a.b|c>", "<", ">",
    "&", "&amp;", "&#64;", "|", "\\", "`", "```", "*", "**", "_", "~", "~town", "#", "#general",
    "[x](http://a.b)", "||", "://", "www.a.b", ":smile:", ":", '"', "'", "“", "”", "„", "«", "»", "\n",
    "\r\n", "\t", "\x00", "\x85", "\u2028", "\u2424", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u200f",
    "\u202e", "\u2060", "\u2066", "\u3000", "\ufeff", "\ufdfa", "😀", "👩‍👩‍👧", "é", "e\u0301", "ß", "ﬁ",
    "Ａ", "İ", " ", "a", "kim", "7", "-", "1.", "…", "help", "list", "me", "share", " share", " all",
    " history", " at 2026-05-12", "null", "https://",
]  # fmt: skip

texts = st.text(max_size=120) | st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)
"""Any text that can be encoded, and mixtures of characters that some platform treats as markup."""

names = texts | st.sampled_from(
    ["", "Billing", "Billing EU", "billing", "Sales", "help", "list", "me", "all"]
)

ids = st.from_regex(r"[0-9A-Za-z]{1,24}", fullmatch=True) | st.sampled_from(
    ["help", "list", "me", "share", "all", "history", "at", "Sales", "billing"]
)
"""Ids as servers make them, and unlikely ones."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
"""Any value that a field of a JSON body may have."""
