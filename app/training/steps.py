"""One optimizer step, and the loss over the rows held out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

import torch

from app.training.base import TrainingBase
from app.training.batches import collate
from app.training.dataset import Dataset
from app.training.layers import head_loss
from app.training.recipe import Recipe
from app.training.run_state import TrainingFailed
from app.training.trainable import Trainable
from app.training.trees import Step, Tree, grow_trees, plan_epoch


def rate(step: int, steps: int, warmup: float) -> float:
    """The learning rate as a share of its peak: linear warm-up, then a cosine to zero."""
    rising = max(1, round(warmup * steps))
    if step < rising:
        return (step + 1) / rising
    return 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1, steps - rising)))


def run_step(
    base: TrainingBase,
    trainable: Trainable,
    optimizer: torch.optim.Optimizer,
    step: Step,
    place: int,
    steps: int,
    tidy: Callable[[], None] = lambda: None,
) -> dict[str, float]:
    """One optimizer step; `tidy` is called after each micro-batch. Raises TrainingFailed if the loss is not finite."""
    recipe = trainable.recipe
    started = time.perf_counter()
    torch.manual_seed(recipe.seed * 1_000_003 + place)  # dropout of a step does not depend on what ran before
    base.model.train()
    optimizer.zero_grad(set_to_none=True)
    loss, right = 0.0, 0
    for trees in step.micro_batches:
        part, hits = forward_loss(base, trees)
        (part / step.targets).backward()  # type: ignore[no-untyped-call]
        loss, right = loss + part.item(), right + int(hits.item())
        del part, hits
        tidy()
    loss /= step.targets
    trainable.add_gradients()
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    norm = float(torch.nn.utils.clip_grad_norm_(parameters, recipe.clip))
    if not (math.isfinite(loss) and math.isfinite(norm)):
        raise TrainingFailed(
            f"The loss stopped being a number at step {place + 1}: lower the learning rate (it was "
            f"{recipe.learning_rate:g}) and train again.",
            code="diverged",
        )
    share = rate(place, steps, recipe.warmup)
    for group in optimizer.param_groups:
        group["lr"] = group["peak_lr"] * share
    optimizer.step()
    own = trainable.after_step(place + 1, steps)
    seconds = time.perf_counter() - started
    return {
        "train_loss": loss,
        "token_accuracy": right / step.targets,
        "learning_rate": recipe.learning_rate * share,
        "gradient_norm": norm,
        "tokens_per_s": step.row_tokens / seconds,
        "seconds": seconds,
        "rows": step.rows,
        **own,
    }


def forward_loss(base: TrainingBase, trees: Sequence[Tree]) -> tuple[torch.Tensor, torch.Tensor]:
    """(summed loss, targets that came first) of one micro-batch; logits at supervised positions only."""
    batch = collate(trees, dtype=base.dtype, device=base.device)
    states = base.model.model(
        input_ids=batch.ids, position_ids=batch.positions, spans=batch.spans, use_cache=False
    ).last_hidden_state  # (1, tokens, hidden)
    hidden = states[0, batch.supervised]
    return head_loss(hidden, base.head, batch.targets)


@torch.no_grad()
def validate_run(
    base: TrainingBase, dataset: Dataset, recipe: Recipe, at_once: int, tidy: Callable[[], None] = lambda: None
) -> dict[str, float]:
    """Loss and accuracy per token over the rows held out, so many tokens at once; `tidy` as for `run_step`."""
    base.model.eval()
    trees = grow_trees(dataset.validation, most_tokens=recipe.max_tokens, share=recipe.share_prefixes)
    loss, right, targets = 0.0, 0, 0
    for step in plan_epoch(trees, rows_per_step=64, micro_batch_tokens=at_once, seed=0):
        for batch in step.micro_batches:
            part, hits = forward_loss(base, batch)
            loss, right = loss + part.item(), right + int(hits.item())
            tidy()
        targets += step.targets
    return {"valid_loss": loss / targets, "valid_token_accuracy": right / targets}
