"""T12: what shows that personal data is in the wrong hands."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "data": meaning(
        both="account account's accountgegevens accounts bsn cv's dossier* iban id's paspoort* passport* password* wachtwoord*",
        en="""
            address addresses application applications balance bank birthday booking bookings chat chats client clients complaint
            complaints conversation credentials cvs data details diagnosed diagnoses diagnosis documents emails envelope file
            files footage history inbox invoice* itinerar* journeys letter licence* license* lists livestream location medical
            medication medicine messages mortgage names order orders papers paperwork patient payslip* payslips pension picture
            pin portal prescription prescription* prescriptions profile receipt receipts record recordings records results rides
            salaries salary scans security selfie selfies spreadsheet ssn ssns statement* subscription tax transcript trips
            voicemail voicemails whereabouts wishlist
        """,
        nl="""
            aanvraag aanvragen achternaam adres* afschrift* bankafschrift* bekeuring* belastingaangifte bestand* bestelling*
            betaalgegevens boeking* bon bonnetje* brief bsn's bsns burgerservicenummer* camera's camerabeelden chat chatgesprek*
            chats contract* diagnose* document* emailadres* envelop excel* factu* formulier* geboortedatum *gegevens gesprekken
            huisnummer hypotheek* inbox inlog* klacht klantbestand* klantdossier* klantenlijst* kopie* *lijst livestream locatie
            loonstroken loonstrook* mailadres* medicatie medicijngebruik medisch* namen *nummer *nummers omgeving opnames papieren
            patientenlijst* pensioen* pincode polis* portaal profiel* recept* reisgeschiedenis reizen rekeningnummer* rijbewijs*
            ritten salaris* saldo *scan* *scans selfie* sofinummer* sollicitatie* sollicitatiebrieven spreadsheet strafblad
            *stukken telefoonnummers toenaam uitslag* voicemail* woonplaats
        """,
    ),
    "others": meaning(
        en="""
            another's anyone's classmates client's clients colleague's colleagues customer's customers else's everybody's
            everyone's ex ex's guest's neighbor's neighbour's neighbours passenger's patient's patients people's person's previous
            somebody's someone's stranger stranger's strangers tenant's users
        """,
        nl="""
            anderen andermans buren buurman buurvrouw collega collega's ene ex gebruikers huurder huurders klasgenoten onbekende
            onbekenden vorige vreemde vreemden wildvreemde*
        """,
    ),
    "exposed": meaning(
        en="""
            accessible aloud appeared appears attached attachment auction autocomplete autofill autofilled bin bins delivered
            download downloadable dumped emailed exposed folder forum found gave google got guess indexed leak leaked leaking
            leaks letterbox lists loaded loads logged loudly mailbox opened overheard pile popped pops preview print printed
            public publicly queue readable received recycling revealed reveals searchable secondhand see seeing sees sent server
            shouted shouting show showing shown shows spreadsheet stack sticks street taped tells told unlock unlocked unprotected
            unsecured users view viewable visible waiting wide window
        """,
        nl="""
            achter bezorgd bijgevoegd bijlage brievenbus container downloaden forum gelekt gelezen gestuurd gevonden google hangt
            hardop hing ingelogd ingevuld inkijken inzage inzien kliko kloppen kreeg krijg lag lagen leesbaar lekken liggen ligt
            log map marktplaats meegelezen meegestuurd meelezen noemde onbeheerd onbeveiligd onthult ontvangen ontving openbaar
            opgenoemd papier papierbak pdf prikbord prullenbak raam riep roept scherm server staan staat stapel stonden straat
            toont tweedehands uitgelekt uitgeprint vermeld verraadt verscheen verschijnt verstuurd vindbaar voluit wachtkamer
            wachtrij zichtbaar zie zien ziet
        """,
    ),
    "breach": meaning(
        both="*databreach* datalek* doxx* ransomware",
        nl="*datalek* privacylek* privacyschending*",
    ),
    "leaked": meaning(
        both="hackers",
        en="breach breached breaches hacked leak leaked",
        nl="gehackt gelekt lek uitgelekt",
    ),
}

LEAK = Family(
    "leak",
    "T12",
    "personal data is in the wrong hands",
    0.9,
    together=(
        near("data others exposed", 14),
        near("data others", 4, strength=0.8),
        near("data leaked", 10),
        near("breach", 0, strength=0.8),
    ),
    english="""
        i|we am|are not carol|mrs|mr|him|her
        usb|laptop|drive ..6 <data>|customer*|patient*|client*
        <data> ..3 is|are|was|were|put|posted ..3 online
        social security|insurance numbers|number ..8 of|our|all|on|in|everyone|whole|visible
        list|listing|letter|mail|file|spreadsheet ..8 numbers|addresses|salaries|names|birthdays ..3 of ..2 our|all|everyone|whole|every
        <data> ..3 of|for ..1 our|the|all|every ..1 whole|entire|department|staff|class|colleagues|street|customers
        how does|do|did|would ..5 know|knows|have|got|get ..3 my|what|that|about ..3 <data>|medication|address|pregnant|number|take
        full|first names|name ..6 printer|list|folder|window|online|everyone|public|lying
        <data>|papers|letter|post|mail ..6 next|neighbour* ..1 door's|letterbox|box|mailbox
        envelope ..3 open|opened|torn
        only you|they|your ..3 have|has|know|knew ..1 that|it|this
        marketing|marketers|advertisers ..5 know|knows|have|got ..5 <data>|medication|health
        see|seeing|shows|showing|got|read ..6 of somebody|someone|another|other|strangers ..1 else|person|people|customer*|name*
        read|see|seeing|reading ..3 other|others|another|someone ..2 chats|messages|conversations|emails
        client|customer|patient|user files|data|records ..4 still|on|found|open|visible
        has|shows|contains|lists ..4 social|names|addresses|phone ..4 of|whole|everyone|all|street|others
        password* ..4 plain|plaintext|clear text?
        usb|laptop|drive ..6 <data>|client|patient|customer
        camera|cameras|feed ..6 other|someone|strangers|another
        spam|calls|texts ..4 since ..3 signed|registered|ordered|gave
        shows|showing|display* ..6 photo|picture|name|town|address|location ..6 to ..1 everyone|everybody|anyone|strangers|public
        data|security|privacy breach|leak|incident|violation
        medical|customer|customers ..2 scans|copies|records|details|list|data|passports ..8 exposed|leak*|server|visible|forum
        patient|employee|staff|crew ..2 scans|copies|records|details|list|data|passports ..8 exposed|leak*|server|visible|forum
        <data> ..8 publicly|openly|exposed|dumped|leaked|unsecured|indexed|unprotected|searchable
        <data> ..4 is|are|was|were|lying ..3 online|public|open|visible|google|forum
        data|security|system* was|were|been|got hacked
        shows|showing|read|gave|given|with|of another|other|different ..1 family*|stranger*|man*|woman* ..4 <data>|account|card|details
        shows|showing|read|gave|given|with|of somebody|wrong|some ..1 family*|stranger*|man*|woman* ..4 <data>|account|card|details
        <data>|details|account|card ..4 of|for|belonging|from|to ..1 another|other|different ..1 else|client*|guest*|user*|family*
        <data>|details|account|card ..4 of|for|belonging|from|to ..1 somebody|someone|wrong|strangers ..1 else|client*
        <data>|details|account|card ..4 of|for|belonging|from|to ..1 somebody|someone|wrong|strangers ..1 guest*|user*|family*
        other|another|different customer*|passenger*|patient*|people* ..2 <data>|card
        someone|somebody|anyone else's
        in|into a|some|another stranger's|person's|customer's|user's
        logged ..4 someone|somebody|stranger*|another|wrong
        cc'd|cced|cc ..6 <number>|all|everyone|customers|applicants|whole|entire
        all|everyone|everybody ..3 in cc|bcc
        everyone|everybody|anyone ..3 has|can|see|sees|got ..3 my|our|your|their|his|her ..1 <data>|email|number
        somebody|someone named|called ..3 <data>|bank
        changing|change ..5 number|url|link|id ..14 other|others|orders|names|someone*|customer*|shows
        my ..3 data|details|address|number|medical ..4 sold|shared|given ..4 without|third|strangers|ex|to
        my ..3 data|details|address|number|medical ..4 passed|leaked|published|posted ..4 without|third|strangers|ex|to
        gave ..3 my ..1 address|number|details|room to
        my ex ..6 <data>
        previous|last customer|guest|tenant|user|owner ..10 <data>|phone|number|address|bought
        shouted|shouting|announced|discussed ..4 <data> ..6 room|loud|aloud|queue|everyone|shop|line|out|across
        discussing|read|yelled|said ..4 <data> ..6 room|loud|aloud|queue|everyone|shop|line|out|across
        <data> ..6 letterbox|mailbox|window|recycling|bin|bins|skip|street|pavement|printer|train
        found|stack|pile|bag|box ..4 of ..4 <data>
        colleague's|neighbour's|neighbor's|landlord's ..1 <data>
        <data> ..4 of ..1 hundreds|dozens|thousands|other ..1 <others>|people|customers|clients|patients|users
        account|card was|got|been|is hacked|compromised
        hacked|hackers ..4 account|data|customer*|passwords
        printed on|in ..4 envelope|outside|back
        on the|an outside|envelope ..6 <data>
        passport*|id|licence|license|bank|payroll ..2 scans|copies|records|details|list|data|passports ..8 open|online|public*|google
        passport*|id|licence|license|bank|payroll ..2 scans|copies|records ..8 exposed|leak*|server|visible|forum
        passport*|id|licence|license|bank|payroll ..2 details|list|data|passports ..8 exposed|leak*|server|visible|forum
        medical|customer|customers ..2 scans|copies|records|details|list|data|passports ..8 open|online|public*|google
        patient|employee|staff|crew ..2 scans|copies|records|details|list|data|passports ..8 open|online|public*|google
        shows|showing|read|gave|given|with|of another|other|different ..1 person*|people*|client* ..4 <data>|account|card|details
        shows|showing|read|gave|given|with|of somebody|wrong|some ..1 person*|people*|client* ..4 <data>|account|card|details
        into|in|see|seeing|got|sent|me another|other|different ..1 family*|stranger*|man*|woman* ..4 <data>|account|card|details
        into|in|see|seeing|got|sent|me somebody|wrong|some ..1 family*|stranger*|man*|woman* ..4 <data>|account|card|details
        shows|showing|read|gave|given|with|of another|other|different ..1 guest*|user*|member* ..4 <data>|account|card|details
        shows|showing|read|gave|given|with|of somebody|wrong|some ..1 guest*|user*|member* ..4 <data>|account|card|details
        <data>|details|account|card ..4 of|for|belonging|from|to ..1 somebody|someone|wrong|strangers ..1 customer*|passenger*
        <data>|details|account|card ..4 of|for|belonging|from|to ..1 somebody|someone|wrong|strangers ..1 patient*|person*|people*
        into|in|see|seeing|got|sent|me another|other|different ..1 person*|people*|client* ..4 <data>|account|card|details
        into|in|see|seeing|got|sent|me somebody|wrong|some ..1 person*|people*|client* ..4 <data>|account|card|details
        shows|showing|read|gave|given|with|of another|other|different ..1 customer*|passenger*|patient* ..4 <data>|account|card|details
        shows|showing|read|gave|given|with|of somebody|wrong|some ..1 customer*|passenger*|patient* ..4 <data>|account|card|details
        into|in|see|seeing|got|sent|me another|other|different ..1 guest*|user*|member* ..4 <data>|account|card|details
        into|in|see|seeing|got|sent|me somebody|wrong|some ..1 guest*|user*|member* ..4 <data>|account|card|details
        <data>|details|account|card ..4 of|for|belonging|from|to ..1 another|other|different ..1 customer*|passenger*
        <data>|details|account|card ..4 of|for|belonging|from|to ..1 another|other|different ..1 patient*|person*|people*
        into|in|see|seeing|got|sent|me another|other|different ..1 customer*|passenger*|patient* ..4 <data>|account|card|details
        into|in|see|seeing|got|sent|me somebody|wrong|some ..1 customer*|passenger*|patient* ..4 <data>|account|card|details
    """,
    dutch="""
        <data> ..3 van ..2 hele|alle|onze|andere ..1 afdeling|klas|straat|buurt|collega's|klanten|team|personeel|leden|ouders
        brief|mail|bestand|lijst|excel ..2 met ..4 <data> ..3 van ..2 hele|alle|onze|andere|anderen|iedereen
        burgerservicenummers|rekeningnummers|geboortedata|adreslijst*
        hoe komt|komen|weet|weten ..6 aan mijn|ons|m'n
        hoe weet|weten ..5 dat ik|mijn
        naam en toenaam
        <data>|post|brief|pakketje ..6 bij ..2 buren|buurman|buurvrouw ..4 bus|brievenbus|open
        open envelop|enveloppe
        envelop ..2 open
        alleen jullie ..2 <data>|weten|hebben
        dat weten|weet alleen jullie
        zie|zien|krijg|kreeg|toont ..8 van een|iemand ander|anders
        van een|iemand ander|anders ..6 zien|zie|naam|adres*|gegevens|binnen
        ritten|gegevens|bestellingen|facturen|berichten ..2 van anderen|andere|iemand|onbekende*
        <data>|brief|mail|account|chats ..4 van iemand|een|andere|wildvreemde|vreemde anders|ander|klant*|persoon
        <data>|brief|mail|account|chats ..4 van iemand|een|andere|wildvreemde|vreemde patient*|gasten|reizigers|huurders
        zie|zien|kreeg|krijg|heb ..4 van iemand|een|andere|wildvreemde anders|ander|klant*|persoon ..4 <data>|account|mail|brief
        zie|zien|kreeg|krijg|heb ..4 van iemand|een|andere|wildvreemde patient*|gasten|reizigers|huurders ..4 <data>|account|mail|brief
        chats|berichten|gesprekken|mails|foto's ..3 van ..1 anderen|andere|gebruikers|vreemden|iemand|klanten
        andere gebruikers|klanten|patienten|leden ..4 zien|zie|lezen|lees|inzien
        staan|stonden|staat|stond ..4 de|alle|namen|bsn's|adressen ..3 van ..2 hele|alle|andere|iedereen|straat|klas|buurt
        klantbestand*|klantgegevens|patientgegevens|dossiers ..6 staan|staat|nog|op|gevonden
        toont|laat ..8 foto|woonplaats|adres|naam|locatie ..8 aan ..1 iedereen|vreemden|anderen
        bsn's|bsns
        <data> ..6 van iemand|een|andere|anderen|ene|mijn|totaal|onze anders|ander|klant*|onbekende|vreemde|mevrouw
        <data> ..6 van iemand|een|andere|anderen|ene|mijn|totaal|onze meneer|buren|buurman|patient*|reiziger*|gast*
        andere|ander klant*|patient*|persoon|gasten|huurder*|reizigers|bewoners|leden|ouders ..4 <data>|zie*|zichtbaar
        in|de|met cc|bcc
        aan regel
        aan|cc regel|veld
        <data> ..8 op|via|in ..2 straat|internet|google|forum|openbaar
        <data> ..6 openbaar|zichtbaar|gelekt|voluit|onbeveiligd|inzien|toegankelijk
        <data> ..8 open ..2 op|internet|server|online
        naar ..3 verkeerde|ander ..2 adres|persoon|mail*|klant|patient
        ik ben|heet geen|niet|helemaal mevrouw|meneer|die|deze
        ingelogd|log ..8 zie|krijg ..8 ander*|iemand|ene|onbekende|vreemde|hij|zij
        bsn|burgerservicenummer|rijbewijs|rekeningnummer* ..8 <exposed>
        paspoort* ..8 zichtbaar|openbaar|online|straat|vindbaar|google|gelekt|open
        privacy iemand|schending|lek
        hij|zij|ze heet ..3 woont
        wachtwoord* ..8 koop|forum|gelekt|openbaar
        <data> ..6 aan ..1 mijn|zijn|haar ..1 ex|buren|werkgever ..2 gegeven|gestuurd|doorgegeven
        zonder ..2 toestemming ..6 <data>|gedeeld|doorgegeven
        <data> ..6 gedeeld|doorgegeven|verkocht ..4 zonder|derden
        brief|post|mail ..3 bestemd voor
        ex|stalker ..10 <data>
        <data> ..4 van ..2 collega|buren|buurman|buurvrouw|ex|huurder|vorige
        vorige|andere klant|gast|huurder|gebruiker|eigenaar ..12 <data>|telefoon|adres|kocht|gekocht
        riep|roept|noemde|besprak|las|leest ..6 <data> ..8 wachtkamer|hardop|balie|rij|winkel|iedereen
        <data> ..8 brievenbus|raam|prikbord|papier|container|wachtkamer|straat|printer|kliko
        stapel|doos|map|tas ..3 <data>
        gevonden|lag|lagen|ligt ..4 <data>
        inclusief|met kopie* ..1 id|paspoort*|identiteit*
    """,
)
