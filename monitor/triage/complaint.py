"""T5 and T10: what shows a bad experience, plain facts included, and a second one after our promises."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "wait": meaning(
        en="""
            ages ago day delay delayed delays due forever hold holding late line meant overdue patience pending promised queue
            queued queueing queues queuing since sitting standing still stood stranded stuck supposed wait waited waiting waits
            yet
        """,
        nl="""
            beloofd dag duurt eeuwig geleden gewacht had inmiddels laat levertijd rij sinds sta staan steeds vast vertraagd
            vertraging* *wacht wacht* wachten wachtrij zou zouden
        """,
    ),
    "works": meaning(
        en="""
            access answer answered answers arrive arrived arrives bike bus called came changed come comes connect connects contact
            deliver delivered do find fit fits fix fixed fixing food found get getting got hear heard help helped honour honoured
            hot hotel load loading loads log login open opening opens paid pay person pick print receive received refund refunded
            replied replies reply respond responded responds response see sent show showed shows sign start starts sync train turn
            turned unlock update updates use work worked working works
        """,
        nl="""
            aan aangekomen antwoord* bereikbaar bereiken bericht betalen bezorgd bus deed doen doet fiets gebruiken geholpen
            gehoord gekomen gekregen geleverd gemaakt gerepareerd geupdate gezien inloggen internet klopt klopte komt kreeg krijg
            krijgen kwam laadt laden leveren lukt lukte neemt omroep ontvangen op open opgelost pakt passen past printen reactie
            reageerde reageert reageren start terugbelt terugbetaald teruggebeld trein update verstuurd verwerkt verwijderd werk
            werken werkt zien
        """,
    ),
    "broken": meaning(
        both="bug bugs bugt crash* defect* error",
        en="""
            barely black blank broke broken bumped burnt canceled cancelled cancels closed cold cracked crashed crashes crashing
            damaged dead delayed dented destroyed dirty disappeared disconnected drops dying empty expired faded failed failing
            fails fault faults faulty filthy flat freezes freezing frozen glitch* ignored incomplete lagging late leaking locked
            lost lousy malfunction* misses missing mistake mouldy outage outages overbooked overcharged problem problems raw
            refused ripped rotten ruined rusty scratched shrank shrunk slow smashed smelled smelly soggy spilled stained stale
            stolen stuck torn twice unanswered undercooked unreachable unreadable unusable useless wobbly wrong
        """,
        nl="""
            aangebrand afgebroken afgeschreven bedorven bekrast beperkt beschadigd blanco blokkeert crasht dicht doorweekt droog
            dubbel eruit fout fouten foutmelding* geannuleerd gebarsten gedeukt gekrompen genegeerd geplet gesloten gestolen
            gestopt geweigerd gore gruzelementen hangt hapert incompleet kapot* karig kloppen koud koude krimpt kwijt lauw lauwe
            leeg lege lek lekke lekt mislukt* nauwelijks onbereikbaar onleesbaar onvindbaar probleem problemen schimmel* smakeloos
            smerig* spoorloos stopt storing* taai traag trage uitgelopen uitgeval uitgevallen uitverkocht valt vastgelopen
            vastloopt verdwenen vergissing verkeerd* verkleurd verlept* verlopen verouderd verroest versleten vertraagd vervallen
            vies vieze vuil wiebelt zeiknat zoek zoutloos zwart
        """,
    ),
    "refund": meaning(
        both="compensat* refund* voucher*",
        en="chased chasing reimburse* reimbursement replacement",
        nl="""
            compens* creditnota omruilen restitutie retour* ruilen schadeloos terugbetalen terugbetaling* teruggave terugstorten
            vergoed*
        """,
    ),
    "rude": meaning(
        both="arrogant*",
        en="""
            attitude condescending dismissive dismissively disrespect* hostile hung impolite incompetent lied lying patronising
            rude rudest shouted shrugged snapped sneered unapologetic unfriendly unhelpful useless
        """,
        nl="""
            afgesnauwd afgewimpeld bot botte brutaal chagrijnig* geblaft gelogen incompetent* liegen liegt lomp neerbuigend nors
            norse onbehulpzaam onbeleefd* onbeschoft* ongeinteresseerd* onhoffelijk onverschillig* onvriendelijk* opgehangen
            snauw* stuurs
        """,
    ),
    "awful": meaning(
        both="ridicu*",
        en="""
            abysmal angry annoy* appalling atrocious awful careless cheeky clueless crap depressing dire disappointing disaster
            disgusting disrespectful dreadful dreadfully dump farce frustrat* fuming garbage hate hopeless horrendous horrible
            inexcusable infuriating insane insulting joke letdown lousy mediocre miserable nightmare nonsense pathetic pissed poor
            poorly ridiculous rubbish sad shambles shame shameful shit shocking sloppy stupid suck sucks terrible trash ugh
            unacceptable unbelievable unfortunate unhappy unprofessional upset upsetting useless waste wasted worse worst wtf
        """,
        nl="""
            aanfluiting afgrijselijk* afschuwelijk* armzalig baal baalt bagger balen bedroevend* belabberd* belachelijk* beroerd*
            blamage boos buitensporig deprimer* drama dramatisch* droevig* ellende erbarmelijk* erger ergerlijk* ergernis flut
            flutservice frustratie* frustrerend* gebrekkig* gedoe gezeur gruwelijk* helaas hopeloos* irritant* kansloos klunzig*
            knudde kwaad lachertje lomp lompe matig matige minpunt* mislukking nergens onaangenaam* onacceptabel* onbegrijpelijk*
            onbeleefd* onfatsoenlijk* ongehoord* ongelofelijk ongelooflijk onkundig* onprofessioneel* ontgoocheld* ontgoocheling*
            onwaardig* onzin pauper pover povere prut rommel ronduit ruk schandalig* schande slecht* smerig spijtig stom stomme
            sukkels teleur teleurgesteld teleurstell* teleurstelling* treurig* triest* troep verdrietig* verschrikkelijk*
            vervelend* vreselijk* waardeloos waardeloze wanhoop wanhopig* wansmakelijk wanvertoning woest zooi zooitje
        """,
    ),
    "service": meaning(
        both="abonnement* account* app apps chatbot* helpdesk* internet website* wifi",
        en="""
            agent bag bags basket battery bike bikes bill bills booking call calls cart case charger checkout code color colour
            connection contract customer delivery desk details driver email emails engineer fabric flight flights food gate hold
            hotel invoice* item items kiosk kit line lock login luggage machine mail meal menu modem order orders package parcel*
            password payment phone plan points portal portion process product quality queue receipt refund rep repair reservation
            restaurant returns room router screen seat seats service shelf shelves shop signal site socket sockets staff store
            subscription suitcase support system ticket* ticket tickets train trains trip update visit voucher waiter website
        """,
        nl="""
            abonnementen accu automaat bakfiets* balie bediening bestelling* betaling* bezoek bezorg* bon bord borden bus code
            contract eten factu* fiets fietsen gegevens gerecht halte haltes hotel kaart kaartje* kamer kamers kassa keuken
            klantenservice kleur koffer* koffie kortingscode krop kwaliteit levering mail mails medewerker* menu modem monteur*
            ober onderhoud pakket* pannenkoek* pas personeel pizza* portaal portie porties prijs prijzen product punten rekening*
            reparatie* reservering* restaurant retour* retourlabel rit ritten schap schappen scherm serveerster service servies
            signaal site slot sloten smaak stoel* stof stopcontact* systeem tas telefoon ticket* trein treinen trui verbinding*
            verbinding vlucht* wachtmuziek wachtrij wachttijd* wachttijden wachtwoord winkel *winkel winkelmand
        """,
    ),
    "again": meaning(
        en="again always another constantly every fourth keep keeps repeatedly second third twice weekly yet",
        nl="""
            altijd alweer continu derde elke iedere nogmaals opnieuw steeds telkens tweede vierde vijfde voortdurend wederom weer
            zoveelste
        """,
    ),
    "charged": meaning(
        en="""
            bill billed charge charged charges charging cost costs expensive fee fees fine overpriced paid pay paying price prices
        """,
        nl="""
            afgeschreven betaal betaald betalen boete duur duurder geincasseerd gerekend incasseren kosten prijs prijsverhoging*
            prijzen rekening tarief tarieven
        """,
    ),
    "must": meaning(
        en="booked confirmed due expected meant ordered paid promised reserved said should supposed told",
        nl="""
            afgesproken beloofd beloofde besteld betaald gereserveerd gezegd hoort moest toegezegd verteld volgens zeiden zou
            zouden
        """,
    ),
    "anger": meaning(
        both="👎 💩 😠 😡 😤 🙄 🤬",
    ),
    "ask": meaning(
        en="any anyone are can could do does how is may should what when where which who why will would",
        nl="""
            heb hebben hebt hoe hoelaat hoeveel is kan kost krijg kun kunnen mag moet mogen waar waarom wanneer wat weet welke wie
            wil zijn zit zou
        """,
    ),
}

COMPLAINT = Family(
    "complaint",
    "T5",
    "a customer had a bad experience",
    0.7,
    together=(
        near("not works", 4),
        near("not device", 5, strength=0.6),
        near("wait unit number", 9, strength=0.75),
        near("wait unit", 4, strength=0.65),
        near("wait wait service", 4, strength=0.6),
        near("broken service", 7),
        near("broken again", 7),
        near("broken i", 7, strength=0.55),
        near("rude staff", 8),
        near("rude service", 8),
        near("rude i", 8, strength=0.6),
        near("awful service", 7, strength=0.65),
        near("awful staff", 6, strength=0.65),
        near("refund i", 8, strength=0.65),
        near("refund ask", 8, strength=0.6),
        near("must not", 10),
        near("must wait", 10, strength=0.6),
        near("not number unit", 9, strength=0.65),
        near("charged again", 7),
        near("charged number i", 9, strength=0.6),
        near("anger service", 20, strength=0.6),
        near("curse service", 6, strength=0.55),
        near("again not", 6, strength=0.6),
    ),
    english="""
        no power|water|internet|heating|signal|electricity|wifi|gas ..6 for|since|all|again|hour|day
        throws|throw|kicks|threw ..1 me|us ..1 out|off
        scrap*|cancel*|axed|dropped ..2 my|our train|flight|bus|booking|order|appointment
        paid ..3 for ..8 and|but|got ..4 looking|got|no|without|only
        can't|cannot|cant sleep ..6 noise|drilling|works|trucks|lorries|your
        <number> ..1 different answers|stories|people|prices|agents
        different ..1 answer|answers|price|prices|story ..4 from|every|each
        only ..3 cancel|return|pay|reach ..3 by post|letter|phone|fax
        why is|are|does|do|did ..6 more|cost|charge*|different|expensive
        none of ..3 add|right|correct|works
        pressed|press|keyed ..4 times|again
        none|neither|nothing ..6 <works>
        says no|error|closed|full|sold
        locks|lock|doors|gates ..3 won't|not|down|stuck|jammed|refuse*
        money ..2 back
        want|get|getting|need|owe|where's ..4 refund
        trying ..2 to ..1 reach|contact|call|get ..6 hours|days|weeks|hour|someone|anyone|through
        no longer|never|not ..3 fly|shop|use|buy|order|book|bank|stay ..2 with|from|at|again
        never ..3 again
        last time i|we|i'll|you
        another|different airline|company|provider|bank|supermarket ..2 next|from|instead
        train|teach ..1 your ..1 staff|employees|people|agents
        took|takes|taking ..3 <number> ..1 minutes|hours|days|weeks|months|attempts
        <number> ..1 hours|days|weeks|minutes|months ..2 later|late|now|and|without|on|for
        half an hour
        waited|waiting|stood|standing|sat|sitting ..5 hour*|minutes|mins|hrs|days|weeks|month*
        nobody|noone|none ..3 told|knew|helped|answered|there|came|shown
        less than helpful|impressed|ideal
        less ..1 than ..1 half
        was|were|got ..2 fined|ripped|scammed|charged|bumped|ignored|lied
        doesn't|don't|didn't|does|do add|make|makes ..1 up|sense
        third|fourth|fifth|second|3rd|4th|5th time|visit|call|email|engineer|replacement|attempt
        after ..1 <number> ..1 weeks|days|months|hours|uses|washes|wash|use
        after one|a wash|week|day|use|month
        coming|falling|fell|fallen|came ..2 apart|off
        stopped working|responding|charging
        in maintenance
        should've|should have ..3 been
        looks|tastes|smells nothing like
        left ..4 mud|mess|dirt|rubbish
        ignored|ignoring|ignores ..3 me|my|us|emails|messages|calls|customers
        still ..3 no|not|waiting|nothing|hasn't|haven't|isn't|doesn't|can't|won't|black|broken
        no ..2 reply|response|answer|update|refund|apology|explanation|email|call|one|heating|water|internet|show|bike|sign
        on hold
        hung up
        never ..2 arrived|came|again|received|heard|delivered|got|turned|showed|had
        hasn't|haven't|didn't|wasn't|isn't|doesn't|won't|can't|couldn't|cannot|cant|wont|doesnt ..3 <works>|been|working
        half|part ..3 order|parcel|delivery|items
        ordered ..5 got|received|came
        reserved|booked|ordered|paid ..8 no|not|nothing|never|isn't
        was|were|is ..2 meant|supposed|due|promised
        logs|kicks|locks|logged|kicked|throws ..1 me|us ..1 out|off
        charged|billed ..5 twice|double|wrong
        overcharged
        fed up
        sick|tired of ..1 waiting|chasing|calling|being|getting|having|your|asking|hearing
        where's|wheres|where ..2 my ..2 order|refund|parcel|money|bag|bike|package|luggage|delivery
        spins|spinning|frozen|freezes|stuck ..2 forever|on|loading|up|every
        want my money
        worst ..3 service|experience|airline|company|app|flight|customer|ever
        thanks|thank ..1 for nothing
        daylight|highway robbery
        how many|often times? ..4 <again>|call|email|must|do
        nobody|noone ..4 picks|answers|came|turned|knows|replied|called|cares|there
        cancelled|canceled
        doesn't|didn't|don't|won't ..2 fit|match|help|know|care|respond|answer
        lost|missing|damaged|broke|ruined ..3 my|our
        came ..6 without|broken|damaged|wrong|cold|late
        arrived|came|delivered ..3 broken|damaged|late|cold|wrong|empty|open
        used to be ..4 now
        waste of|my time|money
        without ..4 warning|notice|asking|telling
        bring ..3 back
        wrong ..2 <service>|size|colour|color|flavour|address|item|order|one
        unable to
        is|was|are|went|goes|been|still down
        gave me|up ..2 heart|on
        left ..3 rain|outside|waiting|bin
        nine|<number> quid|pounds|dollars|euros? ..2 for a
    """,
    dutch="""
        geen stroom|water|internet|verwarming|bereik|signaal|gas|wifi
        gooit|gooien ..2 me|mij|ons ..3 eruit|uit
        schrapt|schrappen|geschrapt|vervalt|vervallen ..4 trein|bus|vlucht|rit|afspraak|les
        betaald voor ..10 en|maar ..4 kijk|krijg|kreeg|geen|zonder
        slaapt|slaap|slapen ..2 niet ..6 door|geboor|lawaai|herrie|vrachtwagens
        <number> ..1 keer ..2 een|ander*|op|gedrukt|gebeld|gemaild|gevraagd
        ander|andere|verschillende antwoord|antwoorden|prijs|verhaal ..4 gekregen|van|elke
        opzeggen ..4 alleen|brief|post|niet
        klopt ..3 niet|geen
        geen enkele ..1 klopt|keer|goed
        wat is het nou
        zat van|geworden
        ben ..3 zat
        al ..2 <number> ..1 <unit>
        al een|ruim|bijna|half ..2 <unit>
        sta|staan|stond ..3 naast|bij|voor ..4 fiets|deur|kluis|paal|balie|hek|fietsen
        loopt ..2 door
        teller loopt
        in gesprek
        weigeren|weigert
        krijg|krijgt|krijgen ..6 niet ..2 los|open|mee|weg|aan
        wil|willen niet ..2 van|open|aan|mee|starten
        niet van ..1 slot
        geld ..4 terug
        terugkrijg*|teruggekregen
        wil ..3 terug
        borden|scherm|slot|fiets|app|display|band|is|zijn|was|ging|gaat|meteen|al ..3 stuk
        veel? te duur|laat|klein|hard|zout|koud|traag|weinig|lang|vol|druk|warm|heet|oud|krap|zwaar|luid
        te laat
        nooit ..1 meer ..2 terug|weer|naar|daar|bij|.|!
        nooit meer !|.
        ver te zoeken
        laat ..3 te wensen
        niet|geen ..3 aanrader|vriendelijk|waard|eetbaar
        sinds ..3 maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|gisteren
        sinds ..3 vanmorgen|vanochtend|april|mei|juni|juli|weken|dagen
        wacht|wachten|wachtte|gewacht ..5 uur|minuten|dagen|weken|maanden|kwartier|<number>
        uur|minuten|dagen|weken|kwartier ..4 wachten|gewacht|later|te|onderweg|vertraging
        half uur
        na ..2 <number> ..1 weken|dagen|maanden|wasbeurten|keer ..3 al|los|kapot|stuk|leeg|weg
        na een wasbeurt|week|dag|maand
        al los|leeg|kapot|lek
        dag <number>
        achtergelaten
        boete ..3 krijg|kreeg|gekregen
        krijg|kreeg ..3 boete|foutmelding|aanmaning|rekening
        voorbij ..4 gereden|reed
        reed ..6 voorbij
        schappen ..2 leeg
        staat|staan ..2 stil
        komt|komen|kom ..3 niet ..2 in|aan|door|opdagen|binnen
        mag|moet ik ..8 trappen|lopen|betalen|wachten|bellen
        door ..2 vertraging|storing|jullie ..6 gemist|kwijt|mis|weg|_
        gemist|misgelopen ..4 door
        nog steeds ..3 niet|geen|niks|niets|op|wachten|in|kapot
        geen ..2 reactie|antwoord|bericht|terugbetaling|update|excuus|uitleg|gehoor
        geen ..2 internet|water|verwarming|trein|fiets|bus|bereik|omroep
        in de wacht
        opgehangen|afgewimpeld
        nooit ..2 aangekomen|ontvangen|gekregen|meer|gehoord|geleverd
        niet ..3 <works>
        <works> ..3 niet|nergens
        helft|deel ..4 bestelling|pakket
        besteld ..5 gekregen|ontvangen|kwam
        gereserveerd|geboekt|besteld|betaald ..8 geen|niet|niks|nooit
        zou*|moest ..6 klaar|komen|zijn|geleverd|binnen|er
        dubbel|twee|2 ..1 keer? ..1 betaald|afgeschreven|gerekend|geincasseerd
        waar|wanneer ..4 mijn|m'n ..2 pakket|geld|bestelling|fiets|koffer|monteur|terugbetaling
        wil ..2 mijn geld
        slechtste ..3 <service>|ervaring|bedrijf
        bedankt|dank voor|je niks|niets|wel
        hoe vaak|lang|vaak ..3 moet|nog|duurt
        niemand ..4 <works>|weet|reageert|neemt|komt|gezien|belt|helpt
        geannuleerd|uitgevallen|vervallen
        passen|past|klopt|kloppen ..4 niet|meter
        kapot|beschadigd|verlept|stuk|verkeerd ..3 aan|geleverd|ontvangen|aangekomen
        zonder ..5 iets|bericht|waarschuwing|overleg
        van ..3 naar ..2 euro
        voor de zoveelste|derde|vierde|vijfde|tweede|zesde keer
        <again> ..3 storing|kapot|kapotte|mis|fout|niet|niks|vertraging|uitgevallen
        ligt ..6 uit|plat|eruit
        ligt plat
        dan maar
        ziek|moe|zat|genoeg van ..2 wachten|jullie|bellen|mailen|wachtmuziek|storing*
        voor geen meter
        sta|staan|zit|zitten ..4 al|nu|hier ..3 uur|minuten|kwartier|half*|<number>
        geen grap
        <number> euro voor
        lekker dan|bezig
        valt ..6 weg|uit
        hoe krijg ik
        opeens|ineens ..6 <charged>|euro|duurder
        kan|kon|konden|kunnen ..5 niet ..3 <works>
        <must> ..12 nu|inmiddels|nog|niemand|zaterdag|weken
    """,
)

FAILED_AGAIN = Family(
    "failed again",
    "T10",
    "we failed this customer before",
    0.7,
    english="""
        apologi*|sorry|promise|promised|promises ..12 again|another|same|still|here
        second|third|2nd|3rd ..1 time|complaint ..6 month|week|year|from|i've|complain*
        again ..1 the? ..1 same ..2 fault|problem|issue|story|thing
        despite|after ..1 your promise|promises|apology|assurance*
        last week|month|year|time ..12 again|another|same
        not the first time
    """,
    dutch="""
        beloof*|beloofden|belofte|excuses|sorry ..14 weer|opnieuw|wederom|alweer|nogmaals
        opnieuw|weer|wederom|alweer ..3 hetzelfde|dezelfde ..3 gezeur|probleem|storing|fout|verhaal|liedje
        ondanks ..2 belofte|beloftes|toezegging|excuses
        tweede|derde ..1 keer|klacht ..8 klagen|klaag|moet|week|maand
        vorige week|maand|keer ..14 weer|opnieuw|nu|alweer
        niet de eerste keer
    """,
)
