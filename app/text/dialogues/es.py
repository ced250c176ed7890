"""How people speak Spanish to the service, and what it says to them."""

from __future__ import annotations

from app.text.dialogue import Dialogue

DOCS = r"(?:documentos?|docs?|archivos?|ficheros?|pdfs?|fuentes?)"
WHO = r"(?:tu|usted|vos|ustedes|yo|nosotros)"
HELD = (
    r"(?: (?:tienes|tiene|tenes|tienen|tengo|tenemos|hay|existen|conoces|conoce|lees|he|hemos|has|ha|han|subido|subidos|"
    r"cargado|cargados|disponibles|guardados|enviado|enviados|estan|acceso|ahi|aqui|ya|ahora|en el sistema|en la base))*"
)
ANSWER = r"(?: (?:lo|la|eso|esto|esa|esta|tu|su|ultima|respuesta|anterior|todo))*"
ABOUT = r"(?:sobre|acerca de|respecto a|respecto de|en cuanto a|con relacion a)"
SUMMARY = r"(?:resumen|sintesis|vision general|panorama|extracto)"
TOPICS = r"(?:temas|capitulos|secciones|apartados|titulos|indice|estructura|esquema|contenidos?)"
OF = r"(?:del|de la|de los|de las|de|en el|en la|en los|en las|en|sobre el|sobre la|sobre)"
THE = r"(?:(?:el|la|los|las) )?"
GIVE = (
    r"(?:haz|hazme|haga|hagame|hacer|hacerme|da|dame|deme|dar|darme|muestra|muestrame|muestreme|escribe|escriba|escribeme|"
    r"quiero|necesito|genera|genere|prepara|prepare|un|el)"
)

DIALOGUE = Dialogue(
    openers=(
        r"por favor|porfa|porfavor|hola|ok|vale|entonces|ahora|y|bueno|bien|tambien|perdon|perdona|disculpa|disculpe|"
        r"gracias|oye|oiga|dime|digame|me (?:puedes|puede|podrias|podria)(?: decir)?|"
        r"(?:puedes|puede|podrias|podria|podes)(?: (?:decirme|decir))?|(?:quiero|quisiera|me gustaria|necesito)(?: (?:saber|que|que me))?"
    ),
    closers=(
        r"por favor|porfa|porfavor|para mi|para nosotros|gracias|muchas gracias|ahora|entonces|si puedes|si puede|"
        r"si es posible|en este momento|actualmente|rapido|rapidamente|ok|vale|brevemente|en resumen|en breve|en palabras sencillas|"
        r"en (?:(?:pocas|pocos|unas|unos|algunas|algunos|una|un|dos|tres|cuatro|cinco|seis|diez|\d+) )+"
        r"(?:lineas?|frases?|palabras|puntos?|parrafos?)"
    ),
    small_talk={
        "greeting": r"hola(?: a todos)?|buenos dias|buen dia|buenas(?: tardes| noches)?|hey|holi|saludos|que hay|alo",
        "courtesy": (
            r"(?:como|que tal) (?:estas|esta|estan|te va|le va|va todo|va|andas|vas)|que tal(?: todo)?|todo bien|"
            r"que pasa|que hubo|como te encuentras|como se encuentra|como ha ido (?:el|tu|su) dia|mucho gusto|encantad[oa]|"
            r"un placer|hay alguien(?: ahi)?|estas ahi"
        ),
        "thanks": (
            r"(?:muchas |muchisimas |mil |muy )?gracias(?: por (?:todo|la ayuda|tu ayuda|su ayuda|la respuesta))?|"
            r"(?:te |le |se )?(?:lo )?agradezco|muy agradecid[oa]|me (?:ha )?(?:ayudado|ayudo|sirve|sirvio)(?: mucho)?"
        ),
        "farewell": (
            r"adios|chao|chau|hasta (?:luego|pronto|manana|la vista|la proxima|otra|ahora)|nos vemos|buenas noches|"
            r"que (?:tengas|tenga|pases|pase) (?:un )?(?:buen|buena|feliz) (?:dia|tarde|noche|semana|finde|fin de semana)|cuidate|bye"
        ),
        "agreement": (
            r"ok(?:ay)?|vale|genial|perfecto|estupendo|bien|muy bien|de acuerdo|entendido|entiendo|ya veo|claro|excelente|"
            r"fantastico|guay|que bien|buenisimo|correcto|exacto|buen trabajo|listo|(?:ja)+j?|eso es todo|nada mas|no gracias|"
            r"esta bien|maravilloso"
        ),
        "identity": (
            r"quien eres(?: tu)?|quien es usted|que eres(?: tu)?|que es usted|como te llamas|como se llama(?: usted)?|"
            r"(?:cual es )?(?:tu|su) nombre|tienes nombre|quien te (?:hizo|creo|ha creado|desarrollo|programo)|presentate|"
            r"presentese|con quien (?:hablo|estoy hablando|converso|chateo)|"
            r"(?:eres|es usted|es esto) (?:un |una )?(?:robot|bot|humano|humana|persona|ia|maquina|chatbot|persona real|inteligencia artificial)"
        ),
    },
    social_words=frozenset(
        """a ahora alguien amable amiga amigo aqui asistente asi ayuda ayudado ayudarme ayudas bien buen buena bueno claro
        con como de del dia dias el ella ellos eres es esa ese eso esta estas este ha has hoy informacion la las le lo los
        mas me mejor mi muchas mucho mucha muy nada noche noches para pero por pues que rapida rapido respuesta respuestas
        senor senora ser si son su super tal tambien tan tarde tardes te todo todos tu tus un una usted util verdad y ya
        yo""".split()
    ),
    collection={
        "abilities": (
            rf"que (?:puedes|puede|sabes|sabe|podes|podrias)(?: {WHO})?(?: (?:hacer|responder|contestar|ofrecer))?(?: (?:por mi|aqui|por nosotros))?(?: {WHO})?",
            r"(?:en|con) que (?:me |nos )?(?:puedes|puede|podrias|podria) (?:ayudar|ayudarme|ayudarnos)(?: aqui)?|(?:en|con) que (?:me )?ayudas",
            r"como (?:me |nos )?(?:puedes|puede|podrias|podria) (?:ayudar|ayudarme|ayudarnos)|como funcionas?(?: (?:esto|este chat|el chat|este asistente|usted))?",
            r"que (?:te |le )?(?:puedo|podemos) (?:preguntar|preguntarte|preguntarle|pedir|pedirte|pedirle|hacer)(?: aqui)?|que se puede preguntar(?: aqui)?",
            r"que haces(?: (?:tu|aqui))*|que hace usted(?: aqui)?|para que sirves?(?: (?:esto|este chat|este asistente|usted))?",
            r"(?:cuales son )?(?:tus|sus) (?:funciones|capacidades|habilidades)|que (?:funciones|capacidades) (?:tienes|tiene)",
            r"(?:que|cuales) preguntas (?:puedo hacer|puedo hacerte|respondes|sabes responder|contestas)|ejemplos de preguntas",
            r"ayuda|ayudame|ayudeme|necesito ayuda|me (?:puedes|puede) ayudar",
        ),
        "list": (
            rf"(?:que|cuales|cuales son)(?: (?:tipos de|los|son|son los|son tus|son mis))? {DOCS}(?: (?:que )?{WHO})?{HELD}(?: {WHO})?",
            (
                rf"(?:lista|listar|listame|liste|muestra|mostrar|muestrame|muestreme|ensename|enumera|enumere|nombra|dame|deme|dime|ver)"
                rf"(?: (?:una|la) lista (?:de|con))?(?: (?:todos|los|mis|tus|sus|nuestros|de))* {DOCS}(?: (?:que )?{WHO}?)?{HELD}"
            ),
            rf"(?:la |una )?lista (?:de )?(?:todos )?(?:los |mis |tus |sus )?{DOCS}|(?:todos )?(?:los |mis |tus |sus |nuestros ){DOCS}",
            rf"a que {DOCS} (?:tienes|tiene) acceso|(?:tienes|tiene) que {DOCS}",
            r"que (?:hay|tienes|tiene|existe) en (?:la|tu|mi|su|nuestra|el) (?:coleccion|biblioteca|base|sistema)(?: de (?:datos|conocimiento|documentos))?",
        ),
        "count": (rf"(?:cuantos|cual es (?:el )?(?:numero|total) de|numero de) {DOCS}(?: {WHO})?{HELD}(?: {WHO})?",),
        "newest": (
            (
                rf"(?:(?:cual|cuales)(?: (?:es|fue|son|fueron))? )?(?:el |los )?(?:(?:ultimos?|mas recientes?|mas nuevos?) {DOCS}|"
                rf"{DOCS} (?:mas recientes?|mas nuevos?|ultimos?))(?: (?:subidos?|cargados?|anadidos?|agregados?))?"
            ),
            r"que (?:se (?:ha )?(?:subido|subio|cargo|anadio|agrego)|fue subido) (?:por ultimo|recientemente|ultimamente|lo ultimo)",
        ),
        "uploaded": (
            rf"(?:cuando|en que fecha|que dia) (?:se )?(?:subio|subieron|cargo|cargaron|anadio|agrego|ha subido|han subido) {THE}(?P<name>.+)",
            rf"(?:cuando|en que fecha) (?:subi|subimos|subiste|cargue|cargamos|agregue|anadi|he subido|hemos subido) {THE}(?P<name>.+)",
            rf"cuando (?:fue|fueron) (?:subid|cargad|anadid|agregad)[oa]s? {THE}(?P<name>.+)",
            r"(?:cual es )?la fecha de (?:subida|carga) (?:del|de la|de los|de las|de) (?P<name>.+)",
        ),
        "about": (
            (
                rf"(?:(?:tienes|tiene|tenemos|hay|existen?|tengo|encuentra|busca|muestra|muestrame|dame))(?: (?:algun|algunos|un|unos|mas|los))* {DOCS} "
                rf"(?:{ABOUT}|que (?:habl[ae]n?|trat[ae]n?|mencion[ae]n?)(?: (?:de|sobre))?|relacionados? con) {THE}(?P<topic>.+)"
            ),
            rf"(?:que|cuales|en que) {DOCS} (?:{ABOUT}|(?:que )?(?:habl[ae]n?|trat[ae]n?|mencion[ae]n?|se habla|se menciona)(?: (?:de|sobre))?) {THE}(?P<topic>.+)",
        ),
    },
    previous_answer={
        "shorter": (
            (
                r"(?:(?:haz|hazlo|hazla|hacerlo|responde|responda|escribe|escribelo|di|dilo|digalo|dimelo|una version|version|una respuesta|dame una respuesta)(?: (?:lo|la|eso))? )?"
                r"(?:(?:un poco|mucho|aun|algo|lo) )?(?:mas )?(?:cort[oa]|breve|brevemente|concis[oa]|resumid[oa]|resumidamente|escuet[oa])"
            ),
            r"(?:es |esta |eso es )?(?:demasiado|muy) (?:larg[oa]|extens[oa])|(?:se|sea) breve|ve al grano|tl ?dr",
            r"(?:(?:dilo|digalo|responde|escribelo|resumelo|di)(?: eso)? )?en (?:una|una sola|dos|pocas) (?:frases?|oracion|oraciones|palabras?|lineas?)",
            rf"(?:resume|resumelo|resumela|resumeme|resuma|resumalo|resumir|resumirlo|acorta|acortalo|acortar|sintetiza|abrevia|abrevialo){ANSWER}|en resumen|en pocas palabras",
        ),
        "bullets": (
            (
                r"(?:(?:haz|hazlo|hazla|pon|ponlo|ponla|escribe|escribelo|muestra|muestralo|muestramelo|dame|damelo|conviertelo|responde|formatea|organiza|organizalo|quiero|pasalo)(?: (?:lo|eso|la respuesta))? )?"
                r"(?:en|como|con|en forma de|a|por|en formato de)? ?(?:una |un )?(?:lista(?: (?:con )?vinetas| numerada)?|puntos|vinetas|listado|items|guiones)"
            ),
            r"listalo|listalos|enumeralo|enumeralos",
        ),
        "simpler": (
            (
                r"(?:(?:explica|explicalo|explicamelo|explicame|explique|expliquelo|di|dilo|escribe|escribelo|hazlo)(?: (?:lo|eso|esto|me))* )?"
                r"(?:de (?:forma|manera|un modo) )?(?:(?:mas|muy|un poco mas) )(?:simple|sencill[oa]|facil|clar[oa]|sencillamente|despacio)"
            ),
            r"(?:(?:explicalo|explicamelo|dilo|dimelo|explica|explique)(?: eso)? )?(?:en|con) (?:palabras (?:sencillas|simples|mas sencillas)|otras palabras|lenguaje (?:sencillo|claro|simple))",
            r"(?:yo )?no (?:entiendo|entendi|lo entiendo|lo entendi|he entendido|comprendo)(?: (?:nada|bien|eso|la respuesta))*|simplificalo|simplifica(?: eso)?",
            r"(?:explicalo|explicamelo|explicame|explica|explique|aclaralo|aclara)(?: (?:eso|esto|mejor|otra vez|de nuevo))*(?: como si .+)?|que (?:quieres|quiere|quisiste) decir(?: con (?:eso|esto))?",
        ),
        "longer": (
            r"(?:(?:dame|deme|da|dime|digame|cuentame|cuenteme|quiero|quiero saber|necesito) )?(?:(?:un poco|algo|muchos?) )?mas(?: (?:detalles|detalle|informacion|info|detallad[oa]|larg[oa]|complet[oa]|sobre (?:eso|esto)|al respecto|extens[oa]))*",
            r"(?:explica|explicalo|explique) (?:con |en )?mas detalle|continua|continue|sigue|siga|amplia|amplialo|que mas|algo mas|profundiza",
        ),
        "repeat": (
            r"repite(?:lo|la|melo)?(?: (?:eso|esto|la respuesta|lo que (?:dijiste|has dicho)|la ultima respuesta))?|repita(?:lo)?(?: (?:la respuesta|eso))?|otra vez|de nuevo|una vez mas",
            r"(?:que|como)(?: (?:has dicho|dijiste|dices|ha dicho|dijo))(?: usted)?|como|dilo otra vez|dilo de nuevo",
        ),
        "translate": (
            (
                r"(?:(?:di|dilo|dimelo|digalo|repite|repitelo|escribe|escribelo|dame|damelo|pon|ponlo|pasa|pasalo|responde|responda|contesta|traduce|traducelo|traducela|traduzca|traduzcalo|traducir|explica|explicalo|habla|ahora|y|muestralo)"
                r"(?: (?:eso|esto|la respuesta|la ultima respuesta|todo|otra vez|de nuevo))* )?(?:en|al|a) LANGUAGE"
            ),
            r"(?:la )?(?:version|traduccion) (?:en|al) LANGUAGE|como se dice (?:eso|esto) en LANGUAGE|LANGUAGE",
            r"lo mismo en LANGUAGE|(?:yo )?(?:solo )?(?:hablo|entiendo|leo) LANGUAGE",
        ),
    },
    languages={
        "en": "inglés|ingles",
        "pt": "portugués|portugues",
        "es": "español|espanol|castellano",
        "fr": "francés|frances",
        "de": "alemán|aleman",
        "it": "italiano",
        "nl": "neerlandés|neerlandes|holandes",
        "pl": "polaco",
        "sv": "sueco",
        "da": "danés|danes",
        "ja": "japonés|japones",
        "zh": "chino|mandarin",
        "ko": "coreano",
        "ru": "ruso",
        "ar": "árabe|arabe",
        "tr": "turco",
        "uk": "ucraniano",
        "cs": "checo",
        "hi": "hindi",
        "vi": "vietnamita",
    },
    document={
        "compare": (
            rf"(?:compara|compare|comparar|comparame|haz una comparacion entre|comparacion entre) {THE}(?P<one>.+?) (?:y|con|e) {THE}(?P<two>.+?)(?: {ABOUT} (?P<topic>.+))?",
            rf"(?:(?:cual|cuales|que)(?: (?:es|son|hay))? )?(?:las? )?(?:principales )?diferencias?(?: hay)? entre {THE}(?P<one>.+?) y {THE}(?P<two>.+?)(?: {ABOUT} (?P<topic>.+))?",
            rf"en que se (?:diferencian?|distinguen?) {THE}(?P<one>.+?) (?:y|de|del) {THE}(?P<two>.+)",
            rf"que dicen? {THE}(?P<one>.+?) y {THE}(?P<two>.+?) {ABOUT} {THE}(?P<topic>.+)",
        ),
        "outline": (
            rf"(?:(?:lista|listame|muestra|muestrame|cuales son|dame|deme|haz|dime)(?: (?:me|todos))? ?)?(?:(?:los|las|el|la|un|una|todos) )*(?:principales )?{TOPICS}(?: (?:tratados|principales))? {OF} (?P<name>.+)",
            rf"(?:que|cuales) {TOPICS} (?:tiene|trata|cubre|contiene|aborda|hay en|se tratan en|son los de) {THE}(?P<name>.+)",
            rf"como esta (?:organizad|estructurad)[oa] {THE}(?P<name>.+)|esquematiza {THE}(?P<name2>.+)",
        ),
        "summary": (
            rf"(?:resume|resumeme|resuma|resumir|resumirme|sintetiza|sintetice) {THE}(?P<name>.+)",
            rf"(?:{GIVE}(?: me)? )?(?:un |el |una |la )?(?:(?:breve|pequeno|rapido|buen|corto) )?{SUMMARY}(?: (?:general|rapido|breve|corto|completo))? {OF} (?P<name>.+)",
            rf"(?:de|sobre) que (?:va|trata|habla|tratan|hablan|se trata) {THE}(?P<name>.+)",
            r"que (?:dicen?|contienen?|pone|hay|cuenta|explica)(?: (?:en|el|la|los|las|dentro de))* (?P<name>.+)",
            rf"(?:(?:cuales son|lista|muestra|dame|dime)(?: me)? )?(?:los |las )?(?:(?:puntos|ideas|aspectos|datos) (?:principales|mas importantes|clave|importantes)|principales (?:puntos|ideas|aspectos|conclusiones|decisiones)) {OF} (?P<name>.+)",
        ),
    },
    this_document=r"eso|esto|ello|el|ella|lo|(?:(?:este|ese|esta|esa|el|la|del|mi|tu|su|ultimo|mismo|unico|todo) )+(?:documento|archivo|fichero|pdf|texto)(?: (?:entero|completo|subido|mas reciente))?",
    all_documents=r"todo|(?:(?:todos|los|estos|esos|mis|tus|sus|nuestros|ambos|de) )+(?:documentos|archivos|ficheros|pdfs)",
    document_words={
        "mail": "correo email mail mensaje carta boletin circular",
        "sheet": "tabla hoja excel planilla",
        "slides": "diapositivas presentacion powerpoint",
        "manual": "manual guia instrucciones",
        "minutes": "acta actas",
        "meeting": "reunion asamblea junta",
        "policy": "politica",
        "rules": "reglamento reglas normas estatutos normativa",
        "contract": "contrato acuerdo convenio",
        "terms": "condiciones terminos",
        "calendar": "calendario cronograma horario agenda",
        "prices": "precios precio costes costos",
        "fees": "tasas tarifas tarifa cuotas",
        "report": "informe reporte",
        "notice": "aviso anuncio convocatoria comunicado",
        "invoice": "factura",
        "warranty": "garantia",
        "budget": "presupuesto",
        "grant": "beca subvencion",
        "recipe": "receta",
        "travel": "viajes viaje",
        "student": "alumno estudiante",
        "employee": "empleado trabajador",
    },
    months=tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
    date="{day} de {month} de {year}",
    duties=frozenset(
        """debe deben debera deberan obligatorio obligatoria prohibido prohibida permitido permitida nunca siempre solo
        unicamente plazo hasta maximo minimo cuesta coste costo precio tasa multa gratis gratuito derecho exige requiere
        necesario aprobado aprobada aprobo aumento decidio vigor inicio fin vence excluido limite dia dias semana semanas mes meses ano anos hora horas""".split()
    ),
    replies={
        "greeting": "¡Hola! {offer}",
        "courtesy": "Todo bien, gracias. {offer}",
        "thanks": "¡De nada! Si quiere saber más, solo tiene que preguntar.",
        "farewell": "¡Hasta pronto! Vuelva cuando quiera.",
        "agreement": "¡Muy bien! ¿Qué más quiere saber?",
        "identity": (
            "Soy un asistente que responde a preguntas a partir de sus documentos y muestra los fragmentos en los que se "
            "basan las respuestas. {offer}"
        ),
        "abilities": (
            "Respondo a preguntas a partir de sus documentos y muestro el fragmento en el que se basa cada respuesta. "
            "También puedo resumir, esquematizar o comparar documentos, y acortar, poner en forma de lista o traducir mi "
            "última respuesta. {offer}"
        ),
        "offer": "Puede preguntarme sobre {names}, por ejemplo: «{example}»",
        "example": "¿De qué trata {name}?",
        "ask_section": "¿Qué dice la sección «{title}»?",
        "empty": "Todavía no hay documentos. Suba algunos (POST /api/v1/documents) y después pregunte por ellos.",
        "empty_here": "No hay documentos en el ámbito al que se limita esta pregunta.",
        "reading": "Todavía se están leyendo otros {count} documentos.",
        "reading_one": "Todavía se está leyendo otro documento.",
        "list": "Tengo {count} documentos, del más nuevo al más antiguo:",
        "list_one": "Tengo un documento:",
        "count": "Hay {count} documentos: {names}.",
        "count_one": "Hay un documento: {names}.",
        "newest": "El documento más reciente es {name}, subido el {date}.",
        "uploaded": "{name} se subió el {date}.",
        "uploaded_version": "{name} se subió el {date} (versión {version}; la primera, el {first}).",
        "and": "y",
        "more": "{count} más",
        "or": "o",
        "about": "Estos documentos tienen algo sobre {topic}: {names}.",
        "about_none": "No encuentro ningún documento sobre {topic}. {offer}",
        "which": "¿A qué documento se refiere: {names}?",
        "gone": "Mi última respuesta se basaba en documentos que se han eliminado.",
        "nothing_before": "En esta conversación no hay ninguna respuesta mía que pueda cambiar. {offer}",
        "summary": "Los puntos principales de {name}:",
        "outline": "De qué trata {name}, por orden:",
        "compare": "{name}:",
        "compare_none": "En {name} no encuentro nada sobre esto.",
        "partial": "Solo he leído una parte de este documento: {read} de {total} secciones.",
        "table": "{name} es una tabla de {count} filas con las columnas {columns}. Las primeras filas:",
        "not_read": "No he leído {names}.",
        "no_text": "{name} no tiene frases que pueda resumir.",
        "more_to_say": "El documento también dice:",
        "nothing_more": "Los documentos no dicen nada más sobre esto.",
        "untranslated": "Lo que no se ha podido traducir con seguridad queda como estaba.",
        "suggestion": "Puedo responder a preguntas sobre {names}.",
    },
    tasks={
        "shorter": "Reescriba la respuesta en una frase corta. Conserve todos los números y nombres.",
        "bullets": "Reescriba la respuesta como lista. Escriba cada punto en su propia línea después de un guion.",
        "simpler": "Explique la respuesta con palabras sencillas. Conserve todos los números y nombres. No añada nada.",
        "translate": "Traduzca la respuesta a este idioma: {language}. Conserve todos los números y nombres. Escriba solo la traducción.",
    },
)
