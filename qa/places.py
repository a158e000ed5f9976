"""Countries by the names that news has for them: the country, its people, its capital and seats of power."""

from __future__ import annotations

import re

COUNTRIES: dict[str, str] = {
    "afghanistan": "afghan kabul taliban", "argentina": "argentine argentinian buenos-aires",
    "australia": "australian canberra", "austria": "austrian vienna", "belarus": "belarusian minsk",
    "belgium": "belgian", "brazil": "brazilian brasilia", "britain": "british uk united-kingdom u.k. london "
    "downing-street whitehall great-britain", "canada": "canadian ottawa", "chile": "chilean santiago",
    "china": "chinese beijing", "colombia": "colombian bogota", "cuba": "cuban havana", "denmark": "danish copenhagen",
    "egypt": "egyptian cairo", "ethiopia": "ethiopian addis-ababa", "finland": "finnish helsinki",
    "france": "french paris elysee", "germany": "german berlin", "greece": "greek athens",
    "hungary": "hungarian budapest", "india": "indian new-delhi delhi", "indonesia": "indonesian jakarta",
    "iran": "iranian tehran", "iraq": "iraqi baghdad", "ireland": "irish dublin", "israel": "israeli jerusalem",
    "italy": "italian rome", "japan": "japanese tokyo", "kenya": "kenyan nairobi", "lebanon": "lebanese beirut",
    "malaysia": "malaysian kuala-lumpur", "mexico": "mexican mexico-city", "myanmar": "burmese burma naypyidaw",
    "netherlands": "dutch holland the-hague amsterdam", "new zealand": "wellington", "nigeria": "nigerian abuja",
    "north korea": "north-korean pyongyang dprk", "norway": "norwegian oslo", "pakistan": "pakistani islamabad",
    "palestine": "palestinian ramallah", "philippines": "philippine filipino manila", "poland": "polish warsaw",
    "portugal": "portuguese lisbon", "qatar": "qatari doha", "russia": "russian moscow kremlin",
    "saudi arabia": "saudi riyadh saudi-arabian", "south africa": "south-african pretoria",
    "south korea": "south-korean seoul", "spain": "spanish madrid", "sudan": "sudanese khartoum",
    "sweden": "swedish stockholm", "switzerland": "swiss bern", "syria": "syrian damascus",
    "taiwan": "taiwanese taipei", "thailand": "thai bangkok", "turkey": "turkish turkiye ankara",
    "ukraine": "ukrainian kyiv kiev", "united states": "us u.s. usa u.s.a. america american washington white-house "
    "pentagon", "venezuela": "venezuelan caracas", "vietnam": "vietnamese hanoi", "yemen": "yemeni sanaa",
}  # fmt: skip
"""Each country with its people and seats; a hyphen stands for a space."""

_KEYS = {
    name.replace("-", " "): country for country, others in COUNTRIES.items() for name in (country, *others.split())
}
_FORM = re.compile(
    r"(?<!\w)(?P<name>" + "|".join(sorted(map(re.escape, _KEYS), key=len, reverse=True)) + r")(?:ns?|s)?(?!\w)",
    re.IGNORECASE,
)


def countries_in(text: str) -> tuple[set[str], str]:
    """The countries that a text names in any of these ways, and what is left of it. "us" is none, "US" is."""
    found: set[str] = set()

    def take(match: re.Match[str]) -> str:
        if match.group() == "us":
            return match.group()
        found.add(_KEYS[match["name"].lower()])
        return " "

    return found, _FORM.sub(take, text)
