"""Messages that each dialogue recognises, whole and politely wrapped, and questions that it leaves to the documents."""

from __future__ import annotations

import re

import pytest

from app.text.language import LANGUAGES, Language
from app.text.locales import LOCALES, get_locale
from app.text.normalisation import plain_text
from app.text.requests import find_request, find_small_talk

GROUPS = ("collection", "previous_answer", "document")
MESSAGES = {
    "de": {
        "greeting": (
            "Hallo!",
            "Guten Tag",
            "hi",
            "Moin",
        ),
        "courtesy": (
            "Wie geht's?",
            "Wie geht es Ihnen?",
            "Hallo, wie geht es dir heute?",
        ),
        "thanks": (
            "Danke!",
            "vielen Dank",
            "Danke schön",
            "Super, danke dir!",
            "Vielen Dank für die Hilfe",
        ),
        "farewell": (
            "Tschüss",
            "Auf Wiedersehen",
            "bis bald",
            "schönen Tag noch",
        ),
        "agreement": (
            "ok",
            "Alles klar",
            "super",
            "verstanden",
        ),
        "identity": (
            "Wer bist du?",
            "wie heißt du",
            "Bist du ein Roboter?",
            "mit wem spreche ich",
        ),
        "abilities": (
            "Was kannst du?",
            "Was kannst du alles?",
            "Was können Sie für mich tun?",
            "Wobei kannst du mir helfen?",
            "Was kann ich dich fragen?",
            "Hilfe",
            "Wie funktioniert dieser Chat?",
            "Wie können Sie mir helfen?",
        ),
        "list": (
            "Welche Dokumente hast du?",
            "Welche Dokumente gibt es?",
            "Zeig mir alle Dokumente",
            "Liste alle Dokumente auf",
            "Welche Dateien haben Sie?",
            "Auf welche Dokumente hast du Zugriff?",
            "Kannst du mir alle Dokumente auflisten?",
            "Welche Unterlagen liegen vor?",
        ),
        "count": (
            "Wie viele Dokumente hast du?",
            "Wie viele Dokumente gibt es?",
            "wie viele dateien sind hochgeladen",
        ),
        "newest": (
            "Was ist das neueste Dokument?",
            "das letzte Dokument",
            "Was wurde zuletzt hochgeladen?",
        ),
        "uploaded": (
            "Wann wurde die Hausordnung hochgeladen?",
            "Wann habe ich den Mietvertrag hochgeladen?",
        ),
        "about": (
            "Hast du Dokumente über Versicherungen?",
            "Gibt es ein Dokument zum Datenschutz?",
            "Welche Dokumente behandeln das Thema Parken?",
        ),
        "shorter": (
            "kürzer",
            "Kürzer bitte",
            "Mach es kürzer",
            "Fass das zusammen",
            "in einem Satz",
            "zu lang",
            "Bitte fasse dich kurz",
            "Kannst du das kürzer fassen?",
        ),
        "bullets": (
            "als Liste",
            "Als Liste bitte",
            "Mach daraus eine Liste",
            "in Stichpunkten",
        ),
        "simpler": (
            "Einfacher bitte",
            "Erkläre es einfacher",
            "Das verstehe ich nicht",
            "in einfachen Worten",
            "Was meinst du damit?",
            "Ich habe das nicht verstanden",
        ),
        "longer": (
            "mehr Details",
            "Genauer bitte",
            "Ausführlicher",
            "Erzähl mir mehr darüber",
        ),
        "repeat": (
            "Wiederhole das",
            "nochmal bitte",
            "Wie bitte?",
            "Was hast du gesagt?",
        ),
        "translate": (
            "auf Englisch",
            "Auf Englisch bitte",
            "Übersetze das ins Französische",
            "Was heißt das auf Spanisch?",
            "Kannst du das auf Italienisch sagen?",
        ),
        "compare": (
            "Vergleiche den Vertrag 2023 mit dem Vertrag 2024",
            "Was ist der Unterschied zwischen Tarif A und Tarif B?",
        ),
        "outline": (
            "Welche Themen behandelt das Handbuch?",
            "Gliederung von Handbuch.pdf",
            "Wie ist das Handbuch aufgebaut?",
        ),
        "summary": (
            "Fasse das Handbuch zusammen",
            "Gib mir eine Zusammenfassung der Hausordnung",
            "Worum geht es in dem Vertrag?",
            "Was steht in der Hausordnung?",
            "Kannst du bericht.pdf zusammenfassen?",
            "Die wichtigsten Punkte des Berichts",
        ),
        "question": (
            "Welche Dokumente muss ich einreichen?",
            "Wie viele Dokumente brauche ich für die Anmeldung?",
            "Was kostet die Hilfe im Haushalt?",
            "Wann wird der Vertrag gekündigt?",
            "Wer hilft bei einem Notfall?",
            "Was kann ich gegen die Kündigung tun?",
            "Wie lange dauert die Garantie?",
            "Danke, aber was kostet die Verlängerung?",
            "Wo bekomme ich eine Liste der Ärzte?",
            "Wie heißt der Hausmeister?",
        ),
    },
    "es": {
        "greeting": (
            "¡Hola!",
            "Buenos días",
            "buenas tardes",
        ),
        "courtesy": (
            "¿Cómo estás?",
            "Hola, ¿qué tal?",
            "¿Cómo está usted?",
        ),
        "thanks": (
            "Gracias",
            "muchas gracias",
            "¡Mil gracias por la ayuda!",
            "muchas gracias por tu ayuda",
        ),
        "farewell": (
            "adiós",
            "hasta luego",
            "que tengas un buen día",
        ),
        "agreement": (
            "vale",
            "perfecto",
            "muy bien",
            "entendido",
        ),
        "identity": (
            "¿Quién eres?",
            "¿Cómo te llamas?",
            "¿Eres un robot?",
            "con quién hablo",
        ),
        "abilities": (
            "¿Qué puedes hacer?",
            "¿En qué me puedes ayudar?",
            "¿Qué te puedo preguntar?",
            "ayuda",
            "¿Cómo funciona esto?",
            "¿Qué puede hacer usted?",
        ),
        "list": (
            "¿Qué documentos tienes?",
            "¿Qué documentos hay?",
            "Muéstrame todos los documentos",
            "Lista los documentos",
            "¿Cuáles son los documentos disponibles?",
            "¿A qué documentos tienes acceso?",
            "¿Puedes listar todos los archivos?",
        ),
        "count": (
            "¿Cuántos documentos tienes?",
            "¿Cuántos documentos hay?",
            "cuantos archivos hay subidos",
        ),
        "newest": (
            "¿Cuál es el documento más reciente?",
            "el último documento",
            "¿Qué se ha subido recientemente?",
        ),
        "uploaded": (
            "¿Cuándo se subió el reglamento?",
            "¿Cuándo fue subido el contrato?",
            "¿Cuándo subí la factura?",
        ),
        "about": (
            "¿Tienes documentos sobre seguros?",
            "¿Hay algún documento que hable de vacaciones?",
            "¿Qué documentos tratan de la fianza?",
        ),
        "shorter": (
            "más corto",
            "Más breve, por favor",
            "Resúmelo",
            "en una frase",
            "demasiado largo",
            "Hazlo más corto",
            "¿Puedes resumirlo?",
        ),
        "bullets": (
            "en una lista",
            "Ponlo en una lista",
            "como lista",
            "hazlo en puntos",
        ),
        "simpler": (
            "más sencillo",
            "Explícalo de forma más sencilla",
            "No entiendo",
            "con otras palabras",
            "¿Qué quieres decir con eso?",
        ),
        "longer": (
            "más detalles",
            "Cuéntame más",
            "continúa",
            "dame más información",
        ),
        "repeat": (
            "repite",
            "Repítelo",
            "otra vez",
            "¿Qué has dicho?",
            "¿Cómo?",
        ),
        "translate": (
            "en inglés",
            "En inglés, por favor",
            "Tradúcelo al francés",
            "¿Cómo se dice eso en alemán?",
            "Dilo en portugués",
        ),
        "compare": (
            "Compara el contrato 2023 con el contrato 2024",
            "¿Qué diferencia hay entre el plan A y el plan B?",
        ),
        "outline": (
            "¿Qué temas trata el manual?",
            "Lista los capítulos del manual",
            "¿Cómo está organizado el manual?",
        ),
        "summary": (
            "Resume el manual",
            "Hazme un resumen del reglamento",
            "¿De qué trata el contrato?",
            "¿Qué dice el reglamento?",
            "¿Puedes resumirme informe.pdf?",
            "los puntos principales del informe",
        ),
        "question": (
            "¿Qué documentos tengo que entregar?",
            "¿Cuántos documentos necesito para inscribirme?",
            "¿Cuánto cuesta la ayuda a domicilio?",
            "¿Cómo se llama el conserje?",
            "¿Qué puedo hacer si pierdo la llave?",
            "¿Dónde está la lista de médicos?",
            "gracias, ¿y cuánto cuesta renovar?",
        ),
    },
    "fr": {
        "greeting": (
            "Bonjour !",
            "salut",
            "Bonsoir",
        ),
        "courtesy": (
            "Comment ça va ?",
            "Bonjour, comment allez-vous ?",
            "ça va ?",
        ),
        "thanks": (
            "Merci",
            "merci beaucoup",
            "Merci pour votre aide !",
        ),
        "farewell": (
            "Au revoir",
            "à bientôt",
            "bonne journée",
        ),
        "agreement": (
            "d'accord",
            "parfait",
            "très bien",
            "ok",
        ),
        "identity": (
            "Qui es-tu ?",
            "Comment vous appelez-vous ?",
            "Es-tu un robot ?",
            "à qui je parle",
        ),
        "abilities": (
            "Que peux-tu faire ?",
            "Qu'est-ce que tu peux faire ?",
            "Comment pouvez-vous m'aider ?",
            "À quoi tu sers ?",
            "aide",
            "Que puis-je te demander ?",
            "comment ça marche ?",
        ),
        "list": (
            "Quels documents as-tu ?",
            "Quels documents avez-vous ?",
            "Montre-moi tous les documents",
            "Liste les documents",
            "À quels documents as-tu accès ?",
            "Quels sont les documents disponibles ?",
            "Peux-tu lister tous les fichiers ?",
        ),
        "count": (
            "Combien de documents as-tu ?",
            "Combien de documents y a-t-il ?",
            "Combien y a-t-il de documents ?",
        ),
        "newest": (
            "Quel est le dernier document ?",
            "Quel est le document le plus récent ?",
            "Quel document a été ajouté en dernier ?",
        ),
        "uploaded": (
            "Quand le règlement a-t-il été ajouté ?",
            "Quand ai-je importé la facture ?",
        ),
        "about": (
            "As-tu des documents sur les assurances ?",
            "Y a-t-il un document qui parle de vacances ?",
            "Quels documents traitent du parking ?",
        ),
        "shorter": (
            "plus court",
            "Plus court, s’il te plaît",
            "Résume",
            "en une phrase",
            "trop long",
            "Fais plus court",
            "Peux-tu le résumer ?",
        ),
        "bullets": (
            "sous forme de liste",
            "en liste",
            "fais une liste",
            "avec des puces",
        ),
        "simpler": (
            "plus simplement",
            "Explique plus simplement",
            "Je n'ai pas compris",
            "je ne comprends pas",
            "Que veux-tu dire ?",
            "avec des mots simples",
        ),
        "longer": (
            "plus de détails",
            "développe",
            "Dis-m’en plus",
            "continue",
        ),
        "repeat": (
            "répète",
            "Répète, s’il te plaît",
            "encore une fois",
            "Qu’as-tu dit ?",
        ),
        "translate": (
            "en anglais",
            "En anglais, s’il vous plaît",
            "Traduis en allemand",
            "Comment dit-on ça en espagnol ?",
        ),
        "compare": (
            "Compare le contrat 2023 avec le contrat 2024",
            "Quelle est la différence entre la formule A et la formule B ?",
        ),
        "outline": (
            "Quels sujets aborde le manuel ?",
            "Donne-moi le plan du manuel",
            "Comment est organisé le manuel ?",
        ),
        "summary": (
            "Résume le manuel",
            "Fais-moi un résumé du règlement",
            "De quoi parle le contrat ?",
            "Que dit le règlement ?",
            "Qu'y a-t-il dans le contrat ?",
            "Peux-tu me résumer rapport.pdf ?",
            "les points principaux du rapport",
        ),
        "question": (
            "Quels documents dois-je fournir ?",
            "Combien de documents faut-il pour s’inscrire ?",
            "Combien coûte l’aide à domicile ?",
            "Comment s’appelle le gardien ?",
            "Que faire si je perds la clé ?",
            "Où est la liste des médecins ?",
            "merci, et combien coûte le renouvellement ?",
            "Quand le loyer a-t-il été augmenté ?",
        ),
    },
    "it": {
        "greeting": (
            "Ciao!",
            "Buongiorno",
            "salve",
        ),
        "courtesy": (
            "Come stai?",
            "Ciao, come va?",
            "Tutto bene?",
        ),
        "thanks": (
            "Grazie",
            "grazie mille",
            "Grazie per il tuo aiuto!",
        ),
        "farewell": (
            "Arrivederci",
            "a presto",
            "buona giornata",
        ),
        "agreement": (
            "va bene",
            "perfetto",
            "ho capito",
            "ok",
        ),
        "identity": (
            "Chi sei?",
            "Come ti chiami?",
            "Sei un robot?",
            "con chi sto parlando",
        ),
        "abilities": (
            "Cosa puoi fare?",
            "Che cosa sai fare?",
            "In cosa mi puoi aiutare?",
            "Cosa ti posso chiedere?",
            "aiuto",
            "Come funziona questa chat?",
            "Come puoi aiutarmi?",
        ),
        "list": (
            "Quali documenti hai?",
            "Quali documenti ci sono?",
            "Mostrami tutti i documenti",
            "Elenca i documenti",
            "A quali documenti hai accesso?",
            "Quali sono i documenti disponibili?",
            "Puoi elencare tutti i documenti?",
        ),
        "count": (
            "Quanti documenti hai?",
            "Quanti documenti ci sono?",
        ),
        "newest": (
            "Qual è l'ultimo documento?",
            "Qual è il documento più recente?",
            "Cosa è stato caricato per ultimo?",
        ),
        "uploaded": (
            "Quando è stato caricato il regolamento?",
            "Quando ho caricato la fattura?",
        ),
        "about": (
            "Hai documenti su assicurazioni?",
            "Ci sono documenti che parlano di ferie?",
            "Quali documenti trattano del parcheggio?",
        ),
        "shorter": (
            "più corto",
            "Più breve, per favore",
            "Riassumilo",
            "in una frase",
            "troppo lungo",
            "Puoi riassumerlo?",
            "Falla più corta",
        ),
        "bullets": (
            "come elenco",
            "Mettilo in un elenco",
            "in punti",
            "fammi un elenco puntato",
        ),
        "simpler": (
            "più semplice",
            "Spiegalo in modo più semplice",
            "Non capisco",
            "con parole semplici",
            "Cosa intendi?",
            "Non ho capito",
        ),
        "longer": (
            "più dettagli",
            "dammi più informazioni",
            "continua",
            "Dimmi di più",
        ),
        "repeat": (
            "ripeti",
            "Ripeti per favore",
            "di nuovo",
            "Cosa hai detto?",
            "come?",
        ),
        "translate": (
            "in inglese",
            "In inglese, per favore",
            "Traducilo in tedesco",
            "Come si dice in francese?",
        ),
        "compare": (
            "Confronta il contratto 2023 con il contratto 2024",
            "Qual è la differenza tra il piano A e il piano B?",
        ),
        "outline": (
            "Quali argomenti tratta il manuale?",
            "Elenca i capitoli del manuale",
            "Come è organizzato il manuale?",
        ),
        "summary": (
            "Riassumi il manuale",
            "Fammi un riassunto del regolamento",
            "Di cosa parla il contratto?",
            "Cosa dice il regolamento?",
            "Puoi riassumere rapporto.pdf?",
            "i punti principali della relazione",
        ),
        "question": (
            "Quali documenti devo consegnare?",
            "Quanti documenti servono per iscriversi?",
            "Quanto costa l'aiuto domestico?",
            "Come si chiama il portinaio?",
            "Cosa posso fare se perdo la chiave?",
            "Dov'è la lista dei medici?",
            "grazie, e quanto costa il rinnovo?",
            "Quando è stato aumentato il canone?",
        ),
    },
}
CASES = [
    (language, kind, message)
    for language, kinds in MESSAGES.items()
    for kind, messages in kinds.items()
    for message in messages
]


def kinds_of(message: str, language: Language) -> set[str]:
    text = plain_text(message)
    small_talk = find_small_talk(text, (language,), asks="?" in message)
    found = {request.kind for group in GROUPS for request in find_request(group, text, (language,))}
    return found | ({small_talk.kind} if small_talk else set())


@pytest.mark.parametrize(("language", "kind", "message"), CASES)
def test_messages_are_recognised(language: Language, kind: str, message: str) -> None:
    found = kinds_of(message, language)
    assert kind in found if kind != "question" else not found


@pytest.mark.parametrize(
    ("message", "language", "part", "expected"),
    [
        ("Worum geht es in der Hausordnung?", "de", "name", "hausordnung"),
        ("¿Cuándo se subió el reglamento?", "es", "name", "reglamento"),
        ("As-tu des documents sur les assurances ?", "fr", "topic", "assurances"),
        ("Fammi un riassunto dell'assemblea", "it", "name", "assemblea"),
        ("Vergleiche den Vertrag 2023 mit dem Vertrag 2024", "de", "two", "vertrag 2024"),
        ("Traduis ça en allemand", "fr", "language", "allemand"),
    ],
)
def test_what_a_request_is_about_is_found(message: str, language: Language, part: str, expected: str) -> None:
    found = [r for group in GROUPS for r in find_request(group, plain_text(message), (language,))]
    assert expected in {request.parts.get(part) for request in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dialogue_has_the_texts_of_the_english_one(language: Language) -> None:
    english, own = LOCALES["en"].dialogue, get_locale(language).dialogue
    for field in ("small_talk", "collection", "previous_answer", "document", "document_words", "replies", "tasks"):
        assert getattr(own, field).keys() == getattr(english, field).keys()
    slots = re.compile(r"\{(\w+)\}")
    for texts, expected in ((own.replies, english.replies), (own.tasks, english.tasks)):
        for key, text in texts.items():
            assert set(slots.findall(text)) == set(slots.findall(expected[key])), key
    assert len(own.months) == 12
    assert own.date.format(day=3, month=own.months[4], month_number=5, year=2024)
