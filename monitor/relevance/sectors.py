"""What people talk of when they talk of a company: words of any service, and words of each kind of company, Dutch and English.

A word ending in * stands for every word that begins so. How the words are weighed is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping

SERVICE = """
    account* aanbieding* aanmaning* abonnement* advert* agent* antwoord* apology apologised apologises app apps aandeel afspraak
    bedrijf* bericht* bestel* betaal* betaling* bezorg* bonus branch branches brand* bon bonnetje boeking* boek* bill billed billing
    bills book booked booking* cadeaubon* cancel* cashback charge* charged chat chatbot checkout claim* client* clients code company
    compensat* complaint* complain* contact* contract* coupon* customer* compensatie deal deals deliver* delivery directeur discount*
    eigenaar* engineer expired factu* fee fees filiaal filialen foutmelding garantie geannuleerd geblokkeerd geholpen gebeld geld gift*
    helpdesk helpline hoofdkantoor hotline incasso* inlog* inloggen invoice* jobs klacht* klant* klanten klantenservice korting* kosten
    kwaliteit launch* leverd leveren lever* levering* log login logged loyalty mail mails manager* medewerk* melding* monteur* offline
    onbereikbaar online ontslag* open opzeg* opgezegd opening order ordered orders outage overgestapt overstap* pakket* parcel* pay paid
    password phone pincode policy portal prijs* prijzen price* pricing product* profit* promo* purchase* queue* receipt* receptie*
    refund* reclame refuse* rekening* repair* reply replies restitutie retour* return* returned review* reservering* sale sales
    schadevergoeding* score* scam* sent* service* servicedesk shop* shopped signup site staff sold store* storing* subscri* support*
    tarief* tariev* telefoon* tegoed telefonisch terugbetaal* terugbetaald terugbel* terms ticket* uitverkoop* update* vacature*
    verbinding* vergoed* verhoging* verzend* vestiging* voorwaarden voucher* waardeloos wachtrij* wachttijd* waiting warehouse warranty
    webshop webwinkel* website* werknemer* werkt winkel* winst* worse employee* employer layoffs shares strike staak* staken ceo
    headquarters hq trustpilot ervaring* experience* tevreden satisfied recommend aanrader nummer* cashier kassa* kassamedewerk*
    topservice rude onbeleefd vriendelijk* hold helpful switched signed
"""

SECTORS: Mapping[str, str] = {
    "bank": """
        atm bank* bankpas* balance betaalrekening* bic card cards creditcard* debit deposit* fraud geldautomaat* hypothe* iban inlog*
        interest ideal leningen lening loan* mortgage* overboek* overmaken overdraft overgemaakt pas pin pinnen pinpas* rente* saldo
        salaris* savings sparen spaar* transfer* withdraw* legitimatie phishing rood
    """,
    "insurance": """
        assessor claim* cover* dekking dekt expert excess eigen-risico fysio insur* paid policy polis* premie* premium* schade* taxateur
        storm* wind hail hagel* fire brand inbraak inbreker* burglary theft gestolen stolen diefstal flood* ruit* ster-in-ruit travel
        abroad buitenland alarmcentrale pech breakdown premium* renewal renew* insured pet pets vet dog dierenarts car auto keert keren
        uitkering* uitkeer* vergoed* verzeker* inboedel* wa-verzekering waterschade dagwaarde payout damage total-loss
    """,
    "telecom": """
        abonnement* bereik bellen broadband bundel* data* dekking fiber fibre gb glasvezel* internet* mast mobiel* mobile modem*
        netwerk* network* nummerbehoud outage prepaid provider* roaming router* signal sim simkaart* sms speed snelheid telecom* telefo*
        text texts tv unlimited verbinding wifi 4g 5g 3g
    """,
    "energy": """
        afrekening* boiler* cv-ketel elektra electric* energie* energy feed-in gas gasprijs groene jaarafrekening* kwh laadpaal meter*
        meterstand* netbeheer* power-cut salderen slimme smart solar stroom* stadsverwarming tariff* teruglever* termijnbedrag*
        thuisbatterij unit variabel variable voorschot* warmtepomp* zonnepane* kerncentrale windpark* wind-farm electricity
    """,
    "supermarket": """
        aisle* assortiment bakery bezorg* biscuits bonus bonuskaart boodschappen bread brood butter boter caissiere checkout chips
        cheese deli eggs eieren fruit groceries grocery groente* houdbaar* huismerk* kaas kassa* koffie koek* loyalty melk milk
        own-brand pasta pak produce sauce schap* schappen shelves statiegeld* substitut* supermar* till tills toko vlees vleeswaren
        yoghurt yogurt zegel* zelfscan* hummus aardbeien vegetables
    """,
    "shop": """
        bestelling* broek* clothes clothing coat cotton dress* fit fits garderobe jas jasje jeans jurk* kleding* kleren maat maten
        paskamer* parcel retour* schoen* shirt* shoes size sizes shop* store* sweater trui trousers uitverkoop washed wasbeurt webshop
        webwinkel* winkel* winkels seam fashion mode cadeaubon* gift-card* showroom furniture meubel* bank-stel kast* matras* sofa
        delivered wasmachine laptop* televisie* parfum* cosmetic* make-up shampoo creme drogist* drugstore opticien* glasses bril*
        juwelier* speelgoed* toys bouwmarkt* verf gereedschap* diy tuincentrum* assembly
    """,
    "airline": """
        airline* airport baggage bag bags boarding boordpersoneel cabin captain compensatie crew departure flew flight* fly flying gate
        geannuleerd handbagage* koffer* landed landing layover legroom luchtvaart* luggage miles overbook* passagier* passenger* piloot
        piloten pilot* plane refund runway schiphol seat* stewardess* stoel* suitcase tarmac terminal ticket* toestel upgrade
        vertraging* vertrek* vliegt vliegen vliegmaatschapp* vliegtuig* vloog vlucht* vluchten check-in inchecken boardingpass eu261
    """,
    "transport": """
        bus bussen buschauffeur* buslijn chauffeur* commut* conducteur* delay* dienstregeling fare* halte in-uitcheck* inchecken
        kaartje* lijn line machinist metro ov ov-chip* perron platform rail* reiziger* rijdt ritten spits spoor* station* stop timetable
        train* tram* trein* uitval uitgevallen uitchecken vertraag* vertraging* ferry veer
    """,
    "mobility": """
        accu app battery bike* borg brakes deelauto* deelfiets* deelscooter* driver* e-bike* fiets* fietsen helm* helmet* minuut*
        minuten opladen park* parkeer* rent* rental ride* rides rit ritten scooter* slot sloten taxi* unlock* vergunning verhuur* lock
        locks permit stoep pavement helmet car-sharing huurauto dealer garage apk onderhoudsbeurt charging laden auto* car cars wheel
        remmen
    """,
    "housing": """
        appartement* arrears bewoner* block boiler borg buren corporatie cv eviction flat* huisbaas huren huur* huurder* huurverhoging*
        heating ketel landlord lek* leak* lekkage* lift loodgieter* makelaar* mice mould damp opzichter* ontruim* plumber rent* renovat*
        renovatie* rental schimmel* servicekosten slopen sloop sublet* tenant* tenants verhuur* verhuurt woning* woningbouw* huis house
        home homes estate housing maintenance onderhoud verwarming
    """,
    "hospital": """
        a&e afdeling* ambulance appointment* arts bevall* chirurg* clinic* consult* dentist* discharged doctor* doctors dokter*
        doorverwezen emergency er gp huisarts* kliniek* kraam* maternity mri nurse* nurses operatie* operation outpatient* patient*
        patienten* physio poli* poliklinie* scan* specialist* spoed* spoedeisende surgery surgeon tandarts* uitslag* verloskund* verple*
        verpleging waiting ward zieken* ziekenhuis zorg* hospital* apotheek* pharmacy prescription* medicijn* diagnos* results thuiszorg
        care
    """,
    "council": """
        afval* ambtena* belasting* bezwaar* bin bins burgemeester burgerzaken council* councillor* gemeente* gft grofvuil loket mayor
        municipal* ozb parkeervergunning* paspoort* passport* permit* potholes raad rijbewijs rubbish stadhuis subsidi* taxes town-hall
        uitkering* vergunning* vuilnis* waste wethouder* wmo wegwerk* roadworks street-light* straatverlichting lantaarn* street
        straat* road* lights fietspad* drempel* parking parkeer* library bibliotheek playground speeltuin* allotment* market planning
        houses housing developer* residents inwoners gemeenteraad* azc asiel* plein park verkeer* traffic woz leges council-tax tax
        container* kliko* milieustraat tip recycling
    """,
    "hotel": """
        annuler* airco bedwants* bed-bugs boeking* bookings breakfast buffet camping chalet* check-in gast* gasten guest* holiday*
        hotel* huisje* kamer* kamers lobby lodge* minibar nacht* nachten night* ontbijt* overbooked park* pool receptie* reception
        resort* room rooms stay stayed vakantie* vakantiepark* verblij* zwembad* suite accommodat* bungalow* housekeeping
    """,
    "restaurant": """
        barista bestel* bezorg* burger* cafe chef coffee courier dish* eten fries friet* koerier* koffie lunch* maaltijd* meal* menu*
        ober pizza* restaurant* snack* takeaway terras tip waiter waitress delivery dinner diner* broodje* sandwich* latte cappuccino
    """,
    "software": """
        api app apps backup* beta browser bug* cloud crash* crashes dashboard data* download* export* feature* instal* integrat* iphone
        android laptop licen* login macbook outage* password plug-in plugin release* server* software startup subscri* sync* trial ui
        update* upgrade* user* users version* versie* wachtwoord* workspace account platform tool website saas crm hr payroll payment*
        gebruiker* device* phone* chip* ai
    """,
    "school": """
        campus class classes college* cursus* course* docent* exam* examen* hogeschool leerling* leraar lerar* les lessen lecture* mbo
        opleiding* ouders pupil* rooster school* scholen student* studenten studie* teacher* toets* tuition tutor* universit*
        kinderopvang creche daycare nursery nurseries onderwijs childcare kids child* kinderen daughter dochter son zoon* fees
        leidster* opvang peuter*
    """,
    "post": """
        afgeleverd bezorger* bezorging bezorgd bezorgmoment* brief brieven brievenbus courier* deliver* delivered depot driver* kluis
        letter* locker* package* pakje* pakket* pakketpunt parcel* post postbode* postcode postage shipping track* trace verzend*
        zending*
    """,
    "media": """
        abonnee* artikel* aflevering* krant* channel* episode* film* journalist* kijken magazine newspaper* podcast* programma* radio
        redactie* serie* series show* stream* streaming subscription* subscriber* tv uitzending* watch* zender* playlist* music muziek*
        ads advertenties
    """,
    "sport": """
        gym* fitness* sportschool* membership* lidmaatschap* kleedkamer* lockers trainer* yoga abonnement* sauna zwembad* apparaten
        machines treadmill* groepsles*
    """,
    "manufacturer": """
        app battery dealer* firmware model* fabriek* factory product* recall* terugroep* garantie warranty spare onderdelen koffiezet*
        stofzuiger* vacuum tool* tablet* tv car cars auto* motor* engine* ev range software shoes sneaker* trainers chocolate chocola*
        reep cookies drink* frisdrank bier beer soap zeep shampoo deodorant detergent wasmiddel* diaper* luier*
    """,
}
