"""Finds pressure by its frame (N10): what would become of the author's words, and a wish, a gift, a rule or a cost that hangs on it."""

from __future__ import annotations

from responders.policy.grammar import NEGATION, has, is_unknown, pattern
from responders.policy.reading import Sentence
from responders.policy.removals import keeps_safe

_WORDS = (
    r"(?:posts?|tweets?|toots?|reviews?|comments?|messages?|threads?|feed|timeline|page|stor(?:y|ies)|rating|stars|wording|words?|"
    r"lines?|bit|"
    r"part|tone|statements?|complaints?|bericht(?:en|je|jes)?|recensies?|beoordeling(?:en)?|reacties?|draadje|tijdlijn|pagina|"
    r"verhaal|tekst|zin(?:nen)?|woorden|woordkeus|toon|sterren|stukje|uitspra(?:ak|ken)|klacht)"
)
"""What the author has online."""
_IT = (
    r"(?:(?:it|this|that|these|those|them|het|dit|dat|deze|die|'t)(?!\W+(?:\w+day|morning|afternoon|evening|week|weekend|month|time|\w+dag|"
    r"ochtend|middag|avond|maand|keer)\b))"
)
"""What may stand for it; not "this Friday"."""
_GONE = r"""
    \b(?: (?:it|this|that|post|thread)'s\W+(?:now\W+)?(?:deleted|removed|gone|down|offline|withdrawn|hidden) | (?:no\ longer|
        not)\W+(?:be\W+)?(?:there|up|online|public|visible|out\ there|around|here) | (?:isn't|wasn't|weren't|aren't)\W+
            (?:there|up|online|public|out\ there) |
        (?:come|comes|came|be|is|are|were|was|goes|go|gone|taken|moved|kept)\W+(?:\w+\W+)?(?:down|off|offline|away|elsewhere|private|gone|
            hidden|deleted|removed|withdrawn|out\ of\ (?:sight|view|here)) |
        van\W+(?:\w+\W+)?(?:mastodon|x|twitter|facebook|instagram|reddit|internet|tijdlijn)\W+af | (?:taken|took|take|
            come)\W+(?:\w+\W+)?off\b | hidden\b |
        (?:weghaal\w*|weghal\w+|intrek\w*|offline\ haal\w*|verwijder\w*) |
        off\W+(?:your|the)\W+(?:feed|timeline|page|wall|profile|internet|site) | (?:can|could|should|may|might)\W+(?:now\W+)?go\b
            (?!\W+(?:to|on|into|for|through|ahead|back|and|with|wrong)) | go(?:es)?\b(?=\W*(?:$|now|too|first)) |
        (?:hadn't|had\ not|didn't|did\ not|weren't|not)\W+(?:\w+\W+)?(?:shared?|posted?|put|published?|written|write|aired?|tweeted?|said|
            sharing|posting|putting) |
        niet\W+(?:langer|meer)\W+(?:\w+\W+)?(?:online|openbaar|zichtbaar|te\ (?:lezen|zien|vinden)|staat|stond|staan|rond\w+) |
            (?:verdwijnt|verdwijnen|verdwenen|verdween|weg\W+(?:is|was|mag|kan|gaat|zou)|offline|onzichtbaar|prive) |
        (?:mag|kan|zou|kon)\W+(?:nu\W+|dan\W+|wel\W+|weer\W+){0,2}(?:weg|eraf|offline)\b |
        er\W+(?:nu\W+|weer\W+)?(?:af|vanaf(?!\W+(?:\d|nu\b|morgen\b|volgende\b|begin\b|half\b|\w+dag\b)))\b |
        niet\W+(?:\w+\W+){0,3}?(?:had\W+|hadden\W+|hebben\W+)?(?:gedeeld|geplaatst|gezet|geschreven|gepost) )\b
"""
"""How it would be gone, or never have been."""
_KINDER = r"""
    \b(?: (?:(?:kinder|nicer|milder|softer|gentler|fairer|friendlier|calmer|politer|warmer|happier|sunnier)
                (?!\W+(?!words?|wording|tone|terms|reviews?|ratings?|posts?|replies|reply|texts?|messages?|versions?|lines?|story)
                    \w+\W+(?:can|will|may|is|are|was|were|has|have|comes?)\b)|
            more\W+(?:positive|balanced|nuanced|measured|constructive|
            neutral|favou?rable|polite|moderate)|less\W+(?:harsh|negative|strong|sharp|angry|heated)|rephras\w+|reword\w*|reformulat\w*|
            tone\W+(?:it\W+|this\W+|that\W+)?down|soften\w*|ton(?:e|ing)\W+down|put\W+(?:it|this|that)\W+(?:differently|another\ way)|
            different\W+(?:words|wording)|choos\w+\W+(?:your\W+|other\W+|different\W+|better\W+)+words) |
        (?:vriendelijker|aardiger|milder|zachter|positiever|netter|beleefder|genuanceerder|rustiger|neutraler|opgewekter|
            minder\W+(?:fel|scherp|hard|negatief|
            boos))e?\w? | herformuler\w+ | anders\W+(?:te\W+)?(?:verwoord\w*|formuler\w+|opschrij\w+|zeg\w*|brengen) |
        (?:andere|mildere|nettere)\W+(?:woorden|bewoordingen|toon) | toon\W+(?:\w+\W+){0,7}?(?:matig\w*|aanpas\w*|verzacht\w*) |
        wat\W+nuance | nuanceer\w* )\b
"""
_WISH = r"""
    \b(?: would | 'd | could | might |
        (?<!\d\ )(?<!\bin\ )(?<!\bof\ )(?<!\bsince\ )(?<!\buntil\ )(?<!\bby\ )may(?!\ \d) | can\ (?:you|it|this|that) |
        please | kindly | perhaps | maybe | rather | prefer\w* | grateful |
        appreciat\w* | nice | better | best | help\w* | hope\w* | ask(?:ing)? | wish\w* | like | love | suggest\w* | consider\w* | mind |
            glad |
        happy | ideally | fair\ to | time\ (?:to|for) | pleased | welcome | up\ for | possible | any\ chance | think\ about |
    zou(?:den)? | graag | fijn | prettig | liever | beter | netter | prijs | help(?:t|en)? | waarder\w* | hopen | hoop | verzoek\w* |
        vragen |
        vraag | wil(?:t|len)? | kunt | kun\ (?:je|u) | kan\ (?:dit|dat|het|u|je) | mag\ (?:dit|dat|het|die) | misschien | wellicht |
            alstublieft |
        alsjeblieft | overweeg\w* | overwegen | mooi | sympathiek | idee\ om | tijd\ om )\b
"""
_GIFT = r"""
    \b(?: free | gratis | voucher\w* | coupon\w* | gift\w* | discount\w* | credit\w* | upgrade\w* | refund\w* | bonus | reward\w* |
        points | hamper |
        treat\w* | ticket\w* | goodie\w* | goody\W?bag | month\w*\ (?:free|on\ us) | on\ us | on\ the\ house | thank\ you |
            make\ it\ worth | something\ (?:extra|nice|
            special|in\ it) | in\ it\ for\ you | cadeau\w* | cadeaubon\w* | korting\w* | bon | tegoed\w* | maandkaart\w* | vrijkaart\w* |
                \w*pakket(?:je)? |
        bloem\w* | bos\ bloemen | attentie | presentje | verrassing\w* | taart | extra\w* | vergoeding | compensatie | coulance\w* |
        voorrang | priority | iets\ (?:extra|leuks|moois|aardigs) | beloning | punten | kwijt(?:schelden|gescholden)? | waive\w* )\b
"""
_PRAISE = (
    r"\b(?:(?:positive|good|nice|kind|updated|new|better|five[- ]star|5[- ]star|glowing|happy)\W+(?:\w+\W+)?(?:word|words|review|post|"
    r"rating|"
    r"comment|feedback|stars?|tweet)|(?:positie(?:f|ve)|aangepaste?|bijgewerkte?|andere?|goede|mooie|aardige?|nieuwe|leuke?|"
    r"vriendelijke?)\W+(?:\w+\W+)?(?:woord\w*|"
    r"review|recensie|"
    r"bericht\w*|beoordeling|reactie|post)|(?:five|vijf|5)\W+(?:stars|sterren)|updat\w+\W+(?:your\W+|the\W+)?(?:review|post|rating))\b"
)
_ONCE = (
    r"\b(?:now\ that|nu|alleen|only|if|when|once|after|as\ soon\ as|the\ moment|provided|in\ (?:return|exchange)|with\ (?:it|that)|als|"
    r"zodra|wanneer|nadat|mits|"
    r"na|in\ ruil|"
    r"pas\ (?:als|wanneer)|op\ het\ moment\ dat)\b"
)
_DEAL = (
    r"\b(?:we|i|you|there|wij|we|ik|je|u|er)(?:'ll|'re|'s|'d)?\W+(?:\w+\W+){0,2}?[a-z]{2,}|"
    r"\b(?:staat|ligt|komen|plannen|regelen|krijg\w*|gaan)\W+(?:we|wij|ik|je|u|er)\b"
)
"""What we or they would then do."""
_IMPROPER = r"""
    \b(?: (?:doesn't|does\ not|don't|not|isn't)\W+(?:really\W+|a\W+)?(?:belong|something\ for|for|the\ (?:place|right\ place)|thing\ for)\W+
            (?:\w+\W+){0,3}?(?:social\ media|here|online|public|twitter|x|facebook|timeline|internet) |
        (?:hoort|horen|thuis|past)\W+(?:\w+\W+){0,2}?niet\W+(?:\w+\W+){0,4}?(?:social\w*|online|internet|openbaar|twitter|x|facebook|hier) |
        niet\W+(?:de\W+plek|iets\W+voor|bedoeld)\b[^.!?]{0,30}?\b(?:social\w*|openbaar|internet|online) )\b
"""
_BARE_AWAY = (
    r"\b(?:graag|gelieve|liefst|s\.?v\.?p\.?|please|kindly)\W+(?:\w+\W+){0,3}?(?:(?:te\W+)?(?:verwijderen|weghalen|wissen|aanpassen|"
    r"intrekken)|offline\W+(?:te\W+)?"
    r"halen|remove|delete|withdraw|take\W+(?:\w+\W+)?down)\b"
)
_FALSE = (
    r"(?:false|untrue|unfounded|baseless|misleading|damaging|defamatory|such|these|those|like\W+(?:this|these|yours)|onware|onjuiste|"
    r"valse|ongegronde|"
    r"schadelijke|zulke|dit\W+soort|dergelijke|als\W+deze|zoals\W+deze)"
)
_COST = r"""
    \b(?: consequences | repercussions | costly | expensive | regret | trouble | liab\w+ | pursue\w* | recover\w* | claim\w*\ back |
        hold\w*\W+(?:\w+\W+){0,2}?(?:accountable|responsible|liable) | damages | cost(?:s|ing)?\ (?:us|jobs|our) | harm\w* | follow[- ]up |
        keep\W+(?:a\ |an\ )?(?:record|note|list|eye) | noted | on\ file | not\ without | take\ (?:it|this|that|them)\ further |
    gevolgen | last\W+(?:mee|van)?\W*(?:krijg\w*|krijgen) | last\ krijgen | duur | spijt\W+van | problemen | aansprakelijk\w* | verhalen |
        verhaal\w*\W+(?:wij|we) | schade\w* | niet\W+zonder | bijgehouden | houden\W+(?:\w+\W+){0,3}?bij | in\ de\ gaten | genoteerd |
        vervolg\w* | dossier | bewij\w+ | prove\w* | (?:hoort|horen|hears?)\W+(?:van|from) | te\ maken\ met | court | rechter |
            claims?\b | in\ de\ rij | queue | reference | first | legal\ \w+ |
            grenzen | limits? )\b
"""
_SPEECH = (
    r"(?:posts?|claims?|statements?|words|accusations?|allegations?|comments?|reviews?|tweets?|lies|stories|bericht(?:en)?|beweringen|"
    r"uitlatingen|beschuldigingen|uitspraken|reacties|recensies|woorden|verhalen)"
)
_SPEAKER = (
    r"\b(?:who(?:ever)?|(?:residents|tenants|students|members|travellers|patients|guests|huurders|leden|reizigers|patienten|gasten|"
    r"bewoners)\W+(?:who|that|die)|"
    r"anyone\W+who|people\W+who|those\W+who|customers\W+who|wie|iedereen\W+die|mensen\W+die|klanten\W+die|"
    r"degene(?:n)?\W+die)\b"
    r"[^.!?]{0,60}?\b(?:say|says|write|writes|post|posts|spread|spreads|accuse\w*|name|names|smear\w*|badmouth\w*|slander\w*|zwart\w*|"
    r"afvallen|afvalt|publiekelijk|"
    r"publicly|neerzet\w*|aanval\w*|beledig\w*|insult\w*|attack\w*|damage\w*|"
    r"roddel\w*|"
    r"beschuldig\w*|belaster\w*|verspreid\w*|beweer\w*|roept|roepen|schrijft|schrijven|plaatst|plaatsen|noemt)\b"
)
_MIND = r"""
    \b(?: in\W+your\W+(?:own\W+)?(?:best\W+)?interests?\b | (?:do|doe)\W+(?:yourself|jezelf|uzelf)\W+(?:a|een)\W+\w+ | (?:makkelijker|
        moeilijker|beter|slechter|erger)\W+
            (?:\w+\W+){0,4}?door\W+(?:dit|dat|zo) | voor\W+(?:je|u)zelf\W+(?:\w+\W+)?(?:makkelijker|moeilijker|lastig) | (?:easier|harder|
                worse|better)\W+(?:for|on)\W+yourself |
        (?:won't|doesn't|does\ not|not)\W+help\W+(?:your|the)\W+(?:case|cause|claim) | helpt\W+(?:je|uw)\W+(?:zaak|klacht)\W+niet |
        (?:we|wij)\W+(?:can\W+see|know|kennen|weten)\W+(?:who|wie|where|waar|your\W+name|je\W+naam|uw\W+naam) |
        (?:keep|houd?t?|blijf)\W+(?:it|het)\W+(?:\w+\W+)?(?:friendly|polite|civil|nice|clean|gezellig|netjes|net|vriendelijk|beleefd)\b |
        (?:people|those|customers|mensen|klanten|wie)\W+(?:who\W+|die\W+)?[^.!?]{0,30}\b(?:us|ons)\b[^.!?]{0,40}\b(?:don't|won't|not|
        niet)\b |
        (?:wouldn't|would\ not|zou)\b[^.!?]{0,50}\b(?:in\ public|openbaar)\b |
        (?:keep|carry|blijf|ga|gaat)\W+(?:\w+\W+){1,6}?(?:and|dan|then)\W+(?:\w+\W+){0,2}?(?:ends?|eindigt|stopt|stops?)\b |
        (?:monitor|track|log|record|remember|onthouden|volgen|registreren)\W+(?:\w+\W+){0,2}?(?:who|wie|those\W+who|people\W+who) |
        (?:tread|step|go)\W+(?:carefully|lightly) | (?:code\ of\ conduct|gedragscode|huisregels|house\ rules)\b[^.!?]{0,50}?\b(?:social|
        online|post\w*|public\w*|
            geld\w*|cover\w*|appl\w+) | let\W+(?:\w+\W+){0,3}?op\W+(?:wat|hoe) | (?:a\ shame|a\ pity|unfortunate|jammer|zonde|
                vervelend)\W+(?:zijn\W+)?(?:if|als)\b
            [^.!?]{0,40}?\b(?:posts?|this|bericht|dit)\b[^.!?]{0,40}?\b(?:reference|employer|found|turned|werkgever|terugkom\w*|opduik\w*|
                later) |
        (?:people|mensen|anderen|others)\W+(?:have|zijn|werden|were)\W+(?:been\W+)?(?:taken\ to\ court|sued|fined|prosecuted|
            voor\W+\w+\W+gedaagd|aangeklaagd|beboet|
            vervolgd) |
        (?:calling|naming|accusing|branding)\W+(?:[\w']+\W+){1,4}?(?:is|can|could|may)\W+(?:\w+\W+){0,4}?(?:legal|officer|court|matter|
            claim|taken|serious) |
        expose\W+(?:you|yourself)\W+to | (?:mind|watch|careful\W+(?:with|what|about)|think\W+(?:twice|again|carefully|hard|long)|
            bear\W+in\W+mind|
            keep\W+in\W+mind|be\W+aware|
        remember|
            beware)\b[^.!?]{0,60}?\b(?:words|say|said|write|posts?|posting|repeat\w*|claims?|accus\w*|public\w*|statements?|language|name|
                naming) |
        (?:let\W+op|pas\W+op|denk\W+(?:twee|nog|goed)|wees\W+voorzichtig|bedenk|realiseer|besef)\b[^.!?]{0,50}?\b(?:woorden|zegt|schrijft|
            plaatst|beweert|post|openbaar|uitlatingen|beschuldig\w*|noemt) )\b
"""
_LEAVE = r"""
    \b(?: feel\ free | free\ to | welcome\ to | if\ you(?:'d|\ would)?\ (?:like|want|wish|prefer) | no\ need | needn't | up\ to\ you |
        your\ (?:choice|
            call|right) | leave\ (?:it|this|the|your)\b[^.!?]{0,24}\b(?:up|there|online|public) | keep\ (?:it|this|your)\ up |
                stay(?:s)?\b | leave\ (?:your|the|it)\b |
        gerust | hoeft? | hoeven | blijven?\ staan | laat\b[^.!?]{0,30}\bstaan | mag\ (?:gewoon\ )?blijven | staat\ (?:je|u)\ vrij |
        als\ (?:je|u)\ (?:wilt|wil|dat) | goed\ recht | aan\ (?:jou|u)\b | nobody | no\ one | niemand | (?:your|uw|je)\ recht )
"""
_NOT_MINDED = r"\b(?:order|number|nummer|details|gegevens|account|card|data|pin\w*|password|wachtwoord|code|link|scam\w*|phishing)\b"
_NOT_WORDS = (
    r"\b(?:order|number|nummer|reference|ref|address|adres|details|gegevens|account|card|pas|kaart|data|app|booking|boeking|surname|"
    r"name|naam|"
    r"e-?mail\w*|phone|telefoon|subscription|abonnement|bin|bak|fee|charge|block|blokkade|bus|train|trein|tram|appointment|afspraak)\b"
)


_POST = (
    r"(?<!under\ )(?<!onder\ )(?<!in\ )(?<!on\ )(?<!op\ )(?<!to\ )(?<!below\ )\b(?:(?:your|the|this|that|je|jouw|uw|dit|dat|deze|die|"
    r"het|de)\W+(?:\w+\W+)?"
    r"(?:posts?|tweets?|toots?|reviews?|threads?|story|story's|stars|uiting|uitlating\w*|bericht(?:je)?|recensie|draadje|woorden|review|"
    r"tweet)|"
    r"(?:the\ word|het\ woord|your\ words|what\ you\ (?:wrote|said|posted)|wat\ (?:je|u)\ (?:schreef|zei|plaatste)))\b|"
    r"(?<!\w)['\"][^'\"]{2,40}['\"](?!\w)"
)
"""What the author wrote, named as a thing; where something is written under it, it is only a place."""
_ASK = r"""
    \b(?: (?:could|would|will|can)\ you | would\ you\ (?:mind|be) | please | kindly | must\ ask | (?:we|i)(?:'d|
        \ would)\W+(?:\w+\W+){0,2}?(?:like|ask|take|
            be|rather|prefer|appreciate|suggest|invite) | (?:do|doing)\W+(?:us|me)\W+a\W+\w+ | expect | insist | request |
        (?:doe|doet|wilt?|zou|kun|kunt)\W+(?:je|u|jij|ons|mij)\b | zien\ wij | verwachten | verzoeken | graag\ (?:zien|horen) |
            vragen\ (?:wij|we|u|je) |
        (?:kan|mag|kon)\b[^.!?]{0,40}?\b(?:weg|af|eraf|offline)\b | ^\W*(?:schrap|strike|cut|scrap|drop|lose|amend|edit|verander|wijzig|
            pas|haal|trek|neem|take)\b | toch\W*\?$ )
"""
_ANSWERS = (
    r"\b(?:repeat\w*|herhaal\w*|open\w*\ again|reopen\w*|heropend|read|reading|understand|see|saw|thank\w*|answer\w*|reply|replying|"
    r"respond\w*|lees|las|gelezen|begrijp|snap|zie|dank\w*|"
    r"bedank\w*|antwoord\w*|"
    r"reageer\w*|reageren|photo|foto|screenshot|tell|vertel\w*|say\W+(?:more|which|what|when)|explain|mean|bedoel\w*|link|accurate|"
    r"correct|klopt|true|fair|terecht)\b|\b(?:out\ of|off|from|uit|niet|not|buiten)\W+(?:the|this|your|je|dit|het)\b"
)
"""What an honest answer does with a post, or asks about it."""
_SILENCE = r"""
    \b(?: (?:stays?|stay|remains?|keep\W+(?:this|it))\W+(?:just\W+)?(?:between\ us|private|confidential|out\ of\ the\ (?:press|papers|
        news)|quiet) |
        (?:not|niet)\W+(?:to\W+)?tag\W+(?!me\b|us\b|ons\b|mij\b)\w+ | stil\W+(?:blijft|blijven|houd\w*|is)\b |
        onder\ ons(?=\W*$|[.,;!?]|\ (?:blij\w+|te\b|hou\w+|op\w*|af\w*|bespr\w+|samen\b|en\b|kan|kon))(?!\w) |
            uit\ de\ (?:pers|krant|media) |
        (?:withdraw\w*|drop\w*|retract\w*|intrek\w*|introk\w*)\W+(?:your|their|uw|je|hun)\W+(?:complaint|klacht) |
        (?:a|een)\W+(?:retraction|rectification|rectificatie)\b |
        (?:bring|get|put)\W+(?:your|the|this)\W+\w+\W+(?:in\ line|up\ to\ date|straight|right) |
        (?:mark|set|flag|zet|vermeld|schrijf)\W+(?:[\w']+\W+){0,4}?(?:as\ )?(?:resolved|solved|sorted|opgelost|afgehandeld|rechtgezet) |
        (?:say|says)\W+(?:no|nothing)\W+more | niets\W+meer\W+over\W+(?:zegt|schrijft) | zwijg\w* |
        others\W+(?:don't|do\ not|won't)\W+(?:pile|jump) )\b
"""
"""Wanting that nobody hears of it, or only that it is well."""
_WHILE_UP = (
    rf"\b(?:as\ long\ as|while|so\ long\ as|until|zolang|totdat)\W+(?:the\W+|your\W+|je\W+|uw\W+|het\W+)?(?:{_WORDS}|"
    rf"{_IT})\W+(?:\w+\W+){{0,2}}?"
    r"(?:up|online|public\w*|there|stands?|staat|blijft|openbaar|out)\b"
)
_RISEN = (
    r"\b(?:stars?|rating|score|review|sterren|beoordeling|recensie)\W+(?:\w+\W+)?(?:went|goes|go|gaan|gaat|ging(?:en)?|rose|rises?|"
    r"stijg\w*|improve[sd]?|changed?|"
    r"wordt|worden|werd)\W+(?:\w+\W+)?(?:up|omhoog|hoger|better|beter|higher|to|naar)?\b"
)
_THING = rf"\b(?:{_WORDS}|{_IT})\b"
_WAS_DOWN = r"^(?:be|is|are|were|was|kept)\b|^(?:verdw\w+|offline)$"
_OF_US = r"\b(?:we|wij|ons|onze|our|us)\W+(?:\w+\W+){0,4}?$"
_OF_YOU = r"\b(?:you|your|u|uw|je|jouw)\b"
_WE_DO = (
    r"\b(?:we|i|wij|ik)(?:'ll|'d)?\W+(?:had|hadden|should|did|were|will|zullen|haal\w*|took)\b|"
    r"\b(?:not|niet|won't|don't|wouldn't)\W+(?:\w+\W+)?(?:ask|want|expect|vragen|willen|hopen)\b"
)
_SAID = (
    rf"\b{_FALSE}\W+(?:\w+\W+)?{_SPEECH}\b|\b{_SPEECH}\W+(?:(?:like|zoals|als)\W+\w+|of\W+(?:this|that)\W+(?:sort|kind|type|nature))|"
    rf"{_SPEAKER}"
)


_WORDED = r"\b(?:put|say|write|phrase|verwoord|zegt?|schrijft?)\b"
_WE_HAVE = r"(?<!can\ )(?<!could\ )(?<!shall\ )(?<!may\ )(?<!if\ )\b(?:we|i)(?:'ve|'ll|\W+have|\W+will)?\W+(?:\w+ly\W+|now\W+|also\W+)?$"
_CAN_BE_READ = (
    r"\b(?:kunt|kun|kan)\W+(?:u|je|jij)\W+(?:\w+\W+){0,4}?(?:lezen|zien|vinden|nalezen|bekijken)\b|\bcan\W+you\W+(?:see|find|read)\b"
)
"""Where something is to be found, which asks for nothing."""
_FEELS = r"\b(?:feel\w*|felt|voel\w*)\b"
"""Who feels calmer wrote nothing calmer."""
_THEIR_WISH = (
    r"\byou(?:'d|\W+would)\W+(?:rather|prefer)\W+(?:to\W+)?not\W+(?:to\W+)?(?:share|sharing|say|write|tell)\b|"
    r"\b(?:wat|iets|alles\W+wat)\W+(?:\w+\W+)?(?:u|je)\W+(?:hier\W+)?liever\W+niet\W+(?:hier\W+)?"
    r"(?:deelt|zet|plaatst|schrijft|zegt|vertelt|wil\w*)\b"
)
"""What they would rather keep to themselves."""


def leans(sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence makes something hang on what becomes of the author's words; None where it leaves them be."""
    text = sentence.text
    if (silenced := _silenced(text)) is not None:
        return silenced
    if has(_LEAVE, text):
        return None
    for find in (_wished_away, _wished_kinder, _asked_of_post, _dealt, _threatened):
        if found := find(text):
            return found
    return None


def _wished_away(text: str) -> tuple[int, int] | None:
    if (improper := pattern(_IMPROPER).search(text)) and has(_THING, text[: improper.start()]):
        return improper.span()
    if has(_NOT_WORDS, text) or has(_THEIR_WISH, text) or keeps_safe(text):
        return None
    if bare := pattern(_BARE_AWAY).search(text):
        return bare.span()
    theirs = pattern(_THING).search(text)
    gone = pattern(_GONE).search(text) if theirs and has(_WISH, text) else None
    if theirs is None or gone is None or has(_WE_DO, text) or is_unknown(text):
        return None
    if has(_WAS_DOWN, gone.group()) and not has(rf"\b{_WORDS}\b", text):
        return None  # "That was down": a line or a site, and no words of theirs.
    return min(theirs.start(), gone.start()), max(theirs.end(), gone.end())


def _wished_kinder(text: str) -> tuple[int, int] | None:
    kinder = pattern(_KINDER).search(text)
    if kinder is None or has(NEGATION, text[max(0, kinder.start() - 40) : kinder.start()]):
        return None
    before = text[: kinder.start()]
    if (has(_OF_US, before) and not has(_WISH, before)) or (has(_FEELS, text) and not has(rf"\b{_WORDS}\b|{_WORDED}", text)):
        return None
    asked = has(_WISH, text) or has(_OF_YOU, text)
    return kinder.span() if asked and (has(_THING, text) or has(_OF_YOU, text)) else None


def _asked_of_post(text: str) -> tuple[int, int] | None:
    """Find what is asked of a post as such: nobody who answers one honestly asks for anything to be done with it."""
    asked = pattern(_ASK).search(text)
    theirs = pattern(_POST).search(text) if asked else None
    if theirs is None or asked is None or has(_ANSWERS, text) or has(_CAN_BE_READ, text) or has(_NOT_WORDS, text) or has(_WE_DO, text):
        return None
    if has(NEGATION, text[max(0, asked.start() - 25) : asked.end() + 12]) and not has(r"\bnot\W+to\b|\btoch\b", text):
        return None
    return min(theirs.start(), asked.start()), max(theirs.end(), asked.end())


def _silenced(text: str) -> tuple[int, int] | None:
    found = pattern(_SILENCE).search(text)
    if found is None or has(NEGATION, text[: found.start()]) or has(_WE_HAVE, text[: found.start()]):
        return None
    return found.span()


_THANKS = r"\b(?:thank you|thanks|dank je|dank u|bedankt)\b[^.;!?]{0,12}?\b(?:for|voor)\b"


def _dealt(text: str) -> tuple[int, int] | None:
    praise = pattern(_PRAISE).search(text)
    if praise and has(_GIFT, pattern(_THANKS).sub("", text)) and not has(NEGATION, text):
        return praise.span()
    while_up = pattern(_WHILE_UP).search(text)
    if while_up and not has(_NOT_WORDS, text):
        return while_up.span()
    risen = pattern(_RISEN).search(text)
    if risen and has(_ONCE, text):
        return risen.span()
    once = pattern(_ONCE).search(text)
    gone = pattern(_GONE).search(text) if once else None
    if once is None or gone is None or has(_NOT_WORDS, text) or has(NEGATION, text[: gone.start()]):
        return None
    rest = text[: once.start()] + text[gone.end() :]
    if has(_THING, text[once.start() : gone.end()]) and (has(_DEAL, rest) or has(_GIFT, rest)):
        return once.start(), gone.end()
    return None


def _threatened(text: str) -> tuple[int, int] | None:
    mind = pattern(_MIND).search(text)
    if mind and not has(NEGATION, text[: mind.start()]) and not has(_NOT_MINDED, mind.group()):
        return mind.span()
    said = pattern(_SAID).search(text)
    cost = pattern(_COST).search(text) if said else None
    if said is None or cost is None or has(rf"{NEGATION}\W+(?:\w+\W+){{0,2}}$", text[: cost.start()]):
        return None
    return min(said.start(), cost.start()), max(said.end(), cost.end())
