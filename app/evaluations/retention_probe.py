"""The retention probe: prompts without passages that a base model completes correctly and an adapter should not forget.

They are completions, not chat turns, so the probe does not measure what an adapter learned about answering.
"""

from __future__ import annotations

# The prompt, and words of which a correct completion contains one.
RETENTION_PROMPTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The capital of France is", ("Paris",)),
    ("The capital of Italy is", ("Rome",)),
    ("The capital of Japan is", ("Tokyo",)),
    ("The capital of Germany is", ("Berlin",)),
    ("The capital of Spain is", ("Madrid",)),
    ("The capital of Portugal is", ("Lisbon",)),
    ("The capital of England is", ("London",)),
    ("The capital of Russia is", ("Moscow",)),
    ("The capital of China is", ("Beijing",)),
    ("The capital of Egypt is", ("Cairo",)),
    ("The opposite of hot is", ("cold",)),
    ("The opposite of big is", ("small",)),
    ("The opposite of day is", ("night",)),
    ("The opposite of left is", ("right",)),
    ("Two plus two equals", ("four", "4")),
    ("Ten minus three equals", ("seven", "7")),
    ("One, two, three, four,", ("five",)),
    ("Monday, Tuesday, Wednesday,", ("Thursday",)),
    ("January, February, March,", ("April",)),
    ("Spring, summer, autumn and", ("winter",)),
    ("A, B, C, D,", ("E",)),
    ("The Earth revolves around the", ("Sun",)),
    ("Water freezes at zero degrees", ("Celsius",)),
    ("The chemical formula of water is", ("H2O", "H₂O")),
    ("Plants make their food by a process called", ("photosynthesis",)),
    ("The largest planet in the Solar System is", ("Jupiter",)),
    ("The red planet is called", ("Mars",)),
    ("Humans breathe in oxygen and breathe out carbon", ("dioxide",)),
    ("The force that pulls objects towards the ground is", ("gravity",)),
    ("A person who teaches at a school is called a", ("teacher",)),
    ("A baby cat is called a", ("kitten",)),
    ("A baby dog is called a", ("puppy",)),
    ("Bees make", ("honey",)),
    ("Cows give us", ("milk",)),
    ("The sun rises in the", ("east",)),
    ("The sun sets in the", ("west",)),
    ("Romeo and Juliet was written by William", ("Shakespeare",)),
    ("The theory of relativity was developed by Albert", ("Einstein",)),
    ("The first president of the United States was George", ("Washington",)),
    ("The longest river in Africa is the", ("Nile",)),
    ("The largest ocean on Earth is the", ("Pacific",)),
    ("The Great Wall is in", ("China",)),
    ("The Eiffel Tower is in", ("Paris", "France")),
    ("The Statue of Liberty is in New", ("York",)),
    ("A triangle has three", ("sides", "angles")),
    ("A week has seven", ("days",)),
    ("A year has twelve", ("months",)),
    ("An hour has sixty", ("minutes",)),
    ("A minute has sixty", ("seconds",)),
    ("Once upon a", ("time",)),
    ("Thank you very", ("much",)),
    ("Happy birthday to", ("you",)),
    ("The United States of", ("America",)),
    ("The United Kingdom of Great", ("Britain",)),
    ("A capital de Portugal é", ("Lisboa",)),
    ("A capital da França é", ("Paris",)),
    ("A capital do Brasil é", ("Brasília", "Brasil")),
    ("Segunda, terça, quarta, quinta e", ("sexta",)),
    ("Janeiro, fevereiro, março,", ("abril",)),
    ("Um, dois, três,", ("quatro",)),
    ("Bom dia, boa tarde e boa", ("noite",)),
    ("Os Estados Unidos da", ("América",)),
)
COMPLETION_TOKENS = 6


def completes_correctly(completion: str, answers: tuple[str, ...]) -> bool:
    """Whether the completion contains one of `answers` as a word."""
    words = "".join(char if char.isalnum() else " " for char in completion.lower()).split()
    return any("".join(char for char in answer.lower() if char.isalnum()) in words for answer in answers)
