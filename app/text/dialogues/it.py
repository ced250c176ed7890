"""How people speak Italian to the service, and what it says to them. "cos'è" is "cose" in the patterns."""

from __future__ import annotations

from app.text.dialogue import Dialogue

DOCS = r"(?:documenti|documento|docs?|files?|pdf|fonti|archivi)"
WHO = r"(?:tu|lei|voi|io|noi)"
HELD = (
    r"(?: (?:hai|ha|avete|ho|abbiamo|ci sono|esistono|conosci|conosce|leggi|caricato|caricati|disponibili|salvati|"
    r"inviato|inviati|aggiunti|accesso|qui|li|gia|adesso|ora|nel sistema|in archivio|sono))*"
)
ANSWER = r"(?: (?:lo|la|questo|quello|cio|la tua|la sua|questa|ultima|risposta|precedente|tutto|mi))*"
ABOUT = r"(?:su|sul|sulla|sullo|sui|sulle|sugli|riguardo a|riguardo|circa|in merito a|a proposito di)"
SUMMARY = r"(?:riassunto|sintesi|panoramica|sommario|riepilogo|compendio)"
TOPICS = r"(?:argomenti|capitoli|sezioni|titoli|indice|struttura|scaletta|temi|contenuti)"
OF = r"(?:(?:del|della|dello|dei|delle|degli|di|nel|nella|nello|nei|nelle|in|sul|sulla|sullo|sui|su) |dell|nell|sull)"
THE = r"(?:(?:il|lo|la|i|gli|le|l) )?"
WHAT = r"(?:che cosa|cosa|che|cos|quali cose)"
GIVE = r"(?:fai|fammi|faccia|mi faccia|fare|farmi|dai|dammi|mi dia|dare|darmi|scrivi|scrivimi|scriva|mostra|mostrami|prepara|preparami|genera|voglio|vorrei|mi serve|ho bisogno di)"

DIALOGUE = Dialogue(
    openers=(
        r"per favore|per piacere|perfavore|ciao|salve|ok|allora|quindi|adesso|ora|e|bene|anche|scusa|scusi|mi scusi|grazie|"
        r"senti|senta|dimmi|mi dica|(?:puoi|puo|potresti|potrebbe|potete)(?: (?:dirmi|dirci|per favore))?|"
        r"mi (?:puoi|puo|potresti|potrebbe)(?: dire)?|(?:voglio|vorrei|mi piacerebbe)(?: (?:sapere|che tu|che))?"
    ),
    closers=(
        r"per favore|per piacere|perfavore|per me|per noi|grazie|grazie mille|adesso|ora|allora|se puoi|se puo|"
        r"se possibile|al momento|in questo momento|attualmente|velocemente|in fretta|ok|brevemente|in breve|in sintesi|in parole semplici|"
        r"in (?:(?:poche|pochi|alcune|alcuni|una|un|due|tre|quattro|cinque|sei|dieci|\d+) )+(?:righe?|frasi|frase|parole|punti|paragrafi)"
    ),
    small_talk={
        "greeting": r"ciao(?: a tutti)?|salve|buongiorno|buon giorno|buonasera|buona sera|buon pomeriggio|ehi|hey|ehila|hello",
        "courtesy": (
            r"come (?:stai|sta|va|state|te la passi|vanno le cose)(?: oggi)?|tutto (?:bene|ok|a posto)|che si dice|"
            r"come e andata (?:la )?(?:tua |sua )?giornata|piacere(?: di (?:conoscerti|conoscerla))?|molto piacere|"
            r"ce qualcuno|ci sei"
        ),
        "thanks": (
            r"(?:molte |tante |mille )?grazie(?: (?:mille|tante|infinite|di (?:tutto|cuore)|per (?:tutto|laiuto|il tuo aiuto|la risposta)))*|"
            r"(?:ti|la|vi) ringrazio(?: (?:molto|tanto))?|mi (?:sei|e) stato (?:molto )?(?:utile|di aiuto)|mi hai aiutato(?: molto)?"
        ),
        "farewell": (
            r"arrivederci|arrivederla|addio|a (?:presto|dopo|domani|piu tardi|risentirci)|ci (?:vediamo|sentiamo)|ciao ciao|"
            r"buona (?:notte|giornata|serata|settimana)|buonanotte|buon (?:fine settimana|weekend|lavoro)|bye|alla prossima"
        ),
        "agreement": (
            r"ok(?:ay)?|va bene|bene|benissimo|perfetto|ottimo|fantastico|bravo|brava|daccordo|capito|ho capito|capisco|"
            r"chiaro|certo|esatto|giusto|eccellente|bello|magnifico|grande|buon lavoro|ben fatto|interessante|"
            r"(?:ah)+a?|basta cosi|e tutto|tutto qui|no grazie|a posto"
        ),
        "identity": (
            r"chi (?:sei|e lei|siete)(?: tu)?|(?:che )?cosa sei|cosa sei|come ti chiami|come si chiama(?: lei)?|"
            r"(?:qual e )?il (?:tuo|suo) nome|hai un nome|chi ti ha (?:creato|fatto|sviluppato|programmato)|presentati|"
            r"si presenti|con chi (?:sto parlando|parlo|sto chattando)|"
            r"(?:sei|lei e|e) (?:un |una |uno )?(?:robot|bot|umano|umana|essere umano|persona|persona vera|ia|macchina|chatbot|intelligenza artificiale)"
        ),
    },
    social_words=frozenset(
        """a adesso aiutato aiuto allora amica amico anche assistente bella bello ben bene brava bravo buon buona caro cara
        che chiara chiaro ci come con cosi cosa da davvero del della di dove e ed era esauriente fatto gentile gentilissimo
        giornata giorno gli grande hai ho il in informazioni io la le lei lo ma me mi mio molto molta ne no non oggi ora
        per piu pomeriggio precisa proprio qui quindi rapida risposta risposte sei sera si sono stata stato su sua super
        tanto te ti tu tua tuo tutti tutto un una utile utili va veloce veramente vero voi""".split()
    ),
    collection={
        "abilities": (
            rf"{WHAT} (?:puoi|puo|sai|sa|potresti|potete)(?: (?:tu|lei))?(?: (?:fare|rispondere|offrire))?(?: (?:per me|per noi|qui))?",
            r"(?:in|con) (?:che )?cosa (?:mi |ci )?(?:puoi|puo|potresti|potrebbe) (?:aiutare|aiutarmi|aiutarci)(?: qui)?|in che modo (?:mi )?(?:puoi|puo) (?:aiutare|aiutarmi)",
            r"come (?:mi |ci )?(?:puoi|puo|potresti|potrebbe) (?:aiutare|aiutarmi|aiutarci)|come funzion[ai](?: (?:questo|questa chat|la chat|questo assistente|lassistente|il servizio))?",
            rf"{WHAT} (?:ti |le )?(?:posso|possiamo|si puo) (?:chiedere|chiederti|chiederle|domandare|fare)(?: (?:qui|a te|a lei))?",
            rf"{WHAT} (?:fai|fa)(?: (?:tu|qui|lei))*|a (?:che )?cosa (?:servi|serve)(?: (?:questo|questa chat|questo assistente))?",
            r"(?:quali sono )?le (?:tue|sue) (?:funzioni|capacita|funzionalita|abilita)|quali (?:funzioni|capacita) (?:hai|ha)",
            r"(?:che|quali) domande (?:posso fare|posso farti|ti posso fare|sai rispondere|puoi rispondere)|esempi di domande",
            r"aiuto|aiutami|mi aiuti|ho bisogno di aiuto|mi puoi aiutare|puoi aiutarmi",
        ),
        "list": (
            rf"(?:quali|che|quali sono|che tipi? di)(?: (?:sono|i|gli|sono i|sono i tuoi|sono i miei|tuoi|miei))* ?{DOCS}(?: (?:che )?{WHO})?{HELD}(?: {WHO})?",
            (
                rf"(?:elenca|elencami|elenchi|elencare|mostra|mostrami|mostri|mostrare|fammi vedere|dammi|dimmi|vedere|visualizza|nomina)"
                rf"(?: (?:un|l|lelenco|elenco|una|la|lista))*(?: (?:di|dei|tutti|i|gli|miei|tuoi|suoi|nostri|con))* {DOCS}(?: (?:che )?{WHO}?)?{HELD}"
            ),
            rf"(?:la |una )?(?:lista|elenco|lelenco|un elenco) (?:di |dei )?(?:tutti )?(?:i |miei |tuoi )*{DOCS}|(?:tutti )?(?:i )(?:miei |tuoi |suoi |nostri )?{DOCS}",
            rf"a quali {DOCS} (?:hai|ha) accesso|(?:hai|ha) quali {DOCS}",
            rf"{WHAT} (?:ce|c e|hai|esiste) (?:nella|nel|in) (?:tua |mia |nostra |sua )?(?:raccolta|collezione|biblioteca|base|archivio|sistema)(?: (?:di )?(?:dati|conoscenza|documenti))?",
        ),
        "count": (rf"(?:quanti|qual e (?:il )?(?:numero|totale) di|numero di) {DOCS}(?: {WHO})?{HELD}(?: {WHO})?",),
        "newest": (
            (
                rf"(?:(?:qual|quale|quali)(?: (?:e|era|sono))? )?(?:(?:il|l|i|gli) )?(?:(?:lultimo|ultimo|ultimi|piu recente|piu recenti|piu nuovo) {DOCS}|"
                rf"{DOCS} (?:piu recent[ei]|piu nuov[oi]))(?: (?:caricat[oi]|aggiunt[oi]))?"
            ),
            r"(?:che )?cosa e stato (?:caricato|aggiunto) (?:per ultimo|di recente|recentemente)",
        ),
        "uploaded": (
            rf"(?:quando|in che data|che giorno) (?:e|sono) stat[oaie] (?:caricat|aggiunt|inserit|importat)[oaie] {THE}(?P<name>.+)",
            rf"(?:quando|in che data) {THE}(?P<name>.+?) (?:e|sono) stat[oaie] (?:caricat|aggiunt|inserit|importat)[oaie]",
            rf"(?:quando|in che data) (?:ho|abbiamo|hai|ha|avete) (?:caricato|aggiunto|inserito|importato) {THE}(?P<name>.+)",
            rf"(?:qual e )?la data di (?:caricamento|inserimento|upload) {OF}(?P<name>.+)",
        ),
        "about": (
            (
                rf"(?:(?:hai|ha|abbiamo|ci sono|ce|esistono|trova|trovami|cerca|mostra|mostrami|dammi))(?: (?:qualche|dei|un|altri|i|alcuni))* {DOCS} "
                rf"(?:{ABOUT} |che (?:parlano?|trattano?|menzionano?) (?:{OF})?){THE}(?P<topic>.+)"
            ),
            rf"(?:quali|quale|che|in quali?) {DOCS} (?:{ABOUT} |(?:che )?(?:parlano?|trattano?|menzionano?|si parla) (?:{OF})?){THE}(?P<topic>.+)",
        ),
    },
    previous_answer={
        "shorter": (
            (
                r"(?:(?:fai|falla|fallo|rendila|rendilo|rispondi|risponda|scrivi|scrivilo|dillo|dimmelo|una versione|versione|una risposta|dammi una risposta)(?: (?:lo|la))? )?"
                r"(?:(?:un po|molto|ancora|in modo) )?(?:piu )?(?:cort[oa]|breve|brevemente|concis[oa]|sintetic[oa]|conciso)"
            ),
            r"(?:e |la risposta e )?troppo lung[oa]|sii breve|sia breve|vai al punto|in breve|tl ?dr",
            r"(?:(?:dillo|dimmelo|rispondi|scrivilo|riassumi|riassumilo)(?: (?:lo|la))? )?in (?:una|una sola|due|poche) (?:fras[ei]|parol[ae]|righ?[ae])",
            rf"(?:riassumi|riassumilo|riassumila|riassumere|riassumerlo|riassumerla|riassuma|accorciarlo|accorciarla|accorcia|accorciala|accorcialo|abbrevia|sintetizza|sintetizzalo){ANSWER}|in sintesi|in poche parole|in breve",
        ),
        "bullets": (
            (
                r"(?:(?:fai|fammi|fanne|mettilo|mettila|metti|scrivi|scrivilo|scrivila|mostra|mostralo|dammi|dammelo|trasformalo|rispondi|formatta|organizzalo|voglio|vorrei|presentalo)(?: (?:lo|la|la risposta|questo))? )?"
                r"(?:come|in|sotto forma di|con|per|a|in forma di|in formato)? ?(?:un |una )?(?:elenco(?: puntato| numerato)?|lista|punti|punti elenco|elenchi)"
            ),
            r"(?:elencalo|elencali|elencale|elencala)",
        ),
        "simpler": (
            (
                r"(?:(?:spiega|spiegalo|spiegamelo|spiegami|spieghi|dillo|dimmelo|scrivi|scrivilo|fallo)(?: (?:lo|questo|mi))* )?"
                r"(?:in (?:modo|maniera) )?(?:(?:piu|molto piu|un po piu) )(?:semplice|semplicemente|chiar[oa]|facile|chiaramente|lentamente)"
            ),
            r"(?:(?:spiegalo|spiegamelo|spiega|dillo|dimmelo)(?: questo)? )?(?:in|con) (?:parole (?:semplici|povere|piu semplici)|altre parole|un linguaggio (?:semplice|chiaro))",
            r"(?:io )?non (?:capisco|ho capito|lo capisco|ho compreso|comprendo)(?: (?:niente|bene|questo|la risposta|nulla))*|semplifica(?:lo|la)?",
            r"(?:spiegalo|spiegamelo|spiegami|spiega|spieghi|chiarisci|chiariscilo|riformula|riformulala)(?: (?:questo|meglio|di nuovo|ancora|la risposta|la tua risposta))*(?: come se .+)?|(?:che )?cosa (?:intendi|vuoi dire|vuol dire|significa)(?: (?:con questo|questo))?",
        ),
        "longer": (
            r"(?:(?:dammi|dai|dimmi|mi dica|voglio|vorrei|vorrei sapere|mi servono) )?(?:(?:un po|molti|altri) )?(?:(?:di )?piu|maggiori|altri|ulteriori)(?: (?:dettagli|informazioni|info|dettagliat[oa]|lung[oa]|complet[oa]|su questo|in merito|particolari|a riguardo))*",
            r"(?:spiega|spiegalo|spieghi) (?:in|con) (?:piu|maggiori?) dettagli?o?|continua|continui|vai avanti|approfondisci|che altro|altro|cosaltro",
        ),
        "repeat": (
            r"(?:ripeti|ripetilo|ripetimelo|ripeta|ripetere)(?: (?:questo|la risposta|lultima risposta|quello che hai detto|per favore))*|di nuovo|unaltra volta|ancora una volta",
            r"(?:che )?cosa (?:hai|ha) detto|come(?: (?:hai|ha) detto| scusa)?|dillo di nuovo|dillo ancora",
        ),
        "translate": (
            (
                r"(?:(?:dillo|dimmelo|di|dica|ripeti|ripetilo|scrivi|scrivilo|dammi|dammelo|mettilo|rispondi|risponda|traduci|traducilo|traducila|traduca|tradurre|spiega|spiegalo|parla|adesso|ora|e|mostralo)"
                r"(?: (?:questo|la risposta|lultima risposta|tutto|di nuovo|ancora))* )?(?:in|nell|verso l) ?LANGUAGE"
            ),
            r"(?:la )?(?:versione|traduzione) (?:in )?LANGUAGE|come si dice (?:questo )?in LANGUAGE|LANGUAGE",
            r"(?:lo stesso|la stessa cosa) in LANGUAGE|(?:io )?(?:parlo|capisco|leggo) (?:solo )?(?:l|il )?LANGUAGE",
        ),
    },
    languages={
        "en": "inglese",
        "pt": "portoghese",
        "es": "spagnolo",
        "fr": "francese",
        "de": "tedesco",
        "it": "italiano",
        "nl": "olandese|nederlandese",
        "pl": "polacco",
        "sv": "svedese",
        "da": "danese",
        "ja": "giapponese",
        "zh": "cinese|mandarino",
        "ko": "coreano",
        "ru": "russo",
        "ar": "arabo",
        "tr": "turco",
        "uk": "ucraino",
        "cs": "ceco",
        "hi": "hindi",
        "vi": "vietnamita",
    },
    document={
        "compare": (
            rf"(?:confronta|confronti|confrontare|paragona|fai un confronto tra|confronto tra|confronto fra) {THE}(?P<one>.+?) (?:e|con|al|alla) {THE}(?P<two>.+?)(?: {ABOUT} {THE}(?P<topic>.+))?",
            rf"(?:(?:quali|quale|qual|che)(?: (?:sono|e|ce))? )?(?:(?:le|la) )?(?:principali )?differenz[ae](?: (?:ce|ci sono))? (?:tra|fra) {THE}(?P<one>.+?) e {THE}(?P<two>.+?)(?: {ABOUT} {THE}(?P<topic>.+))?",
            rf"in (?:che )?cosa (?:differiscono|si differenziano|si distinguono) {THE}(?P<one>.+?) e {THE}(?P<two>.+)",
            rf"(?:che )?cosa dicono {THE}(?P<one>.+?) e {THE}(?P<two>.+?) {ABOUT} {THE}(?P<topic>.+)",
        ),
        "outline": (
            rf"(?:(?:elenca|elencami|mostra|mostrami|quali sono|qual e|dammi|fai|fammi|dimmi) )?(?:(?:gli|i|le|la|il|l|un|una|tutti) )*(?:principali )?{TOPICS}(?: (?:trattati|principali))? {OF}(?P<name>.+)",
            rf"(?:quali|che) {TOPICS} (?:ha|tratta|contiene|affronta|ci sono in|ci sono nel|ci sono nella|sono trattati in|sono trattati nel) {THE}(?P<name>.+)",
            rf"come e (?:organizzat|strutturat)[oa] {THE}(?P<name>.+)|schematizza {THE}(?P<name2>.+)",
        ),
        "summary": (
            rf"(?:riassumi|riassumimi|riassuma|riassumere|riassumermi|sintetizza|sintetizzi) {THE}(?P<name>.+)",
            rf"(?:{GIVE} )?(?:un |il |una |la )?(?:(?:breve|piccolo|rapido|buon|bel) )?{SUMMARY}(?: (?:generale|rapido|breve|completo))? {OF}(?P<name>.+)",
            rf"di (?:che )?cosa (?:parla|tratta|parlano|trattano|si parla in|si parla nel) {THE}(?P<name>.+)",
            rf"(?:che )?cosa (?:dice|dicono|contiene|contengono|ce|ce scritto)(?: (?:in|nel|nella|nei|nello))? {THE}(?P<name>.+)",
            rf"(?:(?:quali sono|elenca|mostra|dammi|dimmi) )?(?:i |le |gli )?(?:punti (?:principali|piu importanti|chiave|importanti)|principali (?:punti|idee|informazioni|decisioni)|aspetti (?:principali|piu importanti)) {OF}(?P<name>.+)",
        ),
    },
    this_document=r"lo|la|questo|quello|cio|esso|(?:(?:questo|quel|quello|il|lo|del|mio|tuo|suo|lultimo|ultimo|stesso|tutto|intero) )+(?:documento|file|pdf|testo)(?: (?:intero|completo|caricato|piu recente))?",
    all_documents=r"tutto|(?:(?:tutti|i|gli|questi|quei|miei|tuoi|suoi|nostri|entrambi|dei) )+(?:documenti|file|files|pdf)",
    document_words={
        "mail": "email mail messaggio lettera circolare newsletter",
        "sheet": "tabella foglio excel",
        "slides": "diapositive slide slides presentazione powerpoint",
        "manual": "manuale guida istruzioni",
        "minutes": "verbale verbali",
        "meeting": "riunione assemblea",
        "policy": "politica",
        "rules": "regolamento regole norme statuto",
        "contract": "contratto accordo locazione",
        "terms": "condizioni termini",
        "calendar": "calendario orario agenda programma",
        "prices": "prezzi prezzo costi listino",
        "fees": "tariffe tariffa tasse quote",
        "report": "relazione rapporto",
        "notice": "avviso comunicato convocazione bando",
        "invoice": "fattura",
        "warranty": "garanzia",
        "budget": "bilancio preventivo budget",
        "grant": "borsa",
        "recipe": "ricetta",
        "travel": "viaggio viaggi trasferta trasferte",
        "student": "studente alunno",
        "employee": "dipendente impiegato",
    },
    months=tuple(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
    ),
    date="{day} {month} {year}",
    duties=frozenset(
        """deve devono dovra dovranno obbligatorio obbligatoria vietato vietata consentito consentita mai sempre solo
        soltanto unicamente termine scadenza entro massimo minimo costa costo prezzo tassa multa gratuito gratuita diritto
        richiesto richiede necessario approvato approvata approvazione aumento deciso vigore inizio fine scade escluso
        limite aperto chiuso giorno giorni settimana settimane mese mesi anno anni ora ore""".split()
    ),
    replies={
        "greeting": "Buongiorno! {offer}",
        "courtesy": "Tutto bene, grazie! {offer}",
        "thanks": "Prego! Per saperne di più, basta chiedere.",
        "farewell": "Arrivederci e a presto!",
        "agreement": "Molto bene! C'è altro che vuole sapere?",
        "identity": (
            "Sono un assistente che risponde alle domande in base ai documenti e mostra i brani su cui si fondano le "
            "risposte. {offer}"
        ),
        "abilities": (
            "Rispondo alle domande in base ai documenti e mostro il brano su cui si fonda ogni risposta. Posso anche "
            "riassumere documenti, elencarne gli argomenti o confrontarli, e accorciare, mettere in elenco o tradurre la "
            "mia ultima risposta. {offer}"
        ),
        "offer": "Può farmi domande su {names}, per esempio: «{example}»",
        "example": "Di che cosa parla {name}?",
        "ask_section": "Che cosa dice la sezione «{title}»?",
        "empty": "Non ci sono ancora documenti. Ne carichi alcuni (POST /api/v1/documents) e poi faccia le sue domande.",
        "empty_here": "Non ci sono documenti nell'ambito a cui si limita questa domanda.",
        "reading": "Altri {count} documenti sono ancora in lettura.",
        "reading_one": "Un altro documento è ancora in lettura.",
        "list": "Ho {count} documenti, dal più recente al meno recente:",
        "list_one": "Ho un documento:",
        "count": "Ci sono {count} documenti: {names}.",
        "count_one": "C'è un documento: {names}.",
        "newest": "Il documento più recente è {name}, caricato il {date}.",
        "uploaded": "Data di caricamento di {name}: {date}.",
        "uploaded_version": "Data di caricamento di {name}: {date} (versione {version}; la prima: {first}).",
        "and": "e",
        "more": "altri {count}",
        "or": "o",
        "about": "Questi documenti contengono qualcosa su {topic}: {names}.",
        "about_none": "Non trovo nessun documento su {topic}. {offer}",
        "which": "A quale documento si riferisce: {names}?",
        "gone": "La mia ultima risposta si basava su documenti che nel frattempo sono stati eliminati.",
        "nothing_before": "In questa conversazione non c'è una mia risposta che io possa cambiare. {offer}",
        "summary": "I punti principali di {name}:",
        "outline": "Di che cosa parla {name}, in ordine:",
        "compare": "{name}:",
        "compare_none": "In {name} non trovo nulla su questo.",
        "partial": "Ho letto solo una parte di questo documento: {read} sezioni su {total}.",
        "table": "{name} è una tabella di {count} righe con le colonne {columns}. Le prime righe:",
        "not_read": "Non ho letto {names}.",
        "no_text": "{name} non ha frasi che io possa riassumere.",
        "more_to_say": "Il documento dice anche:",
        "nothing_more": "I documenti non dicono altro su questo.",
        "untranslated": "Ciò che non è stato possibile tradurre in modo affidabile resta com'era.",
        "suggestion": "Posso rispondere a domande su {names}.",
    },
    tasks={
        "shorter": "Riscrivi la risposta in una frase breve. Mantieni tutti i numeri e i nomi.",
        "bullets": "Riscrivi la risposta come elenco. Scrivi ogni punto su una riga propria dopo un trattino.",
        "simpler": "Spiega la risposta con parole semplici. Mantieni tutti i numeri e i nomi. Non aggiungere nulla.",
        "translate": "Traduci la risposta in questa lingua: {language}. Mantieni tutti i numeri e i nomi. Scrivi solo la traduzione.",
    },
)
