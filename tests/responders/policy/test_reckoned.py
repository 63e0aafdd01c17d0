"""What anybody can reckon from facts and post is carried, in both languages; a figure that does not follow from them is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.policy.context import Context
from responders.policy.dated import figures_in
from responders.policy.lines import context_of_line
from responders.policy.parts import Part

POSTS = {"nl": "Wat een puinhoop bij jullie.", "en": "What a mess over there."}

FOLLOWS: dict[str, list[tuple[str, str, str]]] = {
    "cents": [
        ("en", "The surcharge was £0.50 too high.", "We charged 50p too much as a surcharge."),
        ("nl", "Het tarief is 0,21 euro per kWh.", "Het tarief is 21 cent per kWh."),
        ("nl", "Het tarief is 21 cent per kWh.", "Het tarief is 0,21 euro per kWh."),
    ],
    "as often as told": [
        ("en", "Each missed appointment is refunded at £30; two were missed.", "For the two missed appointments you get £60."),
        (
            "en",
            "We pay £30 for each missed appointment. They were missed on Monday and Wednesday.",
            "You get £60 for the missed appointments.",
        ),
        ("nl", "Drie keer is 39 euro afgeschreven.", "In totaal is er 117 euro afgeschreven."),
        ("nl", "De toeslag van 210 euro is 3 maanden niet betaald.", "Over drie maanden is dat 630 euro toeslag."),
        ("en", "We pay £12 for every day without heating; it was off for 3 days.", "You will get £36 for the days without heating."),
        ("nl", "Het bedrag van 240 euro wordt in 12 termijnen betaald.", "Het bedrag is 20 euro per termijn."),
        ("en", "The fare was £16. With a long delay 25% of the fare is paid back.", "You get back £4 of the fare."),
        ("nl", "Van de 24 lampen was de helft stuk.", "Twaalf van de 24 lampen waren stuk."),
    ],
    "sums and differences": [
        ("nl", "Het tarief van de opvang gaat van 9,10 naar 9,45 euro.", "De opvang gaat 35 cent omhoog, naar 9,45."),
        ("nl", "De cursus kost 240 euro en het examen 60 euro.", "Cursus en examen kosten samen 300 euro."),
        ("en", "There were 4 complaints about the app and 6 about the till.", "We got ten complaints about app and till together."),
        ("en", "The invoice showed £84 instead of £48.", "The invoice was £36 too high."),
        ("nl", "De prijs ging van 10 naar 12 euro.", "De prijs steeg met twee euro."),
        ("en", "Of 9 rides, 6 were closed.", "Only three rides were open."),
        ("nl", "De bestelling telde 6 dozen; 2 dozen ontbraken.", "Vier van de zes dozen kwamen aan."),
        ("en", "The leaflet said £59; the till charged £69.", "You paid £10 too much at the till."),
        ("en", "The rent of £500 rose by 4%.", "The rent is now £520."),
    ],
    "between two moments": [
        ("en", "The lift broke on 14 March and was repaired on 18 March.", "The lift was broken for four days."),
        ("nl", "De lift viel uit op 2 mei en werd hersteld op 19 mei.", "De lift stond zeventien dagen stil."),
        ("en", "The power went off at 13.00 and came back at 15.30.", "The power was off for two and a half hours."),
        ("nl", "De storing duurde van 23.00 tot 2.00 uur.", "De storing duurde drie uur."),
        ("nl", "Van 1 tot en met 5 juli was de balie dicht.", "De balie was vijf dagen dicht."),
        ("en", "The parcel was left next door on Monday and found on Thursday.", "The parcel was missing for three days."),
        ("en", "The error started in March and was found in May.", "It took us two months to find the error."),
        ("nl", "Het contract liep van 2019 tot 2024.", "Het contract liep vijf jaar."),
        ("en", "The lights failed on 20 February and came back on 2 May.", "The lights were out for 72 days."),
        ("nl", "De klacht kwam op 12 januari en is op 20 maart beantwoord.", "Uw klacht lag ruim twee maanden bij ons."),
        ("en", "The help line opened on Monday to Friday.", "The help line was open for five days."),
        ("en", "The desk was shut on Saturday 4 and Sunday 5 May.", "The desk was shut on two days."),
        ("nl", "Maandag, dinsdag en woensdag was er geen water.", "Drie dagen was er geen water."),
        ("en", "Customers paid £6 a month too much from January to April.", "You paid £6 a month too much for four months: £24."),
        ("nl", "De vlucht vertrok om 14.15 uur in plaats van om 9.45 uur.", "De vlucht vertrok ruim vier uur te laat."),
        ("en", "The lift stopped at 17:10. A member of staff came at 17:55.", "The lift was stuck for three quarters of an hour."),
    ],
    "one less with yours, and after a bound": [
        ("nl", "12 reacties zijn verwijderd, waaronder die van u.", "Elf andere reacties zijn ook verwijderd."),
        ("en", "12 comments were deleted.", "Your comment and eleven others were deleted."),
        ("en", "Entry is free up to and including 17.", "From 18 you pay for entry."),
        ("nl", "Een pas is gratis tot en met 17 jaar.", "Wie jonger is dan 18 heeft een gratis pas."),
        ("nl", "Een pas is gratis tot en met 17 jaar.", "Tot je 18e is de pas gratis."),
        ("en", "Children of 11 or younger enter free.", "Children aged 12 and over pay to enter."),
        ("en", "Hand the form in up to and including 17 June.", "Hand the form in before the 18th."),
        ("en", "Hand the form in up to and including 17 June.", "Hand the form in before 18 June."),
        ("nl", "De ijsbaan is open tot en met 6 januari.", "De ijsbaan gaat op 7 januari dicht."),
    ],
    "rounded": [
        ("nl", "Er kwamen 86 reacties binnen.", "We kregen tientallen reacties."),
        ("en", "312 customers got a wrong bill.", "Hundreds of customers got a wrong bill."),
        ("nl", "312 klanten kregen een verkeerde rekening.", "Ruim driehonderd klanten kregen een verkeerde rekening."),
        ("nl", "312 klanten kregen een verkeerde rekening.", "Driehonderd klanten kregen een verkeerde rekening."),
        ("en", "The fault hit 312 customers.", "More than 300 customers were hit by the fault."),
        ("en", "In all 1,960 homes lost water.", "Almost 2,000 homes lost water."),
        ("en", "In June 1,050 customers got a reminder.", "Just over a thousand customers got a reminder in June."),
        ("en", "In all 1,204 homes had no gas.", "Twelve hundred homes or so had no gas."),
        ("nl", "De levering was 20 dagen te laat.", "De levering was bijna drie weken te laat."),
        ("nl", "De bezorger kwam dinsdag om 9.15 uur.", "De bezorger kwam dinsdag kort na negen uur."),
        ("en", "The courier called at 9:50.", "The courier called just before 10 o'clock."),
        ("en", "The courier called at 9:50.", "The courier called around 10 o'clock."),
    ],
    "lengths in other words": [
        ("nl", "De brug was 10 dagen dicht.", "De brug was anderhalve week dicht."),
        ("en", "We sent 24 bulbs.", "We sent two dozen bulbs."),
        ("en", "The bridge was shut for 14 days.", "The bridge was shut for a fortnight."),
        ("nl", "U stond 45 minuten in de wacht.", "U stond drie kwartier in de wacht."),
        ("nl", "De rit duurde 150 minuten.", "De rit duurde tweeenhalf uur."),
        ("nl", "De rit duurde 110 minuten.", "De rit duurde 1 uur en 50 minuten."),
        ("en", "The delivery took 6 weeks.", "The delivery took a month and a half."),
        ("en", "The delivery was 2 days late.", "The delivery was a couple of days late."),
        ("nl", "De rit duurde 25 minuten.", "De rit duurde vijfentwintig minuten."),
        ("nl", "De reizigers wachtten 2 uur.", "De reizigers wachtten twee uur."),
        ("nl", "Het toestel is voor kinderen van 7 jaar.", "Een zevenjarige mag in het toestel."),
        ("nl", "De terugbetaling duurt 10 werkdagen.", "De terugbetaling duurt twee weken."),
        ("nl", "Een medewerker liet een kind van 5 toe.", "Een medewerker liet een vijfjarige toe."),
        ("en", "The ride is for children aged 7 and over.", "The ride is for a 7-year-old."),
        ("en", "The wall was built 1.60 metres high instead of 1.80.", "The wall was built 20 centimetres too low."),
        ("nl", "De zak woog 2,5 kilo.", "De zak woog 2500 gram."),
        ("nl", "In april 6 euro per maand te veel.", "In april betaalde je 6 euro per maand te veel."),
        ("nl", "De brug was 11 dagen dicht.", "De brug was een dag of tien dicht."),
        ("nl", "De brug was 170 minuten dicht.", "De brug was nog geen drie uur dicht."),
        ("nl", "De brug was van 13.00 tot 17.30 uur dicht.", "De brug was een halve dag dicht."),
        ("en", "The bridge was shut for half a day.", "The bridge was shut for 12 hours."),
    ],
    "shares": [
        ("en", "Of the 120 seats, 40 were out of use.", "A third of the seats were out of use."),
        ("nl", "Van de 60 bussen reden er 30 niet.", "De helft van de bussen reed niet."),
        ("en", "The fee is half of the price.", "Half the price is a fee."),
        ("en", "Of 200 tests, 150 were right.", "Three quarters of the tests were right."),
        ("nl", "Van de 300 kaarten zijn er 200 verkocht.", "Twee derde van de kaarten is verkocht."),
        ("en", "We withdraw 25% of the fine.", "We withdraw a quarter of the fine."),
        ("en", "20 children got a rash and 5 saw a doctor.", "One in four of the children with a rash saw a doctor."),
        ("nl", "20 kinderen kregen uitslag en 5 gingen naar de dokter.", "Een op de vier kinderen ging naar de dokter."),
    ],
    "when it was": [
        ("en", "The double charge was made on 12 July.", "The double charge was made in July."),
        ("en", "The refund is on the July bill.", "The refund is credited in July."),
        ("nl", "De dubbele afschrijving was op 12 juli.", "De dubbele afschrijving was deze zomer."),
        ("nl", "De stoep is op 10 juni om 9.00 uur afgezet met hekken.", "De stoep is sinds vanochtend met hekken afgezet."),
        ("en", "The valve was closed at 7.10 am on 3 March.", "The valve was closed this morning."),
        ("en", "The lift stopped on 3 March.", "The lift stopped this week."),
        ("nl", "De netbeheerder verhoogde de prijs per 1 januari.", "De netbeheerder verhoogde de prijs dit jaar."),
        ("en", "The app was updated on 9 October; the button broke with that update.", "The button broke with this month's update."),
        ("en", "See a vet at once.", "Please see a vet immediately."),
        ("nl", "De trein vertrok om 17:30.", "De 17.30 is vertrokken."),
        ("en", "The shed will be painted on 3 August.", "The shed will be painted this summer."),
    ],
    "things counted, and points of a list": [
        ("en", "The engineer went to the wrong street on Monday and Wednesday.", "We sent the engineer to the wrong street on two days."),
        ("nl", "De tarieven van 2023 en 2025 staan online.", "De twee tarieven staan online."),
        ("en", "The lift was repaired.", "1) The lift was repaired."),
        ("en", "The recall concerns batch 17 and batch 18.", "The recall concerns two batches."),
        ("nl", "Beide bibliothecarissen waren ziek.", "Onze twee bibliothecarissen waren ziek."),
    ],
}
DOES_NOT: dict[str, list[tuple[str, str, str]]] = {
    "cents": [
        ("en", "The surcharge was £0.50 too high.", "We charged 50 pounds too much as a surcharge."),
        ("nl", "Het tarief is 0,21 euro per kWh.", "Het tarief is 12 cent per kWh."),
        ("nl", "Het tarief is 21 euro per maand.", "Het tarief is 21 cent per maand."),
    ],
    "as often as told": [
        ("en", "Each missed appointment is refunded at £30.", "For the two missed appointments you get £90."),
        ("en", "Each missed appointment is refunded at £30. The room has 3 doors.", "For the two missed appointments you get £90."),
        ("nl", "Drie keer is 39 euro afgeschreven.", "In totaal is er 156 euro afgeschreven."),
        ("en", "The allowance of £30 is paid within two days.", "The allowance of £60 is paid within two days."),
        ("en", "Both tickets (£84) are refunded.", "We refund both tickets, £168."),
        ("nl", "Het bedrag van 240 euro wordt in 12 termijnen betaald.", "Het bedrag is 24 euro per termijn."),
        ("en", "The fare was £16. With a long delay 25% of the fare is paid back.", "You get back £5 of the fare."),
        ("en", "We pay £30 for each missed visit and £9 a day.", "For the two missed visits we pay £60, and £18 for every day."),
        ("nl", "Van de 24 lampen was de helft stuk.", "Tien van de 24 lampen waren stuk."),
    ],
    "sums and differences": [
        ("nl", "Het tarief van de opvang gaat van 9,10 naar 9,45 euro.", "De opvang gaat 45 cent omhoog, naar 9,45."),
        ("nl", "De waarborg was 50 euro. De cursus kost 120 euro.", "De waarborg van 170 euro is teruggestort."),
        ("nl", "De waarborg was 50 euro. De cursus kost 120 euro.", "In totaal was de waarborg 170 euro."),
        ("en", "There were 4 complaints about the app and 6 about the till.", "We got twelve complaints about app and till together."),
        ("en", "The invoice showed £84 instead of £48.", "The invoice was £46 too high."),
        ("en", "Delivery costs £5; above £40 it is free.", "Delivery costs £45 in total."),
        ("en", "The ticket cost £24 and parking £6. The ticket is refunded.", "The refund for the ticket is £30 in total."),
        ("en", "Of 9 rides, 6 were closed.", "Only four rides were open."),
        ("nl", "Vier van de twaalf bomen zijn gekapt.", "De andere acht staan er nog."),
        ("en", "The leaflet said £59; the till charged £69.", "You paid £15 too much at the till."),
        ("nl", "De eis van twee sloten staat in artikel 7.", "De eis van vijf sloten staat in artikel 7."),
    ],
    "between two moments": [
        ("en", "The lift broke on 14 March and was repaired on 18 March.", "The lift was broken for six days."),
        ("en", "The office moved on 1 March. The invoice was sent on 4 March.", "The invoice went out three days late."),
        ("nl", "De storing duurde van 23.00 tot 2.00 uur.", "De storing duurde vijf uur."),
        ("en", "The gym opened at 7:00 and the manager spoke to the cleaner at 9:00.", "The showers were out of order for two hours."),
        ("nl", "Van 1 tot en met 5 juli was de balie dicht.", "De balie was acht dagen dicht."),
        ("en", "The error started in March and was found in May.", "It took us three months to find the error."),
        ("nl", "Het contract liep van 2019 tot 2024.", "Het contract liep acht jaar."),
        ("nl", "Maandag, dinsdag en woensdag was er geen water.", "Zes dagen was er geen water."),
        ("en", "The door jammed at 17:10. The café closed at 17:55.", "The bus came three quarters of an hour late."),
    ],
    "one less with yours, and after a bound": [
        ("nl", "12 reacties zijn verwijderd, waaronder die van u.", "Tien andere reacties zijn ook verwijderd."),
        ("en", "Entry is free up to and including 17.", "From 21 you pay for entry."),
        ("en", "Entry is free up to and including £17.", "From £18 you pay for entry."),
        ("en", "Hand the form in up to and including 17 June.", "Hand the form in before the 19th."),
        ("en", "Hand the form in up to and including 17 June.", "Hand the form in for £18."),
        ("nl", "De ijsbaan is open tot en met 6 januari.", "De ijsbaan gaat op 9 januari dicht."),
    ],
    "rounded": [
        ("nl", "Er kwamen 8 reacties binnen.", "We kregen tientallen reacties."),
        ("en", "312 customers got a wrong bill.", "Thousands of customers got a wrong bill."),
        ("nl", "312 klanten kregen een verkeerde rekening.", "Ruim vierhonderd klanten kregen een verkeerde rekening."),
        ("nl", "312 klanten kregen een verkeerde rekening.", "Bijna driehonderd klanten kregen een verkeerde rekening."),
        ("en", "The fault hit 312 customers.", "Exactly 300 customers were hit by the fault."),
        ("en", "The fault hit 312 customers.", "More than 300 buses were repaired."),
        ("nl", "De bezorger kwam dinsdag om 9.15 uur.", "De bezorger kwam dinsdag kort na elf uur."),
        ("en", "The courier called at 9:50.", "The courier called just after 10 o'clock."),
        ("en", "It is paid within 10 working days.", "It is paid within 11 working days."),
        ("en", "It is paid within 10 working days.", "It is paid within almost 11 working days."),
    ],
    "lengths in other words": [
        ("nl", "De brug was 10,5 dagen dicht.", "De brug was drieenhalve week dicht."),
        ("nl", "De rit duurde 110 minuten.", "De rit duurde 1 uur en 40 minuten."),
        ("nl", "De brug was 15 dagen dicht.", "De brug was een dag of tien dicht."),
        ("nl", "De brug was van 13.00 tot 14.00 uur dicht.", "De brug was een halve dag dicht."),
        ("nl", "De brug was 190 minuten dicht.", "De brug was nog geen drie uur dicht."),
        ("en", "The delivery took 6 weeks.", "The delivery took three months."),
        ("en", "The delivery was 2 days late.", "The delivery was a couple of weeks late."),
        ("nl", "De rit duurde 25 minuten.", "Je krijgt 25 euro voor de rit."),
        ("nl", "De rit duurde 25 minuten.", "De rit duurde vijfendertig minuten."),
        ("nl", "Het toestel is voor kinderen van 7 jaar.", "Een negenjarige mag in het toestel."),
        ("nl", "De bus van 5 euro liet een kind van 6 toe.", "De bus liet een vijfjarige toe."),
        ("en", "The wall was built 1.60 metres high instead of 1.80.", "The wall was built 60 centimetres too low."),
    ],
    "shares": [
        ("en", "Of the 120 seats, 40 were out of use.", "Half of the seats were out of use."),
        ("nl", "Van de 60 bussen reden er 30 niet.", "Een derde van de bussen reed niet."),
        ("en", "Of 200 tests, 150 were right.", "A quarter of the tests were right."),
        ("nl", "20 kinderen kregen uitslag en 5 gingen naar de dokter.", "Een op de drie kinderen ging naar de dokter."),
        ("nl", "De boete is op 3 en op 10 mei afgeschreven.", "De boete is vijf keer afgeschreven."),
    ],
    "things counted, and points of a list": [
        ("en", "The recall concerns batch 17 and batch 18, 400 jars in all.", "The recall concerns four batches."),
        ("en", "The recall concerns batch 17 and batch 18, 400 jars in all.", "The recall concerns 418 jars in all."),
        ("nl", "Beide bibliothecarissen waren ziek.", "Onze drie bibliothecarissen waren ziek."),
        ("en", "We sent the engineer to the wrong street on Monday.", "We sent the engineer to the wrong street on three days."),
    ],
    "when it was": [
        ("en", "The double charge was made on 12 July.", "The double charge was made in June."),
        ("nl", "De dubbele afschrijving was op 12 juli.", "De dubbele afschrijving was deze winter."),
        ("en", "The main burst on 2 June.", "The main is being replaced this summer."),
        ("nl", "De kraan werd vanochtend om 7.10 uur afgesloten.", "De kraan werd gisteravond afgesloten."),
        ("en", "The valve was closed at 7.10 am on 3 March.", "The valve will be opened tomorrow."),
        ("en", "The valve was closed at 7.10 am on 3 March.", "The valve was closed this afternoon."),
        ("nl", "Het geld wordt uiterlijk 19 juli gestort.", "Het geld is gisteren gestort."),
        ("en", "The driver got the wrong list at 7:25 on 9 March.", "All our drivers got new lists this morning."),
        ("en", "The lift stopped on 3 March.", "The lift runs again next week."),
    ],
}


def _pairs(kinds: dict[str, list[tuple[str, str, str]]]) -> list[tuple[str, str, str]]:
    return [one for several in kinds.values() for one in several]


def loose(lang: str, fact: str, reply: str, post: str = "") -> list[str]:
    """Return the figures of a reply that are bound to nothing."""
    line = {"lang": lang, "brand": "Velt", "post": post or POSTS[lang], "reply": reply, "facts": [{"id": "f1", "text": fact}]}
    return unbound(context_of_line(line))


def unbound(context: Context) -> list[str]:
    """Return the figures and days of a reply under review that no fact carries."""
    found = []
    for sentence in context.reply.sentences:
        for clause in sentence.clauses:
            part = Part(sentence, clause, context.keys_in(clause.start, clause.end))
            found += [context.reply.plain[start:end] for _, start, end, fact in figures_in(context, part) if fact is None]
    return found


@pytest.mark.parametrize(("lang", "fact", "reply"), _pairs(FOLLOWS))
def test_what_anybody_can_reckon_is_carried(lang: str, fact: str, reply: str) -> None:
    assert [] == loose(lang, fact, reply)


@pytest.mark.parametrize(("lang", "fact", "reply"), _pairs(DOES_NOT))
def test_what_does_not_follow_is_carried_by_nothing(lang: str, fact: str, reply: str) -> None:
    assert loose(lang, fact, reply)


def test_every_kind_has_its_near_misses() -> None:
    assert set(DOES_NOT) == set(FOLLOWS)


def test_what_the_post_alone_gives_needs_no_fact() -> None:
    post = "Mijn termijn ging van 96 naar 109 euro."

    assert [] == loose("nl", "De netbeheerder bepaalt de netkosten.", "Dertien euro meer, dan wil je een verklaring.", post)
    assert loose("nl", "De netbeheerder bepaalt de netkosten.", "Veertien euro meer, dan wil je een verklaring.", post)


def test_a_month_of_the_post_needs_no_fact_and_another_one_does() -> None:
    post = "I cancelled in January and my July bill is wrong."

    assert [] == loose("en", "The bill was wrong.", "The bill of July was wrong in July.", post)
    assert [] == loose("en", "The bill was wrong.", "You cancelled in January and still paid in May.", post)
    assert ["in june"] == loose("en", "The bill was wrong.", "The bill was wrong in June.", post)


def test_what_a_customer_lost_is_not_added_to_what_a_fact_pays() -> None:
    post = "I paid £30 for a taxi."

    assert ["£75"] == loose("en", "The fare of £45 is refunded.", "In total we refund £75 of the fare.", post)


def test_two_times_of_the_post_make_a_length() -> None:
    post = "We sat in A&E from 11pm to 6am."

    assert [] == loose("en", "Two of three shifts were empty.", "Seven hours is a long time.", post)
    assert ["nine hours"] == loose("en", "Two of three shifts were empty.", "Nine hours is a long time.", post)


@pytest.mark.parametrize(
    ("lang", "fact", "follows", "does_not"),
    [
        (
            "nl",
            "11 van 21 gemeenten vragen meer.",
            "Meer dan de helft van de gemeenten vraagt meer.",
            "Minder dan de helft van de gemeenten vraagt meer.",
        ),
        (
            "nl",
            "11 van 21 gemeenten zijn open over kosten.",
            "Meer dan de helft van de gemeenten is open op dit punt.",
            "Minder dan de helft van de gemeenten is open op dit punt.",
        ),
        ("en", "Of the 5 Saturdays 2 are left.", "More than half of the Saturdays are gone.", "More than half of the Saturdays are left."),
    ],
)
def test_a_share_lies_on_the_side_of_a_half_that_its_words_tell(lang: str, fact: str, follows: str, does_not: str) -> None:
    assert [] == loose(lang, fact, follows)
    assert loose(lang, fact, does_not)


def test_the_day_after_a_told_one_needs_no_fact_where_it_is_a_condition() -> None:
    fact = "The money is paid back on 20 January."

    assert [] == loose("en", fact, "If the money isn't there on the 21st, write here.")
    assert ["21st"] == loose("en", fact, "The money will be there on the 21st.")


def test_a_note_has_a_number_and_tells_none() -> None:
    assert [] == loose("en", "The lift was repaired.", "The lift was repaired, see [1].")


def test_a_page_number_is_no_point_of_a_list() -> None:
    assert ["4"] == loose("en", "The fee stands in the fees schedule, page 3.", "The fee stands in the fees schedule, p. 4. See there.")


def test_the_points_of_a_list_may_stand_on_lines_of_their_own() -> None:
    assert [] == loose("en", "The lift was repaired.", "What we did:\n1. The lift was repaired.\n2. The lift was repaired.")


FIGURED = st.lists(
    st.one_of(
        st.integers(0, 3000).map(str),
        st.sampled_from(
            [
                "euro",
                "£",
                "%",
                "3 May",
                "17.30",
                "half",
                "an hour",
                "and a",
                "tot en met",
                "samen",
                "meer",
                "vanochtend",
                "a third of",
                "1)",
                ".",
            ]
        ),
        st.sampled_from(
            ["bus", "dagen", "weeks", "was", "werd", "jarige", "twintig", "vijfentwintig", "uur", "instead of", "metres", "\n"]
        ),
    ),
    max_size=40,
).map(" ".join)


@given(reply=FIGURED, fact=FIGURED, post=FIGURED)
def test_whatever_is_reckoned_over_gives_a_fact_or_none_and_the_same_again(reply: str, fact: str, post: str) -> None:
    line = {"lang": "nl", "brand": "Velt", "post": post, "reply": reply, "facts": [{"id": "f1", "text": fact}]}

    assert unbound(context_of_line(line)) == unbound(context_of_line(line))


@pytest.mark.parametrize(
    "piece", ["12 of 24 and 7 euro, ", "1.1.1.1.1.", "half a ", "en een half ", "3 May to ", "gegegege", "1)1)1)", "ty-"]
)
def test_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    facts = [{"id": f"f{number}", "text": (piece * 300)[:2000]} for number in range(4)]
    line = {"lang": "nl", "brand": "Velt", "post": (piece * 2000)[:8000], "reply": (piece * 3000)[:12_000], "facts": facts}

    assert isinstance(unbound(context_of_line(line)), list)
