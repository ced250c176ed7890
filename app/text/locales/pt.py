"""Portuguese."""

from __future__ import annotations

from app.text.dialogues.pt import DIALOGUE
from app.text.fact_words import FactWords
from app.text.locale import Locale

NOT_FOUND = "Os documentos não contêm a resposta a esta pergunta."

LOCALE = Locale(
    code="pt",
    name="Portuguese",
    function_words=frozenset(
        """a ainda ao aos aqui as até boa bom cada com como da das de depois desde desta deste devo dia do dos e ela
        elas ele eles em entre era essa esse esta estar este estou está estão eu favor faz fazer faço fica ficam foi
        foram há isso isto já lá mais mas me meu meus mim minha minhas muito na nas nem no noite nos nossa nosso num
        numa não nós o obrigada obrigado oi olá onde os ou para pela pelas pelo pelos pode podem por porque posso pra
        precisa preciso quais qual quando quanta quantas quanto quantos que quem quero se sem ser seu seus sim sob
        sobre sou sua suas são só também tarde tchau te tem tenho ter têm um uma umas uns vai valeu você vocês vou à
        às é""".split()
    ),
    letters=frozenset("ãõçáéíóúâêôà"),
    stop_words=frozenset(
        """ao aos com como da das de dos e em essa esse esta este eu foi foram mais na nas no nos o onde os ou para
        pela pelas pelo pelos por qual quais quando quanto quantos que quem se sem ser seu sua são um uma é""".split()
    ),
    articles=frozenset("o a os as um uma uns umas".split()),
    snowball="portuguese",
    stemming_order=10,
    endings=((r"(?<=\w)(ões|ães)$", "ão"),),  # "funções" is "função", "pães" is "pão"
    abbreviations=frozenset(
        """a av c cf cia d dra drs e esp etc ex exa exmo exma g h i inciso ltda obs op profa q r s sra srs sta sto t
        tb trad u v y""".split()
    ),
    numbered_abbreviations=frozenset("art arts cap fl fls inc n n.º no nos nº p par pág págs séc tel".split()),
    units=frozenset("hs min seg".split()),
    interjections=("ok", "bom", "bem", "ah", "então"),
    followup_openings=(
        *("e", "mas", "e quanto", "e sobre", "por que", "por quê"),
        *("ele", "ela", "isso", "eles", "elas", "este", "esta"),
    ),
    followup_pronouns=(
        *("dele", "dela", "deles", "delas", "disso", "nisso", "isso"),
        *("ele", "ela", "nele", "nela", "lá"),
    ),
    followup_patterns=(r"\w-[oa]s?\b", r"\w-l[oa]s?\b"),  # "dividi-las"
    instructions=(
        "Responda à pergunta com base nos trechos. Dê uma resposta completa; se os trechos não a contiverem, diga isso."
    ),
    column_names=frozenset(
        """nome nomes apelido título código número data hora horas dia dias mês ano anos semana trimestre trim semestre
        cidade localidade país região distrito concelho município estado rua morada endereço lugar local serviço
        departamento setor equipa equipe função cargo categoria salário vencimento preço preços custo custos valor
        valores montante total soma quantidade unidade unidades taxa produto artigo descrição nota notas observação
        observações comentário situação tipo grupo classe telefone telemóvel contacto contato pergunta resposta
        fornecedor cliente proprietário autor responsável empresa organização idade sexo género tamanho peso altura
        largura comprimento cor modelo marca versão início fim duração prazo fonte percentagem média população
        resultado pontos referência assunto língua moeda sala piso edifício estação partida chegada""".split()
    ),
    question_label="Pergunta",
    answer_label="Resposta",
    quote_lead="O documento diz:",
    refusals={
        "no_documents": "Ainda não há documentos em que basear a resposta. Envie alguns primeiro.",
        "not_ready": "Os documentos ainda estão a ser lidos. Volte a perguntar daqui a pouco.",
        "nothing_relevant": NOT_FOUND,
        "unsupported": NOT_FOUND,
    },
    otherwise="{file} diz outra coisa: “{quote}”",
    nearest="O trecho mais próximo está em {place}.",
    refusal_phrases=(
        (
            r"(?:trechos?|documentos?|textos?|contexto|informac\w+)\b.{0,40}\bnao\b.{0,30}\b(?:contem|diz|dizem|menciona|"
            r"respond|inform|traz|especific|fornec)"
        ),
        (
            r"\bnao (?:e|foi|esta|ha|consta|consigo|posso|e possivel)\b.{0,30}\b(?:mencionad|informad|especificad|"
            r"respond|encontra|resposta|nos (?:trechos|documentos)|no (?:texto|trecho|documento))"
        ),
    ),
    apologies=("desculpe", "lamento", "sinto muito", "infelizmente"),
    injections=(
        r"\b(ignor|desconsider|esque[cç])\w*\b.{0,40}\b(instruç|regras|orientaç)",
        r"\b(aviso|mensagem|instrução) do sistema\b",
        r"^\W*(assistente|sistema)\s*:",
        r"\b(caro|cara)\s+(assistant|assistente|ai|ia)\b",
        r"^\W*(\w+ ?\w*:\s*)?(por favor,? )?(responda|termine)\s+(apenas|somente|só|sempre|a qualquer|em|com|a sua)\b",
        r"\b(diga|afirme)\b.{0,20}\b(não pode|não sabe)\b",
    ),
    cloze_question='Que palavras faltam aqui: "{}"',
    not_units=("dos", "das", "que", "com", "por", "para", "até", "nos", "nas"),
    name_particles=("da", "das", "de", "des", "do", "dos"),
    facts=FactWords(
        months=(
            *(
                "janeiro jan",
                "fevereiro fev",
                "março mar",
                "abril abr",
                "maio mai",
                "junho jun",
                "julho jul",
                "agosto ago",
            ),
            *("setembro set", "outubro out", "novembro nov", "dezembro dez"),
        ),
        weekdays=(
            *("segunda segunda-feira segundas segundas-feiras", "terça terça-feira terças terças-feiras"),
            *("quarta quarta-feira quartas quartas-feiras", "quinta quinta-feira quintas quintas-feiras"),
            *("sexta sexta-feira sextas sextas-feiras", "sábado sábados", "domingo domingos"),
        ),
        date_joints="de",
        numbers={
            **dict(zip("um dois três quatro cinco seis sete oito nove dez".split(), range(1, 11), strict=True)),
            **dict(zip("onze doze treze catorze quinze".split(), range(11, 16), strict=True)),
            **dict(zip("dezesseis dezessete dezoito dezenove".split(), range(16, 20), strict=True)),
            **dict(zip("vinte trinta quarenta cinquenta".split(), range(20, 60, 10), strict=True)),
            **dict(zip("sessenta setenta oitenta noventa".split(), range(60, 100, 10), strict=True)),
            "uma": 1,
            "duas": 2,
            "quatorze": 14,
            "dezasseis": 16,
            "dezassete": 17,
            "dezanove": 19,
            "cem": 100,
            "mil": 1000,
            "dúzia": 12,
        },
        number_joint="e",
        ordinals="primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
        units={
            "eur": "euro euros",
            "usd": "dólar dólares",
            "gbp": "libra libras",
            "brl": "real reais",
            "cent": "cêntimo cêntimos centavo centavos",
            "min": "minuto minutos",
            "h": "hora horas hs",
            "day": "dia dias",
            "week": "semana semanas",
            "month": "mês meses",
            "year": "ano anos idade",
            "s": "segundos",
            "%": "porcento",
            "°": "grau graus",
            "m": "metro metros",
            "km": "quilômetro quilômetros quilómetros",
            "cm": "centímetro centímetros",
            "g": "grama gramas",
            "kg": "quilo quilos quilograma quilogramas",
            "l": "litro litros",
            "v": "volts",
            "w": "watts",
            "night": "noite noites",
            "piece": "peça peças unidades",
            "person": "pessoa pessoas",
            "time": "vezes",
        },
        range_joints="a até e ou às",
        noon={"meio-dia": "12:00", "meia-noite": "00:00"},
        negations="não nunca jamais nem ninguém nada nenhum nenhuma nao",
        opposites=(
            *(
                r"proibid[oa]s?",
                r"proíbe",
                r"vedad[oa]s?",
                r"fechad[oa]s?",
                r"encerrad[oa]s?",
                r"fecham? (?:aos?|às?|nos?|nas?)(?! \d)",
            ),
            *(r"exceto", r"salvo", r"excluíd[oa]s?", r"impossível", r"indisponível", r"inválid[oa]s?", r"negad[oa]s?"),
            *(r"recusad[oa]s?", r"ficam? de fora"),
        ),
        neutral=(r"não (?:mais|menos) d[eo]s?", r"nada mais que"),
        clause_openings="mas porém contudo entretanto embora exceto salvo enquanto senão caso",
        clause_joints="e ou",
        verbs="""pode podem deve devem é são está estão foi foram tem têm não precisa precisam será serão há fica ficam
        podes deves""",
        yes="sim",
        no="não",
        only="só somente apenas",
        permissions="pode podem podes permitido permitida permitidos permitidas possível",
        obligations=(
            r"precis[ao]",
            r"devo",
            r"deve",
            r"tenho (?:de|que)",
            r"tem (?:de|que|q)",
            r"é preciso",
            r"obrigad[oa]",
        ),
        most=(
            *(r"até(?: [oa]s?)?", r"no máximo", r"máxim[oa](?: \w+){0,2}", r"menos de", r"menores de", r"abaixo de"),
            *(r"antes d[aeo]s?", r"limite de", r"dentro de"),
        ),
        least=(
            *(r"pelo menos", r"no mínimo", r"mínim[oa](?: \w+){0,2}", r"a partir d[aeo]s?", r"mais de", r"acima de"),
            *(r"depois d[aeo]s?", r"maiores de", r"bastam?", r"após"),
        ),
        before="antes",
        least_after=(r"(?:\w+ )?ou mais", r"(?:\w+ )?bastam"),
        asking="""quanto quantos quanta quantas custa custam preço pago paga pagar tenho tem ter faço fazer fica preciso
        precisa posso pode podemos é dá levar leva há acontece vale ok agora quero gostaria onde quem até favor algum
        alguma""",
    ),
    dialogue=DIALOGUE,
)
