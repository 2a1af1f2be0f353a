r"""What despair and threats sound like, as lines of rules.

Each line is a pattern of one sentence in small letters without accents: `<name>` stands for the
words of that name, `~` for up to eight words in which nobody else begins to act. An indented line
goes on with the one above.
"""

VOCABULARY = r"""
will = (?:(?:i|we)(?:'ll| will| shall| would gladly|'d (?:gladly|love to|like to)| would love to
    | (?:intend|plan|mean|promise|swear|want) to| can't wait to|(?:'ve| have)? decided to|(?:'m
    |'re| am| are)? (?:going to|gonna|about to|ready to|prepared to|planning to|coming to))|imma
    |ima|^(?:will|gonna|going to))(?: (?:just|really|personally|gladly|finally|then|still|also
    |fucking|happily|myself|slowly|be the one to))*
them = (?:you|him|her|them|your \w+|(?:every|each) (?:last )?one of you|all of you)
your = (?:your|his|her|their|its)
official = (?:(?:the|that|this|your|our|every) )?(?:governor|senator|delegate|representative
    |congress(?:man|woman)|sheriff|judge|mayor|speaker|commissioner|caseworker|principal
    |inspector)
family = (?:famil(?:y|ies)|kids?|child(?:ren)?|wife|husband|daughters?|sons?|mother|father
    |grand\w+|loved ones|boys?|girls?|baby|parents)
harm = (?:kill|murder|shoot|stab|slaughter|strangle|lynch|assassinate|behead|disembowel|torture
    |rape|maim|poison|bludgeon|drown|execute|hang|gut|knife|choke|smother|kidnap|abduct)
harmed = (?:shot|killed|hanged|hung|lynched|executed|murdered|gutted|stabbed|beheaded|strung up
    |put down|beaten to death|burned alive)
part = (?:legs?|arms?|necks?|jaws?|skulls?|teeth|faces?|heads?|brains|fingers|kneecaps|knees?
    |bones|backs?|throats?|hearts?|tongues?|eyes|guts|ribs|spines?|hands|brakes)
weapon = (?:guns?|rifles?|shotguns?|pistols?|revolver|ar-?15|ak-?47|glock|kni(?:fe|ves)|machete
    |axe|hatchet|hammer|crowbar|bats?|bombs?|explosives|gasoline|molotov|weapons?|noose|rope
    |leash)(?! (?:permit|license|rights?|owners?|safe|locks?|clubs?|laws?|control|violence|safety
    |bill))
building = (?:houses?|homes?|cars?|truck|offices?|porch|capitol|statehouse|building|mansion
    |courthouse|church|clinic|school|farm|barn|fundraiser|hearing|meeting|headquarters|place)
harmless = (?:(?:you|him|them|her) (?:an?|one|another) |(?:the|this|that|these|those|your|his|a
    |an|any|all|every|bad|whole|damn|awful|another|some|house|senate) ){0,3}(?:bills?|laws?|acts?
    |amendments?|measures?|proposals?|motions?|rules?|rider|budgets?|tax(?:es)?|jobs?|programs?
    |projects?|pipelines?|deals?|contracts?|ideas?|plans?|votes?|arguments?|excuses?
    |(?:\w+ )?e-?mails?|notes?|texts?|lines?|(?:\w+ )?letters?|messages?|hoops|coyotes?|wol(?:f
    |ves)|bears?|deer|hogs?|rats?|mosquitos?|weeds?|ticks?|signs?|posters?|banners?|flags?
    |pictures?|careers?|chances?|momentum|time|poverty|hunger|sleep|rights)\b|(?:the|our|my|these
    |those|any|some) (?:\w+ )?(?:lambs?|cattle|herd|chickens?|cows?|hogs?)\b
idle = (?:for|in|at|on|up|out|off|down|straight|back|around|myself|ourselves|time|it|two|(?:my
    |our) (?:\w+ )?(?:way|time|head|breath|lawn|garden|rights?|duty|own|vote|conscience|plan))\b
te = (?:te|lo|la|los|las|le|les|se los?|se las?)
voy = (?:voy a|vamos a|ire a|iremos a|pienso|pensamos|quiero)
matar = (?:matar|asesinar|degollar|disparar|apunalar|ahorcar|colgar|fusilar|estrangular|envenenar
    |violar|linchar|ejecutar|descuartizar|decapitar|acuchillar|balear|cazar|torturar|atropellar
    |mutilar|secuestrar|despellejar)
matare = (?:matar|asesinar|degollar|disparar|apunalar|ahorcar|colgar|fusilar|estrangular
    |envenenar|quemar|torturar|atropellar)(?:e|emos)
hago = (?:pego|pegamos|meto|metemos|quemo|quemamos|rompo|rompemos|corto|cortamos|vuelo|volamos
    |saco|sacamos|parto|partimos|reviento|arranco|pongo|ponemos|prendo|prendemos)
hacer = (?:pegar|meter|dar|volar|cortar|romper|partir|quemar|prender|poner|hacer|echar|arrancar
    |clavar|sacar|reventar|incendiar)(?:te|les?|l[oa]s?)?
cosa = (?:gasolina|craneo|nuca|pecho|frente|cuchillo|navaja|punal|ayuntamiento|alcaldia|edificio
    |escuela|palacio|puente|iglesia|albergue|casas?|carros?|coche|oficinas?|negocio|despacho
    |capitolio|cabezas?|sesos|cuello|caras?|madre|piernas?|brazos?|dedos|lengua|ojos|garganta
    |huesos|dientes|bombas?|tiros?|balazos?|balas?|manos?|plomazos?|punaladas?|fuego|acido|dano
    |pedazos|paliza|corazon|tripas)
arma = (?:pistola|rifle|escopeta|machete|cuchillo|arma|fusil|bate|hacha|martillo|soga)
un = (?:(?:un|una|unos|unas|dos|tres|cuatro|cinco|seis|el|la|los|las|su|tu|sus|tus|a|en|al) )*
"""

THREATS = r"""
<will> ~ <harm> (?!<harmless>)(?!<idle>)\w+
(?:i'd|i would|we'd|we would) (?:\w+ )?<harm> you(?! <harmless>)(?! an? )
<will> ~ (?:hurt|harm|injure|cripple|butcher) (?:<them>|<your> (?:\w+ )?<family>)
<will> ~ poison (?:it|them)
<will> burn (?:it|you)$
<will> be (?:waiting|standing|there|parked|at your) .{0,60}with (?:a|an|my|the) (?:\w+ )?<weapon>
<will> ~ (?:by )?killing (?:you|your|him|her|every\w+|all)
<will> ~ (?:hurt|kill|shoot|break|burn|beat|cut|murder)ing (?:you|your)
<will> have \w+ (?:\w+ )?(?:<harm>|hurt|break|beat|<harmed>)
<will> ~ (?:break|snap|smash|bash|crush|shatter|cut|slit|slash|rip|tear|chop|blow|split|stomp
    |cave|crack|kick|beat|pound|twist)(?: out| off| in| open
    | both)*(?: of)? <your> (?:\w+ )?<part>
<will> ~ beat (?:<them> (?:to death|to a pulp|senseless|bloody|until|with)|the life out of <them>)
<will> ~ choke the life out
<will> ~ (?:smash|break|crush) every bone
(?:i've|i have) bought (?:the|a) (?:rope|gun|noose|gasoline)
<will> ~ (?:put|tie|wrap|loop) (?:it|a noose|a rope|my hands) around <your> neck
<will> ~ (?:blow up|bomb|dynamite|detonate) (?:you|the|your|that|his|her) (?!phones?|inbox|lines?
    |deal|budget)\w+
<will> ~ (?:use (?:it|them|the last one|my last bullet) on <them>|set (?:it|them) off)
<will> ~ see <them> dead
i want (?:you|him|her|them) dead
<will> ~ (?:\w+ ){0,4}<your> (?:\w+ )?(?:bones?|skull|windpipe|teeth|throat|kneecaps?|ribs|jaw
    |guts|brains|spine|limbs|fingers|fingernails|eyes out|chest|lungs)
<will> ~ (?:smash|crush|gouge|crack|bury|burn|crucify|impale|scalp|hack|butcher|snuff|stomp
    |pummel|gun down|mow down|destroy your (?:body|face)) (?:you|him|her|your (?:face|head|body
    |eyes|family))
<will> ~ (?:drive|ram|crash) .{0,30}(?:through|into|over) (?:you|your)
<will> .{0,40}with (?:a|my|this) \w+ to (?:the|your) (?:head|face|skull)
(?:use|used) it on you|taking (?:you|all of you|you all) with me
you .{0,20}(?:is|are) going to be <harmed>
<your> \w+ .{0,25}(?:will|are going to|is going to) be (?:orphans|a widow)
(?:they|kids) are going to be orphans
(?:i|we) know <your> \w+'s (?:dorm|room|school|bus|address|schedule|route)
(?:it|that)(?:'ll| will) be with (?:a|my) (?:\w+ )?<weapon>
(?:check|look) under your car|die or you will
never see (?:him|her|them|your \w+) (?:\w+ )?alive
(?:find|recognize) what(?:'s| is) left of you
(?:one|a single) (?:shot|bullet) is all
your last (?:day|night|breath|meal) (?:on|will|is)
will be a (?:bullet|bomb|knife)
your <building> (?:will|is going to) explode
<your> (?:\w+ )?<family> (?:takes|rides|walks|sleeps|plays|gets off|goes to school)
<will> ~ (?:burn|skin|bury|eat) <them> (?:\w+ ){0,4}alive
<will> ~ bury <them> (?:in|under|next to|beside) (?:the|my|a|your|it)\b(?! (?:ballot|polls?
    |paper))
<will> ~ (?:burn|torch|firebomb|bomb|blow up|shoot up|set fire to)(?: down)? (?:your|his|her|the
    |that) (?:[\w']+ ){0,2}<building>
<will> ~ set (?:your|his|her|the|you|him) (?:\w+ )?(?:on fire|ablaze|alight)
<will> ~ (?:open fire|set off a|detonate|plant a bomb|pull the trigger|leave no one alive
    |finish you)
<will> ~ (?:throw|pour|splash) (?:acid|gasoline|petrol|lye|boiling)
<will> ~ (?:with|bring|bringing|carry|carrying|holding|have) (?:a|an|my|the|our
    |one of \w+) (?:loaded )?(?:\w+ )?<weapon>
<will> ~ (?:push|shove|throw) <them> (?:in front of|under|off (?:a|the|its|that|your
    |my) (?:\w+ )?(?:roof|bridge|balcony|cliff)|down the stairs|out of (?:a|the|your) window
    |into the river)
<will> ~ run <them> (?:over|down)
<will> ~ hunt <them> down
<will> ~ drag <them> (?:out|from)(?: of)? <your> (?:house|home|bed|car)
<will> ~ (?:take(?: away)?|end) <your> life
<will> ~ (?:end|finish) (?:you|him|her)$
<will> ~ (?:spill|want) <your> blood
<will> ~ (?:cut|carve|chop|hack|slice) <them> (?:up|open|into|to pieces)
<will> ~ make (?:your|his|her) \w+ (?:a widow|a widower|an? orphans?)
<will> ~ make (?:sure|certain) .{0,40}(?:never|don't|won't|not) (?:breathe|live|walk|wake|survive
    |come home)
<will> ~ make (?:you|him|her) (?:bleed|beg for (?:your|his|her) life|disappear)
<will> ~ (?:see|watch) (?:you|him|her) (?:hang|swing|die|bleed|burn)
<will> ~ start with <your> (?:\w+ )?<family>
<will> ~ put <them> (?:(?:in|into) (?:the|a|your) (?:ground|grave|coffin|box|hospital|wheelchair
    |morgue)|six feet under|down like|up against (?:a|the) wall)
<will> ~ (?:put|fire|empty) (?:\w+ )?(?:bullets?|rounds?|slugs?|knife|blade) (?:in|into|through
    |between)
<will> ~ take (?:you|him|her) out (?:back|with (?:a|my|one))
<will> ~ (?:get|find|catch|ambush|corner) you (?:in|at|alone|outside
    |behind) .{0,60} (?:walk again|won't walk|in the dark|parking lot|alley)
<will> ~ be the last (?:thing|face) (?:he|she|you|they)(?: ever)? sees?
<will> ~ (?:the last|your last) (?:breath|day on)
(?:i'm|we're|i am|we are|<will>)(?: come| coming| be coming) (?:for
    |after) <your> (?:\w+ )?<family>
(?:i'm|we're|i am|we are) coming (?:\w+ ){0,4}with (?:a|an|my|the|our) (?:\w+ )?<weapon>
(?:i'm|i am) (?:loading|sharpening) my
with (?:my|our) (?:own |bare |two )*hands (?:around|on) <your> (?:neck|throat)
until (?:you|he|she|they) stops? (?:moving|breathing)
next time .{3,60} (?:will|'ll) be <your> last
(?:there (?:is|will be|are)|there's|i(?:'ve| have)? (?:put|placed|planted|left|hid|hidden
    |built))(?: a| the)? (?:bombs?|explosives?)(?! (?:craters?|threats?|shelters?|squad|drills?
    |scares?))
(?:i|we) (?:sent|mailed) (?:you )?(?:a|an|the) .{0,30}(?:bomb|anthrax|ricin|explosive)
(?:letter|package|visit) .{0,30}(?:comes with|contains) (?:a |an )?(?:\w+ )?(?:bomb|anthrax|ricin
    |powder)
i(?:'ve got| have| own| got) (?:a|my|an) (?:\w+ )?<weapon>,? .{0,30}(?:your address|not afraid to
    |use it|with a scope)
(?:i|we)(?:'ve got| have| got) (?:a|the|six|\w+) (?:ropes?|noose|bullets?|grave
    |coffin)\b(?! (?:points?|holes?|wounds?|in my))
i(?: already)? have the (?:gasoline|matches|bullets|poison)
(?:hired|paid|found|sent) (?:\w+ ){1,4}to (?:<harm>|hurt|visit) (?:you|your)
(?:i|we)(?:'ve| have)? followed you (?:home|twice|\w+ times)
i know (?:exactly )?(?:where|when|which \w+|what time) (?:you
    |your <family>)(?: and your <family>)? (?:live|sleep|go(?:es)? to school|play|leave|park
    |walk)s?
know (?:which|what) (?:hotel|car|road|street|school) (?:you|she|he|they) (?:sleeps?|drives?
    |takes?|goes)
your <family> (?:is|are|will) (?:not|never) (?:be )?safe (?:from|any)
your (?:\w+ and )?<family> .{0,20}(?:will|'ll|are going to|is going to) (?:all )?(?:be next|bleed
    |be <harmed>)
you(?:'re| are)?(?: all| so| both)? (?:a )?dead (?:man|woman|meat|men)
you(?:'re| are)(?: all)? dead(?= if| when| unless|$)
you(?:'ll| will|'re| are)? ?(?:all )?(?:gonna |going to )?(?:be|get) (?:<harmed>|dead (?:by
    |before|within|soon))
or (?:else )?you(?:'ll| will)?(?: all)? die
you(?: all| both)? die (?:on|tonight|tomorrow|this|by|first|next|(?:mon|tues|wednes|thurs|fri)day)
<official> dies
you(?:'re| are)(?: all)? going to die (?:for|if|tonight|tomorrow|soon|screaming)
you(?:'ll| will) die (?:for|if|tonight|tomorrow|soon|screaming|slowly|like)
you (?:won't|will not|'ll never|will never) (?:live to|make it home|walk again|wake up
    |see it coming|see tomorrow|see christmas|be coming home|leave .{3,30} alive)
you have (?:\w+ )?\w+ (?:left )?to live
(?:a|the|one|next|this|last) bullet (?:is|with|has|that has|will be|meant) (?:for you|your name
    |yours)
your (?:blood|brains|guts) (?:will|is going to|are going to) (?:run|spill|flow|paint|cover)
(?:prepare|plan|start planning|arrange) your (?:own )?funeral
say goodbye to your (?:kids|wife|husband|children|family)
(?:consider )?this (?:is )?your death (?:notice|warrant|sentence)
drop dead or i
(?:traitors?|tyrants?|you(?: people)?) (?:get|deserves?) the (?:rope|noose|gallows|firing squad)
find your body .{0,40}(?:i|we)(?:'ve| have|'ll)
(?:in|inside) a (?:body ?bag|hearse)
<your> head (?:will be |will end up |goes )?on a (?:spike|stick|pike|pole|plate)
your (?:\w+ )?<building> (?:burns|will burn|is going to burn|goes up in)
(?:^|(?:better|should|best|and|so|please) )(?:always |start )?watch(?:ing)? your backs?
(?:^|(?:better|should|best|and|so|please|you'd better) )(?<!to )sleep with (?:one|an) eye open
(?:you|<official>|politicians like you)(?: all)? (?:should|ought to|need to|must
    |deserves? to) (?:be|get)(?: .{0,30} and)? <harmed>
you(?: all)? deserve to die
(?:some(?:body|one)|any(?:body|one)) (?:should|ought to|needs to|better) <harm> (?:<them>
    |<official>)
(?:^|(?:let's|we should|we must|time to) )(?:kill|shoot|hang|murder|execute
    |lynch) (?:all of )? (?:you|them all|him|her|<official>)(?! (?:bill|law|down))
<te> <voy> (?:(?!no |que )\w+ ){0,5}<matar>
(?:<voy>|vengo a|vine a) (?:\w+ a )?<matar>(?:te|l[oae]s?)
(?:te|l[oa]s?) <voy> enterrar en (?:el|la|un) (?:monte|patio|desierto|jardin|cerro|campo)
<voy> (?:\w+ )?(?:acabar con (?:su|tu) vida|vaciar(?:le|te)? (?:la|el) (?:pistola|cargador))
<te> <voy> partir en (?:dos|pedazos)|(?:la|lo) voy a estrenar con (?:usted|ti)
(?:te|l[oa]s?) <voy> acabar con (?:su|tu) vida|<te> <voy> vaciar
explota (?:su|tu) \w+|(?:te|lo|la) tengo en la mira|bidon de gasolina|no pienso fallar
<voy> (?:ir a )?<matar> al? (?!(?:el |la |este |esta |esa |ese )?(?:proyecto|ley|propuesta
    |reforma|enmienda))\w+
<te> <matare>|<matare>(?:te)? al? \w+
(?:te|l[oa]s?) (?:mato|matamos)(?! de)
(?:mato|matamos) (?:al|a (?:la|los|las|ese|esa|su|tu|sus|tus|todos|usted|ustedes)) \w+
<te> hare pedazos|<te> <voy> (?:\w+ ){0,5}en pedazos
<te> <hago> <un><cosa>
(?:<te> )?<voy> (?:\w+ ){0,4}?<hacer> <un><cosa>
<te> <voy> (?:\w+ )?a (?:palos|golpes|balazos|tiros|cuchilladas|punaladas|machetazos)
<te> <voy> (?:quemar|enterrar|desollar|comer) (?:\w+ )?viv[oa]s?
(?:voy|ire|vamos|iremos|entro|entrare)(?: a)? .{0,50}con (?:mi|un|una|el|la) (?:\w+ )?<arma>
(?:te lo pego yo|lo hare yo|la hare yo)
(?:hay|puse|pusimos|deje|plante) una bomba
(?:vas a|usted va a|ustedes van a|^va a|^van a) morir(?= y voy| si| por| como|,|$)
(?:eres|es usted|es) hombre muerto|(?:(?:^|usted |ya )esta|estas) muert[oa](?=,|$)
(?:dese|date|considerese|considerate) por muert[oa]
(?:se|sabemos) (?:muy bien )?(?:por )?(?:donde|a que hora|a que escuela) (?:vives|duermes
    |vive usted|van? sus|van? tus|(?:viven?|duermen?|estudian?|pasan?|juegan?|salen?) (?:tu|su)s?)
cuid(?:ate|ese|ate)? la espalda|cuidate las espaldas
(?:va|van|vas) a pagar(?:lo)? con (?:su|tu|la) (?:vida|sangre)
mereces?n? (?:que (?:l[oa]s?|te) maten|la horca|un tiro)
alguien (?:deberia|tiene que|debe) <matar>(?:te|l[oa]s?)|ojala alguien (?:te|lo|la) (?:mate
    |pegue un tiro)
(?:preparese para|prepare|prepara) (?:su|tu) (?:entierro|funeral)
<voy> enterrar(?:te|l[oa]s?)? viv[oa]|voy a enterrar viv[oa]
tengo (?:un|una) <arma> .{0,30}(?:buena punteria|no tengo miedo|se usarl[oa]|no dudare)
la proxima vez que .{3,60} sera la ultima
(?:amanecer|aparecer|acabar|terminar|salir)(?:a|as|an)? (?:muert[oa]s?|flotando|en (?:una fosa
    |un ataud|una bolsa|el rio|pedazos))
(?:nadie va a salir|no va a salir nadie|no sale nadie|nadie sale) (?:con vida|vivo)
(?:queda|quedan) (?:\w+ )?(?:dias?|horas?|semanas?) de vida
un dia no (?:van|vas) a (?:llegar|volver|regresar)(?= a casa|$)
(?:contrate|pague|mande) .{0,40}para que (?:te|l[oa]s?) (?:mat|busqu|desaparezc)\w+
encontrar(?:an)? (?:su|tu) cuerpo
(?:compre|tengo) (?:las|unas) balas|una (?:es|bala es) para (?:usted|ti)
<voy> entrar a (?:tiros|balazos)
(?:te|l[oa]s?) (?:acabo|acabamos|agarro|reviento|saco|parto) a (?:machetazos|tiros|balazos
    |cuchilladas|golpes|palos)
(?:te|l[oa]s?) (?:espero|esperamos|busco) .{0,30}con (?:mi|la|una?|el) <arma>
<voy> (?:\w+ )?(?:volar|dinamitar|clavar) (?:el|la|su|tu|los|las|un|una) \w+
hay que (?:matar|colgar|fusilar|ahorcar|linchar)(?:te|l[oa]s?)
"""

DESPAIR = r"""
(?:kill|hurt|cut|harm|hang|shoot)(?:ing)? my ?self
(?:end|ending|tak(?:e|ing)|finish) my (?:own )?life|ending it all|end it(?: all)?(?= now| tonight
    |$)
i (?:\w+ ){0,2}(?:want|wanted|wish|need) (?:\w+ )?to (?:die|be dead|disappear for ?ever|(?:not
    |never) wake up)
(?:don't|do not|didn't|no longer|can't|cannot) (?:\w+ )?(?:want to |wanna |bear to )?(?:live
    |be alive|exist|go on living|keep living|go on)(?: like this)?(?: any ?more| any longer|,|$)
(?:don't|do not) (?:\w+ )?want to be here(?: any ?more|$)
wish (?:that )?i (?:was|were|had) (?:dead|never (?:been )?born)|wish i'd never been born
better off (?:dead|without me|if i)
no (?:reason|point|will) (?:left )?(?:to|in) (?:live|living|going on)
    |nothing (?:left )?to live for
(?:i|me|my) .{0,40}(?:suicide|suicidal|self-?harm)|suicidal
(?:give|giving|given) up on (?:life|living)|see no (?:way out|future|other way)
(?:can't|cannot) (?:take|do|bear) (?:it|this|living)(?: \w+)? (?:any ?more|any longer)
this is (?:my )?(?:last letter|goodbye)|won't be (?:here|alive) (?:much longer|by the time
    |when you)
(?:me )?quiero morir(?:me)?|me voy a matar|matarme|quitarme la vida|suicid(?:arme|io)|suicidas
(?:acabar|terminar) con (?:mi vida|todo)|ya no quiero (?:vivir|seguir|estar)
    |no quiero (?:seguir )?viv(?:ir|iendo)
(?:no puedo mas|no aguanto mas)(?=,|$)|hacerme dano|cortarme
(?:sin ganas de|no tengo (?:ganas|razon(?:es)?) (?:de|para)) (?:seguir )?viv\w+
(?:ojala|quisiera|desearia) (?:estar muert[oa]|no haber nacido|no despertar|estuviera muert[oa])
estarian mejor sin mi|mi ultima carta
"""

# Where somebody else begins to act, or where it is denied.
ELSE = r"""
(?:not|never|no|nobody|who|that (?:i|we|you|he|she|they|it)|because|until|before|when|if|why|how
    |he|she|they|stop|fight|vote|help|ask|remember|you (?:<harm>|are|have|did|will|do|keep|let
    |can|were|said|don't)|you're)
"""
