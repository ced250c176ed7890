"""The recipe of a training run: the method, its hyper-parameters and their bounds."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args

from app.errors import InvalidRequest

Method = Literal["lora", "qlora", "adalora", "dora", "ia3"]
COMPARED: Literal["full"] = "full"  # every weight: trained to be compared with, by `loracle compare` alone
Init = Literal["default", "pissa", "loftq"]
METHODS: tuple[Method, ...] = get_args(Method)
QUANTIZED_METHODS = frozenset({"qlora", "adalora"})  # over exactly the quantised weights that serve
PLAIN_METHODS = frozenset({"lora", "qlora"})  # what they train is A and B, and nothing else
UNSERVABLE_METHODS = frozenset({"dora", "ia3"})  # exported for use elsewhere
INITS: tuple[Init, ...] = get_args(Init)
IA3_TARGETS = ("k_proj", "v_proj", "down_proj")  # the paper's
IA3_RATE = 3e-3
FEEDFORWARD = "down_proj"  # what IA3 scales where it reads; all others where they write
ADALORA_RATE = 5e-3  # singular values start at zero: at the rates of LoRA short runs would learn little
COMPARED_ALONE = (
    "Full fine-tuning is for comparison only: `loracle compare` trains and asks it. It leaves a whole model, which "
    "cannot be served beside others; train with qlora, lora or adalora."
)
LORA_RATE, RATE_WIDTH, RATE_POWER = 5e-4, 2000, 0.78  # narrower bases learn at higher rates: decision 20
TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
LARGEST_RANK = 256
ORTHOGONALITY = 0.5
MANY_ROWS = 2000  # from here on the default rank is 16
FEW_ROWS = 1000  # below, a little dropout


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a run but its rows. Equal recipes, rows and seeds give equal adapters.

    lora trains over the unquantised base, qlora over exactly the quantised weights that serve (arXiv 2305.14314).
    adalora (arXiv 2303.10512) trains over these too; its `rank` is the mean over layers that is left in the end.
    dora (arXiv 2402.09353) and ia3 (arXiv 2205.05638) train over the unquantised base, for use outside this service.
    """

    method: Method | Literal["full"] = "qlora"
    rank: int = 8
    alpha: float | None = None  # None: twice the rank
    rslora: bool = False  # scaling alpha / sqrt(rank) (arXiv 2312.03732)
    init: Init = "default"
    lora_plus_ratio: float = 1.0  # B's learning rate over A's (arXiv 2402.12354)
    initial_rank: int | None = None  # of adalora, in every layer; None: one and a half times the rank
    orthogonality: float = ORTHOGONALITY  # of adalora: how much it counts in the objective
    targets: tuple[str, ...] = TARGETS
    learning_rate: float = LORA_RATE
    weight_decay: float = 0.01
    dropout: float = 0.0
    epochs: float = 3.0
    max_steps: int | None = None  # bounds the run below its epochs
    rows_per_step: int = 16
    warmup: float = 0.03  # share of the steps
    clip: float = 1.0
    max_tokens: int = 1024  # of a row; longer ones are refused, never cut
    micro_batch_tokens: int = 2048  # bounds memory
    share_prefixes: bool = True  # rows that begin alike are computed together
    validation_share: float = 0.1
    validate_every: int = 50  # steps
    patience: int = 2  # validations without a better loss; 0: never stop early
    checkpoint_every: int = 50  # steps
    seed: int = 0

    @property
    def quantized(self) -> bool:
        """Whether it trains over the quantised weights that serve."""
        return self.method in QUANTIZED_METHODS

    @property
    def widest(self) -> int:
        """The rank that may be saved."""
        if self.method == "adalora":
            return self.starting_rank
        return self.rank * (2 if self.init == "pissa" else 1)

    @property
    def starting_rank(self) -> int:
        """Of every layer, before adalora prunes."""
        return math.ceil(1.5 * self.rank) if self.initial_rank is None else self.initial_rank

    @property
    def scaling(self) -> float:
        alpha = self.effective_alpha
        return float(alpha / self.rank**0.5 if self.rslora else alpha / self.rank)

    @property
    def effective_alpha(self) -> float:
        return float(2 * self.rank if self.alpha is None else self.alpha)

    def describe(self) -> dict[str, Any]:
        return {**asdict(self), "targets": list(self.targets)}


def recipe_from(
    given: dict[str, Any], *, rows: int | None = None, width: int | None = None, comparing: bool = False
) -> Recipe:
    """A checked recipe; what is not given is the default for that many rows over a base of that width.

    Raises InvalidRequest naming the field.

    `comparing` allows full fine-tuning, of which rank, alpha, targets and dropout say nothing.
    """
    known = {field.name for field in fields(Recipe)}
    for name in given:
        if name not in known:
            raise InvalidRequest(f"{name!r} is no hyper-parameter; known are {', '.join(sorted(known))}.", param=name)
    values = dict(given)
    if "targets" in values:
        values["targets"] = tuple(values["targets"])
    try:
        recipe = replace(defaults_for(rows, width, values.get("method")), **values)
        _check(recipe, comparing=comparing)
    except TypeError as fault:
        raise InvalidRequest(f"A hyper-parameter has the wrong type: {str(fault)[:120]}.") from None
    return recipe


def defaults_for(rows: int | None, width: int | None = None, method: object = None) -> Recipe:
    """Defaults that depend on how many rows there are, how wide the base is, and on the method."""
    recipe = Recipe()
    if rows is not None:
        recipe = Recipe(rank=16 if rows > MANY_ROWS else 8, dropout=0.05 if rows < FEW_ROWS else 0.0)
    if width is not None:
        recipe = replace(recipe, learning_rate=rate_for(width))
    if method == "ia3":
        recipe = replace(recipe, targets=IA3_TARGETS, learning_rate=IA3_RATE)
    if method == "adalora":
        recipe = replace(recipe, learning_rate=ADALORA_RATE)
    return recipe


def rate_for(width: int) -> float:
    """LoRA's learning rate over a base with hidden states of that width, to two digits.

    The rule that "LoRA Without Regret" (Schulman et al., 2025) fitted for models like Llama.
    """
    return float(f"{LORA_RATE * (RATE_WIDTH / width) ** RATE_POWER:.1e}")


def _check(recipe: Recipe, *, comparing: bool) -> None:
    if recipe.method == COMPARED and not comparing:
        raise InvalidRequest(COMPARED_ALONE, param="method")
    if recipe.method != COMPARED:
        _one_of("method", recipe.method, METHODS)
    _one_of("init", recipe.init, INITS)
    for target in recipe.targets:
        _one_of("targets", target, TARGETS)
    _within("rank", recipe.rank, 1, LARGEST_RANK)
    _within("alpha", recipe.effective_alpha, 1e-3, 4096)
    _within("lora_plus_ratio", recipe.lora_plus_ratio, 1, 64)
    _within("learning_rate", recipe.learning_rate, 1e-7, 0.1)
    _within("weight_decay", recipe.weight_decay, 0, 1)
    _within("dropout", recipe.dropout, 0, 0.9)
    _within("epochs", recipe.epochs, 0.01, 100)
    _within("max_steps", recipe.max_steps or 1, 1, 1_000_000)
    _within("rows_per_step", recipe.rows_per_step, 1, 1024)
    _within("warmup", recipe.warmup, 0, 0.9)
    _within("clip", recipe.clip, 1e-3, 1e3)
    _within("max_tokens", recipe.max_tokens, 16, 1 << 17)
    _within("micro_batch_tokens", recipe.micro_batch_tokens, recipe.max_tokens, 1 << 20)
    _within("validation_share", recipe.validation_share, 0, 0.5)
    _within("validate_every", recipe.validate_every, 1, 1_000_000)
    _within("patience", recipe.patience, 0, 1000)
    _within("checkpoint_every", recipe.checkpoint_every, 1, 1_000_000)
    _within("seed", recipe.seed, 0, 2**31 - 1)
    if not recipe.targets:
        raise InvalidRequest("targets must name at least one layer kind.", param="targets")
    _check_fits_method(recipe)
    if recipe.init == "loftq" and recipe.method != "qlora":
        raise InvalidRequest("init loftq makes up for quantisation: use it with qlora.", param="init")


def _check_fits_method(recipe: Recipe) -> None:
    if recipe.method not in PLAIN_METHODS and recipe.init != "default":
        raise InvalidRequest(f"init {recipe.init} is for lora and qlora, not for {recipe.method}.", param="init")
    if recipe.method not in PLAIN_METHODS | {"dora"} and recipe.rslora:
        raise InvalidRequest(f"rslora does not go with {recipe.method}.", param="rslora")
    if recipe.method == "adalora" and recipe.lora_plus_ratio != 1:
        raise InvalidRequest(
            "adalora learns A, E and B at one rate: leave lora_plus_ratio out.", param="lora_plus_ratio"
        )
    if recipe.method == "adalora":
        _within("initial_rank", recipe.starting_rank, recipe.rank, LARGEST_RANK)
        _within("orthogonality", recipe.orthogonality, 0, 10)
    elif recipe.initial_rank is not None:
        raise InvalidRequest(f"initial_rank is for adalora, not for {recipe.method}.", param="initial_rank")
    elif recipe.orthogonality != ORTHOGONALITY:
        raise InvalidRequest(f"orthogonality is for adalora, not for {recipe.method}.", param="orthogonality")
    if recipe.method == "ia3" and recipe.lora_plus_ratio != 1:
        raise InvalidRequest("ia3 has no B for lora_plus_ratio to speed up.", param="lora_plus_ratio")


def _one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InvalidRequest(f"{name} must be one of {', '.join(allowed)}, not {value!r}.", param=name)


def _within(name: str, value: float, least: float, most: float) -> None:
    if isinstance(value, bool) or not least <= value <= most:
        raise InvalidRequest(f"{name} must be from {least:g} to {most:g}, not {value!r}.", param=name)
