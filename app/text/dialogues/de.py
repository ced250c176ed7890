"""How people speak German to the service, and what it says to them."""

from __future__ import annotations

from app.text.dialogue import Dialogue

DOCS = r"(?:dokumenten?|dateien?|unterlagen?|pdfs?|quellen?|schriftstucken?|texten?)"
WHO = r"(?:du|sie|ihr|ich|wir|man)"
CAN = r"(?:kannst|konntest|koenntest|kann|konnte|koennte|konnen|koennen|konnten|koennten|magst|wurdest|wurden|wuerden|willst|wollen)"
HELD = r"(?: (?:hast|habt|haben|habe|kennst|kennen|gibt es|sind|liegen|vorhanden|verfugbar|verfuegbar|hochgeladen|geladen|gespeichert|zugriff|hier|da|vor|drin|denn|so|alles|bisher|schon|zur verfugung))*"
ANSWER = r"(?: (?:es|das|die|deine|ihre|diese|letzte|vorige|obige|antwort|bitte|mal|nochmal|noch mal))*"
ABOUT = r"(?:uber|ueber|zu|zum|zur|bezuglich|bezueglich|hinsichtlich)"
SUMMARY = r"(?:zusammenfassung|uberblick|ueberblick|ubersicht|uebersicht|kurzfassung|inhaltsangabe)"
TOPICS = r"(?:themen|kapitel|abschnitte|uberschriften|ueberschriften|gliederung|inhaltsverzeichnis|aufbau|struktur)"
OF = r"(?:von|vom|aus|in|im|des|der|zu|zum|zur|uber|ueber|fur|fuer)(?: (?:der|dem|den|das|die))?"
THE = r"(?:(?:der|die|das|den|dem|des) )?"

DIALOGUE = Dialogue(
    openers=(
        r"bitte|hallo|hi|hey|ok(?:ay)?|also|so|nun|jetzt|dann|und|auch|sorry|entschuldigung|entschuldigen sie|danke|"
        rf"sag(?:en)?(?: sie)? mir|sag mal|{CAN} (?:du|sie|ihr|wir|ich)(?: (?:mir|uns))?(?: (?:bitte|mal))*|"
        r"ich (?:mochte|moechte|will|hatte gern|haette gern|brauche|wurde gerne?|wuerde gerne?)(?: gerne?)?"
        r"(?: (?:wissen|dass du|dass sie))?"
    ),
    closers=(
        r"bitte|mal bitte|fur mich|fuer mich|fur uns|danke|danke schon|danke schoen|vielen dank|jetzt|gerade|aktuell|"
        r"im moment|momentan|derzeit|wenn moglich|wenn moeglich|geben|machen|zeigen|haben|erstellen|schreiben|wissen|"
        r"nennen|sagen|darstellen|formulieren|in kurze|in kuerze|in einfachen worten|"
        r"in (?:(?:wenigen|ein paar|einigen|einem|einer|zwei|drei|vier|funf|fuenf|sechs|zehn|\d+) )+"
        r"(?:zeilen?|satz|satzen|saetzen|worten|punkten?|stichpunkten|absatzen|absaetzen)|"
        r"erklaren|erklaeren|wiederholen|ubersetzen|uebersetzen|fassen|auflisten|aufzahlen"
    ),
    small_talk={
        "greeting": (
            r"hallo(?: zusammen)?|hi|hey|moin(?: moin)?|servus|gruss gott|gruß gott|grusse? dich|gruezi|"
            r"guten (?:morgen|tag|abend)|schonen guten (?:morgen|tag|abend)|morgen|tach|na"
        ),
        "courtesy": (
            r"wie gehts?(?: es)?(?: (?:dir|ihnen|euch|so|denn|heute))*|wie geht es(?: (?:dir|ihnen|euch|so|denn|heute))*|"
            r"alles (?:gut|ok)(?: bei (?:dir|ihnen))?|alles klar bei (?:dir|ihnen)|was geht(?: ab)?|wie war (?:dein|ihr) tag|freut mich|"
            r"(?:schon|schoen),? (?:dich|sie) kennenzulernen|bist du (?:da|wach)|ist (?:da )?jemand da"
        ),
        "thanks": (
            r"danke(?: (?:schon|schoen|sehr|dir|ihnen|vielmals))?|(?:vielen|herzlichen|besten|lieben|tausend) dank|"
            r"dankeschon|dankeschoen|merci|thx|ich danke (?:dir|ihnen)|das hat (?:mir )?(?:sehr )?geholfen"
        ),
        "farewell": (
            r"tschuss|tschuess|tschüs|tschau|ciao|auf wiedersehen|wiedersehen|bis (?:bald|spater|spaeter|dann|morgen|"
            r"zum nachsten mal)|gute nacht|machs gut|schonen (?:tag|abend|feierabend)(?: noch)?|"
            r"schones wochenende|einen schonen (?:tag|abend)(?: noch)?"
        ),
        "agreement": (
            r"ok(?:ay)?|gut|super|prima|toll|klasse|perfekt|alles klar|verstanden|verstehe|genau|richtig|stimmt|passt|"
            r"sehr gut|wunderbar|ausgezeichnet|hervorragend|interessant|cool|spitze|top|gut gemacht|haha+|"
            r"nein danke|das wars|das war alles|das ist alles|einverstanden"
        ),
        "identity": (
            r"wer (?:bist du|sind sie|seid ihr)(?: (?:denn|eigentlich|uberhaupt))?|was bist du|was sind sie|"
            r"wie hei(?:ss|ß)t du|wie hei(?:ss|ß)en sie|(?:wie ist |was ist )?(?:dein|ihr) name|hast du einen namen|"
            r"wer hat dich (?:gemacht|gebaut|entwickelt|programmiert|erstellt)|stell dich vor|stellen sie sich vor|"
            r"mit wem (?:spreche|rede|schreibe|chatte) ich(?: (?:hier|da|gerade))?|"
            r"(?:bist du|sind sie|ist das) (?:eine? )?(?:echte[rs]? )?(?:bot|roboter|mensch|person|ki|maschine|chatbot)"
        ),
    },
    social_words=frozenset(
        """aber alle alles antwort antworten auch auf beste bist bot danke das dein deine den der die dir du echt ein
        eine einen einfach engel erklarung euch fur gefreut geholfen gemacht genau ging gut gute guten heute hier hilfe
        hilfreich ich ihnen ihr ihre informationen ist ja jetzt klar liebe lieber mal mein meine mir mit nett noch nun
        schnelle schnell schon schone schonen schoen sehr sie sind so super tag team toll tolle uns und viel vielen von
        war wars warst wieder wirklich wunderbar zeit zusammen""".split()
    ),
    collection={
        "abilities": (
            rf"was {CAN} (?:du|sie|ihr)(?: (?:alles|denn|so|eigentlich|hier|fur mich|fuer mich))*(?: (?:tun|machen|beantworten))?",
            rf"(?:wobei|womit|wie) {CAN} (?:du|sie|ihr) (?:mir|uns)(?: (?:hier|denn|alles))?(?: (?:helfen|behilflich sein))",
            rf"(?:was|welche fragen) {CAN} (?:ich|wir|man)(?: (?:dich|sie|dir|ihnen|hier|alles|denn|so))*(?: (?:fragen|stellen|tun|machen))",
            r"was machst du(?: (?:hier|so|denn|eigentlich))*|was machen sie(?: hier)?|was ist (?:deine|ihre) aufgabe",
            r"wof(?:u|ue)r (?:bist du|sind sie|ist (?:das|dieser chat|dieser bot|dieser assistent))(?: (?:da|gut|hier|gedacht))*",
            r"(?:was sind |welche )?(?:deine|ihre) (?:fahigkeiten|faehigkeiten|funktionen|moglichkeiten)",
            r"welche (?:fahigkeiten|funktionen|moglichkeiten) (?:hast du|haben sie|gibt es)",
            r"wie funktioniert (?:das|das hier|dieser chat|dieser bot|der chat|der bot|der assistent|dieser assistent|dieser dienst)",
            r"hilfe|hilf mir|helfen sie mir|ich brauche hilfe|beispielfragen|beispiele fur fragen",
        ),
        "list": (
            rf"(?:auf )?(?:welche|was fur|was fuer)(?: arten von)? {DOCS}(?: {WHO})?{HELD}(?: {WHO})?{HELD}",
            rf"was (?:hast|habt|haben) (?:du|ihr|sie) (?:hier )?(?:an|fur|fuer) {DOCS}{HELD}",
            (
                rf"(?:liste|nenne?|zeige?|gib|aufzahlen|zahle?|auflisten)(?:n sie|st du)?(?: mir| uns)?(?: (?:eine|die) liste)?"
                rf"(?: (?:alle|aller|die|der|deine|deiner|ihre|meine|meiner|unsere|unserer|vorhandenen|verfugbaren|mit|von))* {DOCS}"
                r"(?: auf)?(?: (?:die )?(?:du|sie|ich|wir) (?:hast|haben|habe|kennst|kennen))?"
            ),
            rf"(?:die |eine )?liste (?:aller |der |deiner |meiner |unserer |von )*{DOCS}|(?:alle |deine |meine |unsere |ihre )+{DOCS}",
            r"was (?:ist|liegt|steht|befindet sich) in (?:der|deiner|meiner|unserer|dieser) (?:sammlung|bibliothek|datenbank|wissensbasis)",
            r"was hast du(?: (?:hier|da|alles))*",
        ),
        "count": (
            rf"wie viele {DOCS}(?: {WHO})?{HELD}(?: {WHO})?{HELD}|wieviele {DOCS}(?: {WHO})?{HELD}(?: {WHO})?{HELD}",
            rf"(?:was ist |wie hoch ist |wie gross ist )?die (?:anzahl|zahl) (?:der |deiner |meiner |von )?{DOCS}",
        ),
        "newest": (
            (
                rf"(?:(?:was|welches|welche) (?:ist|war|sind|waren) |zeig(?:e|en sie)?(?: mir)? )?"
                rf"(?:das |die |dein |deine |mein |meine |unser )?(?:neuesten?|neuste|letzten?|aktuellsten?|jungsten?)s?"
                rf"(?: hochgeladenen?| hinzugefugten?)? (?:{DOCS}|dokument|datei|unterlage|pdf)"
            ),
            r"was wurde (?:zuletzt|als letztes|kurzlich) (?:hochgeladen|hinzugefugt|hinzugefuegt)",
            rf"welche(?:s|r)? (?:{DOCS}|dokument|datei) wurden? (?:zuletzt|als letztes) (?:hochgeladen|hinzugefugt)",
        ),
        "uploaded": (
            rf"(?:wann|an welchem tag) (?:wurde|wurden|ist|sind) {THE}(?P<name>.+?) (?:hochgeladen|hinzugefugt|hinzugefuegt|eingestellt|importiert)(?: worden)?",
            rf"wann (?:habe|haben|hat|hast) (?:ich|wir|du|sie|man|jemand) {THE}(?P<name>.+?) (?:hochgeladen|hinzugefugt|hinzugefuegt|eingestellt)",
            r"(?:was ist |wie lautet )?das (?:hochladedatum|uploaddatum|upload datum|datum des (?:hochladens|uploads)) (?:von|des|der|vom) (?P<name>.+)",
        ),
        "about": (
            (
                rf"(?:(?:hast du|haben sie|habt ihr|haben wir|gibt es|finde?n?|finde mir|zeige?(?: mir)?|liste|suche?))"
                rf"(?: (?:ein|eine|einige|irgendein|irgendwelche|alle|etwas|die|auch))* (?:{DOCS}|dokument|datei|unterlage) {ABOUT} "
                rf"{THE}(?P<topic>.+)"
            ),
            rf"(?:welches|welche|in welche[mn]) (?:{DOCS}|dokument|datei) (?:geht es um|handelt|handeln|behandelt|behandeln|erwahnt|erwahnen|spricht|sprechen|steht etwas)(?: (?:von|uber|ueber|zu|zum|zur))? {THE}(?P<topic>.+)",
        ),
    },
    previous_answer={
        "shorter": (
            r"(?:es|das|dies|die antwort|deine antwort) (?:bitte |etwas |noch |viel )?(?:kurzer|kuerzer|knapper|kurz)",
            (
                r"(?:(?:mach|mache|machen sie|fass|fasse|sag|sage|schreib|schreibe|formuliere|antworte|gib)"
                r"(?: (?:es|das|mir|die antwort|deine antwort|sie|eine))* )?(?:(?:noch|etwas|ein bisschen|viel|deutlich|bitte) )*"
                r"(?:kurzer|kuerzer|knapper|kurz|kompakter|kurzere|kuerzere|knappere)(?: (?:antwort|version|fassung|zusammen|gefasst))*"
            ),
            r"(?:das ist |die antwort ist |ist )?(?:mir )?(?:viel )?zu lang|(?:die )?kurzversion|fasse? dich kurz|fassen sie sich kurz",
            r"(?:(?:sag|sage|antworte|fasse?|schreib)(?: (?:es|das|mir|die antwort))*(?: zusammen)? )?(?:nur )?in (?:einem|zwei|wenigen|ein paar) (?:satz|satzen|saetzen|worten|wort)(?: zusammen)?",
            r"kurz gesagt|in kurze|in kuerze|auf den punkt|tl ?dr|komm zum punkt",
            rf"(?:fasse?|fassen sie){ANSWER} (?:kurz )?zusammen|(?:kurze|kurz|kuerze|zusammenfassen|kurzen|verkurze){ANSWER}",
        ),
        "bullets": (
            r"(?:es|das|dies|die antwort|deine antwort) (?:als|in) (?:eine |einer )?(?:liste|stichpunkten?|stichworten?)",
            (
                r"(?:(?:mach|mache|gib|zeig|zeige|schreib|schreibe|formatiere|stell|stelle|liste|antworte|fasse?|als)(?: sie)?"
                r"(?: (?:es|das|mir|die antwort|deine antwort|daraus|dies))* )?(?:als|in|mit|eine|einer)? ?(?:eine |einer )?"
                r"(?:(?:kurze|nummerierte|einfache) )?(?:liste|stichpunkten?|stichworten?|aufzahlung|aufzaehlung|aufzahlungspunkten?|listenform|punkten?|bullet points|spiegelstrichen?)(?: (?:dar|zusammen|auf|bitte))*"
            ),
            r"(?:liste|zahle|zaehle)(?: (?:es|das|sie|mir|alles))* auf",
        ),
        "simpler": (
            (
                r"(?:es|das|dies|die antwort|deine antwort) (?:bitte |etwas |noch |viel )?(?:einfacher|verstandlicher|"
                r"verstaendlicher|leichter|klarer|deutlicher|in einfachen worten)"
            ),
            (
                r"(?:(?:erklare?|erklaere?|sag|sage|formuliere?|schreib|schreibe|mach|mache|erklaren sie)(?: (?:es|das|mir|die antwort|nochmal|noch mal|noch einmal|bitte))* )?"
                r"(?:(?:etwas|viel|noch|ein bisschen) )*(?:einfacher|verstandlicher|verstaendlicher|leichter|klarer|deutlicher|anders|besser)(?: (?:ausgedruckt|formuliert|bitte))*"
            ),
            r"(?:(?:erklare?|erklaere?|sag|sage|formuliere?)(?: (?:es|das|mir))* )?(?:in|mit) (?:einfachen?|leichten?|anderen?|eigenen?|einfacher|leichter) (?:worten|sprache)",
            r"(?:das |ich )?(?:verstehe?|kapiere?|hab|habe)(?: ich)?(?: (?:es|das|die antwort|leider))* nicht(?: (?:verstanden|kapiert))?",
            r"(?:erklare?|erklaere?|erlautere?|formuliere?)(?: (?:es|das|mir|die antwort|deine antwort|um|nochmal|noch mal|noch einmal))*(?: als ware ich .+)?",
            r"was (?:meinst du|meinen sie)(?: damit)?|wie meinst du das|was bedeutet das|was hei(?:ss|ß)t das",
        ),
        "longer": (
            r"(?:(?:gib|sag|sage|erzahle?|nenne?|zeige?|ich mochte|ich brauche)(?: (?:mir|uns))? )?(?:(?:noch|etwas|viel) )*(?:mehr|weitere|ausfuhrlicher|ausfuehrlicher|genauer|detaillierter|langer|laenger)(?: (?:details|informationen|infos|daruber|darueber|dazu|einzelheiten|bitte|antwort))*",
            r"(?:erklare?|erklaere?|erlautere?|beschreibe?)(?: (?:es|das|mir))* (?:genauer|ausfuhrlicher|ausfuehrlicher|naher|im detail)|mach weiter|weiter|was noch|sonst noch was|und sonst",
        ),
        "repeat": (
            r"wiederhole?(?:n sie)?(?: (?:es|das|die|deine|ihre|letzte|antwort|dich|bitte))*|(?:sag|sage)(?: (?:es|das|mir))* (?:nochmal|noch mal|noch einmal)",
            r"nochmals?|noch mal|noch einmal|wie bitte|was hast du (?:gerade |eben )?gesagt|was haben sie gesagt|was war das(?: nochmal)?",
        ),
        "translate": (
            r"(?:es|das|dies|die antwort|deine antwort|alles) (?:auf|in|ins|nach) LANGUAGE",
            (
                r"(?:(?:sag|sage|sagen sie|wiederhole?|schreib|schreibe|schreiben sie|gib|antworte|antworten sie|ubersetze?|uebersetze?|ubersetzen sie|erklare?|zeige?|sprich|und|jetzt|das ganze|alles)"
                r"(?: (?:es|das|mir|dies|die antwort|deine antwort|die letzte antwort|alles|bitte|nochmal|noch mal|noch einmal))* )?(?:auf|in|ins|nach|zu) LANGUAGE(?: (?:bitte|wiederholen|sagen|antworten|ubersetzen|uebersetzen))*"
            ),
            r"(?:die |eine )?LANGUAGE(?:e|en)? (?:version|ubersetzung|uebersetzung|fassung)|LANGUAGE",
            r"(?:was|wie) hei(?:ss|ß)t das (?:auf|in) LANGUAGE|wie sagt man das (?:auf|in) LANGUAGE",
            r"(?:das gleiche|dasselbe|das selbe) (?:auf|in) LANGUAGE|ich (?:spreche|verstehe|lese) (?:nur )?LANGUAGE",
        ),
    },
    languages={
        "en": "englisch|englische",
        "pt": "portugiesisch|portugiesische",
        "es": "spanisch|spanische",
        "fr": "französisch|franzosisch|franzoesisch|franzosische",
        "de": "deutsch|deutsche",
        "it": "italienisch|italienische",
        "nl": "niederländisch|niederlandisch|niederlaendisch|hollandisch",
        "pl": "polnisch",
        "sv": "schwedisch",
        "da": "dänisch|danisch|daenisch",
        "ja": "japanisch",
        "zh": "chinesisch|mandarin",
        "ko": "koreanisch",
        "ru": "russisch",
        "ar": "arabisch",
        "tr": "türkisch|turkisch|tuerkisch",
        "uk": "ukrainisch",
        "cs": "tschechisch",
        "hi": "hindi",
        "vi": "vietnamesisch",
    },
    document={
        "compare": (
            rf"(?:vergleiche?|vergleichen sie|vergleich zwischen) {THE}(?P<one>.+?) (?:und|mit|zu) {THE}(?P<two>.+?)(?: (?:hinsichtlich|bezuglich|in bezug auf|beim thema) (?P<topic>.+))?",
            (
                rf"(?:(?:was (?:ist|sind)|nenne?|zeige?(?: mir)?|welche) )?(?:(?:der|die|den) )?(?:wichtigsten )?unterschiede?(?: gibt es| bestehen)? zwischen {THE}"
                rf"(?P<one>.+?) und {THE}(?P<two>.+?)(?: (?:hinsichtlich|bezuglich|in bezug auf|beim thema) (?P<topic>.+))?"
            ),
            rf"(?:wie|worin) unterscheide(?:n|t) sich {THE}(?P<one>.+?) (?:und|von) {THE}(?P<two>.+)",
            rf"was (?:sagen|sagt|steht in) {THE}(?P<one>.+?) und {THE}(?P<two>.+?) (?:jeweils )?{ABOUT} {THE}(?P<topic>.+)",
        ),
        "outline": (
            rf"(?:(?:gib|zeige?|liste|nenne?|was sind|welche)(?: mir)? )?(?:(?:die|der|das|eine|alle|den) )*(?:wichtigsten |behandelten )?{TOPICS} {OF} (?P<name>.+?)(?: auf)?",
            rf"welche {TOPICS} (?:hat|behandelt|enthalt|enthaelt|umfasst|gibt es in|stehen in|werden in) {THE}(?P<name>.+?)(?: behandelt)?",
            rf"(?:wie ist {THE}(?P<name>.+?) (?:aufgebaut|gegliedert|strukturiert))|gliedere? {THE}(?P<name2>.+)",
        ),
        "summary": (
            rf"(?:fasse?|fassen sie)(?: mir| bitte| kurz| mal)* {THE}(?P<name>.+?) (?:kurz )?zusammen|{THE}(?P<name2>.+) (?:kurz )?zusammenfassen",
            (
                rf"(?:(?:gib|schreib|schreibe|mach|mache|erstelle?|zeige?|ich brauche|ich mochte|liefere?)(?: sie)?(?: (?:mir|uns|bitte))* )?(?:eine?n? |die |den )?"
                rf"(?:(?:kurze?n?|knappe|gute|schnelle|grobe) )*{SUMMARY} {OF} (?P<name>.+)"
            ),
            rf"(?:worum|um was) geht(?: es|s)(?: denn| eigentlich)? (?:in der|in dem|in den|in|im|bei der|bei|beim) (?P<name>.+)|wovon handelt {THE}(?P<name2>.+)",
            rf"was (?:steht|ist|sagt|sagen|enthalt|enthaelt|steckt)(?: (?:alles|denn|so|in|im|drin|in der|in dem|in den))* {THE}(?P<name>.+?)(?: (?:drin|aus))?",
            rf"(?:(?:was sind|nenne?|liste|gib|zeige?)(?: mir)? )?(?:die )?(?:wichtigsten|zentralen|haupt|wesentlichen) ?(?:punkte|aussagen|inhalte|fakten|informationen|ideen) {OF} (?P<name>.+?)(?: auf)?",
            rf"(?:die )?(?:hauptpunkte|kernpunkte|kernaussagen) {OF} (?P<name>.+)",
        ),
    },
    this_document=r"es|das|dies|darin|ihm|(?:(?:das|dieses|diesem|dieser|diese|dem|der|die|mein|meine|meinem|letzte|letzten|neueste|neuesten|ganze|ganzen|hochgeladene|hochgeladenen) )+(?:dokuments?|datei|pdfs?|textes|text|schreibens?)",
    all_documents=r"alles|allem|(?:(?:alle|allen|aller|die|den|der|diese|diesen|meine|meinen|unsere|deine|beide|beiden) )+(?:dokumenten?|dateien|unterlagen|pdfs|sammlung)",
    document_words={
        "mail": "email mail nachricht brief schreiben rundschreiben memo",
        "sheet": "tabelle excel tabellenblatt arbeitsblatt liste",
        "slides": "folien prasentation praesentation powerpoint",
        "manual": "handbuch anleitung bedienungsanleitung leitfaden gebrauchsanweisung",
        "minutes": "protokoll niederschrift",
        "meeting": "sitzung versammlung besprechung eigentumerversammlung",
        "policy": "richtlinie richtlinien",
        "rules": "regeln regelung ordnung hausordnung satzung vorschriften",
        "contract": "vertrag mietvertrag vereinbarung",
        "terms": "bedingungen geschaftsbedingungen agb",
        "calendar": "kalender zeitplan terminplan fahrplan",
        "prices": "preise preis kosten preisliste",
        "fees": "gebuhren gebuehren gebuhr entgelte beitrage",
        "report": "bericht",
        "notice": "mitteilung bekanntmachung aushang einladung",
        "invoice": "rechnung",
        "warranty": "garantie gewahrleistung",
        "budget": "haushalt budget wirtschaftsplan haushaltsplan",
        "grant": "stipendium forderung",
        "recipe": "rezept",
        "travel": "reise reisen dienstreise",
        "student": "student studenten studierende schuler",
        "employee": "mitarbeiter angestellte beschaftigte",
    },
    months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    date="{day}. {month} {year}",
    duties=frozenset(
        """muss mussen müssen darf durfen soll sollen verboten untersagt erlaubt gestattet verpflichtet pflicht nie immer
        nur frist spatestens bis hochstens mindestens maximal minimal kostet kosten gebuhr preis kostenlos anspruch
        gultig ausgeschlossen erforderlich genehmigt genehmigung erhohung beschlossen ersetzt beginnt endet geoffnet
        geschlossen tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minuten""".split()
    ),
    replies={
        "greeting": "Guten Tag! {offer}",
        "courtesy": "Danke, mir geht es gut! {offer}",
        "thanks": "Gern geschehen! Fragen Sie einfach, wenn Sie mehr wissen möchten.",
        "farewell": "Auf Wiedersehen und bis zum nächsten Mal!",
        "agreement": "Sehr gut! Was möchten Sie noch wissen?",
        "identity": (
            "Ich bin ein digitaler Assistent, beantworte Fragen anhand Ihrer Dokumente und zeige die Stellen, auf denen "
            "die Antworten beruhen. {offer}"
        ),
        "abilities": (
            "Ich beantworte Fragen anhand Ihrer Dokumente und zeige, auf welcher Stelle jede Antwort beruht. Außerdem kann "
            "ich Dokumente zusammenfassen, gliedern oder vergleichen und meine letzte Antwort kürzen, als Liste darstellen "
            "oder übersetzen. {offer}"
        ),
        "offer": "Sie können mich zu {names} fragen, zum Beispiel: „{example}“",
        "example": "Worum geht es in {name}?",
        "ask_section": "Was steht im Abschnitt „{title}“?",
        "empty": "Es gibt noch keine Dokumente. Laden Sie welche hoch (POST /api/v1/documents) und fragen Sie dann danach.",
        "empty_here": "In dem Bereich, auf den sich diese Frage beschränkt, gibt es keine Dokumente.",
        "reading": "{count} weitere Dokumente werden noch gelesen.",
        "reading_one": "Ein weiteres Dokument wird noch gelesen.",
        "list": "Ich habe {count} Dokumente, das neueste zuerst:",
        "list_one": "Ich habe ein Dokument:",
        "count": "Es gibt {count} Dokumente: {names}.",
        "count_one": "Es gibt ein Dokument: {names}.",
        "newest": "Das neueste Dokument ist {name}, hochgeladen am {date}.",
        "uploaded": "{name} wurde am {date} hochgeladen.",
        "uploaded_version": "{name} wurde am {date} hochgeladen (Version {version}; die erste am {first}).",
        "and": "und",
        "more": "{count} weitere",
        "or": "oder",
        "about": "Diese Dokumente enthalten etwas zum Thema {topic}: {names}.",
        "about_none": "Ich finde kein Dokument zum Thema {topic}. {offer}",
        "which": "Welches Dokument meinen Sie: {names}?",
        "gone": "Meine letzte Antwort beruhte auf Dokumenten, die inzwischen gelöscht wurden.",
        "nothing_before": "In dieser Unterhaltung gibt es keine Antwort von mir, die ich ändern könnte. {offer}",
        "summary": "Die wichtigsten Punkte von {name}:",
        "outline": "Worum es in {name} der Reihe nach geht:",
        "compare": "{name}:",
        "compare_none": "{name} sagt dazu nichts, was ich finden kann.",
        "partial": "Ich habe nur einen Teil dieses Dokuments gelesen: {read} von {total} Abschnitten.",
        "table": "{name} ist eine Tabelle mit {count} Zeilen und den Spalten {columns}. Die ersten Zeilen:",
        "not_read": "{names} habe ich nicht gelesen.",
        "no_text": "{name} enthält keine Sätze, die ich zusammenfassen könnte.",
        "more_to_say": "In dem Dokument steht außerdem:",
        "nothing_more": "Mehr steht dazu nicht in den Dokumenten.",
        "untranslated": "Was sich nicht zuverlässig übersetzen ließ, steht da wie zuvor.",
        "suggestion": "Ich kann Fragen zu {names} beantworten.",
    },
    tasks={
        "shorter": "Schreiben Sie die Antwort in einem kurzen Satz neu. Behalten Sie alle Zahlen und Namen bei.",
        "bullets": "Schreiben Sie die Antwort als Liste. Jeder Punkt steht in einer eigenen Zeile nach einem Strich.",
        "simpler": "Erklären Sie die Antwort in einfachen Worten. Behalten Sie alle Zahlen und Namen bei. Fügen Sie nichts hinzu.",
        "translate": "Übersetzen Sie die Antwort in diese Sprache: {language}. Behalten Sie alle Zahlen und Namen bei. Schreiben Sie nur die Übersetzung.",
    },
)
