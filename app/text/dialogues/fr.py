"""How people speak French to the service, and what it says to them. "qu'est-ce que" is "quest ce que" in the patterns."""

from __future__ import annotations

from app.text.dialogue import Dialogue

DOCS = r"(?:documents?|docs?|fichiers?|pdfs?|sources?)"
WHO = r"(?:tu|vous|je|on|nous|jai)"
HELD = (
    r"(?: (?:as|avez|ai|avons|a|il y a|y a|connais|connaissez|lis|lisez|sont|existent|disponibles?|charges?|enregistres?|"
    r"importes?|televerses?|ajoutes?|stockes?|en stock|acces|ici|la|deja|dans le systeme|dans la base|maintenant))*"
)
ANSWER = r"(?: (?:le|la|ca|cela|ceci|ta|votre|cette|derniere|reponse|precedente|tout|moi))*"
ABOUT = r"(?:sur|a propos de|au sujet de|concernant|quant a|en ce qui concerne)"
SUMMARY = r"(?:resume|synthese|apercu|vue densemble|compte rendu|recapitulatif|recap)"
TOPICS = r"(?:sujets|chapitres|sections|parties|titres|sommaire|plan|structure|table des matieres|themes)"
OF = r"(?:du|de la|des|de|dans le|dans la|dans les|dans|sur le|sur la|sur les|sur)"
THE = r"(?:(?:le|la|les) )?"
GIVE = (
    r"(?:fais|faites|faire|donne|donnez|donner|ecris|ecrivez|montre|montrez|redige|redigez|prepare|preparez|je veux|"
    r"je voudrais|il me faut|jai besoin d)"
)
QUE = r"(?:que|quest ce que|quest ce quil|quoi)"

DIALOGUE = Dialogue(
    openers=(
        r"sil (?:te|vous) plait|stp|svp|bonjour|salut|ok|daccord|alors|bon|bien|maintenant|et|aussi|merci|pardon|desolee?|"
        r"excuse(?:z)? moi|dis moi|dites moi|(?:peux tu|pouvez vous|pourrais tu|pourriez vous|tu peux|vous pouvez|"
        r"est ce que tu peux|est ce que vous pouvez)(?: (?:me dire|nous dire|me|nous))?|"
        r"(?:je (?:veux|voudrais|souhaite|souhaiterais)|jaimerais)(?: (?:savoir|que tu|que vous))?"
    ),
    closers=(
        r"sil (?:te|vous) plait|stp|svp|pour moi|pour nous|merci|merci beaucoup|maintenant|alors|si possible|si tu peux|"
        r"si vous pouvez|en ce moment|actuellement|rapidement|vite|ok|brievement|en bref|en resume|en termes simples|"
        r"en (?:(?:quelques|peu de|une|un|deux|trois|quatre|cinq|six|dix|\d+) )+(?:lignes?|phrases?|mots|points?|paragraphes?)"
    ),
    small_talk={
        "greeting": r"bonjour(?: a tous)?|bonsoir|salut|coucou|hello|hey|bjr|slt|re|allo|bonne journee a tous",
        "courtesy": (
            r"(?:comment )?(?:ca va|vas tu|allez vous|tu vas|vous allez|ca roule)(?: (?:bien|aujourdhui|toi|vous))*|"
            r"(?:est ce que )?tout va bien|quoi de neuf|enchantee?|ravie? de (?:te|vous) (?:connaitre|rencontrer)|"
            r"il y a quelquun|tu es la|vous etes la|comment sest passee (?:ta|votre) journee"
        ),
        "thanks": (
            r"(?:un grand |mille )?merci(?: (?:beaucoup|bien|infiniment|mille fois|a (?:toi|vous)|pour (?:tout|ton aide|votre aide|la reponse|linfo)))*|"
            r"mci|je (?:te|vous) remercie|cest (?:tres )?(?:gentil|aimable)|ca (?:ma|maide) ?(?:aidee?|beaucoup)?"
        ),
        "farewell": (
            r"au revoir|a (?:bientot|plus|plus tard|demain|la prochaine|toute|tout a lheure)|adieu|ciao|bye|bonne (?:journee|"
            r"soiree|nuit|fin de journee|semaine|continuation)|bon (?:week end|weekend|apres midi)|prends soin de toi"
        ),
        "agreement": (
            r"ok(?:ay)?|daccord|parfait|super|genial|bien|tres bien|cool|entendu|compris|je (?:vois|comprends)|excellent|"
            r"formidable|magnifique|impeccable|nickel|top|bravo|bon travail|cest (?:bon|note|parfait|tout|super|clair)|exact|"
            r"mdr|lol|(?:ha)+|non merci|ca marche|interessant"
        ),
        "identity": (
            r"(?:tu es qui|qui es tu|qui etes vous|vous etes qui|tes qui|ques tu|quest ce que tu es|quest ce que vous etes)|"
            r"comment (?:tu tappelles|tappelles tu|vous appelez vous|vous vous appelez)|(?:quel est )?(?:ton|votre) nom|"
            r"(?:as tu|avez vous|tu as) un nom|qui (?:ta|vous a) (?:creee?|fait|developpee?|programmee?)|"
            r"presente toi|presentez vous|(?:a|avec) qui (?:je parle|est ce que je parle|parle je|ai je affaire)|"
            r"(?:es tu|etes vous|tu es|vous etes|est ce que tu es|est ce) (?:un |une )?(?:vrai |vraie )?(?:robot|bot|humain|humaine|"
            r"personne|ia|machine|chatbot|etre humain|intelligence artificielle)"
        ),
    },
    social_words=frozenset(
        """a aide aider aimable alors ami amie assez au aujourdhui aussi avec beaucoup bien bon bonne bot ca ce cela cest
        cet cette cher chere claire clair de des du elle en encore es est et etait etes explication fait gentil il
        informations infos je jour journee la le les ma mais maide me merci mes moi mon monde monsieur madame non nous
        on oui parfaite plus pour precieuse precise que quelle rapide reponse reponses robot sa si sinon soir super sur
        ta tellement temps tes toi ton tous tout toute toutes tres trop tu un une utile utiles va vite votre vos vous
        vraiment y""".split()
    ),
    collection={
        "abilities": (
            rf"{QUE} (?:(?:peux|pouvez|sais|savez|pourrais|pourriez) )?(?:tu|vous)(?: (?:peux|pouvez|sais|savez))?(?: (?:faire|repondre|proposer|offrir))?(?: (?:pour moi|pour nous|ici))?",
            rf"(?:tu|vous) (?:peux|pouvez|sais|savez) faire {QUE}",
            r"(?:a|en) quoi (?:peux tu|pouvez vous|tu peux|vous pouvez) (?:maider|nous aider|servir|aider)|a quoi (?:tu sers|sers tu|servez vous|vous servez|ca sert)",
            r"comment (?:peux tu|pouvez vous|tu peux|vous pouvez) (?:maider|nous aider|aider)|comment (?:ca marche|ca fonctionne|fonctionnes tu|fonctionnez vous|fonctionne (?:ce chat|ce service|cet assistant|le chat))",
            rf"(?:{QUE}|quelles questions) (?:puis je|je peux|peut on|on peut|pouvons nous)(?: (?:te|vous|tu))? ?(?:demander|poser|faire)(?: (?:ici|a toi|a vous))?",
            r"quelles questions (?:tu peux|vous pouvez|peux tu|pouvez vous) (?:repondre|traiter)|exemples? de questions?",
            r"(?:quelles sont )?(?:tes|vos) (?:fonctions|capacites|fonctionnalites|competences)",
            r"aide|aide moi|aidez moi|a laide|jai besoin daide|tu peux maider|vous pouvez maider|maider",
        ),
        "list": (
            rf"(?:quels|quel|quelles|quels types de|quels sont)(?: (?:sont|sont les|sont tes|sont mes|sont vos|les|tes|vos|mes))? ?{DOCS}(?: (?:que )?{WHO})?{HELD}(?: {WHO})?{HELD}",
            (
                rf"(?:liste|lister|listez|montre|montrez|montrer|affiche|affichez|afficher|enumere|enumerez|donne|donnez|cite|citez|voir)(?: (?:moi|nous|me))?"
                rf"(?: (?:une|la) liste)?(?: (?:de|des|tous|les|mes|tes|vos|nos))* {DOCS}(?: (?:que )?{WHO})?{HELD}"
            ),
            rf"(?:la |une )?liste (?:de |des )?(?:tous )?(?:les |mes |tes |vos )?{DOCS}|(?:tous )?(?:les |mes |tes |vos |nos ){DOCS}",
            rf"(?:a quels|tu as quels|vous avez quels|jai quels) {DOCS}{HELD}(?: acces)?(?: {WHO})?{HELD}",
            r"(?:quy a t il|quest ce quil y a|quoi) dans (?:la|ta|ma|votre|notre) (?:collection|base|bibliotheque|base de donnees|base de connaissances)",
        ),
        "count": (
            rf"combien (?:de |y a t il de |as tu de |avez vous de |ai je de )?{DOCS}(?: {WHO})?{HELD}(?: (?:y a t il|{WHO}))?{HELD}",
            rf"(?:quel est )?(?:le )?nombre (?:total )?(?:de |des ){DOCS}|(?:tu as|vous avez|il y a|jai) combien de {DOCS}",
        ),
        "newest": (
            (
                rf"(?:(?:quel|quels|quelle)(?: (?:est|sont|etait))? |montre(?:z)?(?: moi)? )?(?:le |les |mon |ton )?(?:(?:derniers?|plus recents?|nouveaux?|nouveau) {DOCS}|"
                rf"{DOCS} (?:le |les )?(?:plus recents?|plus nouveaux?))(?: (?:ajoutes?|charges?|importes?|televerses?))?"
            ),
            r"(?:quest ce qui a ete|quel document a ete) (?:ajoute|charge|importe|televerse) (?:en dernier|recemment)",
        ),
        "uploaded": (
            rf"quand (?:est ce que )?{THE}(?P<name>.+?) (?:a|ont) (?:t il |t elle )?ete (?:ajoute|charge|importe|televerse|mis en ligne|depose)e?s?",
            rf"quand (?:est ce que )?(?:jai|nous avons|on a|tu as|vous avez|ai je|avons nous|a t on) (?:ajoute|charge|importe|televerse|mis en ligne|depose) {THE}(?P<name>.+)",
            r"(?:quelle est )?(?:la )?date (?:dajout|dimport|de chargement|de televersement|de depot) (?:du|de la|des|de) (?P<name>.+)",
        ),
        "about": (
            (
                rf"(?:(?:as tu|avez vous|tu as|vous avez|y a t il|il y a|est ce quil y a|avons nous|trouve(?:z)?|cherche(?:z)?|montre(?:z)?)(?: moi)?)(?: (?:un|des|dautres|les|quelques))* {DOCS} "
                rf"(?:{ABOUT}|qui (?:parle(?:nt)?|traite(?:nt)?|mentionne(?:nt)?)(?: (?:de|du|des))?) {THE}(?P<topic>.+)"
            ),
            rf"(?:quels?|quel est le|dans quels?) {DOCS} (?:{ABOUT}|(?:qui )?(?:parle(?:nt)?|traite(?:nt)?|mentionne(?:nt)?|parle t on)(?: (?:de|du|des))?) {THE}(?P<topic>.+)",
        ),
    },
    previous_answer={
        "shorter": (
            (
                r"(?:(?:fais|faites|rends|rendez|dis|dites|reponds|repondez|ecris|ecrivez|donne|donnez|une version|version|une reponse|en)(?: (?:le|la|moi|ca|une|version|reponse))* )?"
                r"(?:(?:un peu|beaucoup|encore|bien) )?(?:plus )?(?:courte?|bref|breve|brievement|concis|concise|succincte?|court)(?: (?:version|reponse))?"
            ),
            r"(?:cest |la reponse est |est )?(?:beaucoup )?trop longu?e?|(?:sois|soyez) bref|va a lessentiel|allez a lessentiel|tl ?dr",
            r"(?:(?:dis|dites|reponds|repondez|resume|resumez|ecris)(?: (?:le|la|ca|moi))* )?en (?:une|une seule|deux|quelques|peu de) (?:phrases?|mots?|lignes?)",
            rf"(?:le |la |les )?(?:resume|resumez|resumer|raccourcis|raccourcissez|raccourcir|abrege|abregez|synthetise|synthetisez){ANSWER}|en bref|en resume|en quelques mots|bref",
        ),
        "bullets": (
            (
                r"(?:(?:fais|faites|mets|mettez|ecris|ecrivez|donne|donnez|presente|presentez|montre|montrez|reponds|repondez|transforme|formate|je veux)(?: (?:le|la|moi|ca|cela|la reponse|en|une))* )?"
                r"(?:sous forme de|en|comme|avec|dans|par)? ?(?:une |un |des )?(?:liste(?: a puces| numerotee)?|puces|points|tirets|format liste)"
            ),
            r"(?:liste|listez|enumere|enumerez)(?: (?:le|la|les|moi|ca))*",
        ),
        "simpler": (
            (
                r"(?:(?:explique|expliquez|dis|dites|ecris|reformule|reformulez|fais)(?: (?:le|la|moi|ca|cela|nous))* )?"
                r"(?:de (?:facon|maniere) )?(?:(?:plus|bien plus|un peu plus) )(?:simple|simplement|claire?|clairement|facile|facilement|lentement)"
            ),
            r"(?:(?:explique|expliquez|dis|dites)(?: (?:le|la|moi|ca))* )?(?:en|avec des|avec dautres) (?:mots (?:simples|plus simples)|dautres mots|termes simples|langage simple|dautres termes|mots)",
            r"je (?:ne |n)?(?:comprends|ai pas compris|comprend|saisis)(?: pas)?(?: (?:bien|ca|la reponse|tout))*|jai (?:pas|rien) compris|je nai (?:pas|rien) compris|pas compris",
            r"(?:le |la )?(?:lexpliquer|expliquer|reformuler|simplifier|explique|expliquez|reformule|reformulez|clarifie|clarifiez|simplifie|simplifiez)(?: (?:le|la|moi|ca|cela|mieux|encore|la reponse|ta reponse|votre reponse))*(?: comme si .+)?",
            r"(?:que veux tu dire|que voulez vous dire|quest ce que (?:tu veux|vous voulez|ca veut) dire|cest a dire)(?: par la)?",
        ),
        "longer": (
            r"(?:(?:donne|donnez|dis|dites|je veux|je voudrais|il me faut)(?: (?:moi|men|nous|en))* )?(?:(?:un peu|beaucoup|encore) )?(?:plus|davantage)(?: (?:de details?|dinformations?|dinfos|detaillee?|longue?|complete?|la dessus|a ce sujet|long))*",
            r"(?:explique|expliquez|developpe|developpez|precise|precisez|detaille|detaillez|continue|continuez|approfondis)(?: (?:moi|ca|la|le|davantage|plus|en detail))*|quoi dautre|et ensuite|autre chose",
        ),
        "repeat": (
            r"(?:repete|repetez|redis|redites)(?: (?:le|la|moi|ca|cela|ta reponse|votre reponse|la reponse|la derniere reponse|ce que tu as dit))*|encore une fois|a nouveau|de nouveau",
            r"(?:quas tu dit|quavez vous dit|quest ce que (?:tu as|vous avez) dit|comment|pardon|tu disais|vous disiez)",
        ),
        "translate": (
            (
                r"(?:le |la |les )?(?:(?:dis|dites|repete|repetez|ecris|ecrivez|donne|donnez|mets|mettez|reponds|repondez|traduis|traduisez|traduire|explique|expliquez|parle|parlez|montre|maintenant|et|tout|la reponse)"
                r"(?: (?:le|la|moi|ca|cela|la reponse|la derniere reponse|ta reponse|votre reponse|tout|encore))* )?(?:en|vers le?|vers) LANGUAGE"
            ),
            r"(?:la )?(?:version|traduction) (?:en )?LANGUAGE|comment (?:dit on|on dit|tu dis|se dit) (?:ca |cela )?en LANGUAGE|LANGUAGE",
            r"(?:la meme chose|pareil|le meme) en LANGUAGE|je (?:ne )?(?:parle|comprends|lis) (?:que )?(?:le |l)?LANGUAGE",
        ),
    },
    languages={
        "en": "anglais",
        "pt": "portugais",
        "es": "espagnol",
        "fr": "français|francais",
        "de": "allemand",
        "it": "italien",
        "nl": "néerlandais|neerlandais|hollandais",
        "pl": "polonais",
        "sv": "suédois|suedois",
        "da": "danois",
        "ja": "japonais",
        "zh": "chinois|mandarin",
        "ko": "coréen|coreen",
        "ru": "russe",
        "ar": "arabe",
        "tr": "turc",
        "uk": "ukrainien",
        "cs": "tchèque|tcheque",
        "hi": "hindi",
        "vi": "vietnamien",
    },
    document={
        "compare": (
            rf"(?:compare|comparez|comparer|fais une comparaison entre|comparaison entre) {THE}(?P<one>.+?) (?:et|avec|a|au) {THE}(?P<two>.+?)(?: {ABOUT} {THE}(?P<topic>.+))?",
            rf"(?:(?:quelle|quelles|donne moi|montre moi|quy a t il comme)(?: (?:est|sont))? )?(?:la |les |l)?(?:principales )?differences? (?:y a t il )?entre {THE}(?P<one>.+?) et {THE}(?P<two>.+?)(?: {ABOUT} {THE}(?P<topic>.+))?",
            rf"en quoi {THE}(?P<one>.+?) (?:et|differe du|differe de|differe de la) {THE}(?P<two>.+?)(?: different(?: ils| elles)?)?",
            rf"que disent {THE}(?P<one>.+?) et {THE}(?P<two>.+?) {ABOUT} {THE}(?P<topic>.+)",
        ),
        "outline": (
            rf"(?:(?:donne|donnez|montre|montrez|liste|listez|quels sont|quel est|fais|faites)(?: moi)? )?(?:(?:les|le|la|un|une|tous) )*(?:principaux |principales |grands )?{TOPICS}(?: (?:abordes|traites|principaux))? {OF} (?P<name>.+)",
            rf"(?:quels|quelles) {TOPICS} (?:contient|aborde|traite|couvre|y a t il dans|sont abordes dans|sont traites dans) {THE}(?P<name>.+)",
            rf"comment (?:est|sont) (?:organise|structure)e?s? {THE}(?P<name>.+)|comment {THE}(?P<name2>.+?) est (?:il |elle )?(?:organise|structure)e?",
        ),
        "summary": (
            rf"(?:resume|resumez|resumer|synthetise|synthetisez)(?: moi| nous)? {THE}(?P<name>.+)",
            rf"(?:{GIVE}(?: moi| nous)? )?(?:un |le |une |la )?(?:(?:bref|court|petit|rapide|bon) )?{SUMMARY}(?: (?:general|rapide|bref|court|complet))? {OF} (?P<name>.+)",
            rf"de quoi (?:parle(?:nt)?|traite(?:nt)?|sagit il dans|est il question dans|il sagit dans) {THE}(?P<name>.+)|de quoi {THE}(?P<name2>.+?) (?:parle|traite)(?: t il| t elle)?",
            rf"(?:que|quest ce que) (?:dit|disent|contient|contiennent|raconte) {THE}(?P<name>.+)|(?:quy a t il|quest ce quil y a) dans {THE}(?P<name2>.+)|que dit on dans {THE}(?P<name3>.+)",
            rf"(?:(?:quels sont|liste|listez|donne|donnez|montre)(?: moi)? )?(?:les )?(?:points (?:principaux|importants|essentiels|cles|les plus importants)|principaux points|idees principales|principales (?:idees|informations|decisions)) {OF} (?P<name>.+)",
        ),
    },
    this_document=r"le|la|ca|cela|ceci|il|elle|(?:(?:ce|cet|cette|le|la|du|mon|ton|votre|dernier|tout le|meme) )+(?:document|fichier|pdf|texte)(?: (?:entier|complet|charge|importe|le plus recent))?",
    all_documents=r"tout|(?:(?:tous|les|ces|mes|tes|vos|nos|des|deux) )+(?:documents|fichiers|pdfs)",
    document_words={
        "mail": "mail email courriel message lettre courrier circulaire",
        "sheet": "tableau feuille excel tableur classeur",
        "slides": "diapositives diapos presentation powerpoint",
        "manual": "manuel guide notice mode",
        "minutes": "proces compte rendu pv",
        "meeting": "reunion assemblee",
        "policy": "politique",
        "rules": "reglement regles regle statuts normes",
        "contract": "contrat accord bail convention",
        "terms": "conditions termes",
        "calendar": "calendrier planning horaire agenda",
        "prices": "prix couts",
        "fees": "frais tarifs tarif cotisations",
        "report": "rapport",
        "notice": "avis annonce convocation communique",
        "invoice": "facture",
        "warranty": "garantie",
        "budget": "budget",
        "grant": "bourse subvention",
        "recipe": "recette",
        "travel": "voyage voyages deplacement deplacements",
        "student": "etudiant eleve",
        "employee": "employe salarie",
    },
    months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    date="{day} {month} {year}",
    duties=frozenset(
        """doit doivent devra devront obligatoire interdit interdite interdits autorise autorisee permis jamais toujours
        seulement uniquement delai limite maximum minimum coute cout prix frais amende gratuit gratuite droit exige
        necessaire approuve approuvee augmentation decide vigueur debut fin expire exclu ouvert ferme jour jours semaine semaines mois an ans annee annees heure heures""".split()
    ),
    replies={
        "greeting": "Bonjour ! {offer}",
        "courtesy": "Tout va bien, merci ! {offer}",
        "thanks": "Je vous en prie ! N'hésitez pas si vous voulez en savoir plus.",
        "farewell": "Au revoir et à bientôt !",
        "agreement": "Très bien ! Que voulez-vous savoir d'autre ?",
        "identity": (
            "Je suis un assistant qui répond aux questions à partir de vos documents et montre les passages sur lesquels "
            "reposent les réponses. {offer}"
        ),
        "abilities": (
            "Je réponds aux questions à partir de vos documents et je montre le passage sur lequel repose chaque réponse. "
            "Je peux aussi résumer des documents, en donner le plan ou les comparer, et raccourcir, mettre en liste ou "
            "traduire ma dernière réponse. {offer}"
        ),
        "offer": "Vous pouvez m'interroger sur {names}, par exemple : « {example} »",
        "example": "De quoi parle {name} ?",
        "ask_section": "Que dit la section « {title} » ?",
        "empty": "Il n'y a pas encore de documents. Ajoutez-en (POST /api/v1/documents), puis posez vos questions.",
        "empty_here": "Il n'y a pas de documents dans ce à quoi cette question se limite.",
        "reading": "{count} autres documents sont encore en cours de lecture.",
        "reading_one": "Un autre document est encore en cours de lecture.",
        "list": "J'ai {count} documents, du plus récent au plus ancien :",
        "list_one": "J'ai un document :",
        "count": "Il y a {count} documents : {names}.",
        "count_one": "Il y a un document : {names}.",
        "newest": "Le document le plus récent est {name}, ajouté le {date}.",
        "uploaded": "{name} a été ajouté le {date}.",
        "uploaded_version": "{name} a été ajouté le {date} (version {version} ; la première le {first}).",
        "and": "et",
        "more": "{count} de plus",
        "or": "ou",
        "about": "Ces documents contiennent quelque chose sur {topic} : {names}.",
        "about_none": "Je ne trouve aucun document sur {topic}. {offer}",
        "which": "De quel document s'agit-il : {names} ?",
        "gone": "Ma dernière réponse reposait sur des documents qui ont été supprimés depuis.",
        "nothing_before": "Il n'y a pas dans cette conversation de réponse de ma part que je puisse modifier. {offer}",
        "summary": "Les points principaux de {name} :",
        "outline": "Ce dont parle {name}, dans l'ordre :",
        "compare": "{name} :",
        "compare_none": "Je ne trouve rien à ce sujet dans {name}.",
        "partial": "Je n'ai lu qu'une partie de ce document : {read} sections sur {total}.",
        "table": "{name} est un tableau de {count} lignes avec les colonnes {columns}. Les premières lignes :",
        "not_read": "Je n'ai pas lu {names}.",
        "no_text": "{name} ne contient pas de phrases que je puisse résumer.",
        "more_to_say": "Le document dit aussi :",
        "nothing_more": "Les documents n'en disent pas plus.",
        "untranslated": "Ce qui n'a pas pu être traduit de façon fiable reste tel quel.",
        "suggestion": "Je peux répondre à des questions sur {names}.",
    },
    tasks={
        "shorter": "Réécrivez la réponse en une phrase courte. Gardez tous les nombres et tous les noms.",
        "bullets": "Réécrivez la réponse sous forme de liste. Écrivez chaque point sur sa propre ligne après un tiret.",
        "simpler": "Expliquez la réponse avec des mots simples. Gardez tous les nombres et tous les noms. N'ajoutez rien.",
        "translate": "Traduisez la réponse dans cette langue : {language}. Gardez tous les nombres et tous les noms. Écrivez seulement la traduction.",
    },
)
