"""Lists common first names, and words that look like surnames and are none; used to see a person's full name in a reply."""

from __future__ import annotations

from responders.policy.reading import listed

FIRST_NAMES = listed(
    """
    aad aaf adriaan ahmed ali albert alex alexander amber amira anja ank anke anna anne annelies anouk anton antoon arie arjan
    arthur astrid bas bart ben bert bertus bianca bram brigitte britt carla carlijn carolien cas casper cees chantal chris
    christiaan claudia cor corrie daan daniel danielle david debbie dennis diana dick diederik dirk dorien edwin eefje elif elin
    elisa ellen els elske emma emiel erik esmee esther eva evelien fatima fatma femke ferdi fleur floor floris frank frans fred
    frederik freek gerard gerrit gert gijs guus hamza hanneke hans harm harry hassan heleen henk hendrik herman hilde hugo
    ibrahim ilse inge ingrid ilona irene iris ivo jaap jacqueline jan janneke jasmijn jasper jeroen jesse jet jim jip job joep
    johan johannes joke jolanda joost joris jos julia julian jurgen karel karim karin kees khalid kim klaas koen lars laura
    leendert lies lieke lies linda lisa loes lotte louis luc lucas luuk maaike maarten maartje mandy manon marc marcel margriet
    maria marieke marijke marijn marina mariska marit mark marleen marloes martijn martin mathijs matthijs maud maurits max
    mehmet melissa menno merel mia michael michel michiel mieke milan mila milou miriam mohamed mohammed monique mustafa nadia
    nathalie nick nicole niels nienke noa noah noor nora olaf olivier omar pascal patricia patrick paul peter petra philip pien
    piet pieter rachid ramon rebecca remco renate rene rick rik rob robert robin roel roland ronald rosa rob roos ruben rudolf
    ruud sabine sam samira sander sandra sanne sara sarah saskia sebastiaan selma sem sietske silvia simone sjoerd sofie sonja
    sophie stan stefan stijn sven tamara tara ten tess teun theo thijs thomas tijmen tim timo tineke tom tobias tristan truus
    vera victor vincent wendy wessel wibo wilco willem wilma wim wout wouter yara yasmin youssef yvonne zoe aaron abigail adam
    adrian aidan alan alice alison alistair amanda amelia amy andrea andrew angela anthony archie ashley barbara benjamin beth
    bethany bill bob brandon brenda brian bruce callum cameron carl carol caroline catherine charles charlie charlotte cheryl
    chloe christine christopher claire colin connor craig cynthia daisy danny darren dawn dean deborah declan derek diane donald
    donna doris dorothy dylan edward eileen elaine eleanor elizabeth ella emily eric ethan evelyn fiona florence frances francis
    freya gareth gary gavin gemma geoff george georgia gillian glen gloria gordon grace graham greg hannah harold harriet hazel
    heather helen henry holly howard ian imogen isaac isabella isla jack jacob jade james jamie jane janet janice jason jayne
    jean jeff jennifer jeremy jessica joan joanna joe joel john jonathan jordan joseph joshua joyce judith judy julie justin
    karen kate katherine kathleen katie keith kelly kenneth kevin kimberly kirsty kyle lauren lawrence leah leanne lee leo leon
    lesley lewis liam lily lorraine louise lucy luke lynn malcolm margaret marian marie marilyn martha mary matthew maureen
    megan melanie mohammad molly nancy natalie nathan neil nigel oliver olivia oscar owen pamela patrick paula pauline philippa
    phoebe poppy priya rachel ralph raymond reece rhys richard rita roger ronnie rory rosemary ross roy russell ruth ryan sally
    samantha samuel scott sean shane shannon sharon sheila shirley simon sophia stacey stephanie stephen steven stuart susan
    suzanne sylvia teresa terence terry theresa tiffany timothy tina toby tony tracey tracy trevor tyler valerie vanessa
    veronica victoria virginia walter wayne william zachary
    abby ali alfie andy anil annie arjun becky bella ben bex billy bobby carly cath charlene cody craig dale dave debs deepak dev dom ed
    eddie ellie ernie evie faye frankie gabe gaz ged geraldine gina glenda hal hana hank hayley ines ivan jackie jas jess jimmy jo jody joey
    josh josie kat kathy kaz ken kenny kerry kit kurt lou lynne maddie mandy marc marcus maria mario matt max meera mel mick mike mohan
    morag
    nadine ned nell nia nikki nina niamh pat pete pip raj ravi reg renee ricky robbie ron rose sandy sanjay sheena sid siobhan sue sunil
    suresh tariq ted tess tim tracie vicky will zara zack
    aisha anouar ayse bilal boris chanel dagmar dave demi dounia driss elke emine enzo erwin finn gerda gonda guusje hatice hugo ida ilse
    imke ines jarno jente jochem jolien jordy jorrit jurre kaya kevin kirsten lennart levi lineke lonneke maik marith merle mees nadine
    nanda naomi niek nina noud olga otto pepijn pim quinten raoul remy rens rianne ries roos sannah senna sjors stef tatjana tessa tjeerd
    tonnie ursula wieger willeke xander yvette zeynep
    """
)

NOT_SURNAMES = listed(
    """
    here hier from van namens team monday tuesday wednesday thursday friday saturday sunday maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag january february march april may june july august september october november december januari
    februari maart mei juni juli augustus oktober station street road lane square plein straat laan weg park centrum center
    centre airport bridge brug zuid noord oost west north south east hall bus app pro plus heer mevrouw meneer customer klant
    all team everyone iedereen allemaal there daar buren bewoners reiziger reizigers college gemeente council library university
    ziekenhuis hospital school kliniek hotel museum theater theatre arena stadium stadion university beach city stad town market
    markt
    """
)
