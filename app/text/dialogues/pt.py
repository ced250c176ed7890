"""How people speak Portuguese to the service, and what it says to them."""

from __future__ import annotations

from app.text.dialogue import Dialogue

DOCS = r"(?:documentos?|docs?|arquivos?|ficheiros?|pdfs?|fontes?)"
YOU = r"(?:voce|vc|voces|vcs|tu|eu|a gente|nos)"
HELD = r"(?: (?:tem|tens|tenho|temos|ha|existem|conhece|possui|le|enviei|enviamos|carreguei|carregados?|disponiveis|ai|aqui|guardados?|enviados?|acesso|ja|no sistema|na base))*"
ANSWER = r"(?: (?:isso|isto|a|tua|sua|essa|esta|ultima|resposta|anterior))*"
ABOUT = r"(?:sobre|acerca de|a respeito de|quanto a|em relacao a)"
SUMMARY = r"(?:resumo|resuminho|sintese|visao geral|resumao|panorama|apanhado)"
TOPICS = r"(?:topicos|capitulos|secoes|seccoes|titulos|indice|sumario|estrutura|assuntos|temas|conteudo)"
OF = r"(?:d[oae]s?|n[oa]s?|em|para [oa]s?|sobre [oa]s?)"
DO = r"(?:faz|faca|faz me|de|da|me de|me da|mostra|mostre|escreve|escreva|quero|queria|preciso de|gera|gere|manda|envia|fazer|dar)"

DIALOGUE = Dialogue(
    openers=r"por favor|pfv|pf|favor|ola|oi|ok|entao|agora|e|ai|bem|bom|tambem|desculpe?|desculpa|obrigad[oa]|valeu|me diz(?:er)?|me diga|diga(?: me)?|diz me|so|(?:voce |vc |tu )?(?:pode|podes|poderia|podia|podias|consegue|consegues|conseguiria)(?: me)?|da para|da pra|(?:eu )?(?:quero|queria|gostaria)(?: de)?(?: que (?:voce|vc))?|preciso que (?:voce|vc)|sera que (?:voce|vc)?",
    closers=(
        r"por favor|pfv|pf|pls|para mim|pra mim|para nos|pra gente|obrigad[oa]|valeu|agora|se (?:puder|der|possivel)|ai|"
        r"entao|no momento|atualmente|rapidinho|ok|pra eu ler|se faz favor|brevemente|resumidamente|em resumo|"
        r"em palavras simples|em (?:(?:poucas|poucos|algumas|alguns|umas|uns|uma|um|duas|dois|tres|quatro|cinco|seis|dez|\d+) )+"
        r"(?:linhas?|frases?|palavras|pontos?|topicos?|paragrafos?)"
    ),
    small_talk={
        "greeting": r"oi+e?|ola|opa|e ai|eai|alo|salve|fala|bom dia|boa (?:tarde|noite)|bons dias|boas",
        "courtesy": r"tudo (?:bem|bom|certo|joia|ok|tranquilo)|como (?:vai|vais|esta|estas|voce esta|vc esta|vao as coisas)|como (?:e que )?(?:voce|vc|tu) (?:esta|vai|ta)|td bem|tdb|beleza|blz|como passou|que tal|prazer(?: em (?:te )?conhece(?:r|lo|la))?|como foi (?:o )?(?:seu )?dia|tem alguem ai",
        "thanks": r"obrigad(?:o|a|ao|inho|inha)|muit[oa] obrigad[oa]|brigad(?:o|a|ao)|obg|obgd?|valeu|vlw|vlew|agradeco|agradecid[oa]|grat[oa]|ajudou|ajudaste",
        "farewell": r"tchau(?: tchau)?|xau|adeus|ate (?:logo|mais|amanha|breve|a proxima|ja|depois)|ate|flw|falou|tenha um(?:a)? (?:bom|boa|otimo|otima) (?:dia|tarde|noite|semana)|fui|abracos?|bjs?|beijos?",
        "agreement": r"ok(?:ay)?|otimo|perfeito|legal|show(?: de bola)?|bacana|entendi|certo|ta bom|esta bem|ta certo|combinado|excelente|maravilha|massa|fixe|boa|percebi|compreendi|claro|k{1,2}|(?:ha)+|(?:rs)+|era (?:so )?isso|e (?:so )?isso|nao obrigad[oa]|top",
        "identity": r"quem (?:e|es) (?:voce|vc|tu)|(?:o )?que (?:e|es) (?:voce|vc|tu)|voce e quem|vc e quem|quem es|quem (?:te |lhe )?(?:criou|fez|desenvolveu)(?: (?:voce|vc))?|se apresent[ea]|apresenta te|(?:qual (?:e )?(?:o )?)?(?:seu|teu) nome|como (?:voce|vc) se chama|como te chamas|voce tem nome|(?:voce|vc|tu)? ?(?:e|es) (?:um |uma )?(?:robo|bot|humano|pessoa|ia|maquina|gente|chatbot|inteligencia artificial)|(?:com )?quem (?:eu )?(?:estou )?falando|com quem (?:eu )?(?:estou )?falo",
    },
    social_words=frozenset(
        """a agora ai ajuda ajudando ajudar amiga amigo anjo apoio assistente atencao bem boa bom caro clara claro com
        como da das de demais deu dia do dos e ela ele era esclareceu esclarecimento essa esse esta estas excelente
        explicacao fico ficou foi genio gente gentil hoje incrivel informacao informacoes isso ja la legal lindo mais
        maravilhoso me melhor mesmo mim muita muito nada noite nos o obrigada obrigado otima otimo para pela pelas
        pelo pessoal por pra que querido rapido resposta respostas salvou senhor senhora ser seu show sim so sua suas
        tambem tarde te todas todos tu tua turma um uma util valeu vc vcs vida voce voces""".split()
    ),
    collection={
        "abilities": (
            r"(?:o )?q(?:ue)? (?:e que )?(?:voce|vc|tu)(?: (?:e|es))? ?(?:faz|fazes|sabe(?: fazer)?|pode(?: fazer)?|podes fazer|consegue(?: fazer)?|responde|capaz de fazer)(?: por mim| aqui)?",
            r"(?:com|em) (?:o )?q(?:ue)? (?:e que )?(?:voce|vc|tu) (?:(?:pode|podes|consegue|poderia) )?(?:me |nos )?(?:ajuda|ajudar)(?: me)?(?: aqui)?",
            r"como (?:e que )?(?:voce|vc|tu) (?:(?:pode|podes|consegue|poderia) )?(?:me |nos )?(?:ajuda|ajudar|funciona)(?: me)?(?: aqui)?",
            r"(?:o )?q(?:ue)? (?:e que )?(?:eu )?posso (?:te |lhe )?(?:perguntar|pedir|fazer)(?: (?:a|para|pra) (?:voce|vc|ti))?(?: aqui)?",
            r"(?:o )?q(?:ue)? da (?:para|pra) (?:perguntar|fazer|saber)(?: (?:aqui|com (?:voce|vc)))?",
            r"que perguntas (?:eu )?(?:posso|voce|vc) (?:fazer|responde|sabe responder)|exemplos de perguntas",
            r"ajuda|(?:me )?ajude?(?: me)?|ajudar|para que (?:(?:voce|vc) serve|serves)|(?:voce|vc) serve (?:para|pra) que",
            r"(?:quais (?:sao )?)?(?:as )?(?:suas|tuas) (?:funcoes|capacidades|funcionalidades|habilidades)",
            r"como (?:e que )?(?:isso|isto|esse chat|este chat|esse assistente|o chat|o assistente) funciona|como funciona (?:isso|isto|esse chat|este chat|o chat|o assistente)",
        ),
        "list": (
            rf"(?:(?:quais|que|qual)(?: (?:sao|e))?(?: os| as| o)?|(?:que|quais) tipos de) (?:seus |teus |meus )?{DOCS}(?: que)?(?: (?:e que )?{YOU})?{HELD}",
            rf"(?:me )?(?:list[ae]r?|mostr[ae]r?|exib[ae]|de|da|diz|diga|nome[ie]|enumer[ae]|ver|cite)(?: me)?(?: (?:uma |a )?lista (?:de |com |dos ))?(?: (?:todos|os|meus|seus|teus|nossos|de))* ?{DOCS}(?: que)?(?: {YOU})?{HELD}",
            rf"(?:a |uma )?lista (?:de |dos )(?:meus |seus |todos os )?{DOCS}|(?:os )?(?:meus|seus|teus|nossos) {DOCS}",
            rf"(?:voce|vc|tu) (?:tem|tens|conhece)(?: acesso)? (?:a )?(?:quais|que) {DOCS}{HELD}",
            r"(?:o )?que (?:ha|tem|existe|esta) (?:na|no|em) (?:minha |sua |tua |nossa )?(?:colecao|base|biblioteca|acervo|sistema)(?: de (?:dados|conhecimento|documentos))?",
        ),
        "count": (
            rf"(?:quantos|qual (?:e )?(?:o )?(?:numero|total) de) {DOCS}(?: (?:e que )?{YOU})?{HELD}",
            rf"quantos {DOCS} (?:estao|foram|sao) (?:ai|aqui|carregados|enviados|disponiveis|guardados|no sistema)",
            rf"(?:voce|vc|tu) (?:tem|tens) quantos {DOCS}",
        ),
        "newest": (
            rf"(?:(?:qual|quais)(?: (?:e|foi|sao|foram))? )?(?:[oa]s? )?(?:(?:ultim[oa]s?|mais recentes?|mais nov[oa]s?) {DOCS}|{DOCS} (?:mais recentes?|mais nov[oa]s?))(?: (?:enviados?|carregados?|adicionados?))?",
            r"(?:o )?que foi (?:enviado|carregado|adicionado) (?:por ultimo|recentemente)",
        ),
        "uploaded": (
            r"(?:quando|em que (?:dia|data)) (?:e que )?(?:[oa]s? )?(?P<name>.+?) (?:foi|foram) (?:enviad|carregad|adicionad|importad|incluid|colocad)[oa]s?",
            r"(?:quando|em que (?:dia|data)) (?:e que )?(?:foi|foram) (?:enviad|carregad|adicionad|importad|incluid|colocad)[oa]s? (?P<name>.+)",
            r"quando (?:e que )?(?:eu|a gente|nos|voce|vc|alguem)? ?(?:enviei|enviamos|enviou|carreguei|carregamos|carregou|adicionei|subi|subimos) (?P<name>.+)",
            r"(?:qual (?:e )?)?(?:a )?data (?:de|do) (?:envio|upload|carregamento) (?:d[oae]s? )?(?P<name>.+)",
        ),
        "about": (
            rf"(?:(?:voce|vc|tu|a gente|voces) )?(?:tem|tens|temos|ha|existe|existem|tenho)(?: algum| alguns| um| uns| mais)? {DOCS} (?:sobre|que (?:fal[ae]m?|trat[ae]m?|mencion[ae]m?)(?: d[eoa]s?| sobre)?|acerca d[eoa]s?|a respeito d[eoa]s?|relacionados? a) (?P<topic>.+)",
            rf"(?:qual|quais|que|encontr[ae]|mostr[ae]|list[ae])(?: sao| e| os| todos| o)* {DOCS} (?:sobre|(?:que )?(?:fal[ae]m?|trat[ae]m?|mencion[ae]m?)(?: d[eoa]s?| sobre)?) (?P<topic>.+)",
        ),
    },
    previous_answer={
        "shorter": (
            r"(?:(?:faz|faca|deixa|deixe|torna|resposta|uma versao|versao|responda|responde|escreve|diz)(?: isso| ela)? )?(?:um pouco |bem |muito |ainda )?(?:mais )?(?:curt[oa]|curtinh[oa]|breve|concis[oa]|resumid[oa]|brevemente|sucint[oa]|enxut[oa])",
            r"(?:muito|ficou|esta|ta|ficou muito|e muito) (?:muito )?(?:longo|longa|grande|comprid[oa])|(?:(?:diz|diga|fala|fale|escreve|escreva|resum[ae])(?: isso| isto)? )?(?:numa|em uma|em uma so|numa so|em duas|em poucas) (?:frase|palavra|linha)s?",
            rf"(?:resum[ae]|resumir|encurt[ae]|encurtar|sintetiz[ae]|abrevi[ae])(?: me)?{ANSWER}|em resumo|resumindo|em poucas palavras|seja breve",
        ),
        "bullets": (
            r"(?:(?:faz|faca|coloca|coloque|poe|escreve|escreva|mostra|mostre|me da|me de|de|da|quero|transforma|transforme|responda|formata|formate|organiza|organize|passa|passe)(?: me)?(?: isso| ela| a resposta)? )?(?:em|como|numa|com|por|para|na forma de|em forma de|no formato de)? ?(?:uma |um )?(?:lista|listas|topicos|itens|bullets?|marcadores|pontos|lista com marcadores|lista numerada|topico)",
            r"list[ae](?: isso| os itens| tudo)?",
        ),
        "simpler": (
            r"(?:(?:explica|explique|diz|diga|fala|fale|escreve|escreva|me explica|me explique)(?: me)?(?: isso| isto| melhor| ai)? )?(?:de (?:um )?(?:modo|jeito|forma|maneira) )?(?:(?:mais|bem) )(?:simples|simplesmente|facil|claro|clara|simplificad[oa]|devagar)",
            r"(?:(?:explica|explique|diz|diga|me explica|me explique)(?: me)?(?: isso| isto)? )?(?:em|com|por) (?:palavras (?:simples|mais simples)|outras palavras|linguagem (?:simples|clara|facil))",
            r"(?:eu )?nao (?:entendi|percebi|compreendi)(?: nada| direito| bem| isso| a resposta)?|simplific(?:a|ar|que)(?: isso)?",
            r"(?:me )?(?:explica|explique)(?: me)?(?: isso| isto| melhor| de novo| outra vez)?(?: como se eu (?:tivesse|fosse).+)?|(?:o )?que (?:isso|voce|vc|isto) (?:quer|quis) dizer(?: com isso)?",
        ),
        "longer": (
            r"(?:(?:me )?(?:da|de|diz|diga|fala|fale|conta|conte|quero|quero saber|preciso de) )?(?:um pouco )?(?:mais )(?:detalhes|informacoes|info|detalhad[oa]|longo|longa|complet[oa]|sobre isso|detalhadamente|a respeito)",
            r"(?:me )?(?:fala|fale|conta|conte|diz|diga) mais(?: sobre isso)?|detalh[ae](?: melhor| mais| isso)?|continu[ae]|(?:o )?que mais|mais alguma coisa|aprofund[ae]|mais",
        ),
        "repeat": (
            r"rep(?:ete|ita|etir|ite)(?: isso| a resposta| o que (?:voce|vc) disse| a ultima resposta)?|de novo|outra vez|mais uma vez|novamente",
            r"(?:o )?que (?:e que )?(?:voce|vc|tu) (?:disse|falou|disseste)|como(?: e)?(?: disse| assim)?|fala de novo|diz de novo|diga novamente",
        ),
        "translate": (
            r"(?:(?:diz|diga|repete|repita|escreve|escreva|da|de|coloca|passa|passe|poe|responde|responda|mostra|mostre|traduz|traduza|traduzir|explica|explique|fala|fale|traduzid[oa]|quero|agora)(?: me)?(?: isso| isto| a resposta| a ultima resposta| tudo| ela)?(?: de novo)? )?(?:em|para o?|pro|pra|no) LANGUAGE",
            r"(?:a )?(?:versao|traducao) (?:em|para o?) LANGUAGE|como (?:e que )?(?:se diz|fica|e|seria) (?:isso|isto)? ?em LANGUAGE|LANGUAGE",
            r"(?:o mesmo|a mesma coisa) em LANGUAGE|(?:eu )?(?:so )?(?:falo|entendo|leio) LANGUAGE",
        ),
    },
    languages={
        "en": "ingles",
        "pt": "portugues|portugues do brasil",
        "es": "espanhol|castelhano",
        "fr": "frances",
        "de": "alemao",
        "it": "italiano",
        "nl": "holandes",
        "pl": "polones|polaco",
        "sv": "sueco",
        "ja": "japones",
        "zh": "chines|mandarim",
        "ko": "coreano",
        "ru": "russo",
        "ar": "arabe",
        "tr": "turco",
        "uk": "ucraniano",
        "cs": "tcheco",
        "hi": "hindi",
        "vi": "vietnamita",
    },
    document={
        "compare": (
            rf"(?:compar[ae]|comparar|faz uma comparacao entre|comparacao entre) (?:[oa]s? )?(?P<one>.+?) (?:e|com|ao|a) (?:[oa]s? )?(?P<two>.+?)(?: {ABOUT} (?P<topic>.+))?",
            rf"(?:(?:qual|quais)(?: (?:e|sao))? )?(?:as? )?(?:principais )?diferencas? entre (?:[oa]s? )?(?P<one>.+?) e (?:[oa]s? )?(?P<two>.+?)(?: {ABOUT} (?P<topic>.+))?",
            r"(?:em )?(?:o )?que (?:difere|diferem|muda entre|e diferente entre) (?:[oa]s? )?(?P<one>.+?) (?:e|de|d[oa]s?) (?:[oa]s? )?(?P<two>.+)",
            rf"(?:o )?que (?:e que )?(?:[oa]s? )?(?P<one>.+?) e (?:[oa]s? )?(?P<two>.+?) (?:cada um )?(?:dizem|diz|falam|trazem) {ABOUT} (?P<topic>.+)",
            rf"(?:o )?que (?:dizem|diz|falam) (?:[oa]s? )?(?P<one>.+?) e (?:[oa]s? )?(?P<two>.+?) {ABOUT} (?P<topic>.+)",
        ),
        "outline": (
            rf"(?:(?:list[ae]|mostr[ae]|quais (?:sao )?|de|da|me da|me de|diga|faca|faz)(?: me)? ?)?(?:os |as |o |a |um |uma |todos os )*{TOPICS}(?: tratados| abordados| principais)? {OF} (?P<name>.+)",
            rf"(?:quais|que) (?:sao )?(?:os |as )?{TOPICS} (?:(?:tem|ha|estao|existem|sao tratados|sao abordados) )?(?:n[oa]s?|em|d[oa]s?) (?P<name>.+)",
            rf"(?:quais|que) {TOPICS} (?:tem |ha )?(?:[oa]s? )?(?P<name>.+?) (?:aborda|trata|cobre|tem|contem|traz)",
            r"como (?:esta|e) (?:organizad|estruturad)[oa] (?P<name>.+)|como (?P<name2>.+?) (?:esta|e) (?:organizad|estruturad)[oa]",
        ),
        "summary": (
            r"(?:resum[aeo]|resumir|sintetiz[ae]|sintetizar)(?: me)? (?P<name>.+)",
            rf"(?:{DO}(?: me)? )?(?:um |o |uma |a )?(?:(?:breve|pequen[oa]|rapid[oa]|bom) )?{SUMMARY}(?: (?:geral|rapid[oa]|breve|curt[oa]|completo))? {OF} (?P<name>.+)",
            r"(?:sobre|de|do) (?:o )?que (?:e que )?(?:(?:e|fala|falam|trata|tratam|se trata) )?(?P<name>.+?)(?: (?:fala|falam|trata|tratam|se trata|e))?",
            r"(?:o )?que (?:e que )?(?:diz|dizem|fala|contem|traz|consta|tem) (?:n[oa]s? |em )?(?P<name>.+)",
            r"(?:o )?que (?:e que )?(?P<name>(?:[oa]s? ).+?) (?:diz|dizem|fala|falam|contem|traz|tem)",
            rf"(?:(?:quais (?:sao )?|list[ae]|mostr[ae]|de|da)(?: me)? ?)?(?:os )?(?:pontos (?:principais|mais importantes|chave|importantes)|principais (?:pontos|ideias|informacoes|topicos|decisoes)) {OF} (?P<name>.+)",
        ),
    },
    this_document=r"isso|isto|ele|ela|el[ea]s|d?(?:[oae]s?|n[oa])? ?(?:(?:este|esse|esta|essa|deste|desse|neste|nesse|meu|seu|ultimo|unico|o|do|no) )?(?:documento|arquivo|ficheiro|pdf|texto)(?: (?:todo|inteiro|enviado|mais recente))?",
    all_documents=r"tudo|(?:(?:todos|os|d?estes|d?esses|meus|seus|ambos|dos|nos) )+(?:documentos|arquivos|ficheiros|pdfs)",
    document_words={
        "mail": "email mail mensagem correio carta boletim",
        "sheet": "planilha tabela folha excel",
        "slides": "slides apresentacao powerpoint",
        "manual": "manual guia cartilha instrucoes",
        "minutes": "ata acta",
        "meeting": "reuniao assembleia",
        "policy": "politica",
        "rules": "regulamento regimento regras normas",
        "contract": "contrato acordo",
        "terms": "termos condicoes termo",
        "calendar": "calendario cronograma horario agenda",
        "prices": "precos preco custos",
        "fees": "taxas taxa tarifas",
        "report": "relatorio",
        "notice": "edital aviso comunicado",
        "invoice": "fatura",
        "warranty": "garantia",
        "budget": "orcamento",
        "grant": "bolsa",
        "recipe": "receita",
        "travel": "viagens viagem",
        "student": "aluno estudante",
        "employee": "funcionario empregado",
    },
    months=tuple("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()),
    date="{day} de {month} de {year}",
    duties=frozenset(
        """deve devem devera deverao obrigatorio obrigatoria proibido proibida vedado vedada permitido permitida nunca
        sempre somente apenas prazo ate maximo minimo custa custo valor taxa multa gratuito direito exigido exige
        necessario aprovado aprovada aprovou reajuste decidiu vigor dia dias semana semanas mes meses ano anos hora horas inicio fim vence excluido limite""".split()
    ),
    replies={
        "greeting": "Olá! {offer}",
        "courtesy": "Tudo bem, obrigado! {offer}",
        "thanks": "De nada! É só perguntar se quiser saber mais.",
        "farewell": "Até logo! Volte quando quiser.",
        "agreement": "Que bom! O que mais quer saber?",
        "identity": (
            "Sou um assistente que responde a perguntas a partir dos seus documentos e mostra os trechos em que as "
            "respostas se baseiam. {offer}"
        ),
        "abilities": (
            "Respondo a perguntas a partir dos seus documentos e mostro o trecho em que cada resposta se baseia. Também "
            "posso resumir, listar os tópicos ou comparar documentos, e encurtar, listar ou traduzir a última resposta. "
            "{offer}"
        ),
        "offer": "Você pode me perguntar sobre {names}, por exemplo: “{example}”",
        "example": "Do que trata {name}?",
        "ask_section": "O que diz a seção “{title}”?",
        "empty": "Ainda não há documentos. Envie alguns (POST /api/v1/documents) e depois pergunte sobre eles.",
        "empty_here": "Não há documentos naquilo a que esta pergunta se restringe.",
        "reading": "Mais {count} documentos ainda estão sendo lidos.",
        "reading_one": "Mais um documento ainda está sendo lido.",
        "list": "Tenho {count} documentos, do mais novo ao mais antigo:",
        "list_one": "Tenho um documento:",
        "count": "Há {count} documentos: {names}.",
        "count_one": "Há um documento: {names}.",
        "newest": "O documento mais recente é {name}, enviado em {date}.",
        "uploaded": "{name} foi enviado em {date}.",
        "uploaded_version": "{name} foi enviado em {date} (versão {version}; a primeira em {first}).",
        "and": "e",
        "more": "mais {count}",
        "or": "ou",
        "about": "Estes documentos têm algo sobre {topic}: {names}.",
        "about_none": "Não encontro nenhum documento sobre {topic}. {offer}",
        "which": "De qual documento você fala: {names}?",
        "gone": "Minha última resposta se baseava em documentos que foram apagados.",
        "nothing_before": "Não há nesta conversa uma resposta minha que eu possa mudar. {offer}",
        "summary": "Os pontos principais de {name}:",
        "outline": "Do que trata {name}, em ordem:",
        "compare": "{name}:",
        "compare_none": "{name} não diz nada sobre isso que eu encontre.",
        "partial": "Li apenas uma parte deste documento: {read} de {total} seções.",
        "table": "{name} é uma tabela de {count} linhas com as colunas {columns}. As primeiras linhas:",
        "not_read": "Não li {names}.",
        "no_text": "{name} não tem frases que eu possa resumir.",
        "more_to_say": "O documento também diz:",
        "nothing_more": "Os documentos não dizem mais sobre isso.",
        "untranslated": "O que não consegui traduzir com segurança ficou como estava.",
        "suggestion": "Posso responder a perguntas sobre {names}.",
    },
    tasks={
        "shorter": "Reescreva a resposta em uma frase curta. Mantenha todos os números e nomes.",
        "bullets": "Reescreva a resposta como lista. Escreva cada ponto em sua própria linha depois de um traço.",
        "simpler": "Explique a resposta com palavras simples. Mantenha todos os números e nomes. Não acrescente nada.",
        "translate": "Traduza a resposta para {language}. Mantenha todos os números e nomes. Escreva só a tradução.",
    },
)
