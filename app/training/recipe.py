"""The recipe of a training run: the method, its hyper-parameters and their bounds."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from app.engine.lora_targets import TARGETS, Target
from app.errors import InvalidRequest
from app.training.hyperparameters import DefaultVaries, Hyperparameter, read_hyperparameters

Method = Literal["lora", "qlora", "adalora", "dora", "ia3"]
FULL: Literal["full"] = "full"  # trains every weight; only for `loracle compare`
Init = Literal["default", "pissa", "loftq"]
METHODS: tuple[Method, ...] = get_args(Method)
QUANTIZED_METHODS = frozenset({"qlora", "adalora"})  # these train over the quantised weights that serve
PLAIN_METHODS = frozenset({"lora", "qlora"})  # these train only A and B
INITS: tuple[Init, ...] = get_args(Init)
IA3_TARGETS: tuple[Target, ...] = ("k_proj", "v_proj", "down_proj")  # the paper's
IA3_RATE = 3e-3
FEEDFORWARD = "down_proj"  # IA3 scales its input, and the output of all other layers
ADALORA_RATE = 5e-3  # singular values start at zero: at the rates of LoRA short runs would learn little
FULL_REFUSED = (
    "Full fine-tuning is for comparison only: `loracle compare` trains and asks it. It leaves a whole model, which "
    "cannot be served beside others; train with qlora, lora or adalora."
)
NO_GENERATION_PROMPT = (
    "The chat template of this base model has no generation prompt that could invoke an activated LoRA; train with "
    "activated false."
)
LORA_RATE, RATE_WIDTH, RATE_POWER = 5e-4, 2000, 0.78  # narrower bases learn at higher rates: decision 20
LARGEST_RANK = 256
ORTHOGONALITY = 0.5
MANY_ROWS = 2000  # above it, the default rank is 16
FEW_ROWS = 1000  # below it, the default dropout is 0.05


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that determines a run, except its rows. Equal recipes and rows give equal adapters.

    The checks and the schema of the HTTP API are derived from the bounds, defaults and descriptions of the fields.

    lora trains over the unquantised base, qlora over exactly the quantised weights that serve (arXiv 2305.14314).
    adalora (arXiv 2303.10512) trains over the latter too; its `rank` is the mean rank of layers at the end.
    dora (arXiv 2402.09353) and ia3 (arXiv 2205.05638) train over the unquantised base, for use outside this service.
    """

    method: Annotated[
        Method | Literal["full"],
        Field(
            description="qlora: over the 4-bit weights that serve; lora: over the original. adalora: over those that "
            "serve, each layer with the rank that it needs. dora and ia3: over the original, for export alone: they "
            "are not served."
        ),
    ] = "qlora"
    rank: Annotated[
        int,
        Field(
            ge=1,
            le=LARGEST_RANK,
            description=f"If left out, 16 for more than {MANY_ROWS:,} rows, else 8. adalora: the mean over layers that "
            "is left in the end.",
        ),
        DefaultVaries(),
    ] = 8
    alpha: Annotated[float | None, Field(ge=1e-3, le=4096, description="Twice the rank if left out.")] = None
    rslora: Annotated[bool, Field(description="Scale by alpha / sqrt(rank).")] = False  # arXiv 2312.03732
    init: Annotated[Init, Field(description="pissa doubles the rank that is saved; loftq needs qlora.")] = "default"
    lora_plus_ratio: Annotated[float, Field(ge=1, le=64, description="B's learning rate over A's.")] = 1.0  # 2402.12354
    initial_rank: Annotated[
        int | None,
        Field(
            ge=1,
            le=LARGEST_RANK,
            description="adalora alone: every layer's at first; half more than rank if left out.",
        ),
    ] = None
    orthogonality: Annotated[
        float, Field(ge=0, le=10, description="adalora alone: how much orthogonal vectors count beside the loss.")
    ] = ORTHOGONALITY
    targets: Annotated[
        tuple[Target, ...],
        Field(
            min_length=1,
            max_length=len(TARGETS),
            description="If left out, all; k_proj, v_proj and down_proj for ia3.",
        ),
        DefaultVaries(),
    ] = TARGETS
    learning_rate: Annotated[
        float,
        Field(
            ge=1e-7,
            le=0.1,
            description="If left out, 5e-4 (2000 / width)^0.78 for the base's width, such as 1.3e-3 for 576 and "
            "2.9e-4 for 4096; 3e-3 for ia3 and 5e-3 for adalora.",
        ),
        DefaultVaries(),
    ] = LORA_RATE
    weight_decay: Annotated[float, Field(ge=0, le=1)] = 0.01
    dropout: Annotated[
        float,
        Field(ge=0, le=0.9, description=f"If left out, .05 for fewer than {FEW_ROWS:,} rows, else 0."),
        DefaultVaries(),
    ] = 0.0
    epochs: Annotated[float, Field(ge=0.01, le=100)] = 3.0
    max_steps: Annotated[int | None, Field(ge=1, le=1_000_000)] = None  # bounds the run below its epochs
    rows_per_step: Annotated[
        int,
        Field(
            ge=1,
            le=1024,
            description="At most so many rows an optimizer step. Up to six that begin alike stay together, so it is "
            "often a few less; where this is less than six, it may be up to six.",
        ),
    ] = 16
    warmup: Annotated[float, Field(ge=0, le=0.9, description="Share of the steps.")] = 0.03
    clip: Annotated[
        float, Field(ge=1e-3, le=1e3, description="The gradient's largest norm: a larger one is scaled down to it.")
    ] = 1.0
    max_tokens: Annotated[
        int, Field(ge=16, le=1 << 17, description="Of a row; longer ones are refused, never cut.")
    ] = 1024
    micro_batch_tokens: Annotated[
        int, Field(ge=16, le=1 << 20, description="What is computed at once: bounds memory.")
    ] = 2048
    activated: Annotated[
        bool,
        Field(
            description="lora and qlora alone: the adapter acts from the answer's beginning on (activated LoRA). What "
            "is before it, the documents, is computed once for all your adapters and the base."
        ),
    ] = False  # arXiv 2504.12397
    share_prefixes: Annotated[
        bool, Field(description="Compute the common beginning of several rows once: the same loss in less time.")
    ] = True
    validation_share: Annotated[float, Field(ge=0, le=0.5)] = 0.1
    validate_every: Annotated[int, Field(ge=1, le=1_000_000, description="Steps.")] = 50
    patience: Annotated[
        int, Field(ge=0, le=1000, description="Validations without a better loss before it stops; 0: never.")
    ] = 2
    checkpoint_every: Annotated[int, Field(ge=1, le=1_000_000, description="Steps.")] = 50
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0

    @property
    def quantized(self) -> bool:
        """Whether it trains over the quantised weights that serve."""
        return self.method in QUANTIZED_METHODS

    @property
    def max_saved_rank(self) -> int:
        """The largest rank of the saved adapter."""
        if self.method == "adalora":
            return self.starting_rank
        return self.rank * (2 if self.init == "pissa" else 1)

    @property
    def starting_rank(self) -> int:
        """The rank of every layer before adalora prunes."""
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


HYPERPARAMETERS: tuple[Hyperparameter, ...] = read_hyperparameters(Recipe)


def recipe_from(
    hyperparameters: dict[str, Any], *, rows: int | None = None, width: int | None = None, comparing: bool = False
) -> Recipe:
    """A checked recipe. Other fields get the defaults for so many rows and a base model of this width.

    `comparing` allows full fine-tuning, which ignores rank, alpha, targets and dropout.

    Raises InvalidRequest naming the field.
    """
    known = {field.name for field in fields(Recipe)}
    for name in hyperparameters:
        if name not in known:
            raise InvalidRequest(f"{name!r} is no hyper-parameter; known are {', '.join(sorted(known))}.", param=name)
    values = dict(hyperparameters)
    if "targets" in values:
        values["targets"] = tuple(values["targets"])
    try:
        recipe = replace(defaults_for(rows, width, values.get("method")), **values)
        _check(recipe, comparing=comparing)
    except TypeError as fault:
        raise InvalidRequest(f"A hyper-parameter has the wrong type: {str(fault)[:120]}.") from None
    return recipe


def defaults_for(rows: int | None, width: int | None = None, method: object = None) -> Recipe:
    """The defaults for a number of rows, a width of the base model and a method."""
    recipe = Recipe()
    if rows is not None:
        recipe = Recipe(rank=16 if rows > MANY_ROWS else 8, dropout=0.05 if rows < FEW_ROWS else 0.0)
    if width is not None:
        recipe = replace(recipe, learning_rate=default_learning_rate(width))
    if method == "ia3":
        recipe = replace(recipe, targets=IA3_TARGETS, learning_rate=IA3_RATE)
    if method == "adalora":
        recipe = replace(recipe, learning_rate=ADALORA_RATE)
    return recipe


def default_learning_rate(width: int) -> float:
    """Learning rate of LoRA for a base model with hidden states of this width, rounded to two digits.

    The rule is fitted for models like Llama in "LoRA Without Regret" (Schulman et al., 2025).
    """
    return float(f"{LORA_RATE * (RATE_WIDTH / width) ** RATE_POWER:.1e}")


def _check(recipe: Recipe, *, comparing: bool) -> None:
    if recipe.method == FULL and not comparing:
        raise InvalidRequest(FULL_REFUSED, param="method")
    if recipe.method != FULL:
        _one_of("method", recipe.method, METHODS)
    _one_of("init", recipe.init, INITS)
    for target in recipe.targets:
        _one_of("targets", target, TARGETS)
    if not recipe.targets:
        raise InvalidRequest("targets must name at least one layer kind.", param="targets")
    _check_bounds(recipe)
    _within("micro_batch_tokens", recipe.micro_batch_tokens, recipe.max_tokens, 1 << 20)
    _check_fits_method(recipe)
    if recipe.init == "loftq" and recipe.method != "qlora":
        raise InvalidRequest("init loftq makes up for quantisation: use it with qlora.", param="init")


def _check_bounds(recipe: Recipe) -> None:
    for known in HYPERPARAMETERS:
        value = getattr(recipe, known.name)
        if value is None or known.bounds is None:
            continue
        if isinstance(value, tuple):
            _within(f"The number of {known.name}", len(value), known.bounds.least, known.bounds.most, known.name)
        else:
            _within(known.name, value, known.bounds.least, known.bounds.most)


def _check_fits_method(recipe: Recipe) -> None:
    if recipe.method not in PLAIN_METHODS and recipe.init != "default":
        raise InvalidRequest(f"init {recipe.init} is for lora and qlora, not for {recipe.method}.", param="init")
    if recipe.method not in PLAIN_METHODS | {"dora"} and recipe.rslora:
        raise InvalidRequest(f"rslora does not go with {recipe.method}.", param="rslora")
    if recipe.activated and recipe.method not in PLAIN_METHODS:
        raise InvalidRequest(f"activated is for lora and qlora, not for {recipe.method}.", param="activated")
    if recipe.activated and recipe.init == "pissa":
        raise InvalidRequest(
            "init pissa changes the base, which an activated adapter leaves as it is before the answer: use another.",
            param="init",
        )
    if recipe.method == "adalora" and recipe.lora_plus_ratio != 1:
        raise InvalidRequest(
            "adalora learns A, E and B at one rate: leave lora_plus_ratio out.", param="lora_plus_ratio"
        )
    if recipe.method == "adalora":
        _within("initial_rank", recipe.starting_rank, recipe.rank, LARGEST_RANK)
    elif recipe.initial_rank is not None:
        raise InvalidRequest(f"initial_rank is for adalora, not for {recipe.method}.", param="initial_rank")
    elif recipe.orthogonality != ORTHOGONALITY:
        raise InvalidRequest(f"orthogonality is for adalora, not for {recipe.method}.", param="orthogonality")
    if recipe.method == "ia3" and recipe.lora_plus_ratio != 1:
        raise InvalidRequest("ia3 has no B for lora_plus_ratio to speed up.", param="lora_plus_ratio")


def _one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InvalidRequest(f"{name} must be one of {', '.join(allowed)}, not {value!r}.", param=name)


def _within(label: str, value: float, least: float, most: float, param: str | None = None) -> None:
    if isinstance(value, bool) or not least <= value <= most:
        raise InvalidRequest(f"{label} must be from {least:g} to {most:g}, not {value!r}.", param=param or label)
