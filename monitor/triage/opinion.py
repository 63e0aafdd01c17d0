"""T6: what shows that the author thinks little of what we do."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "conduct": meaning(
        both="bonus* campagne* ceo greenwash* logo plastic reclame* sponsor*",
        en="""
            ad ads advert advertising adverts board brand building campaign choice christmas climate colours commercial company
            design environment executive executives f1 formula influencer layoffs lobbying merger option packaging
            partnership pay playlist policy politics prices profit profits rebrand redundancies regime salaries salary
            shareholders slogan sponsorship strategy subsidy sustainab* takeover tax team tone uniforms union workers
        """,
        nl="""
            aandeelhouders architectuur assortiment bedrijf belasting beleid directie duurzaam* fusie hoofdkantoor huisstijl
            influencer* kerst* keuze klimaat koers koffie merk milieu muziek ontslag* ontwerp optie overname politiek prijsbeleid
            prijzen *reclame* regime salaris* slogan sponsor* spotje stadskantoor subsidie toon top topsalaris* uniform* vakbond
            verpakking winst
        """,
    ),
    "disliked": meaning(
        both="hypocri* shame",
        en="""
            annoying bad bankrolls better bland boring boycott cheap classy crime cringe depressing disappointed disappointing
            disgrace disgraceful dodge dull embarrassing greed greedy hideous hypocrisy hypocrite* immoral lost missed nonsense
            overkill overpriced overrated pointless regret sad sense shameful talks tired ugly understand unethical used
            waste wish worse wrong
        """,
        nl="""
            armoede begrijp boycot* deprimer* flauw flauwe flauwekul fraai gemiste genant graaien graaiers hebzucht*
            hypocriet* jammer lelijk* misdaad misser moe nergens onbegrijpelijk ongepast onzin overbodig overdreven saai
            schandalig* schande slecht smaakloos smakeloos snap spijt spuuglelijk treurig triest verloedering vroeger zap zeurend
            zonde
        """,
    ),
}

OPINION = Family(
    "opinion",
    "T6",
    "the author thinks little of what we do",
    0.6,
    together=(
        near("disliked conduct", 14, strength=0.7),
        near("awful conduct", 10, strength=0.65),
        near("awful", 0, strength=0.45),
        near("disliked", 0, strength=0.4),
        near("anger", 0, strength=0.45),
        near("broken", 0, strength=0.25),
        near("rude", 0, strength=0.4),
    ),
    english="""
        not|hardly|barely ..2 convincing|persuasive|inspiring|clever|funny
        their|your pricey|expensive|silly|stupid|endless|annoying ..1 ads|advert*|campaign*|commercial*|tv
        do|don't|does ..1 not need ..4 quotes|ads|opinions|slogans|advice|hashtags
        sad that|to ..2 you|see|they
        don't|can't|not ..2 buy|believe|trust ..4 word|it|them
        i miss the|those ..2 old|days
        lost ..2 its|their soul|way|charm|edge
        another ..4 sculpture|campaign|rebrand|app|logo|ad
        green talk|washing
        priorities
        why ..1 another
        used to be better|nicer|good|cheaper
        don't|dont understand|get why
        tired of
        shame|pity ..2 that|there's|there|on|you
        no ..2 option|options|choice
        so ..3 lay|talks|talk|talking
        not ..2 a fan|impressed|convinced|happy
        do business with
        boycott*
        rather ..3 go|buy|shop elsewhere
        why ..4 change|change|that|would|did
        looks like
    """,
    dutch="""
        niet|weinig|nauwelijks ..2 overtuigend|sterk|inspirerend|slim|grappig
        hun|jullie dure|domme|stomme|eindeloze|irritante *spotje*|*reclame*|*campagne*
        hoef|hoeft|hoeven ..4 quotes|reclames|leuzen|berichten ..4 niet
        zonde dat|van
        geloof|vertrouw ..4 niks|niets|niet|geen ..2 van
        mis ..1 de|het ..1 oude|goede
        waarom ..2 nou|weer|nog ..4 een|nieuw|nieuwe|kunstwerk|logo
        groene praatjes|leugens|praat
        prioriteiten
        alweer een nieuw|nieuwe
        toen was
        vroeger ..6 beter|lekkerder|leuker|goedkoper
        begrijp|snap|snappen ..2 niet|waarom
        word ..4 moe
        gemiste kans
        jammer dat|van
        fraai|lekker|mooi|leuk|knap hoor|is
        zaken ..2 doen|doet
        zaken doet|doen met
        niet ..2 fan|blij|onder
        waarom moest|moet|zou|moeten
        ga ..3 liever ..4 elders|ander*
        geen ..2 optie|keuze|fan
        boycot*
        zap ..2 weg
    """,
)
