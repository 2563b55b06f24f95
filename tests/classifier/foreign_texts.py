"""What residents might write in languages other than English."""

FOREIGN = {
    "Polish": (
        "Dzień dobry, od trzech dni nie mamy ciepłej wody i nikt nie przyjechał.",
        "w łazience jest grzyb na suficie, dziecko kaszle",
        "Proszę o zmianę terminu wizyty hydraulika na piątek po południu",
        "Nie jestem zadowolona z odpowiedzi. Chcę złożyć skargę.",
    ),
    "Romanian": (
        "Bună ziua, centrala nu mai funcționează de sâmbătă și e frig în casă.",
        "vecinul de sus face gălăgie în fiecare noapte, vă rog ajutați-ne",
        "Mulțumesc mult pentru ajutor, domnul care a venit a fost foarte amabil",
        "apa curge prin tavan in bucatarie",
    ),
    "Portuguese": (
        "Bom dia, a caldeira avariou outra vez e ninguém atende o telefone.",
        "tem muita humidade no quarto do meu filho e ele tem asma",
        "Queria saber quanto devo da renda deste mês, por favor",
        "Já é a terceira vez que ligo e ninguém aparece",
    ),
    "Spanish": (
        "Hola, se ha roto la cerradura de la puerta y no podemos cerrar.",
        "Llevamos dos semanas sin calefacción y nadie nos contesta",
        "gracias por arreglar la ducha tan rápido, muy amables",
        "hay ratas en la cocina otra vez",
    ),
    "French": (
        "Bonjour, il y a une fuite d'eau sous l'évier depuis hier soir.",
        "Je voudrais faire une réclamation au sujet du bruit des voisins",
        "mon chauffage est en panne et j'ai un bébé de deux mois",
        "Merci beaucoup pour la réparation, le technicien était très poli",
    ),
    "Italian": (
        "Buongiorno, l'ascensore è rotto da una settimana e mia madre non può scendere.",
        "la finestra della camera non si chiude, fa freddo",
        "Vorrei parlare con qualcuno del mio affitto",
        "È una vergogna, aspetto da due mesi e nessuno viene",
    ),
    "German": (
        "Guten Tag, die Heizung ist seit Montag kaputt und es ist sehr kalt.",
        "Können Sie mir bitte die Nebenkostenabrechnung noch einmal schicken?",
        "Der Mann, der die Tür repariert hat, war sehr freundlich",
        "Das Wasser läuft durch die Decke",
    ),
    "Lithuanian": (
        "Laba diena, neveikia šildymas jau tris dienas, namuose labai šalta.",
        "vonios kambaryje pelėsis ant sienų, vaikai serga",
        "Norėčiau pakeisti susitikimo laiką į penktadienį",
        "Niekas neatvyko, nors žadėjo vakar",
    ),
    "Turkish": (
        "Merhaba, kombi çalışmıyor ve evde küçük çocuk var, çok soğuk.",  # noqa: RUF001 - Turkish has an i without a dot
        "tavandan su akıyor lütfen birini gönderin",  # noqa: RUF001 - Turkish has an i without a dot
        "Geçen ay gelen usta çok iyiydi, teşekkür ederim",
        "Üçüncü kez arıyorum kimse cevap vermiyor",  # noqa: RUF001 - Turkish has an i without a dot
    ),
    "Somali": (
        "Fadlan nagu soo dir qof, biyuhu waa ka soo daadanayaan saqafka.",
        "Kuleylku ma shaqeynayo saddex maalmood, carruurtu way qandhaysan yihiin",
        "Waxaan rabaa inaan cabasho gudbiyo oo ku saabsan deriska",
        "Mahadsanid, ninkii albaabka hagaajiyay aad buu u fiicnaa",
    ),
    "Welsh": (
        "Bore da, mae'r boeler wedi torri eto ac mae'r tŷ yn oer iawn.",
        "Hoffwn wneud cwyn am y sŵn o'r fflat uwchben",
        "does dim dŵr poeth gyda ni ers dydd Llun",
        "Diolch yn fawr am drwsio'r drws mor gyflym",
    ),
    "Albanian": (
        "Përshëndetje, ngrohja nuk punon dhe kemi një foshnjë në shtëpi.",
        "ka lagështi dhe myk në dhomën e fëmijëve",
        "Dua të bëj një ankesë për fqinjët",
        "Askush nuk erdhi, prita gjithë ditën",
    ),
    "Hungarian": (
        "Jó napot, három napja nincs melegvíz a lakásban.",
        "a szomszéd minden éjjel hangosan zenél, kérem segítsenek",
        "Köszönöm szépen a gyors javítást",
        "Szeretnék panaszt tenni a takarítás miatt",
    ),
    "Slovak": (
        "Dobrý deň, v kúpeľni nám tečie voda zo stropu už druhý deň.",
        "výťah nefunguje a mama je na vozíku",
        "Chcela by som vedieť, kedy príde opravár",
        "Nikto neprišiel, čakala som celý deň",
    ),
    "Dutch": (
        "Goedemorgen, de verwarming doet het niet en het is ijskoud in huis.",
        "er zit schimmel in de slaapkamer van mijn dochter",
        "Ik wil graag een klacht indienen over de buren",
        "Bedankt voor de snelle reparatie van het slot",
    ),
    "Swahili": (
        "Habari, maji yanavuja kutoka kwenye dari tangu jana usiku.",
        "Joto halifanyi kazi na mtoto wangu ni mgonjwa",
        "Nataka kutoa malalamiko kuhusu majirani wangu",
        "Asante sana kwa kutengeneza mlango haraka",
    ),
}
