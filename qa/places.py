"""Countries by the names that news has for them: the country, its people, its capital and seats of power."""

from __future__ import annotations

import re

COUNTRIES: dict[str, str] = {
    "afghanistan": "afghan kabul taliban", "albania": "albanian tirana", "algeria": "algerian algiers",
    "angola": "angolan luanda", "argentina": "argentine argentinian buenos-aires", "armenia": "armenian yerevan",
    "australia": "australian canberra", "austria": "austrian vienna", "azerbaijan": "azerbaijani azeri baku",
    "bahamas": "bahamian", "bahrain": "bahraini manama", "bangladesh": "bangladeshi dhaka",
    "barbados": "barbadian bridgetown", "belarus": "belarusian minsk", "belgium": "belgian",
    "bhutan": "bhutanese thimphu", "bolivia": "bolivian",
    "bosnia": "bosnian sarajevo bosnia-herzegovina bosnia-and-herzegovina", "botswana": "gaborone",
    "brazil": "brazilian brasilia",
    "britain": "british uk united-kingdom u.k. london downing-street whitehall great-britain", "brunei": "bruneian",
    "bulgaria": "bulgarian", "burkina faso": "burkinabe ouagadougou", "burundi": "burundian",
    "cambodia": "cambodian phnom-penh", "cameroon": "cameroonian yaounde", "canada": "canadian ottawa",
    "chile": "chilean santiago", "china": "chinese beijing", "colombia": "colombian bogota",
    "costa rica": "costa-rican", "croatia": "croatian zagreb", "cuba": "cuban havana", "cyprus": "cypriot nicosia",
    "czech republic": "czech czechia prague",
    "democratic republic of congo": "congolese drc dr-congo kinshasa democratic-republic-of-the-congo",
    "denmark": "danish copenhagen", "djibouti": "djiboutian", "dominican republic": "santo-domingo",
    "ecuador": "ecuadorian ecuadorean quito", "egypt": "egyptian cairo", "el salvador": "salvadoran salvadorean",
    "eritrea": "eritrean asmara", "estonia": "estonian tallinn", "eswatini": "swazi swaziland",
    "ethiopia": "ethiopian addis-ababa", "fiji": "fijian suva", "finland": "finnish helsinki",
    "france": "french paris elysee", "gabon": "gabonese libreville", "gambia": "gambian banjul",
    "georgia": "georgian tbilisi", "germany": "german berlin", "ghana": "ghanaian accra", "greece": "greek athens",
    "guatemala": "guatemalan", "guyana": "guyanese", "haiti": "haitian port-au-prince",
    "honduras": "honduran tegucigalpa", "hong kong": "", "hungary": "hungarian budapest",
    "iceland": "icelandic icelander reykjavik", "india": "indian new-delhi delhi", "indonesia": "indonesian jakarta",
    "iran": "iranian tehran", "iraq": "iraqi baghdad", "ireland": "irish dublin", "israel": "israeli jerusalem",
    "italy": "italian rome", "ivory coast": "ivorian abidjan cote-d'ivoire côte-d'ivoire", "jamaica": "jamaican",
    "japan": "japanese tokyo", "jordan": "jordanian amman", "kazakhstan": "kazakh astana", "kenya": "kenyan nairobi",
    "kosovo": "kosovan kosovar pristina", "kuwait": "kuwaiti", "kyrgyzstan": "kyrgyz bishkek",
    "laos": "laotian vientiane", "latvia": "latvian riga", "lebanon": "lebanese beirut", "liberia": "liberian monrovia",
    "libya": "libyan tripoli", "liechtenstein": "vaduz", "lithuania": "lithuanian vilnius",
    "luxembourg": "luxembourger", "madagascar": "malagasy antananarivo", "malawi": "malawian lilongwe",
    "malaysia": "malaysian kuala-lumpur", "maldives": "maldivian", "mali": "malian bamako", "malta": "maltese valletta",
    "mauritania": "mauritanian nouakchott", "mauritius": "mauritian", "mexico": "mexican mexico-city",
    "moldova": "moldovan chisinau", "monaco": "monegasque", "mongolia": "mongolian ulaanbaatar",
    "montenegro": "montenegrin podgorica", "morocco": "moroccan rabat", "mozambique": "mozambican maputo",
    "myanmar": "burmese burma naypyidaw", "namibia": "namibian windhoek", "nepal": "nepalese nepali kathmandu",
    "netherlands": "dutch holland the-hague amsterdam", "new zealand": "wellington", "nicaragua": "nicaraguan managua",
    "niger": "nigerien niamey", "nigeria": "nigerian abuja", "north korea": "north-korean pyongyang dprk",
    "north macedonia": "macedonian skopje", "norway": "norwegian oslo", "oman": "omani muscat",
    "pakistan": "pakistani islamabad", "palestine": "palestinian ramallah", "panama": "panamanian",
    "papua new guinea": "port-moresby", "paraguay": "paraguayan", "peru": "peruvian",
    "philippines": "philippine filipino manila", "poland": "polish warsaw", "portugal": "portuguese lisbon",
    "puerto rico": "puerto-rican", "qatar": "qatari doha", "romania": "romanian bucharest",
    "russia": "russian moscow kremlin", "rwanda": "rwandan kigali", "saudi arabia": "saudi riyadh saudi-arabian",
    "senegal": "senegalese dakar", "serbia": "serbian belgrade", "sierra leone": "sierra-leonean freetown",
    "singapore": "singaporean", "slovakia": "slovak slovakian bratislava", "slovenia": "slovenian ljubljana",
    "somalia": "somali mogadishu", "south africa": "south-african pretoria", "south korea": "south-korean seoul",
    "south sudan": "south-sudanese juba", "spain": "spanish madrid", "sri lanka": "sri-lankan colombo",
    "sudan": "sudanese khartoum", "suriname": "surinamese paramaribo", "sweden": "swedish stockholm",
    "switzerland": "swiss bern", "syria": "syrian damascus", "taiwan": "taiwanese taipei",
    "tajikistan": "tajik dushanbe", "tanzania": "tanzanian dodoma", "thailand": "thai bangkok", "togo": "togolese",
    "tonga": "tongan", "trinidad and tobago": "trinidadian", "tunisia": "tunisian tunis",
    "turkey": "turkish turkiye ankara", "turkmenistan": "turkmen ashgabat", "uganda": "ugandan kampala",
    "ukraine": "ukrainian kyiv kiev", "united arab emirates": "emirati uae u.a.e. abu-dhabi",
    "united states": "us u.s. usa u.s.a. america american washington white-house pentagon",
    "uruguay": "uruguayan montevideo", "uzbekistan": "uzbek tashkent", "venezuela": "venezuelan caracas",
    "vietnam": "vietnamese hanoi", "yemen": "yemeni sanaa", "zambia": "zambian lusaka", "zimbabwe": "zimbabwean harare",
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
