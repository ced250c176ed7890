"""Italian."""

from __future__ import annotations

from app.text.dialogues.it import DIALOGUE
from app.text.fact_words import FactWords
from app.text.locale import Locale

NOT_FOUND = "I documenti non contengono la risposta a questa domanda."

LOCALE = Locale(
    code="it",
    name="Italian",
    function_words=frozenset(
        """a abbiamo agli ai al alla alle allo anche buonasera buongiorno c che chi ci ciao ciò col come con cos cosa
        cui d da dagli dai dal dalla dalle dei del della delle dello deve devo di dov dove durante e ed era fa fare
        gli grazie ha hai hanno ho i il in io l la le lo loro ma me mi mia mie miei mio molto ne negli nei nel nella
        nelle nello no noi non o ogni per perchè perché però più posso possono prego prima può qual quale quali
        quando quant quanta quante quanti quanto quei quel quella quelle quello quest questa queste questi questo qui
        salve se sei senza si sia sono sta stata stato su sua sue sugli sui sul sulla sulle suo suoi sì ti tra tu
        tutte tutti tutto un una uno va vi voi è""".split()
    ),
    letters=frozenset("àèéìòù"),
    stop_words=frozenset(
        """agli ai al alla alle allo anche che chi ci come con cosa da dagli dai dal dalla dalle dei del della delle
        dello di dove e ed è era gli ha hanno i il la le lo loro ma negli nei nel nella nelle nello non o per perché più
        posso può qual quale quali quando quanti quanto quante questa queste questi questo quello quella si sono su sua
        sue sugli sui sul sulla sulle suo suoi un una uno""".split()
    ),
    articles=frozenset("gli i il l la le lo un una uno".split()),
    abbreviations=frozenset(
        """all arch avv ca cav cfr dott dott.ssa ecc egr es etc gent geom ill ing mons on.le p.es prof prof.ssa rag resp
        s.p.a s.r.l sig sig.ra sig.na sigg spett ss tel""".split()
    ),
    numbered_abbreviations=frozenset("art artt cap capp fig figg n nn num p pag pagg par pp rif tab tel vol".split()),
    units=frozenset("hr min mins sec".split()),
    interjections=("ok", "bene", "allora", "ah", "va bene"),
    followup_openings=(
        *("e", "ma", "e se", "e per", "e che dire di", "perché", "come mai"),
        *("lui", "lei", "loro", "esso", "essa", "essi", "esse", "questo", "questa", "quello", "quella", "ciò"),
    ),
    followup_pronouns=(
        *("lui", "lei", "loro", "esso", "essa", "essi", "esse", "ciò", "suo", "sua", "suoi", "sue"),
        *("quello", "quella", "quelli", "quelle", "lì", "là"),
    ),
    followup_patterns=(r"\w{2}(?:ar|er|ir|ando|endo)(?:l[oaie]|gliel[oaie]|ne|ci)\b",),  # "cambiarlo", "parlarne"
    instructions=(
        "Rispondi alla domanda in base ai brani. Dai una risposta completa; se i brani non la contengono, dillo."
    ),
    column_names=frozenset(
        """nome nomi cognome titolo codice numero data ora ore giorno giorni mese anno anni settimana trimestre trim
        semestre città comune paese regione provincia via indirizzo luogo sede ufficio reparto squadra funzione
        incarico categoria livello stipendio prezzo prezzi costo costi importo valore valori totale somma quantità
        unità tasso prodotto articolo descrizione nota note osservazioni commento stato tipo gruppo classe posta
        telefono cellulare contatto domanda risposta fornitore cliente proprietario autore responsabile azienda
        società età sesso dimensione peso altezza larghezza lunghezza colore modello marca versione inizio fine
        durata scadenza fonte percentuale media popolazione risultato punti riferimento argomento lingua valuta sala
        piano edificio stazione partenza arrivo""".split()
    ),
    question_label="Domanda",
    answer_label="Risposta",
    quote_lead="Il documento dice:",
    refusals={
        "no_documents": "Non ci sono ancora documenti su cui basare la risposta. È necessario prima caricarne alcuni.",
        "not_ready": "I documenti sono ancora in fase di lettura. Ripeta la domanda tra poco.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    otherwise="{file} dice altro: «{quote}»",
    nearest="Il brano più vicino si trova in {place}.",
    refusal_phrases=(
        (
            r"(?:bran[oi]|passagg\w+|estratt\w+|document[oi]|test[oi]|contesto|informazion[ei]|font[ei])\b.{0,40}\bnon\b"
            r".{0,30}\b(?:conten|contien|dic|menzion|rispond|inform|indica|specific|forni|riport|includ|comprend)"
        ),
        (
            r"\bnon (?:e|sono|c'e|ci sono|viene|vengono|risulta|posso|riesco|possiamo|e possibile|si trova|trovo)\b"
            r".{0,30}\b(?:menziona|indicat|specificat|riportat|fornit|rispo|trovar|trovat|determinar|"
            r"nei (?:bran|document|test)|nel (?:bran|document|test))"
        ),
        r"^(?:impossibile|non e possibile) (?:rispondere|trovare|determinare)",
    ),
    apologies=("mi dispiace", "ci dispiace", "spiacente", "purtroppo", "mi scuso", "scusi"),
    injections=(
        r"\b(ignora|dimentica|trascura)\w*\b.{0,40}\b(istruzion|regole|indicazion)",
        r"\b(avviso|messaggio|istruzione|prompt) di sistema\b",
        r"^\W*(assistente|sistema|utente)\s*:",
        r"\b(caro|cara|gentile)\s+(assistente|assistant|ai|ia)\b",
        (
            r"^\W*(\w+ ?\w*:\s*)?(per favore,? )?(rispondi|risponda|rispondete|termina|termini)\s+"
            r"(solo|soltanto|solamente|sempre|a qualsiasi|a tutte|a ogni|in (italiano|inglese|json)|ogni risposta)\b"
        ),
        r"\b(di'|dica|afferma)\b.{0,20}\b(non puoi|non può|non sai|non sa)\b",
    ),
    cloze_question='Quali parole mancano qui: "{}"',
    not_units=("gli", "dei", "del", "che", "con", "per", "fino", "nei", "dal", "alla"),
    name_particles=("da", "dei", "del", "della", "delle", "di"),
    facts=FactWords(
        months=(
            *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre"),
            *("novembre", "dicembre"),
        ),
        weekdays=("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica domeniche"),
        numbers={
            "un": 1,
            "una": 1,
            "tre": 3,
            "quattro": 4,
            "cinque": 5,
            "sette": 7,
            "otto": 8,
            "nove": 9,
            "dieci": 10,
            "dodici": 12,
            "quindici": 15,
            "venti": 20,
            "trenta": 30,
            "quaranta": 40,
            "cinquanta": 50,
            "cento": 100,
            "mille": 1000,
        },
        ordinals="primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
        units={
            "eur": "euro",
            "cent": "centesimo centesimi",
            "min": "minuto minuti",
            "h": "ora ore",
            "day": "giorno giorni",
            "week": "settimana settimane",
            "month": "mese mesi",
            "year": "anno anni età",
            "s": "secondi",
            "°": "grado gradi",
            "m": "metro metri",
            "km": "chilometro chilometri",
            "cm": "centimetro centimetri",
            "g": "grammo grammi",
            "kg": "chilo chili",
            "l": "litro litri",
            "night": "notte notti",
            "piece": "pezzo pezzi",
            "person": "persona persone",
            "time": "volte",
        },
        range_joints="a fino e o alle",
        noon={"mezzogiorno": "12:00", "mezzanotte": "00:00"},
        negations="non mai nessun nessuno nessuna niente nulla né neppure",
        opposites=(r"vietat[oaie]", r"proibit[oaie]", r"chius[oaie]", r"esclus[oaie]", r"eccetto", r"tranne"),
        neutral=(r"non (?:più|oltre|meno)(?: d[ei])?", r"non solo"),
        clause_openings="ma però tuttavia eccetto tranne mentre altrimenti",
        clause_joints="e o",
        verbs="può possono deve devono è sono ha hanno sarà non",
        yes="sì si",
        no="no",
        only="solo soltanto solamente",
        permissions="può possono permesso consentito possibile",
        obligations=(r"devo", r"deve", r"bisogna", r"serve"),
        most=(r"fino a", r"al massimo", r"massimo(?: di)?", r"meno di", r"entro"),
        least=(r"almeno", r"al minimo", r"minimo(?: di)?", r"più di", r"a partire da", r"oltre"),
        before="prima",
        least_after=(r"o più",),
        asking="""quanto quanta quanti quante costa costano prezzo pagare ho ha avere faccio fare posso può devo dura
        voglio vorrei""",
    ),
    dialogue=DIALOGUE,
)
