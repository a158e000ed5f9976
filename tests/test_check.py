"""What the check refuses and what it keeps: plain sentences of news, put otherwise, rightly and wrongly."""

from __future__ import annotations

import pytest

from evals.perturbations import DATA, probes_of, rates
from qa.grounding import SUPPORTED, faults, support

TURNED = (
    ("Norway accused Sweden of emptying the dam.", "Sweden accused Norway of emptying the dam."),
    ("Holm sued Berg over the patent.", "Berg sued Holm over the patent."),
    ("Holm bought the maps unit from Berg.", "Berg bought the maps unit from Holm."),
    ("Berg beat Holm in straight sets on Sunday.", "Holm beat Berg in straight sets on Sunday."),
    ("Berg beat Holm.", "Holm beat Berg."),
    ("Berg will replace Holm in May.", "Holm will replace Berg in May."),
    ("Democrats have won control of the Senate.", "Republicans have won control of the Senate."),
    ("Danes were blamed for the fire.", "Finns were blamed for the fire."),
    ("Manning, the plane maker, will cut 500 jobs.", "Jones, the plane maker, will cut 500 jobs."),
    ("Mays will cut 200 jobs at its plant in Oslo.", "Berg will cut 200 jobs at its plant in Oslo."),
    ("The union wrote ‘We Will Strike’ on its banner.", "The union wrote ‘We Will Not Strike’ on its banner."),
    ("“Vaccines: Safe” was the headline.", "“Vaccines Are Not Safe” was the headline."),
    (
        "All passengers on the ferry were rescued by the coast guard on Tuesday.",
        "Most passengers on the ferry were rescued by the coast guard on Tuesday.",
    ),
    ("All of the homes were rebuilt.", "Most of the homes were rebuilt."),
    ("Every home in the town was damaged.", "Almost every home in the town was damaged."),
    ("All members voted for the plan.", "All but three members voted for the plan."),
    ("Both suspects were arrested.", "One of the two suspects was arrested."),
    ("Holm was killed when the wall fell.", "Holm was nearly killed when the wall fell."),
    ("Holm passed the test.", "Holm almost passed the test."),
    ("The fire spread to the roof.", "Crews prevented the fire from spreading to the roof."),
    ("The workers will strike on Friday.", "The workers will strike on Friday unless a deal is reached."),
    ("The mine will close in May.", "The mine will close in May if its appeal fails."),
    ("Sweden seized the ship.", "Stockholm denied that Sweden seized the ship."),
    ("Sweden seized the ship", "Stockholm denied that Sweden seized the ship."),
    ("Holm robbed the bank.", "Nobody believes that Holm robbed the bank."),
    ("Holm murdered his neighbour in 2019.", "Holm was charged with murdering his neighbour in 2019."),
    ("Holm stole the painting.", "Holm is on trial for stealing the painting."),
    ("Interest rates were raised by 0.5 percent.", "Interest rates were raised by 0.5 percentage points."),
    ("Keller was sentenced to five months in prison.", "Keller was sentenced to five years in prison."),
    ("The fire burned 300 hectares.", "The fire burned 300 acres."),
    ("Turnout dropped from 54 percent to 61 percent.", "Turnout dropped from 61 percent to 54 percent."),
    ("The share fell to 20 dollars.", "The share fell by 20 dollars."),
    ("June was warmer than July.", "July was warmer than June."),
    ("Oslo is larger than Bergen.", "Bergen is larger than Oslo."),
    ("The club has more women than men.", "The club has more men than women."),
    ("The train runs from Paris to Rome.", "The train runs from Rome to Paris."),
    ("The mine closed in 1998.", "The mine opened in 1998 and closed in 2003."),
    ("The minister resigned after the report was published.", "The report was published after the minister resigned."),
    ("The minister resigned before the report was published.", "The minister resigned after the report was published."),
    (
        "The appeals court upheld the ban on short-term rentals.",
        "The appeals court overturned the ban on short-term rentals.",
    ),
    ("Holm won and Berg lost.", "Berg won and Holm lost."),
    ("Manning at the weekend signed the deal.", "Jones at the weekend signed the deal."),
    ("Wilbur Mays hit the ball.", "Wilbur Stagg hit the ball."),
    ("He paid Berg or Lind.", "“I did not pay Berg or Lind,” he said."),
    ("The film “Never Again: Berlin” won.", "Berlin said never again. Holm made a film, which won."),
    ("“Safe, Green Future” was her motto.", "She wanted safe jobs. A “Green Future” was her motto."),
    ("Orsa cut 9,000 jobs in May.", "Orsa plans to cut 9,000 jobs in May."),
    (
        "China's exports fell 12.5% in July from a year earlier.",
        "China's exports fell 14.5% in July from a year earlier. Economists had expected exports to fall 12.5%.",
    ),
    (
        "Edmar scored the only goal in the 68th minute.",
        "Rico scored the only goal in the 68th minute, and goalkeeper Edmar made two saves.",
    ),
    (
        "Otto Brandt defeated Ines Falk in the contest.",
        "Lena Moss defeated Ines Falk in the contest to replace Otto Brandt.",
    ),
    (
        "The company turned down the RVL union's latest pay offer.",
        "The strike was called after the RVL union turned down the company's latest pay offer.",
    ),
    ("Unemployment rose to 4%.", "Unemployment dipped to 4% in May."),
    ("Shares rose 3%.", "Shares tumbled 3% on Monday."),
    (
        "The regulator had approved an earlier version in April.",
        "The regulator had blocked an earlier version in April.",
    ),
    (
        "Halden will close a German plant before 2030.",
        "Halden and its union reached an agreement that rules out the closure of any German plant before 2030.",
    ),
    (
        "A vaccinated child died of measles in Elmridge.",
        "State officials said an unvaccinated child had died of measles in Elmridge.",
    ),
    ("Halden Rovers beat Orlesham City 1-0.", "Orlesham City beat Halden Rovers 1-0 in Lisbon on Saturday."),
    ("Orlesham City lost 1-0 to Halden Rovers.", "Orlesham City beat Halden Rovers 1-0 in Lisbon on Saturday."),
)
"""Statements that say something else than the quotes behind them."""

REWORDED = (
    ("At least 312 people were killed in the earthquake on Monday.", "Monday's earthquake killed at least 312 people."),
    ("The storm destroyed 40 homes.", "Forty homes were destroyed in the storm."),
    ("Officials said the bridge would reopen on Friday.", "The bridge will reopen on Friday, officials said."),
    ("Police said the man was armed.", "The man was armed, police said."),
    ("Voters rejected the plan in a referendum.", "The plan was rejected by voters in a referendum."),
    ("The plan was rejected by voters in a referendum.", "Voters rejected the plan in a referendum."),
    ("The plan was rejected by the council.", "The council rejected the plan."),
    ("Holm moved to Oslo after working in Bergen.", "Before moving to Oslo, Holm worked in Bergen."),
    ("Fifteen people were injured in the crash.", "The crash left 15 people injured."),
    ("No one was injured in the crash.", "Nobody was injured in the crash."),
    ("Shares rose 3% while oil prices fell.", "Oil prices fell and shares rose 3%."),
    ("Berg was beaten by Holm.", "Holm beat Berg."),
    ("Holm beat Berg in straight sets.", "Berg was beaten in straight sets by Holm."),
    ("Berg was sacked by Holm.", "Holm sacked Berg."),
    ("July was warmer than June.", "June was cooler, and July was warmer than June."),
    ("All passengers were rescued.", "All of the passengers were rescued."),
    ("All 40 passengers were rescued.", "Every one of the 40 passengers was rescued."),
    ("Nearly 300 people came.", "Nearly 300 people came to the fair."),
    ("Prices almost doubled.", "Prices almost doubled in May."),
    ("Turnout fell from 61 percent to 54 percent.", "Turnout, which was 61 percent, fell to 54 percent."),
    ("Keller got a five-year sentence.", "Keller was sentenced to five years in prison."),
    ("Workshops are free on Mondays.", "The workshop on Monday is free."),
    ("Staring at a loss, Holm sold the bank.", "Holm, who stared at a loss, sold the bank."),
    ("Holm was working with Berg.", "Holm was at work with Berg, who wrote ‘Never Working Again’."),
    ("Holm made “The Last Ferry: Part 2”.", "Holm made “Part 2” of “The Last Ferry”."),
    ("Stockholm denied that Sweden seized the ship.", "Stockholm denied that Sweden seized the ship on Monday."),
    ("Holm was charged with murdering his neighbour.", "Holm was charged with murdering his neighbour in 2019."),
    (
        "The workers will strike unless a deal is reached.",
        "The workers will strike on Friday unless a deal is reached.",
    ),
    ("Holm was acquitted of murder.", "A jury cleared Holm of murder."),
    ("The train runs from Rome to Paris.", "The night train from Rome to Paris runs again."),
    ("The flood came after two days of rain.", "After two days of rain came the flood."),
    ("Moscow signed the deal, the first since 2014.", "Moscow signed the deal, its first since 2014."),
    ("The deal is off, a blow to the bank, said Holm.", "The deal is off, a blow to the bank, said Holm on Monday."),
    ("Prices rose in Oslo, Norway, said Holm.", "Prices rose in Oslo, Norway, Holm said."),
    ("Holm denied that he had paid Berg.", "“No, I did not pay Berg, nor Lind,” Holm said."),
    ("The law holds, and so on, said Holm.", "“The law holds, and so on,” said Holm."),
    (
        "Lorvatide cut the risk of heart attacks and strokes by 20% in overweight adults with heart disease.",
        "Lorvatide cut the risk of heart attacks, strokes and cardiovascular death by 20% in adults who were "
        "overweight and had heart disease, according to a study of 12,300 people.",
    ),
    (
        "The RVL union rejected Orsa Rail's latest pay offer.",
        "The strike at Orsa Rail was called after the RVL union turned down the company's latest pay offer.",
    ),
    (
        "A child who had not been vaccinated died of measles in Elmridge, Texas.",
        "Officials in Texas said that an unvaccinated child had died of measles in Elmridge.",
    ),
    (
        "French farmers blocked roads around Paris.",
        "Farmers in France used tractors to block roads around Paris on Monday.",
    ),
    (
        "Edwin Marlow received a kidney from a pig and died nearly two months later.",
        "The patient, Edwin Marlow, who received the kidney of a pig, died in May, nearly two months after "
        "the surgery.",
    ),
    (
        "She promised to scrap the tax if she wins the election in May.",
        "She would scrap the tax, she promised, if voters hand it a majority in May's election, which she "
        "hopes to win.",
    ),
    (
        "Orsa's revenue fell 5% to $17.3 billion in the quarter.",
        "Orsa reported revenue of $17.3 billion for the holiday quarter, down 5% from a year earlier.",
    ),
    (
        "Officials cut the death toll from 115 to at least 97.",
        "Officials lowered the death toll from the Kahana wildfires to at least 97 on Friday, down from 115.",
    ),
    (
        "The Senate passed the $95 billion foreign aid package by 70 votes to 29.",
        "The Senate passed a $95 billion foreign aid package on Tuesday. The bill passed 70-29, with 22 "
        "Republicans joining most Democrats.",
    ),
    (
        "Halden Rovers lost 1-0 to Orlesham City in Lisbon.",
        "Orlesham City beat Halden Rovers 1-0 in Lisbon on Saturday to win the Champions League.",
    ),
    (
        "One in five adults in the country is obese, the survey found.",
        "The survey found that 20% of adults in the country are obese.",
    ),
    (
        "The two leaders met in Geneva for the first time.",
        "President Ada Kuhn and President Ivo Petrov, the leaders, held their first meeting in Geneva, where "
        "they met at a villa.",
    ),
    (
        "The company said it will cut about 12,000 jobs.",
        "Orsa's parent company Halden is to cut around 12,000 jobs. “We will cut about 12,000 jobs,” chief "
        "executive Rafi Menon told employees.",
    ),
    ("African leaders met in Nairobi.", "Leaders from across Africa met in Nairobi."),
)
"""Statements that say the same in other words."""


@pytest.mark.parametrize(("statement", "quote"), TURNED)
def test_what_means_something_else_is_refused(statement: str, quote: str) -> None:
    assert support(statement, [quote]) < SUPPORTED


@pytest.mark.parametrize(("statement", "quote"), REWORDED)
def test_what_means_the_same_has_no_fault(statement: str, quote: str) -> None:
    assert faults(statement, [quote]) == []


def test_rewordings_are_told_from_what_only_looks_like_them() -> None:
    found = rates(probes_of(DATA / "rewordings.jsonl"))
    kept, refused = found["true: by hand"], found["changed: by hand"]
    assert kept[0] >= 0.76 * kept[1]
    assert refused[0] >= 0.57 * refused[1]
