"""German."""

from __future__ import annotations

from app.text.dialogues.de import DIALOGUE
from app.text.fact_words import FactWords
from app.text.locale import Locale

NOT_FOUND = "Die Dokumente enthalten keine Antwort auf diese Frage."

LOCALE = Locale(
    code="de",
    name="German",
    function_words=frozenset(
        """aber als am an auch auf aus bei beim bin bis bitte brauche da danke darf das dass dem den der des die dies
        diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es für gibt guten habe
        haben hallo hat hier ich ihm ihr ihre ihren im in ins ist ja kann kein keine keinen können könnte man mein
        meine meinen meiner mich mir mit muss müssen nach nein nicht noch nur ob oder ohne sein seine seit sich sie
        sind so soll sollen sollte tschüss um und uns unser unsere unter viel viele vom von vor wann war waren warum
        was weil welche welchem welchen welcher welches wem wen wenn wer werde werden wie wieso wieviel wir wird wo
        woher wohin wozu wurde wurden zu zum zur zwischen über""".split()
    ),
    letters=frozenset("äöüß"),
    stop_words=frozenset(
        """aber als auch auf aus bei beim das dass dem den der des dies diese dieser dieses du durch ein eine einem
        einen einer eines für habe haben ich ihr ihre im ist kann mein meine mir mit muss nach nicht noch nur oder sein
        seine sich sie sind soll und vom von vor wann warum was welche welchem welchen welcher welches wenn wer werden
        wie wieso wird wo wurde wurden zu zum zur über""".split()
    ),
    articles=frozenset("das dem den der des die ein eine einem einen einer eines".split()),
    abbreviations=frozenset(
        """abt allg bspw bzw ca d.h dipl dr entspr etc evtl e.v fr ggf gmbh hbf hl hr hrn i.a i.d.r ing inkl insb jh jhd
        lt max mind mio mrd mwst o.ä o.g prof rd s.o s.u sog st std stellv str tägl u.a u.u urspr usw u.ä v.a v.chr
        n.chr vgl z.b z.t z.zt zzgl""".split()
    ),
    numbered_abbreviations=frozenset("abb abs anl art bd hnr kap lfd nr nrn par rn rz tab tel ziff".split()),
    ordinal_nouns=frozenset(
        """januar jänner februar märz april mai juni juli august september oktober november dezember
        absatz abschnitt auflage ausgabe etage halbjahr jahr jahrhundert kalendertag kalenderwoche klasse lebensjahr
        mahnung mal monat monats obergeschoss platz quartal satz semester stock stockwerk stufe tag tages teil
        termin untergeschoss vertragsjahr werktag woche""".split()
    ),
    units=frozenset("min mins sek std stk tsd".split()),
    interjections=("ok", "okay", "also", "gut", "ah"),
    followup_openings=(
        *("und", "aber", "und was ist mit", "was ist mit", "wie sieht es mit", "warum", "wieso", "weshalb"),
        *("es", "er", "sie", "das", "dies", "diese", "dieser", "dieses"),
    ),
    followup_pronouns=(
        *("er", "ihn", "ihm", "ihr", "ihre", "ihren", "ihrer", "ihnen", "deren", "dessen"),
        *("dafür", "damit", "danach", "daran", "darauf", "darin", "darüber", "davon", "dazu", "dort", "dieselbe"),
    ),
    capital_nouns=True,
    instructions=(
        "Beantworten Sie die Frage anhand der Auszüge. Geben Sie eine vollständige Antwort; wenn die Auszüge sie nicht "
        "enthalten, sagen Sie das."
    ),
    column_names=frozenset(
        """name namen vorname nachname titel nummer datum zeit uhrzeit tag tage monat jahr woche stunde stunden quartal
        stadt ort land region bezirk straße strasse adresse anschrift büro abteilung team funktion stelle rolle
        stufe gehalt lohn preis preise kosten betrag wert werte gesamt summe menge anzahl einheit satz produkt
        artikel beschreibung bezeichnung bemerkung bemerkungen anmerkung hinweis kommentar status zustand typ gruppe
        klasse kategorie e-mail telefon handy kontakt frage antwort lieferant kunde eigentümer autor verantwortlich
        firma unternehmen alter geschlecht größe gewicht höhe breite länge farbe modell marke version beginn ende
        dauer frist quelle anteil durchschnitt einwohner ergebnis punkte rang thema sprache währung bestand raum
        etage gebäude bahnhof abfahrt ankunft""".split()
    ),
    question_label="Frage",
    answer_label="Antwort",
    quote_lead="Im Dokument steht:",
    refusals={
        "no_documents": "Es gibt noch keine Dokumente für eine Antwort. Bitte laden Sie zuerst welche hoch.",
        "not_ready": "Die Dokumente werden noch gelesen. Bitte fragen Sie gleich noch einmal.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    otherwise="In {file} steht etwas anderes: „{quote}“",
    nearest="Am nächsten kommt ein Abschnitt in {place}.",
    refusal_phrases=(
        (
            r"(?:auszug\w*|abschnitt\w*|passagen?|textstellen?|dokument\w*|text\w*|kontext|informationen|quellen?)\b"
            r".{0,40}\b(?:nicht|keine?n?r?)\b"
            r".{0,30}\b(?:enthalt\w*|erwahn\w*|steht|stehen|sag\w*|beantwort\w*|antwort\w*|angegeben|genannt|"
            r"hervor|information\w*|angab\w*|auskunft)"
        ),
        (
            r"(?:auszug\w*|abschnitt\w*|passagen?|textstellen?|dokument\w*|text\w*|kontext|quellen?) "
            r"(?:enthalten|enthalt|erwahnen|erwahnt|nennen|nennt|beantworten|beantwortet|sagen|sagt)\b.{0,40}\bnicht\b"
        ),
        (
            r"\b(?:enthalten|enthalt|nennen|nennt|geben|gibt|machen)\b.{0,20}\bkeine?n? (?:\w+ )?"
            r"(?:antwort|information|angab|auskunft|hinweis)"
        ),
        r"\b(?:kann|konnen|konnte|konnten|lasst sich)\b.{0,50}\bnicht (?:beantwort|find|ermittel|bestimm)",
        r"\b(?:in|aus) den (?:\w+ ){0,2}(?:auszug|dokument|text|passage)\w*\b.{0,40}\b(?:nicht|keine)\b",
    ),
    apologies=("es tut mir (?:sehr )?leid", "tut mir leid", "leider", "entschuldigung", "bedauerlicherweise"),
    injections=(
        r"\b(ignorier|missacht|vergiss|vergessen)\w*\b.{0,40}\b(anweisung|regeln|vorgaben|instruktion)",
        r"\bsystem(hinweis|nachricht|meldung|anweisung|prompt)\b",
        r"^\W*(assistent|assistentin|system|nutzer|benutzer)\s*:",
        r"\bliebe[rs]?\s+(assistent|assistentin|ki|ai)\b",
        (
            r"^\W*(\w+ ?\w*:\s*)?(bitte )?(antworte|antworten sie|beantworte|beende|beenden sie)\s+"
            r"(nur|ausschließlich|immer|auf jede|auf alle|auf (deutsch|englisch)|in json|jede antwort)\b"
        ),
        r"\b(sag|sage|sagen sie|behaupte)\b.{0,30}\b(nicht (antworten|beantworten) (kannst|können)|nicht weißt)\b",
    ),
    cloze_question="Welche Wörter fehlen hier: „{}“",
    not_units=("und", "der", "die", "das", "dem", "den", "des", "für", "mit", "von", "bis", "pro", "oder", "aus"),
    name_particles=("an der", "am", "de", "der", "des", "für", "van", "vom", "von", "von der", "zu", "zur"),
    facts=FactWords(
        months=(
            *("januar jänner", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober"),
            *("november", "dezember"),
        ),
        weekdays=(
            *("montag montags", "dienstag dienstags", "mittwoch mittwochs", "donnerstag donnerstags"),
            *("freitag freitags", "samstag samstags sonnabend sonnabends", "sonntag sonntags"),
        ),
        numbers={
            "ein": 1,
            "eine": 1,
            "einen": 1,
            "einer": 1,
            "einem": 1,
            "zwei": 2,
            "drei": 3,
            "vier": 4,
            "fünf": 5,
            "sechs": 6,
            "sieben": 7,
            "acht": 8,
            "neun": 9,
            "zehn": 10,
            "elf": 11,
            "zwölf": 12,
            "zwanzig": 20,
            "dreißig": 30,
            "vierzig": 40,
            "fünfzig": 50,
            "hundert": 100,
            "tausend": 1000,
        },
        ordinals="ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten",
        units={
            "eur": "euro",
            "chf": "franken",
            "cent": "cent",
            "min": "minute minuten",
            "h": "stunde stunden",
            "day": "tag tage tagen",
            "week": "woche wochen",
            "month": "monat monate monaten",
            "%": "prozent",
            "year": "jahr jahre jahren alter mindestalter",
            "s": "sekunden",
            "°": "grad",
            "m": "meter metern",
            "km": "kilometer",
            "cm": "zentimeter",
            "g": "gramm",
            "kg": "kilo kilogramm",
            "l": "liter litern",
            "night": "nacht nächte",
            "piece": "stück",
            "person": "person personen",
            "time": "mal",
        },
        range_joints="bis und oder",
        noon={"mittags": "12:00", "mitternacht": "00:00"},
        negations="nicht kein keine keinen keiner keinem keines nie niemals niemand nichts weder",
        opposites=(r"verboten\w*", r"untersagt\w*", r"geschlossen\w*", r"ausgenommen", r"ausgeschlossen\w*", r"außer"),
        neutral=(r"nicht (?:mehr|weniger|länger|später) als", r"nicht nur"),
        clause_openings="aber jedoch sondern obwohl außer während sonst",
        clause_joints="und oder",
        verbs="darf dürfen muss müssen kann können ist sind wird werden hat haben soll sollen",
        yes="ja",
        no="nein",
        only="nur erst",
        permissions="darf dürfen erlaubt möglich kann können",
        obligations=(r"muss", r"müssen", r"brauche?n?"),
        most=(r"bis(?: zu)?", r"höchstens", r"maximal", r"unter", r"weniger als", r"innerhalb von"),
        least=(r"mindestens", r"ab", r"über", r"mehr als", r"minimal"),
        before="vorher vor",
        least_after=(r"oder mehr",),
        asking="""viel viele lange oft alt groß kostet kosten preis zahlen bekomme habe haben brauche muss kann darf tun
        machen gibt etwas bitte möchte wissen""",
    ),
    dialogue=DIALOGUE,
)
