"""The TRL arm of `training_speed`: run by a Python that has trl, peft and bitsandbytes; knows nothing of Loracle."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tokens", type=Path)
    parser.add_argument("--base", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--rank", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--rows-per-step", type=int, required=True)
    parser.add_argument("--rows-at-once", type=int, default=4)
    parser.add_argument("--max-tokens", type=int, required=True)
    parser.add_argument("--block", type=int, required=True)
    parser.add_argument("--keep", default="")
    parser.add_argument("--double", action="store_true")
    out = sys.stdout
    sys.stdout = sys.stderr
    print(json.dumps(run(parser.parse_args())), file=out)


def run(given: argparse.Namespace) -> dict[str, Any]:
    import torch
    from datasets import Dataset
    from peft import LoraConfig
    from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig, TrainerCallback
    from trl import SFTConfig, SFTTrainer

    torch.set_num_threads(given.threads)
    rows = [json.loads(line) for line in given.tokens.read_text().splitlines()]
    data = Dataset.from_list(
        [
            {
                "input_ids": row["prompt"] + row["completion"],
                "completion_mask": [0] * len(row["prompt"]) + [1] * len(row["completion"]),
            }
            for row in rows
        ]
    )
    quantization = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=given.double,
        bnb_4bit_compute_dtype=torch.bfloat16,
        llm_int8_skip_modules=["lm_head", *filter(None, given.keep.split(","))],
    )
    model = AutoModelForCausalLM.from_pretrained(
        given.base, quantization_config=quantization, dtype=torch.bfloat16, device_map={"": "cpu"}
    )
    tokenizer = AutoTokenizer.from_pretrained(given.base)
    times: list[float] = []

    class Clock(TrainerCallback):  # type: ignore[misc]
        def on_step_end(self, *_: Any, **__: Any) -> None:
            times.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as folder:
        config = SFTConfig(
            output_dir=folder,
            max_steps=given.steps,
            per_device_train_batch_size=given.rows_at_once,
            gradient_accumulation_steps=given.rows_per_step // given.rows_at_once,
            learning_rate=given.rate,
            max_length=given.max_tokens,
            completion_only_loss=True,
            packing=False,
            bf16=True,
            use_cpu=True,
            gradient_checkpointing=False,
            dataloader_num_workers=0,
            report_to=[],
            logging_steps=1,
            save_strategy="no",
            optim="adamw_torch",
            lr_scheduler_type="cosine",
            max_grad_norm=1.0,
            seed=0,
        )
        lora = LoraConfig(
            r=given.rank,
            lora_alpha=2 * given.rank,
            target_modules="all-linear",
            task_type="CAUSAL_LM",
            lora_dropout=0.0,
        )
        trainer = SFTTrainer(
            model=model,
            args=config,
            train_dataset=data,
            processing_class=tokenizer,
            peft_config=lora,
            callbacks=[Clock()],
        )
        trainer.train()
        losses = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    tokens = sum(len(row["prompt"]) + len(row["completion"]) for row in rows)
    counted = tokens * (given.steps - 1) / given.steps  # the first step warms up
    return {
        "tokens_per_s": counted / (times[-1] - times[0]),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "loss": sum(losses) / len(losses),
    }


if __name__ == "__main__":
    main()
