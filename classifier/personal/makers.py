"""Makers and shops, many of them called as people are, and what is made and sold."""

from classifier.personal.words import word_set

#: Makers and shops whose names are people's as well.
MADE = word_set("""
    fischer marley philips phillips redland stillson stanley henry hetty dyson miele bosch siemens
    zanussi baxi vaillant potterton ferroli glow-worm vokera valor armitage twyford bristan
    heatrae sadia franke howdens hodgson yale chubb ingersoll squire stihl flymo dewalt makita
    ryobi karcher hozelock tommee dunelm smeg neff belling newhome cannon richards kenwood nisa
    honeywell myson stelrad kohler grohe dulux johnstone's johnstones valspar sandtex sadolin
    hammerite earnshaw velux fakro hormann schuco everest marshalls hepworth osma caradon dimplex
    creda daewoo becko ariston indesit hotpoint bendix whirlpool janome allen torx vernier mole
    jubilee rawl axminster elddis ronseal cuprinol hunter harris howarth jewson selco wickes ideal
    crown hamilton purdy brewers topps crosswater roper worcester bradstone tarmac
    briggs lewden wade crabtree wylex fletcher gledhill hudson faber
    leyland buckingham burlington lister prestige
""")
#: Makers and shops whose name next to nobody bears.
ONLY_MADE = word_set("""
    bosch siemens zanussi miele vaillant baxi dulux dunelm grohe selco jewson topps howdens
    velux dewalt karcher stihl zehnder viessmann electrolux samsung philips honeywell bristan
    potterton duracell energizer osram ronseal cuprinol sandtex sadolin wickes argos currys
    burco jeyes mcafee farrow sloan rowlett
    eaton alltask rixson landis gyr electra triton mira aqualisa nuaire vortice greenwood dorma
    gerda briton henkel flash harpic colgate kelloggs nescafe tetley typhoo cadbury nestle
""")
#: Whose food and soap is known by a family's name, and what it is: "Johnson's baby powder".
BRANDS = word_set("""
    robinson johnson jacob kellogg cadbury heinz sainsbury walker mccoy bassett rowntree mcvitie
    fox kipling bernard ben jerry loyd lloyd baxter bird hartley sarson colman levi clark boot
    wilkin warburton thornton terry pringle hellmann quaker patak sharwood loyd grossman
""")
PRODUCE = word_set("""
    squash juice powder shampoo soap lotion biscuits biscuit crackers cornflakes cereal chocolate
    chocolates beans soup soups ketchup crisps sweets cakes cake pie pies rice sauce sauces custard
    jam marmalade vinegar mustard jeans shoes bread loaf mayonnaise mayo oats curry ice baby cream
""")
#: What is made and sold.
GOODS = word_set("""
    heater heaters tile tiles bulb bulbs screw screws screwdriver screwdrivers key keys blade
    blades knife wrench wrenches spanner spanners clip clips fir cladding boiler boilers combi
    radiator radiators rad rads shower showers tap taps mixer toilet cistern pan lock locks latch
    padlock padlocks cylinder thermostat thermostats alarm alarms detector detectors doorbell
    doorbells camera cameras fan fans hood oven hob cooker cookers fridge fridges freezer freezers
    washer washers dryer dryers dishwasher dishwashers kettle kettles toaster toasters hoover
    hoovers vacuum iron microwave paint paints emulsion gloss undercoat varnish cement brick
    bricks slate slates gutter gutters guttering pipe pipes fitting fittings valve valves pump
    pumps motor motors drill drills saw saws mower mowers strimmer carpet carpets underlay lino
    vinyl flooring tv tvs telly speaker speakers socket sockets plug plugs switch switches
    fluid brush brushes roller rollers stain primer filler grout adhesive sealant timber
    window windows blind blinds frame frames hinge hinges handle handles handset handsets unit
    units cupboard cupboards worktop worktops sink sinks bath baths basin basins seat lift lifts
    stairlift stairlifts hoist hoists scooter scooters wheelchair wheelchairs mattress mattresses
    bed beds sofa sofas wardrobe wardrobes bookcase shelving trap traps spray
""")
#: What somebody fits is no person: "your roofer used Redland".
USED = word_set("used uses use using fitted installed bought brand make")
#: Shops and works that are a place to go to.
SHOPS = word_set("nisa morrisons wilko wilkinsons brewers topps leyland")
BY_A_SHOP = word_set("in from inside outside near")
