"""One optimizer step, and the validation loss."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

import torch

from app.training.base import TrainingBase
from app.training.batches import collate
from app.training.dataset import Dataset
from app.training.layers import head_loss
from app.training.prefix_sharing import PrefixGroup, Step, group_by_prefix, plan_epoch
from app.training.recipe import Recipe
from app.training.run_state import TrainingFailed
from app.training.trainable import Trainable


def rate(step: int, steps: int, warmup: float) -> float:
    """Learning rate as a share of its peak: linear warm-up, then cosine decay to zero."""
    rising = max(1, round(warmup * steps))
    if step < rising:
        return (step + 1) / rising
    return 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1, steps - rising)))


def run_step(
    base: TrainingBase,
    trainable: Trainable,
    optimizer: torch.optim.Optimizer,
    step: Step,
    index: int,
    steps: int,
    after_micro_batch: Callable[[], None] = lambda: None,
) -> dict[str, float]:
    """Run one optimizer step. Raises TrainingFailed if the loss is not finite."""
    recipe = trainable.recipe
    started = time.perf_counter()
    torch.manual_seed(recipe.seed * 1_000_003 + index)  # so that dropout does not depend on earlier steps
    base.model.train()
    optimizer.zero_grad(set_to_none=True)
    loss, correct = 0.0, 0
    for groups in step.micro_batches:
        part, correct_part = forward_loss(base, groups)
        (part / step.targets).backward()  # type: ignore[no-untyped-call]
        loss, correct = loss + part.item(), correct + int(correct_part.item())
        del part, correct_part
        after_micro_batch()
    loss /= step.targets
    trainable.add_regulariser_gradients()
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    norm = float(torch.nn.utils.clip_grad_norm_(parameters, recipe.clip))
    if not (math.isfinite(loss) and math.isfinite(norm)):
        raise TrainingFailed(
            f"The loss stopped being a number at step {index + 1}: lower the learning rate (it was "
            f"{recipe.learning_rate:g}) and train again.",
            code="diverged",
        )
    share = rate(index, steps, recipe.warmup)
    for group in optimizer.param_groups:
        group["lr"] = group["peak_lr"] * share
    optimizer.step()
    own = trainable.after_step(index + 1, steps)
    seconds = time.perf_counter() - started
    return {
        "train_loss": loss,
        "token_accuracy": correct / step.targets,
        "learning_rate": recipe.learning_rate * share,
        "gradient_norm": norm,
        "tokens_per_s": step.row_tokens / seconds,
        "seconds": seconds,
        "rows": step.rows,
        **own,
    }


def forward_loss(base: TrainingBase, groups: Sequence[PrefixGroup]) -> tuple[torch.Tensor, torch.Tensor]:
    """(summed loss, correct top-1 predictions) of one micro-batch. Computes logits at supervised positions only."""
    batch = collate(groups, dtype=base.dtype, device=base.device)
    base.updated_tokens.indexes = batch.active if base.updated_tokens.activated else None
    states = base.model.model(
        input_ids=batch.ids, position_ids=batch.positions, spans=batch.spans, use_cache=False
    ).last_hidden_state  # (1, tokens, hidden)
    hidden = states[0, batch.supervised]
    return head_loss(hidden, base.head, batch.targets)


@torch.no_grad()
def validate_run(
    base: TrainingBase,
    dataset: Dataset,
    recipe: Recipe,
    micro_batch_tokens: int,
    after_micro_batch: Callable[[], None] = lambda: None,
) -> dict[str, float]:
    """Loss and accuracy for each token of the validation rows."""
    base.model.eval()
    groups = group_by_prefix(
        dataset.validation,
        max_tokens=recipe.max_tokens,
        share_prefixes=recipe.share_prefixes,
        activated=recipe.activated,
    )
    loss, correct, targets = 0.0, 0, 0
    for step in plan_epoch(groups, rows_per_step=64, micro_batch_tokens=micro_batch_tokens, seed=0):
        for batch in step.micro_batches:
            part, correct_part = forward_loss(base, batch)
            loss, correct = loss + part.item(), correct + int(correct_part.item())
            after_micro_batch()
        targets += step.targets
    return {"valid_loss": loss / targets, "valid_token_accuracy": correct / targets}
