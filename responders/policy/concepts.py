"""Lists words of one meaning in Dutch and English, by the name of what they mean. How texts are compared stands in stems."""

from __future__ import annotations

CONCEPTS: dict[str, str] = {
    "MEDICINE": "medicine medicines medication meds pill pills tablets pillen pil medicijn medicijnen",
    "FOOD": "meal meals food lunch dinner maaltijd maaltijden eten diner",
    "ROOM": "room rooms kamer kamers hotelkamer",
    "FLIGHT": "flight flights plane vlucht vluchten vliegtuig",
    "POWER": "electricity power stroom elektriciteit",
    "DOG": "dog dogs pet pets hond honden huisdier huisdieren",
    "APPOINTMENT": "appointment appointments afspraak afspraken",
    "REFUND": "refund refunded refunds refunding reimburse reimbursed repay repaid repayment terugbetalen "
    "terugbetaald terugbetaling terugbetaalt terugbetalingen terugstorten teruggestort "
    "terugstorting terugboeken teruggeboekt vergoeden vergoed vergoeding vergoedt restitutie "
    "terugkrijgen teruggekregen geld-terug terug-geld teruggave crediteren gecrediteerd credited",
    "COMPENSATE": "compensate compensated compensation compensatie compenseren gecompenseerd schadevergoeding goodwill bonus",
    "FREE": "vrijkaart vrijkaarten freebie freebies free gratis kosteloos complimentary waived kwijtgescholden",
    "VOUCHER": "voucher vouchers coupon coupons discount korting kortingscode tegoedbon bon cadeaubon waardebon giftcard tegoed",
    "REPLACE": (
        "replace replaced replacement replacing vervangen vervanging vervangt omruilen omgeruild omwisselen omgewisseld swap "
        "swapped exchange exchanged ruilen vervangend vervangende"
    ),
    "REPAIR": "repair repaired repairs repairing fix fixed fixing fixes mend mended resolved resolve solve solved "
    "restored restore teruggezet terugzetten teruggeplaatst repareren gerepareerd reparatie repareert "
    "verholpen verhelpen "
    "herstellen hersteld herstelt oplossen opgelost oplossing patched corrected rechtzetten rechtgezet",
    "SEND": (
        "send sent sending ship shipped ships shipping dispatch dispatched courier sturen gestuurd stuurt "
        "verstuurd versturen verzonden verzenden opsturen opgestuurd toesturen toegestuurd nasturen"
    ),
    "DELIVER": (
        "deliver delivered delivery delivers deliveries bezorgd bezorgen bezorging bezorgt gebracht bracht brachten leveren geleverd "
        "levering afgeleverd brengen bring brought brings bezorger courier koerier"
    ),
    "COLLECT": (
        "collect collected collection pick-up pickup ophalen opgehaald haalt leeghalen geleegd legen empty "
        "emptied emptying opruimen opgeruimd opgehaalde ophaling"
    ),
    "TRANSFER": "transfer transferred overmaken overgemaakt overgeboekt storten gestort",
    "CALL": (
        "call called calls phone phoned phoning ring rang ringing bellen gebeld belt belde telefoon "
        "telefoontjes telefoontje terugbellen teruggebeld telefonisch hotline"
    ),
    "MAIL": "mail mailen gemaild mails email emails e-mail e-mails emailed mailde",
    "CANCEL": "cancel cancelled canceled cancellation annuleren geannuleerd annulering geschrapt uitgevallen uitval",
    "LATE": (
        "late delay delayed delays laat vertraging vertraagd verlaat overdue vertragingen wachten wachtte "
        "gewacht wacht waited wait waiting wachttijd"
    ),
    "BROKEN": (
        "broken broke broken-down defect kapot stuk failed failing fail failure breakdown faulty weigerde "
        "weigert weigeren weigerden haperde storing storingen outage malfunction crash crashed crashes"
    ),
    "LOCK": "lock locks locked slot sloten unlock unlocked ontgrendelen vergrendeld",
    "OPEN": (
        "open opens opened opening opengaan openging opengingen opengaat dicht shut closed stays close "
        "gesloten sluit sluiten closes closing"
    ),
    "BIKE": "bike bikes bicycle bicycles fiets fietsen fietsje cycle ebike e-bike e-bikes e-fiets",
    "BRAKE": "brake brakes braking rem remmen voorrem achterrem remde remt geremd remblokken",
    "BATTERY": "battery batteries accu accu's batterij batterijen",
    "BURN": "burn burned burnt burns burning fire fires brand verbrand brandwond brandwonden flames vlammen",
    "FALL": "fall fell fallen viel vallen gevallen val valpartij crash",
    "HURT": "hurt injured injury injuries gewond verwonding pijn wond hospital ziekenhuis gebroken broken",
    "CHARGE": (
        "charge charged charges charging afgeschreven afschrijven afschrijving afschreven schreven incasso gerekend rekenen billed bill"
    ),
    "INVOICE": "invoice invoices bill bills factuur facturen rekening rekeningen nota",
    "TWICE": "twice double doubled dubbel dubbele twee second tweede tweemaal two 2",
    "RUDE": (
        "rude unfriendly impolite mocked insulted onbeleefd onbeschoft onvriendelijk bot grof snauwde "
        "snauwen schreeuwde schreeuwen geschreeuwd shouted shouting yelled yelling uitgescholden belachelijk"
    ),
    "STAFF": (
        "staff employee employees medewerker medewerkers medewerkster colleague collega driver drivers "
        "chauffeur chauffeurs conductor conducteur trainer instructor badmeester monteur mechanic crew "
        "baliemedewerker"
    ),
    "LUGGAGE": "luggage suitcase suitcases baggage bag bags koffer koffers bagage",
    "MISSING": "missing lost mislaid kwijt verdwenen verloren vermist zoek gone vanished",
    "PARCEL": "parcel parcels package packages pakket pakketje pakketten doos",
    "RUBBISH": (
        "rubbish trash garbage waste litter afval grofvuil vuilnis vuil huisvuil recycling bins bin "
        "container containers vuilniszakken kliko"
    ),
    "TRAIN": "train trains trein treinen",
    "ANSWER": (
        "answer answered answers antwoord antwoorden geantwoord beantwoord beantwoorden reply replied "
        "unanswered replies gereageerd ignored genegeerd silence"
    ),
    "DAMAGED": "damaged damage beschadigd schade damp wet nat natte gescheurd torn dented deuk deuken scratched",
    "DATA": "data gegevens locatiegegevens persoonsgegevens privacy datalek",
    "SELL": "sell sells sold selling verkoopt verkopen verkocht verkoop",
    "CLOSE": "scrap scrapped scrapping opheffen opgeheven verdwijnt stopt stoppen stopped schrappen afschaffen axed",
    "TREE": "tree trees boom bomen",
    "CUT": "cut cutting kappen gekapt kapt rooien gerooid felled felling",
    "ALLERGY": "allergy allergic allergies allergisch allergie allergenen noten nuts",
    "PRICE": "price prices prijs prijzen tarief tarieven fare fares kosten cost costs duur expensive duurder fee fees",
    "CHANGE": "change changed wijzigen gewijzigd wijziging aangepast aanpassing",
    "HEATING": "heating verwarming boiler ketel cv-ketel heater radiator",
    "INTERNET": "internet wifi broadband verbinding connection signaal",
    "PAIN": "ache sore sick ziek illness misselijk nauseous food-poisoning",
    "CHECK": "check checked checking tested test tests testing inspect inspected inspection log logs logbook "
    "logboek storingslogboek controle gecontroleerd controleren gecheckt onderzoek onderzocht "
    "onderzoeken investigation investigated examined examining examine nagekeken nagegaan keuring "
    "gekeurd records record administratie audit verified review reviewed "
    "checks kasboek report rapport looked found bekeken",
    "UPDATE": "update updates updated app-update",
    "WEEKEND": "weekend weekends",
    "CHILD": "kind kinderen child children kids zoontje zoon dochter dochtertje son daughter kindje",
    "PARKING": "parking park parkeren parkeerplek parkeerplaats geparkeerd parked",
    "NOISE": "noise noisy loud geluid geluidsoverlast lawaai herrie",
    "DIRTY": "dirty filthy vies vuile smerig schoonmaak schoongemaakt schoon cleaned unclean",
    "QUEUE": "queue queues rij wachtrij line lines",
    "LEAK": "leak leaks leaking lek lekt lekkage lekke lekken flat puncture",
    "TICKET": "ticket tickets kaartje kaartjes kaart toegangskaart toegangskaarten",
    "REACH": "reach reached bereiken bereikt bereikbaar onbereikbaar dm dms",
    "LOOK": "kleur kleuren colour color colours colors maat maten size sizes",
    "SUBSCRIPTION": "subscription abonnement abonnementen membership lidmaatschap opzegging opzeggen opgezegd unsubscribe",
    "SCHEDULE": "schedule scheduled timetable roster rostered rota planned planning rooster ingepland ingeroosterd dienstrooster "
    "dienstregeling",
    "LIGHT": "lamp lamps lampen licht lichten verlichting straatverlichting lantaarn lantaarns lantaarnpaal lantaarnpalen light lights "
    "lighting streetlight streetlights lamppost lampposts",
    "SETTING": "setting settings instelling instellingen ingesteld configured configuration set-up",
    "LIFT": "lift liften elevator elevators",
    "STAIRS": "escalator escalators roltrap roltrappen",
    "TOILET": "toilet toilets toiletten wc wc's loo restroom restrooms bathroom",
    "SOFA": "sofa sofas couch couches bankstel",
    "TORN": "tear torn rip ripped scheur scheuren gescheurd",
    "MOULD": "mould mold mouldy moldy schimmel schimmelig beschimmeld",
    "VERMIN": "rat rats mouse mice vermin ratten muizen ongedierte kakkerlak kakkerlakken cockroach cockroaches",
    "SMELL": "smell smells smelly stench stink stinks stank stinkt ruikt geur stinken",
    "BREAD": "bread loaf loaves brood broden broodje broodjes",
    "EXAM": "exam exams examen examens tentamen toets",
    "SCHOOL": "school scholen schools klas class classroom",
    "STREET": "street streets road roads straat straten weg wegen laan",
    "STOPS": "halte haltes busstop bushalte tramhalte",
    "RISE": "rise rises raised increase increased increases hike verhoging verhoogd verhogen omhoog duurder stijging gestegen",
    "SHOES": "shoe shoes schoen schoenen boots laarzen sneakers",
    "WINDOW": "window windows raam ramen ruit ruiten",
    "DOOR": "door doors deur deuren",
    "SEAT": "seat seats zitplaats zitplaatsen stoel stoelen",
    "SCREEN": "screen screens scherm schermen display",
    "LETTER": "letter letters brief brieven",
    "PASSWORD": "password passwords wachtwoord wachtwoorden login inloggen inlog",
    "COLD": "cold koud koude freezing ijskoud",
    "HANGUP": "ophangt opgehangen ophangen hangt",
}
"""Words of one meaning, in both languages, so that a reply in our own words still names what the post names."""
