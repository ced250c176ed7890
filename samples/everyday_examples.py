"""A handful of everyday questions that the starter adapter was not trained on, to read its answers by eye."""

from __future__ import annotations

RESIDENTS = (
    "House rules of the Lime Court residence",
    (
        "Ball games are only allowed on the meadow behind block B. Barbecues may be lit on the terraces until 22:00, "
        "but charcoal is forbidden on balconies. Broken lamps in the stairwell must be reported to the porter on the "
        "same day."
    ),
)
TARIFFS = (
    "Ferry tariffs",
    (
        "Ticket: Adult | Single: 4.80 euros | Return: 8.60 euros | Bicycle: 2.00 euros\n"
        "Ticket: Child under 12 | Single: 2.40 euros | Return: 4.20 euros | Bicycle: free\n"
        "Ticket: Car with driver | Single: 19.50 euros | Return: 36.00 euros | Bicycle: included"
    ),
)
ATELIER = (
    "Regras do ateliê de cerâmica",
    (
        "O forno só é ligado às quintas-feiras, e as peças devem estar secas há pelo menos cinco dias. Quem partir uma "
        "peça de outra pessoa avisa a monitora e paga o barro. Menores de 16 anos não mexem no esmalte."
    ),
)
BOOKS = (
    "Leihbücher der Schule",
    "Bücher werden für vier Wochen ausgeliehen. Ein verlorenes Buch wird dem Sekretariat gemeldet und ersetzt.",
)
EXAMPLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("my kids want to play football, where can they", (RESIDENTS,)),
    ("The light on the stairs is out. What should I do?", (RESIDENTS, TARIFFS)),
    ("Can I grill with charcoal on my balcony?", (RESIDENTS,)),
    ("How much is a return ticket for a child?", (TARIFFS, RESIDENTS)),
    ("what do I pay for the car, one way", (TARIFFS,)),
    ("What does a dog cost on the ferry?", (TARIFFS,)),
    ("Quebrei o vaso de outra aluna. E agora?", (ATELIER,)),
    ("Minha filha tem 14 anos, ela pode esmaltar a peça dela?", (ATELIER, RESIDENTS)),
    ("que dia ligam o forno", (ATELIER,)),
    ("Quanto custa a mensalidade do ateliê?", (ATELIER,)),
    ("Até que horas posso fazer churrasco?", (RESIDENTS,)),
    ("Ich habe mein Schulbuch verloren. Was muss ich tun?", (BOOKS,)),
)
