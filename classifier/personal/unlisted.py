"""Words of today that no word list holds and that are nobody's name, and names known to all."""

from classifier.personal.words import word_set

#: Of homes and those who mend them.
OF_HOMES = word_set("""
    launderette launderettes laundrette laundrettes lightwell lightwells tapwater stopvalve
    flushometer pebbledash pebbledashing damproof damproofing mastic entryphone entryphones
    hotplate hotplates fridge-freezer fridge-freezers fly-tippers flytippers pushchair pushchairs
    quadbike quadbikes e-scooter e-scooters ebike ebikes payslip payslips underoccupying
    underoccupancy homebuy servicecharge repairline wynd cludgie lavvy khazi hotpress airbrick
    airbricks firestop firestopping cavity-wall subfloor screed screeding spalling cowls trvs
    pipework ductwork brickwork stonework woodwork formwork weatherboard plasterboard hardboard
    chipboard osb mdf pvcu upvc pvc epdm grp gsp pir eps mvhr piv ashp hiu hius lthw dhw aov
    smoke-vent megaflo powerflush flushbox syphon siphon flapvalve fillvalve backflow limescale
    descaler sealant grab-rail grabrail keysafe key-safe doorset doorsets doorstop spyhole
    letterplate weatherbar monkeytail cockspur espag mortice nightlatch euro-cylinder
    thumbturn shootbolt sashcord glazing reglaze reglazed replaster replastered reseal resealed
    retile retiled regrout regrouted repoint repointed rehang rehung rebid rebooked reschedule
    rescheduled recharge rechargeable decant decants homeswapper homeswap housemark webchat
    callout callouts callback callbacks inbox paperwork leafleting newsletter timeslot timeslots
    workaround languageline
""")
#: Of talk, in Britain and Ireland and on the web.
OF_TALK = word_set("""
    slippy skanky gammy crabbit blootered quango quangos gaslighting gobsmacked brassic banjaxed
    munted borked glitchy laggy pdf pdfs jpg jpeg jpegs png mp3 mp4 gif gifs ngl fml iirc tldr tbf
    icymi ffs yis yizzer nothink somethink anythink coulda shoulda woulda hafta oughta havnae
    havtae wisnae cannae dinnae wifie wifies bampot bampots eejit eejits feck feckin fecking
    gobshite gobshites ballix craic gurrier scally scallies chav chavs roadmen youts mandem nuff
    yuh cyaan snottery stoor stour manky mankier mingin clarty clatty drookit droukit baltic
    boggin hoachin gubbed puggled fankled scunner scunnered sleekit bawbag bahookie bidie-in braw
    gallus haud haudin jakey numpty oxter peelie-wally shoogly shoogle shooglin skelf stramash
    stushie wheesht wheest yonks gubbins whatsit whatsits thingy thingies thingamajig
    doodah oojamaflip wotsit bobbins mardy mardier nesh ginnel snicket jitty maungy nithered parky
    radged radgie hoying hoyed clamming bostin yampy tranklements
    wammel cob-on chelp mithered mithering faffing faffed faffy bodged bodgit bodgers
    bish-bash-bosh shonky dodgier dodgiest ropey ropier janky sketchy skint minted cwtch tamping
    mun butt hiraeth gert dreckly emmet emmets grockle grockles proper-job
""")
#: Plants, beasts and what they leave.
OF_GROUND = word_set("""
    agapanthus pyracantha cotoneaster berberis photinia skimmia weigela hornbeam hornbeams
    whitebeam whitebeams escallonia euonymus choisya hebe hebes ceanothus buddleja buddleia
    leylandii cupressus thuja griselinia eleagnus elaeagnus laurustinus osmanthus sarcococca
    pittosporum cordyline phormium bergenia heuchera astilbe rudbeckia echinacea echinops
    crocosmia dahlia dahlias aquilegia nasturtium nasturtiums antirrhinum antirrhinums busy-lizzie
    pelargonium pelargoniums wisteria japonica ragwort fleabane hogweed groundsel bindweed
    ivy-leaved toadflax valerian vetch horsetail mares-tail marestail couchgrass pampas miscanthus
    sedum sedums sempervivum silverfish woodlouse woodlice bedbug bedbugs cockroach cockroaches
    wasp wasps
""")
#: Makes and services that no list of names holds.
MAKES = word_set("""
    oxfam depop sonos roku firestick fifa minecraft fortnite fernox everhot rayburn brompton voi
    fabreze febreze savlon nurofen blu-tack blutack superglue araldite polyfilla plexiglass lycra
    gore-tex teflon kevlar corian bakelite styrofoam celotex kingspan rockwool jcb manitou kangoo
    sandero twingo aygo picanto ceed sportage tucson mokka qashqai cif turps zoflora dettol
    domestos heineken strongbow lambrini buckfast lucozade ribena vimto tizer pepsi fanta horlicks
    ovaltine doritos kitkat twix hovis warburtons ginsters pukka peperami quorn shrek gruffalo
    bluey batman spiderman superman voldemort gandalf sauron hogwarts dumbledore picasso rembrandt
    monet banksy nike adidas reebok puma primark matalan superdrug specsavers boohoo vinted
    gumtree freecycle freegle zoopla rightmove openrent airbnb deliveroo ubereats uber monese
    chromecast fitbit garmin chromebook macbook imac ipad ipads iphone iphones kindle android
    huawei xiaomi nokia motorola lenovo asus acer toshiba hitachi panasonic grundig
    humax freesat freeview adey magnaclean spirotech intergas ecotec greenstar logicmax
    elm leblanc ravenheat chaffoteaux saunier heatline biasi remeha viessmann nibe daikin
    mitsubishi dimplex creda elnur heatstore rointe farho sunhouse nuaire
    xpelair envirovent manrose silavent airflow titon passivent aico fireangel kidde
    screwfix toolstation wickes homebase selco topps jewson travis-perkins plumbase plumbcentre
    ironmongery poundland poundstretcher greggs aldi lidl asda tesco sainsburys waitrose iceland
    argos currys ikea halfords kwikfit wetherspoons nandos dulux crown-trade johnstones leyland
    firehawk hispec stannah otis kone thyssen gartec
""")
#: Feasts, pastimes, sights of the world, and beings of tales.
OF_THE_WORLD = word_set("""
    lammas beltane samhain imbolc candlemas michaelmas martinmas whitsun shavuot sukkot janmashtami
    bakrid dussehra navaratri mahashivratri ashura mawlid jummah tarawih iftar suhoor karva chauth
    ugadi baisakhi thaipusam obon hogmanay halloween pilates zumba yoga tai-chi reiki aikido karate
    judo taekwondo pickleball bingo karaoke crocs wellies roomba shard alcatraz colditz sahara somme
    pisa gherkin acropolis colosseum taj mahal niagara kilimanjaro everest vesuvius etna krakatoa
    pompeii atlantis narnia mordor hogsmeade gotham siberia antarctica tardis dalek daleks cybermen
    cyberman gollum smaug chewbacca yoda darth vader methuselah godzilla gremlin
    gremlins yeti bigfoot womble wombles teletubbies clanger clangers smurf smurfs muppet muppets
    pokemon pikachu abba iscariot orwell kafka goliath banquo macbeth
    lammastide yuletide
""")
#: Makes of furniture, insurers, banks and paints.
HOUSEHOLD = word_set("""
    axminster ercol chesterfield bugaboo cybex joie axa aviva coutts natwest santander
    admiral lv halifax esure saga petplan
    moneysupermarket gocompare uswitch klarna franke blanco grohe hansgrohe roca
    geberit wavin knauf gyproc sika bostik unibond evo-stik everbuild
    soudal dunlop ardex mapei bal cuprinol ronseal sadolin hammerite sandtex valspar
    swarfega hammerite compartmentation firestopping
""")
UNLISTED = OF_HOMES | OF_TALK | OF_GROUND | MAKES | OF_THE_WORLD | HOUSEHOLD
#: Persons of public life, of the stage and of tales, of whom people speak; given name and family.
FAMOUS = (
    "mary berry|gordon ramsay|tommy walsh|alan titchmarsh|monty don|kirstie allsopp|kevin mccloud"
    "|laurence llewelyn-bowen|stephen lawrence|nora batty|sonny jim|hyacinth bucket|basil fawlty"
    "|arthur daley|victor meldrew|alf garnett|harold steptoe|albert steptoe|compo simmonite"
    "|hilda ogden|ena sharples|vera duckworth|bet lynch|dot cotton|alan partridge|father ted"
    "|piers morgan|jeremy kyle|jeremy clarkson|simon cowell|holly willoughby|phillip schofield"
    "|philip schofield|hugh laurie|rowan atkinson|john cleese|ernie wise|ronnie corbett|del boy"
    "|usain bolt|mo farah|david beckham|wayne rooney|marcus rashford|gareth southgate|geoff hurst"
    "|tim henman|nigel mansell|stirling moss|tyson fury|david bowie|freddie mercury|mick jagger"
    "|john lennon|ringo starr|shirley bassey|bob marley|bob dylan|elvis presley|taylor swift"
    "|ed sheeran|amy winehouse|bob geldof|florence nightingale|mary seacole|isambard brunel"
    "|winston churchill|margaret thatcher|tony blair|rishi sunak|keir starmer|angela rayner"
    "|jeremy corbyn|nigel farage|nicola sturgeon|michael gove|king charles|queen camilla"
    "|prince harry|prince william|princess diana|queen elizabeth|queen victoria"
    "|emmeline pankhurst|rosa parks|nelson mandela|charles dickens|jane austen|oliver twist"
    "|bob cratchit|uriah heep|jacob marley|sherlock holmes|harry potter|hermione granger"
    "|peter rabbit|mary poppins|postman pat|fireman sam|homer simpson|bart simpson|marge simpson"
    "|fred flintstone|mickey mouse|donald duck|charlie chaplin|buster keaton|stan laurel"
    "|guru nanak|gobind singh|martin luther|luther king|mahatma gandhi|malala yousafzai"
    "|mother teresa|saint george|robert burns|william shakespeare|charles darwin|alan turing"
    "|grace darling|captain cook|walter scott|dylan thomas|owain glyndwr|guy fawkes"
    "|frank sinatra|marie curie|isaac newton|albert einstein|stephen hawking"
)
