"""How people speak English to the service, and what it says to them."""

from __future__ import annotations

from app.text.dialogue import Dialogue

DOCS = r"(?:documents?|docs?|files?|pdfs?|sources?|papers?)"
HELD = r"(?: (?:have|got|know|hold|see|stored?|access|read|upload(?:ed)?|available|loaded|have access to|so far|here|there))*"
ANSWER = r"(?: (?:it|that|this|the|your|last|previous|above|answer|response|reply))*"
ABOUT = r"(?:about|on|regarding|concerning)"
SUMMARY = r"(?:summary|overview|gist|synopsis|recap|abstract|rundown)"
TOPICS = r"(?:topics|chapters|sections|headings|outline|table of contents|contents|structure|subjects|themes)"

DIALOGUE = Dialogue(
    openers=r"please|pls|plz|hey|hi|hello|ok(?:ay)?|so|well|now|then|and|also|just|sorry|excuse me|thanks|thank you|actually|kindly|quickly|tell me|let me know|(?:can|could|would|will) (?:you|u|we|i)|i(?:d| would) like(?: you)? to|i (?:want|need)(?: you)? to",
    closers=(
        r"please|pls|plz|for me|for us|thanks|thank you|thx|now|then|ok|if (?:you can|possible)|right now|at the moment|"
        r"currently|quickly|mate|briefly|in brief|in short|in (?:simple|plain) (?:words|terms|english)|"
        r"in (?:(?:a few|few|some|about|no more than|one|two|three|four|five|six|ten|\d+) )+(?:short |simple )?"
        r"(?:lines?|sentences?|words?|points?|bullets?|bullet points|paragraphs?)"
    ),
    small_talk={
        "greeting": r"hi|hello|hey|hiya|howdy|yo|greetings|hullo|gday|good (?:morning|afternoon|evening|day)|morning|evening",
        "courtesy": r"how (?:are|r) (?:you|u|things)|how (?:is it|are things|are you|you) (?:going|doing)|hows it going|how do you do|nice to meet you|whats up|sup|how was your day|how have you been|are you (?:ok|well|there|fine)|(?:anyone|anybody|you) there|hows your day",
        "thanks": r"thanks?|thank (?:you|u)|thx|tks|ty|tysm|cheers|ta|much appreciated|(?:i )?appreciate (?:it|that|this)|that (?:helped|helps)",
        "farewell": r"bye(?: bye)?|good ?bye|see (?:you|ya)|cya|good ?night|take care|ttyl|so long|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend|night)|(?:talk|speak) (?:to you )?later",
        "agreement": r"ok(?:ay)?|k|great|perfect|nice|cool|awesome|got it|i see|alright|all right|sounds good|makes sense|understood|well done|good (?:job|bot|work)|wow|excellent|brilliant|fantastic|wonderful|haha+|lol|no thanks|thats (?:all|it|great|perfect|helpful)",
        "identity": r"who (?:are|r) (?:you|u)|what are you|who (?:made|built|created|wrote) you|introduce yourself|(?:whats|what is) your name|do you have a name|who am i (?:talking|speaking|chatting) (?:to|with)|(?:are you|is this|am i talking to) (?:an? )?(?:bot|robot|human|person|real|ai|chatbot|machine|real person)",
    },
    social_words=frozenset(
        """a again all also amazing an and angel answer answering answers anyway are awesome best bot bye day dear doing
        done everybody everyone everything explanation fast feeling folks for friend friends fun gem good got great
        guys have help helped helpful helping hope i im in info information is it job just kind kindly know legend
        lifesaver lot lots love lovely man mate me much my nice now of off oh one quick really reply right robot sir
        so star super sure team thank that thats the then there this time to today tomorrow tonight too top u useful
        very was we well were with wonderful work world yes you your youre youve""".split()
    ),
    collection={
        "abilities": (
            r"what (?:can|could|do) (?:you|u) (?:do|help|help (?:me|us)?(?: with)?|answer|know)(?: for me| here| about)?",
            r"what (?:can|could|should|may) (?:i|we) (?:ask|do)(?: you)?(?: here| about)?",
            r"how (?:can|could|do|will) (?:you|u) help(?: me| us)?(?: here)?|help(?: me| us)?",
            r"what are (?:you|u) (?:for|good (?:at|for)|able to do|capable of)",
            r"(?:what is|whats) (?:your (?:purpose|job|function)|this(?: chat| bot| assistant| service)? for)",
            r"(?:what are )?your (?:capabilities|features|skills|abilities)",
            r"(?:what|which|what kind of) questions (?:can|could|should) (?:i|you|we) (?:ask|answer)(?: you| here)?",
            r"how (?:does this|do i use(?: this)?|do you|does the) ?(?:chat|bot|assistant|service|app|chatbot)?(?: work)?",
            r"(?:can|could|will) you help(?: me| us)?",
        ),
        "list": (
            rf"(?:what|which)(?: (?:kinds?|types?|sorts?) of)? {DOCS} (?:(?:do|have|can|did|are) )?(?:you|u|i|we|there){HELD}",
            rf"(?:what|which) {DOCS} (?:are|were) (?:available|uploaded|loaded|stored|there|indexed|in here)",
            (
                rf"(?:list|show|display|give|name|enumerate|see)(?: me| us)?(?: (?:a|the) list of)?(?: all| every| of| the| my| your| "
                rf"our| these| available| uploaded| stored)* {DOCS}(?: (?:that )?(?:you|i|we|are|ve))?{HELD}"
            ),
            r"(?:what is|whats) (?:in|inside) (?:the|your|my|our|this) (?:collection|library|knowledge base|database|index)",
            rf"(?:the |a )?list of (?:the |all |my |your |our |available )*{DOCS}",
            rf"(?:what are )?(?:your|my|our|the) (?:available |uploaded )?{DOCS}",
            r"what do you have(?: here| there)?",
        ),
        "count": (
            rf"(?:how many|(?:what is |whats )?the number of) {DOCS} (?:(?:do|have|can|did|are) )?(?:you|u|i|we|there){HELD}",
            rf"how many {DOCS} (?:are|were) (?:available|uploaded|loaded|stored|indexed|in (?:here|there|total))",
            rf"how many {DOCS}",
        ),
        "newest": (
            (
                rf"(?:(?:what|which) (?:is|was|are|were) |whats |show (?:me )?)?(?:the |my |your |our )?"
                rf"(?:newest|latest|last|most recent|most recently)(?: uploaded| added)? {DOCS}"
            ),
            rf"(?:what|which {DOCS}) (?:was|were|is|has been|have been) (?:uploaded|added)(?: last| most recently| recently)",
        ),
        "uploaded": (
            r"when (?:was|were) (?P<name>.+?) (?:uploaded|added|indexed|imported|ingested)",
            r"when did (?:i|we|you|they|someone) (?:upload|add|import|index) (?P<name>.+)",
            r"(?:what is |whats )?the upload date (?:of|for) (?P<name>.+)",
        ),
        "about": (
            (
                rf"(?:(?:do|did) (?:you|we|i) have|have (?:you|we)(?: got)?|is there|are there|got|find(?: me)?|"
                rf"show(?: me)?|list)(?: any| a| an| some| all| the)* {DOCS} (?:about|on|regarding|concerning|covering|"
                r"that (?:mentions?|covers?|talks? about|deals? with|is about|are about)|dealing with|related to|"
                r"with (?:info|information) (?:about|on)) (?P<topic>.+)"
            ),
            (
                rf"(?:which|what) (?:of (?:the|my|your) )?{DOCS} (?:mentions?|covers?|talks? about|deals? with|"
                r"(?:is|are) (?:about|on)|do you have (?:about|on)|(?:can|should) i read (?:about|on)) (?P<topic>.+)"
            ),
        ),
    },
    previous_answer={
        "shorter": (
            (
                r"(?:make |keep |say |put |give me )?(?:it |that |this |the answer |your answer )?(?:a (?:bit |little )?|"
                r"much |even )?(?:shorter|briefer|more (?:concise|brief|compact|briefly|concisely))(?: version| answer)?"
            ),
            r"(?:thats |its |that is |way )?too long|(?:keep|make) it (?:short|brief)|(?:the )?short version|be brief",
            r"(?:say (?:it|that) )?in (?:one|a|a single|two|a couple of) (?:sentences?|words?|lines?)",
            r"(?:say (?:it|that) )?in (?:short|brief|a nutshell|a few words|fewer words)|tl ?dr|get to the point",
            rf"(?:summari[sz]e|shorten|condense|sum up|sum|abbreviate|recap){ANSWER}(?: up)?",
        ),
        "bullets": (
            (
                r"(?:(?:make|put|write|format|give|show|turn|say|present|list)(?: me)? )?(?:it |that |this |them |"
                r"the answer |your answer )?(?:as |in |into |using |with )?(?:an? )?(?:(?:bullet|bulleted|numbered|simple|"
                r"short) )?(?:list|bullets|bullet points|bullet point list|points|list form|list format)"
            ),
            r"list (?:it|them|that|these)|itemi[sz]e(?: it| that| them)?",
        ),
        "simpler": (
            (
                r"(?:explain|say|put|make|write)(?: it| that| this)?(?: to me)?(?: again)?(?: a bit| much)? "
                r"(?:simpler|simply|clearer|more (?:simply|clearly)|easier|differently|better|"
                r"in (?:simple|simpler|plain|easy|easier|other|your own) (?:words|terms|english|language))"
            ),
            r"(?:a bit |much )?(?:simpler|clearer|more (?:simply|clearly|simple|clear))",
            r"in (?:simple|simpler|plain|easy|easier|other) (?:words|terms|english|language)",
            r"(?:explain (?:it |that |this )?)?(?:to me )?(?:like|as if) i(?:m| am| was| were) (?:five|5|a child)|eli5",
            r"i (?:do not|dont|didnt|did not|cant) (?:understand|get)(?: it| that| this| the answer)?",
            r"(?:rephrase|reword|clarify|explain)(?: it| that| this| your answer| the answer)?(?: again)?",
            r"what do you mean(?: by that| by this)?",
        ),
        "longer": (
            r"(?:say |give me |show me )?(?:a (?:bit|little) )?more(?: details?| information| info)?(?: about (?:it|that|this))?",
            r"(?:elaborate|expand|go on|continue|keep going)(?: on (?:it|that|this))?|what else|a? ?longer(?: answer| version)?",
            r"(?:explain (?:it |that |this )?)?(?:in )?(?:more|greater) (?:detail|depth|detailed)|make it (?:a (?:bit|little) )?(?:longer|more detailed)",
        ),
        "repeat": (
            r"repeat(?: it| that| this| your answer| the answer| the last answer| yourself| what you said)?(?: again)?",
            r"(?:say (?:it|that) )?(?:again|once more|one more time)|say again|come again|pardon(?: me)?",
            r"what did you (?:just )?say|what was that(?: again)?",
        ),
        "translate": (
            (
                r"(?:(?:say|repeat|write|give|put|answer|respond|reply|show|translate|explain|speak)(?: me)?"
                r"(?: it| that| this| the answer| your answer| everything| the last answer)?(?: again)? )?(?:back )?"
                r"(?:in|to|into) LANGUAGE"
            ),
            r"(?:the |a |an )?LANGUAGE (?:version|translation)|LANGUAGE",
            r"(?:what (?:is|was)|whats|how do you say) (?:it|that|this) in LANGUAGE",
            r"(?:the )?same (?:thing )?in LANGUAGE|i (?:only )?(?:speak|understand|read) LANGUAGE",
        ),
    },
    languages={
        "en": "english",
        "pt": "portuguese|brazilian portuguese",
        "es": "spanish",
        "fr": "french",
        "de": "german",
        "it": "italian",
        "nl": "dutch",
        "pl": "polish",
        "sv": "swedish",
        "da": "danish",
        "ja": "japanese",
        "zh": "chinese|mandarin",
        "ko": "korean",
        "ru": "russian",
        "ar": "arabic",
        "tr": "turkish",
        "uk": "ukrainian",
        "cs": "czech",
        "hi": "hindi",
        "vi": "vietnamese",
        "th": "thai",
    },
    document={
        "compare": (
            rf"compare (?P<one>.+?) (?:and|with|to|against) (?P<two>.+?)(?: {ABOUT} (?P<topic>.+))?",
            (
                r"(?:(?:what (?:is|are)|whats|list|show(?: me)?) )?(?:the )?(?:main )?differences? between (?P<one>.+?) and "
                rf"(?P<two>.+?)(?: {ABOUT} (?P<topic>.+))?"
            ),
            (
                rf"how (?:do|does) (?P<one>.+?) (?:and|differ from|compare (?:to|with)) (?P<two>.+?)(?: differ| compare)?"
                rf"(?: {ABOUT} (?P<topic>.+))?"
            ),
            rf"what (?:do|does) (?P<one>.+?) and (?P<two>.+?)(?: each| both| respectively)? say {ABOUT} (?P<topic>.+)",
        ),
        "outline": (
            (
                rf"(?:(?:give|show|list|name|what are|write|make)(?: me)? )?(?:the |all |an |all the |main |a )*{TOPICS}"
                r"(?: covered| discussed| treated)? (?:of|in|from|for|by) (?P<name>.+)"
            ),
            r"outline (?P<name>.+)|how is (?P<name2>.+) (?:structured|organi[sz]ed)",
            (
                rf"(?:what|which) {TOPICS} (?:does|do|are (?:covered |discussed )?in|are there in) (?P<name>.+?)"
                r"(?: (?:have|cover|contain|include|discuss|treat|deal with))?"
            ),
        ),
        "summary": (
            r"(?:summari[sz]e|sum up|recap|condense) (?P<name>.+)|sum (?P<name2>.+) up",
            (
                r"(?:(?:give|write|make|get|do|show|provide|have|create)(?: me| us)? )?(?:an? |the )?(?:(?:short|brief|quick|"
                rf"concise|general|rough) )*{SUMMARY} (?:of|on|for|about) (?P<name>.+)"
            ),
            r"(?:what is|whats|what are) (?P<name>.+?) (?:all )?about",
            r"what (?:does|do) (?P<name>.+?) (?:say|contain|tell (?:us|me)|talk about|deal with)|what(?:s| is) in (?P<name2>.+)",
            (
                r"(?:(?:what are|list|give me|show me|tell me) )?(?:the )?(?:main|key|most important|important) "
                r"(?:points|takeaways|facts|messages|things|ideas|content) (?:of|in|from) (?P<name>.+)"
            ),
            rf"tl ?dr (?:of |for )?(?P<name>.+)|(?P<name2>.+) (?:{SUMMARY}|in a nutshell|tl ?dr)",
        ),
    },
    this_document=r"it|this|that|(?:(?:the|this|that|my|our|your|last|latest|newest|whole|entire|uploaded) )+(?:document|doc|file|pdf|text|paper|upload)",
    all_documents=r"everything|(?:(?:all|the|these|my|our|your|both|of) )+(?:documents|docs|files|pdfs|papers|collection)",
    document_words={
        "mail": "mail email message newsletter memo letter",
        "sheet": "spreadsheet sheet excel workbook table csv",
        "slides": "slides deck presentation powerpoint",
        "manual": "manual guide handbook instructions",
        "minutes": "minutes protocol",
        "meeting": "meeting assembly",
        "policy": "policy",
        "rules": "rules bylaws regulations regulation",
        "contract": "contract agreement lease",
        "terms": "terms conditions",
        "calendar": "calendar schedule timetable",
        "prices": "prices price costs",
        "fees": "fees fee rates",
        "report": "report",
        "notice": "notice call announcement",
        "invoice": "invoice",
        "warranty": "warranty guarantee",
        "budget": "budget",
        "grant": "scholarship grant",
        "recipe": "recipe",
        "travel": "travel trip",
        "student": "student",
        "employee": "employee",
    },
    months=tuple("January February March April May June July August September October November December".split()),
    date="{day} {month} {year}",
    duties=frozenset(
        """must shall required require requires mandatory forbidden prohibited never always only deadline due latest cost
        costs fee fees price free entitled right valid excluded covered covers approved approval maximum minimum limit
        day days week weeks month months year years hour hours increase decided replaces starts ends open closed""".split()
    ),
    replies={
        "greeting": "Hello! {offer}",
        "courtesy": "I am doing well, thank you! {offer}",
        "thanks": "You are welcome! Just ask if you want to know more.",
        "farewell": "Goodbye, and come back any time!",
        "agreement": "Good! What else would you like to know?",
        "identity": (
            "I am an assistant that answers questions from your documents and shows the passages the answers rest on. "
            "{offer}"
        ),
        "abilities": (
            "I answer questions from your documents and show the passage each answer rests on. I can also summarise, "
            "outline or compare documents, and shorten, list or translate my last answer. {offer}"
        ),
        "offer": "You can ask me about {names}, for example: “{example}”",
        "example": "What is {name} about?",
        "ask_section": "What does the section “{title}” say?",
        "empty": "There are no documents yet. Upload some (POST /api/v1/documents), then ask me about them.",
        "empty_here": "There are no documents in what this question is restricted to.",
        "reading": "{count} more documents are still being read.",
        "reading_one": "One more document is still being read.",
        "list": "I have {count} documents, newest first:",
        "list_one": "I have one document:",
        "count": "There are {count} documents: {names}.",
        "count_one": "There is one document: {names}.",
        "newest": "The newest document is {name}, uploaded on {date}.",
        "uploaded": "{name} was uploaded on {date}.",
        "uploaded_version": "{name} was uploaded on {date} (version {version}; the first one on {first}).",
        "and": "and",
        "more": "{count} more",
        "or": "or",
        "about": "These documents have something about {topic}: {names}.",
        "about_none": "I find no document about {topic}. {offer}",
        "which": "Which document do you mean: {names}?",
        "gone": "My last answer rested on documents that have been deleted since.",
        "nothing_before": "There is no answer of mine in this conversation that I could change. {offer}",
        "summary": "The main points of {name}:",
        "outline": "What {name} is about, in order:",
        "compare": "{name}:",
        "compare_none": "{name} says nothing about this that I can find.",
        "partial": "I read only a part of this document: {read} of {total} sections.",
        "table": "{name} is a table of {count} rows with the columns {columns}. The first rows:",
        "not_read": "I did not read {names}.",
        "no_text": "{name} has no sentences that I could sum up.",
        "more_to_say": "The document also says:",
        "nothing_more": "The documents do not say more about this.",
        "untranslated": "What I could not translate reliably is left as it was.",
        "suggestion": "I can answer questions about {names}.",
    },
    tasks={
        "shorter": "Rewrite the answer in one short sentence. Keep every number and name.",
        "bullets": "Rewrite the answer as a list. Write each point on its own line after a dash. Add nothing.",
        "simpler": "Explain the answer in simple words. Keep every number and name. Add nothing.",
        "translate": "Translate the answer into {language}. Keep every number and name. Write only the translation.",
    },
)
