"""T12: what shows a legal claim, or a complaint to an authority."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "law": meaning(
        both="subpoena*",
        en="""
            arag attorney* barrister* barristers counsel counsel's indemnity injunction injunctions lawsuit* lawyer* lawyered
            litigant litigat* rescind rescission solicitor* statutory subpoenaed suing tribunal
        """,
        nl="""
            aansprakelijkstel* arag consumentenrecht *dagvaard* deurwaardersexploot exploot gerechtsdeurwaarder ingebrekestelling*
            inzageverzoek* jurist* kantonrechter* letselschade* letselschadeadvoca* massaclaim* ontbind* raadsman raadsvrouw
            rechtsbijstand* rechtsgang rechtsweg rechtszaak rechtszaken schadeclaim* sommatie* sommeer vorder vorderen vordering
        """,
    ),
    "authority": meaning(
        both="acm afm caa cnil edpb faa fcc fda fsa ftc gdpr hse iccl ico igj ilt nvwa nza ofcom ofgem osha police rdi",
        en="""
            authorities authority coastguard commissioner council dot dvla inspector inspectorate ministry
             osha police regulator regulators standards watchdogs
        """,
        nl="""
            ap arbeidsinspectie arbodienst autoriteit* avg ggd handhaving inspectie milieudienst ministerie
            omgevingsdienst politie rijksinspectie toezichthouder* warenautoriteit
        """,
    ),
    "report": meaning(
        en="""
            alerted cc'd complain complained complaint complaints contacted copied escalat* filed filing forwarded informed lodge
            lodged notified raise raised refer* report reported reporting sent tipped told
        """,
        nl="""
            aangifte dien doorgegeven doorgestuurd gebeld geinformeerd gemeld getipt indien* ingediend ingelicht ingeschakeld
            klacht klachten leg meld meldde melden melding voorgelegd
        """,
    ),
}

LEGAL = Family(
    "legal",
    "T12",
    "there is a legal claim or a complaint to an authority",
    0.85,
    together=(
        near("law", 0, strength=0.8),
        near("authority report", 8),
    ),
    english="""
        handed|handing|passed|given|turned ..4 over|to ..3 insurer|legal|lawyer|solicitor|debt
        legal insurer|insurance|cover|aid
        break*|breach*|against|violat* ..2 consumer|employment|data|privacy|competition law|laws|rights
        having|have|get|getting ..3 them|it|this tested|checked|reviewed ..3 .|court|law|legally|lawyer
        consumer law|court
        unfair terms|contract|dismissal
        through|via|in the? ..1 courts|court
        recover*|claim*|reclaim* ..4 costs|damages|losses|expenses|money ..6 from|courts|through
        putting|put|got ..3 lawyer|solicitor|attorney ..2 on
        breaking|broken|breach*|violat* ..3 law|laws|act|gdpr|regulations|rules_law
        see you|them ..1 there|tribunal
        legal action|proceedings|claim|team|letter|steps|papers|summons|counsel|representation|advisor*
        court action|proceedings|claim|papers|summons|order
        formal notice|demand
        letter before action|claim
        see|meet|take*|taking|find ..2 you|them|this|it ..2 court
        taking|take|going|go|goes|went|off ..3 to court
        small claims
        class|group|collective|joint action|claim|lawsuit
        cease and desist
        hold|holding|held ..3 liable|legally|responsible|accountable ..1 for
        you|they ..2 liable for
        in ..1 breach of
        under|violation|breach|breaching|against ..2 gdpr|act|regulations|law
        gdpr|subject|privacy ..1 complaint|request|access|violation|breach
        <number> days to ..8 court|solicitor|settle|proceedings
        data protection
        claim for ..1 damages|compensation|injury|negligence
        breach of contract|warranty|law|gdpr|duty
        reporting|reported|report|reports|refer*|complain* ..8 regulator|authority|authorities|police|inspectorate
        reporting|reported|report|reports|refer*|complain* ..8 trading|ico|hse|faa|ofcom|ofgem
        trading standards
        environmental health
        press charges
        consumer rights act
        days|hours to settle
        unlawful|unlawfully
        against the law
        illegal|illegally ..2 to|withheld|charged|under|kept|and|what|.
        this|that's|which|is is|isn't ..1 illegal
        take|taking|pursue|pursuing it|this|you|them ..1 further ..4 legal*|court|solicitor|lawyer
        expect ..3 hear|letter|call ..4 solicitor*|lawyer*|attorney*|legal
        i|we|i'll|we'll|will|to sue you|them|the|your|over|for
        sue|sued|sues ..3 you|them|your|company|airline
        my|our right|rights under
        statutory|legal rights|right|interest
        sue|sueing together|them|you
        collecting|gathering ..2 names ..3 of|from
        food standards|safety agency|authority|authorities
        food standards
        environment agency
        health inspector*|department|authority
        hereby ..3 rescind|terminate|demand|claim|notify|give
        demand ..3 repayment|compensation|damages
    """,
    dutch="""
        aan|bij|via das
        zaak|dossier|geschil ..3 overgedragen|overdragen|uit ..2 aan|handen
        uit handen ..1 gegeven|geven
        voorwaarden ..5 strijd|onredelijk*|nietig|toetsen
        laat ..3 toetsen
        consumentenrecht|arbeidsrecht|huurrecht
        bij|aan|naar ..2 acm|afm|nvwa|igj|toezichthouder|inspectie
        meld*|klacht*|voor|leg ..6 ap
        via|voor|langs de|het rechter|rechtbank|gerecht
        desnoods ..4 rechter|rechtbank|gerecht*
        kosten|schade|geld ..6 verhalen|verhaal
        jurist ..4 op|erop|zaak|ingeschakeld|inschakelen
        schend*|overtreed*|overtred* ..4 wet|privacywet|avg|wetgeving|regels|recht*
        privacywet
        klacht ..4 bij ..2 toezichthouder|autoriteit|inspectie|ap
        in gebreke
        aansprakelijk* ..4 stel*|voor|gesteld|houd|gehouden
        stel*|houd* ..6 aansprakelijk
        kort geding
        voor|bij|naar|aan de rechter|rechtbank|kantonrechter
        juridische|gerechtelijke stappen|procedure|actie|weg|afdeling|hulp
        strijd met ..2 avg|wet|recht|gdpr|privacywet
        volgens|onder|wegens|schend* ..2 avg|gdpr|wet
        autoriteit persoonsgegevens|consument
        mijn|onze|een|m'n|advocaat|via|door|aan advocaat|advocate|jurist|rechtsbijstand*
        advocaat ..5 contact|brief|inschakel*|ingeschakeld|neemt|hoort|horen|spreken|sturen|bel*
        schade ..3 claim*|verhaal*|verhalen|eis*
        claim* ..4 schade
        dien* ..5 claim ..2 in
        <number> dagen ..8 rechter|rechtbank|dagvaard*|advocaat|sommeer
        aangifte ..3 gedaan|doen|tegen
        laatste sommatie|waarschuwing
        schadevergoeding ..4 eis*|claim*|vorder*|verwacht
        eis* ..4 schadevergoeding
        civiele procedure|rechter
        dit is|mag illegaal|onwettig|onrechtmatig|wettelijk
        onrechtmatig*|onwettig
        recht op inzage|verwijdering
        wettelijke rente|termijn
        hierbij ..3 ontbind*|vorder*|sommeer*|stel*
        mr ..1 <number>|van|de|.
        samen ..4 rechtbank|rechter|procederen
        horen ..3 van ..2 advocaat|raadsman|jurist
        iemand ..4 verstand van
        ap|acm|afm|nvwa|igj|politie|inspectie|toezichthouder|ggd ..5 ingelicht|gemeld|getipt|gebeld|melding|ingeschakeld
        verzamel* ..3 namen
        gedupeerden ..6 verenig*|claim|samen|procedure|melden
        collectieve actie|claim|rechtszaak
    """,
)
