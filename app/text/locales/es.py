"""Spanish."""

from __future__ import annotations

from app.text.dialogues.es import DIALOGUE
from app.text.fact_words import FactWords
from app.text.locale import Locale

NOT_FOUND = "Los documentos no contienen la respuesta a esta pregunta."

LOCALE = Locale(
    code="es",
    name="Spanish",
    function_words=frozenset(
        """a al aquí así aunque buenas buenos como con cual cuando cuanta cuanto cuál cuáles cuándo cuánta cuántas
        cuánto cuántos cómo de debe debo del desde donde días dónde el ella ellos en entonces era es esa ese eso esta
        este esto estos estoy está están favor fue fueron gracias ha hace hacer hago han hasta hay hola la las le les
        lo los me mi mis mucho muy más necesito no nos o para pero por porque puede pueden puedo que quien quiero
        quién quiénes qué se según ser si sin sobre son soy su sus sí también tardes tengo tiene tienen tu tus un una
        unas unos usted ustedes y ya yo él""".split()
    ),
    letters=frozenset("áéíñóú"),
    marks="¿¡",
    stop_words=frozenset(
        """al como con cómo cuál cuáles cuándo cuánto cuántos de del donde dónde el ella ellas ellos en era eran es esa
        ese eso esta este está están fue fueron ha han hay la las le les lo los muy más no o para pero por que qué quién
        quiénes se sin son su sus también un una unas unos y""".split()
    ),
    articles=frozenset("el la las los un una unas unos".split()),
    abbreviations=frozenset(
        """admón aprox avda cía dña dpto dr dra ee.uu etc excmo excma fdo gral ilmo ilma lic p.ej prov pta rte s.a s.l
        sr sra sres srta sta sto ud uds vd vds""".split()
    ),
    numbered_abbreviations=frozenset(
        """art arts cap caps fig figs fol n.º núm núms pág págs párr pp tel tfno tít vol vols""".split()
    ),
    units=frozenset("hr hrs min mins seg segs uds".split()),
    interjections=("ok", "bueno", "bien", "ah"),
    followup_openings=(
        *("y", "pero", "y qué tal", "y si", "por qué", "qué pasa con", "qué hay de"),
        *("él", "ella", "ellos", "ellas", "eso", "esto", "este", "esta", "ese", "esa"),
    ),
    followup_pronouns=(
        *("él", "ella", "ellos", "ellas", "eso", "esto", "ello", "aquello"),
        *("ese", "esa", "esos", "esas", "allí", "ahí"),
    ),
    followup_patterns=(r"\w{3}(?:ar|er|ir|ando|iendo)(?:l[oae]s?|sel[oa]s?)\b",),  # "cambiarlo", "dividiéndolas"
    instructions=(
        "Responda a la pregunta a partir de los fragmentos. Dé una respuesta completa; si los fragmentos no la "
        "contienen, dígalo."
    ),
    column_names=frozenset(
        """nombre nombres apellido apellidos título código número fecha hora horas día días mes año años semana
        trimestre trim semestre ciudad localidad país región distrito provincia calle dirección lugar oficina
        departamento equipo función cargo puesto categoría salario sueldo precio precios coste costo importe valor
        valores total suma cantidad unidad unidades tasa producto artículo descripción nota notas observaciones
        comentario situación tipo grupo clase correo teléfono móvil contacto pregunta respuesta proveedor cliente
        propietario autor responsable empresa organización edad sexo tamaño peso altura anchura longitud color
        modelo marca versión inicio fin duración plazo fuente porcentaje media población resultado puntos referencia
        asunto idioma moneda sala planta edificio estación salida llegada""".split()
    ),
    question_label="Pregunta",
    answer_label="Respuesta",
    quote_lead="El documento dice:",
    refusals={
        "no_documents": "Todavía no hay documentos en los que basar la respuesta. Suba primero alguno.",
        "not_ready": "Los documentos todavía se están leyendo. Vuelva a preguntar en un momento.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    otherwise="{file} dice otra cosa: «{quote}»",
    nearest="El fragmento más cercano está en {place}.",
    refusal_phrases=(
        (
            r"(?:fragmentos?|pasajes?|documentos?|textos?|contexto|informacion|fuentes?)\b.{0,40}\bno\b.{0,30}\b(?:"
            r"contien|dice|menciona|respond|inform|indica|especific|proporcion|ofrec|incluy|aparec|figura)"
        ),
        (
            r"\bno (?:se |es |esta |estan |hay |consta|puedo|podemos|encuentro|he podido|es posible|figura|aparece)"
            r"\b.{0,30}\b(?:menciona|indica|especific|respond|respuesta|encontr|encuentra|"
            r"en (?:los|el) (?:fragmento|documento|texto))"
        ),
        r"^no (?:puedo|es posible|se puede) (?:responder|contestar|encontrar|determinar)",
    ),
    apologies=("lo siento", "lo lamento", "lamentablemente", "desafortunadamente", "disculpe", "perdon"),
    injections=(
        r"\b(ignor|olvid|descart|desatiend)\w*\b.{0,40}\b(instrucci|reglas|indicaci)",
        r"\b(aviso|mensaje|instrucción|prompt) del? sistema\b",
        r"^\W*(asistente|sistema|usuario)\s*:",
        r"\b(querid[oa]|estimad[oa])\s+(asistente|assistant|ai|ia)\b",
        (
            r"^\W*(\w+ ?\w*:\s*)?(por favor,? )?(responda|responde|conteste|contesta|termine|termina)\s+"
            r"(solo|sólo|solamente|únicamente|siempre|a cualquier|a todas|en (español|inglés|json)|cada respuesta)\b"
        ),
        r"\b(diga|di|afirme|afirma)\b.{0,20}\b(no puede|no puedes|no sabe|no sabes)\b",
    ),
    cloze_question='¿Qué palabras faltan aquí?: "{}"',
    not_units=("los", "las", "del", "que", "con", "por", "para", "hasta", "sin"),
    name_particles=("de", "de la", "de las", "de los", "del"),
    facts=FactWords(
        months=(
            *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre setiembre"),
            *("octubre", "noviembre", "diciembre"),
        ),
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado sábados", "domingo domingos"),
        date_joints="de del",
        numbers={
            "un": 1,
            "una": 1,
            "dos": 2,
            "tres": 3,
            "cuatro": 4,
            "cinco": 5,
            "seis": 6,
            "siete": 7,
            "ocho": 8,
            "nueve": 9,
            "diez": 10,
            "doce": 12,
            "quince": 15,
            "veinte": 20,
            "treinta": 30,
            "cuarenta": 40,
            "cincuenta": 50,
            "cien": 100,
            "mil": 1000,
        },
        number_joint="y",
        ordinals="primer segundo tercer cuarto quinto sexto séptimo octavo noveno décimo",
        units={
            "eur": "euro euros",
            "usd": "dólar dólares",
            "gbp": "libra libras",
            "cent": "céntimo céntimos",
            "min": "minuto minutos",
            "h": "hora horas",
            "day": "día días",
            "week": "semana semanas",
            "month": "mes meses",
            "year": "año años edad",
            "s": "segundos",
            "°": "grado grados",
            "m": "metro metros",
            "km": "kilómetro kilómetros",
            "cm": "centímetro centímetros",
            "g": "gramo gramos",
            "kg": "kilo kilos",
            "l": "litro litros",
            "night": "noche noches",
            "piece": "pieza piezas",
            "person": "persona personas",
            "time": "veces",
        },
        range_joints="a hasta y o",
        noon={"mediodía": "12:00", "medianoche": "00:00"},
        negations="no nunca jamás ni nadie nada ningún ninguno ninguna tampoco",
        opposites=(
            r"prohibid[oa]s?",
            r"prohíbe",
            r"cerrad[oa]s?",
            r"excluid[oa]s?",
            r"excepto",
            r"salvo",
            r"imposible",
        ),
        neutral=(r"no más (?:de|tarde)", r"no menos de", r"no s[oó]lo"),
        clause_openings="pero sino aunque excepto salvo mientras",
        clause_joints="y o",
        verbs="puede pueden debe deben es son está están tiene tienen no hay será",
        yes="sí si",
        no="no",
        only="solo sólo solamente únicamente",
        permissions="puede pueden puedes permitido permitida posible",
        obligations=(r"tengo que", r"debo", r"necesit\w+", r"hay que", r"hace falta"),
        most=(r"hasta", r"como máximo", r"máximo(?: de)?", r"menos de", r"menores de", r"antes de"),
        least=(r"al menos", r"por lo menos", r"mínimo(?: de)?", r"más de", r"a partir de", r"desde", r"mayores de"),
        before="antes",
        least_after=(r"o más",),
        asking="""cuánto cuánta cuántos cuántas cuesta cuestan precio pago pagar tengo tiene tener hago hacer puedo
        puede hay dura tarda necesito debo quiero algo favor""",
    ),
    dialogue=DIALOGUE,
)
