"""What we are called: a distinctive part of our name, as the post calls us, is our name too; an ordinary word of it is not."""

from __future__ import annotations

import pytest

from monitor.domain import Brand, Term
from responders.policy.ournames import OUR_NAME, marked
from tests.responders.policy.judging import rules

SHORT = [
    ("nl", "Brouwerij Kletswater", "Wij zoeken uit wat er mis is. Vragen? Stel ze. Joris, Kletswater"),
    ("nl", "Brouwerij Kletswater", "Ik ben Joris en ik schrijf namens Kletswater."),
    ("nl", "Vakantiepark Hoogzand", "Mijn naam is Marit, van vakantiepark Hoogzand."),
    ("nl", "Vakantiepark Hoogzand", "Marit van Hoogzand hier, we zoeken het uit."),
    ("nl", "Mondzorg Tandhuis Zuid", "Ik antwoord namens Tandhuis Zuid in Breda."),
    ("nl", "Zonkracht Energie", "Ik werk bij Zonkracht en zoek het uit."),
    ("nl", "Zonkracht Energie", "We zoeken het uit. Bas van Zonkracht"),
    ("nl", "Taxi Rondrit B.V.", "U spreekt met Hugo van Rondrit."),
    ("en", "Pebblenet Broadband", "Ana here for Pebblenet. We are finding out."),
    ("en", "Pebblenet Broadband", "We are finding out. Ana, Pebblenet"),
    ("en", "Wobblekin Toys", "My name's Ana and I speak for Wobblekin."),
    ("en", "Wobblekin Toys", "I'm Ana from Wobblekin's safety desk."),
    ("en", "Farthing & Rook Tea", "Ana, Farthing & Rook. We are finding out."),
    ("en", "Skylark Airways Ltd", "Ana for Skylark, we are finding out."),
    ("en", "Quillstone University", "Lou from Quillstone here, we are finding out."),
    ("en", "Mossgate Housing Association", "We at Mossgate are finding out."),
    ("nl", "Museum De Kaapsteen", "Museum De Kaapsteen, met Fenna. We zoeken het uit."),
    ("nl", "Gemeente Holtermeer", "Blijf daar weg. Gemeente Holtermeer, Teun Prins. We zoeken het uit."),
    ("en", "Larkfield Pet Hotel", "Larkfield Pet Hotel, Rosa. We are finding out."),
    ("en", "Tollgate Credit Union", "Ana, Tollgate CU. We are finding out."),
    ("nl", "Evenementen Gemeente Klinkerdam", "We zoeken het uit. Gemeente Klinkerdam, Joost"),
    ("nl", "Gemeente Klinkerdam balie Burgerzaken", "We zoeken het uit. Met vriendelijke groet, Judith, gemeente Klinkerdam"),
    ("nl", "Speeltuin De Kuil (gemeente Klinkerdam)", "We zoeken het uit. Sanne, gemeente Klinkerdam"),
    ("nl", "Gemeente Klinkerdam, afdeling Belastingen", "Groet namens de afdeling Belastingen van gemeente Klinkerdam"),
    ("nl", "Evangelische Gemeente De Brandaris", "Benjamin van De Brandaris hier. We zoeken het uit."),
    ("nl", "Fractiebureau Streekpartij Klinkerdam", "Dag! Het fractiebureau van de Streekpartij, met Nour. We zoeken het uit."),
    ("en", "Skelby Leisure & Council Services", "We are finding out. Val, for Skelby Council Services"),
    ("en", "Skelby Parish & District Council", "We are finding out. Hettie, planning, Skelby District Council"),
    ("en", "St Osyth's Church, Marl Coombe", "Dear Ana, this is Colin, churchwarden at St Osyth's. We are finding out."),
    ("en", "The Quill Press Office, Abbey of Torran", "Brother Ansel writing, for the guest house of the Abbey of Torran."),
    ("en", "Pebblenet Broadband", "Owen, product at Pebblenet. We are finding out."),
    (
        "nl",
        "Gemeente Klinkerdam",
        "De brieven komen van een landelijke dienst en niet van gemeente Klinkerdam, zo staat in ons productblad.",
    ),
    ("en", "Pebblenet Broadband", "The letters come from the regulator and not from Pebblenet, as our price list says."),
]
NOT_US = [
    ("nl", "Brouwerij Kletswater", "We zoeken het uit. Joris van de brouwerij"),
    ("nl", "Vakantiepark Hoogzand", "We zoeken het uit. Marit"),
    ("nl", "Zonkracht Energie", "Je contract bij Zonkracht loopt door. Bas"),
    ("nl", "Zonkracht Energie", "Ik ben klant van Zonkracht en heb nooit iets."),
    ("nl", "Zonkracht Energie", "Bas hier, namens Energie Nederland."),
    ("nl", "Mondzorg Tandhuis Zuid", "Ilse hier, van Zuid. We zoeken het uit."),
    ("en", "Pebblenet Broadband", "We are finding out. Ana, Broadband"),
    ("en", "Pebblenet Broadband", "Your Pebblenet line is back. Ana"),
    ("en", "Wobblekin Toys", "My daughter has a toy by Wobblekin too. Ana"),
    ("en", "Farthing & Rook Tea", "Ana here for tea lovers. We are finding out."),
    ("en", "Skylark Airways Ltd", "I fly Skylark myself and never had a delay."),
    ("en", "City Bank", "Ana from the bank here."),
    ("nl", "Evenementen Gemeente Klinkerdam", "Ik woon zelf in gemeente Klinkerdam en vond het prachtig. Joost"),
    ("nl", "Evenementen Gemeente Klinkerdam", "Joost hier, uit Klinkerdam. We zoeken het uit."),
    ("nl", "Evenementen Gemeente Klinkerdam", "We zoeken het uit. Joost, gemeente Torendijk"),
    ("nl", "Gemeente Klinkerdam", "De brieven komen van een landelijke dienst en niet van gemeente Klinkerdam, zo lees ik."),
    ("en", "Skelby Parish & District Council", "We are finding out. Hettie, Skelby"),
    ("en", "Pebblenet Broadband", "The letters come from the regulator and not from Pebblenet, I read."),
    ("en", "Pebblenet Broadband", "Owen, product by Pebblenet. We are finding out."),
    ("en", "St Osyth's Church, Marl Coombe", "Ana here, a visitor of St Osyth's."),
    ("en", "Larkfield Pet Hotel", "Larkfield Pet Hotel, Your stay is booked. We are finding out. Ana"),
]


@pytest.mark.parametrize(("lang", "brand", "reply"), SHORT)
def test_a_distinctive_part_of_our_name_says_who_we_are(lang: str, brand: str, reply: str) -> None:
    assert "R1" not in rules(reply, lang, brand=brand)


@pytest.mark.parametrize(("lang", "brand", "reply"), NOT_US)
def test_a_kind_of_business_or_our_name_as_a_thing_does_not(lang: str, brand: str, reply: str) -> None:
    assert "R1" in rules(reply, lang, brand=brand)


@pytest.mark.parametrize(
    "reply",
    [
        "The lock jammed and we are finding out why. Tell me if it jams again. Kit, Farthing & Rook",
        "The lock jammed and we are finding out why. Tell me if it jams again. Kit | Rook Tea",
    ],
)
def test_a_name_before_a_short_form_of_ours_signs_the_reply(reply: str) -> None:
    assert not {"R1", "R10"} & rules(reply, "en", brand="Farthing & Rook Tea")


def test_a_full_name_with_a_short_form_of_ours_is_no_strangers() -> None:
    post = "Het lek in de hal is na drie weken nog niet gemaakt."
    reply = "Rianne Bos, Zekerhof. Het lek in de hal zoeken we uit, vraag gerust wat je wilt weten over wat er in de hal gebeurde."

    assert "N6" not in rules(reply, post=post, brand="Woningstichting Zekerhof")
    assert "N6" in rules(reply.replace(", Zekerhof", ", de buurvrouw"), post=post, brand="Woningstichting Zekerhof")


def test_who_writes_our_name_small_may_be_answered_so() -> None:
    reply = "tom here for pebblenet, we are finding out."

    assert "R1" not in rules(reply, "en", brand="Pebblenet Broadband", post="pebblenet is down again")
    assert "R1" in rules(reply, "en", brand="Pebblenet Broadband", post="The line is down again")


def test_handles_and_terms_are_our_name_and_terms_that_hang_on_others_are_not() -> None:
    brand = Brand("p", "Pebblenet Broadband", (Term("PNB"), Term("pebbles", near=("broadband",))), handles=("@pebblehelp",))

    assert f"Ana from {OUR_NAME}, @{OUR_NAME} and Pebbles" == marked("Ana from PNB, @pebblehelp and Pebbles", brand, "")
