"""French."""

from __future__ import annotations

from app.text.dialogues.fr import DIALOGUE
from app.text.fact_words import FactWords
from app.text.locale import Locale

NOT_FOUND = "Les documents ne contiennent pas la réponse à cette question."

LOCALE = Locale(
    code="fr",
    name="French",
    function_words=frozenset(
        """a ai au aussi aux avant avec avez avoir bonjour bonsoir c ce ces cet cette ceux chez combien comme comment d
        dans de depuis des dois doit donc du elle elles en entre es est et eu faire fait faut il ils j je jusqu l la
        le les leur leurs lui là m ma mais me merci mes moi mon même n ne non nos notre nous on ont ou oui où par pas
        pendant peut peuvent peux plaît plus pour pourquoi puis qu quand que quel quelle quelles quelqu quels qui
        quoi s sa salut sans se sera ses si son sont sous suis sur svp ta te tes toi ton tous tout toute toutes très
        tu un une va vas vers vos votre vous y à ça été être""".split()
    ),
    letters=frozenset("àâçèéêëîïôùûœ"),
    stop_words=frozenset(
        """au aux avec ce ces cet cette dans de des du elle elles en est et il ils je la le les leur leurs lui mais ne
        nos notre nous ont ou où par pas pourquoi quand que quel quelle quelles quels qui quoi sa ses sont sur très un
        une vos votre vous à été être""".split()
    ),
    articles=frozenset("d de des du l la le les un une".split()),
    abbreviations=frozenset(
        """adr apr av bd boul cf cie dép dr env etc ex hab me mgr mlle mlles mm mme mmes p.ex qqch qqn rdc s.a s.v.p
        ste sté tél""".split()
    ),
    numbered_abbreviations=frozenset("al art arts chap fig figs n.º no nos nº p par paras pp réf t tél vol".split()),
    units=frozenset("hr hrs min mins sec secs".split()),
    interjections=("ok", "bon", "alors", "ah"),
    followup_openings=(
        *("et", "mais", "et si", "pourquoi", "qu'en est-il", "et pour", "c'est"),
        *("il", "elle", "ils", "elles", "cela", "ça", "celui-ci", "celle-ci", "ce dernier", "cette dernière"),
    ),
    followup_pronouns=(
        *("il", "elle", "ils", "elles", "lui", "eux", "leur", "leurs", "cela", "ça"),
        *("celui-ci", "celle-ci", "ceux-ci", "celles-ci", "celui-là", "celle-là", "là-bas"),
    ),
    followup_patterns=(r"\w-(?:l[ae]s?|elles?|ils?|en|y)\b",),  # "donne-les", "peut-il", "vas-y"
    instructions=(
        "Répondez à la question à partir des extraits. Donnez une réponse complète ; si les extraits ne la "
        "contiennent pas, dites-le."
    ),
    column_names=frozenset(
        """nom noms prénom titre code numéro date heure heures jour jours mois année semaine trimestre trim semestre
        ville commune pays région département rue adresse lieu bureau service équipe fonction poste catégorie grade
        salaire prix coût montant valeur valeurs total somme quantité unité unités taux produit article désignation
        description note notes remarque remarques observation commentaire état statut type genre groupe classe
        courriel téléphone portable contact question réponse fournisseur client propriétaire auteur responsable
        entreprise société organisation âge sexe taille poids hauteur largeur longueur couleur modèle marque version
        début fin durée délai source pourcentage moyenne population résultat points référence sujet langue devise
        salle étage bâtiment gare départ arrivée""".split()
    ),
    question_label="Question",
    answer_label="Réponse",
    quote_lead="Le document dit :",
    refusals={
        "no_documents": "Il n'y a pas encore de documents sur lesquels fonder la réponse. Veuillez d'abord en ajouter.",
        "not_ready": "Les documents sont encore en cours de lecture. Reposez la question dans un instant.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    otherwise="{file} dit autre chose : « {quote} »",
    nearest="L’extrait le plus proche se trouve dans {place}.",
    refusal_phrases=(
        (
            r"(?:extraits?|passages?|documents?|textes?|contexte|informations?|sources?)\b.{0,40}\b(?:ne\b|n').{0,30}"
            r"\b(?:contien|dit\b|disent|mentionn|repond|inform|indiqu|precis|fourni|permett?\w* pas de)"
        ),
        (
            r"\b(?:n'|(?:ne|pas|aucune?)\b).{0,30}\b(?:mentionne|indique|precise|fourni|trouve|figure|reponse)\w*\b.{0,20}"
            r"\bdans (?:les|le|l'|ces|ce) ?(?:extrait|document|texte|passage|contexte)"
        ),
        (
            r"\b(?:je|nous|on|il)\b.{0,20}\b(?:ne\b|n').{0,20}\b(?:peux|pouvons|peut|trouve|suis|est pas possible)\b"
            r".{0,30}\b(?:repondre|reponse|trouver|determiner)"
        ),
        r"^(?:impossible de|il n'y a pas de|aucune) (?:repon|trouve|determine|information)",
    ),
    apologies=("je suis desolee?", "nous sommes desolee?s", "desolee?", "malheureusement", "je regrette"),
    injections=(
        r"\b(ignor|oubli|néglig)\w*\b.{0,40}\b(instructions?|règles|consignes)\b",
        r"\b(avis|message|instruction|prompt) (du )?système\b",
        r"^\W*(assistante?|système|utilisateur)\s*:",
        r"\bch(er|ère)\s+(assistante?|ai|ia)\b",
        (
            r"^\W*(\w+ ?\w*\s*:\s*)?(veuillez |s'il vous plaît,? )?(répond(ez|s|re)|termin(ez|e|er))\s+"
            r"(seulement|uniquement|toujours|à toutes?|en (français|anglais|json)|chaque réponse|ta réponse)\b"
        ),
        r"\b(dites|dis|affirmez)\b.{0,20}\b(ne pouvez|ne peux|ne savez|ne sais)\b",
    ),
    cloze_question="Quels mots manquent ici : « {} »",
    not_units=("les", "des", "aux", "que", "qui", "avec", "par", "pour", "dans", "sur", "jusqu"),
    name_particles=("de", "de la", "des", "du", "la", "le", "les"),
    facts=FactWords(
        months=(
            *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
            *("novembre", "décembre"),
        ),
        weekdays=(
            *("lundi lundis", "mardi mardis", "mercredi mercredis", "jeudi jeudis", "vendredi vendredis"),
            *("samedi samedis", "dimanche dimanches"),
        ),
        numbers={
            "un": 1,
            "une": 1,
            "deux": 2,
            "trois": 3,
            "quatre": 4,
            "cinq": 5,
            "six": 6,
            "huit": 8,
            "neuf": 9,
            "dix": 10,
            "onze": 11,
            "douze": 12,
            "quinze": 15,
            "vingt": 20,
            "trente": 30,
            "quarante": 40,
            "cinquante": 50,
            "mille": 1000,
        },
        number_joint="et",
        ordinals="premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
        units={
            "eur": "euro euros",
            "chf": "franc francs",
            "cent": "centime centimes",
            "min": "minute minutes",
            "h": "heure heures",
            "day": "jour jours",
            "week": "semaine semaines",
            "month": "mois",
            "year": "ans année années âge",
            "s": "secondes",
            "°": "degré degrés",
            "m": "mètre mètres",
            "km": "kilomètre kilomètres",
            "cm": "centimètre centimètres",
            "g": "gramme grammes",
            "kg": "kilo kilos",
            "l": "litre litres",
            "night": "nuit nuits",
            "piece": "pièce pièces",
            "person": "personne personnes",
            "time": "fois",
        },
        range_joints="à et ou",
        noon={"midi": "12:00", "minuit": "00:00"},
        negations="ne n pas jamais aucun aucune ni rien nul nulle",
        opposites=(r"interdit\w*", r"fermé\w*", r"exclu\w*", r"sauf", r"impossibles?", r"défendu\w*"),
        neutral=(r"pas plus d[e']", r"pas moins d[e']", r"ne .{1,30}? que (?=\d)"),
        clause_openings="mais sauf quoique tandis sinon",
        clause_joints="et ou",
        verbs="peut peuvent doit doivent est sont a ont sera ne",
        yes="oui si",
        no="non",
        only="seulement uniquement que",
        permissions="peut peuvent peux autorisé permis possible",
        obligations=(r"dois", r"doit", r"faut"),
        most=(r"jusqu'à", r"au plus", r"au maximum", r"maximum(?: de)?", r"moins de", r"dans les", r"avant"),
        least=(r"au moins", r"au minimum", r"minimum(?: de)?", r"plus de", r"à partir de", r"dès"),
        before="avant",
        least_after=(r"ou plus",),
        asking="""combien coûte coûtent prix payer paie ai a avoir fais faire faut peut puis puis-je dois temps dure
        quelle quel veux voudrais""",
    ),
    dialogue=DIALOGUE,
)
