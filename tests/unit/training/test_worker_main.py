"""What the training process makes of its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.training.base import read_tokenizer
from app.training.worker_main import JobSpec, _divide
from tests.support.training_factories import quick, rows, tiny_base

PREAMBLE = "You are the porter of the museum."


@pytest.mark.models
def test_rows_are_rendered_with_the_preamble_of_the_job(tmp_path: Path) -> None:
    source = tiny_base(tmp_path)
    spec = JobSpec(quick().describe(), source, 0.2, preamble=PREAMBLE)
    tokenizer = read_tokenizer(source.folder)
    for examples in _divide(rows(), spec, max_tokens=256):
        assert examples
        assert all(PREAMBLE in tokenizer.decode(list(example.prompt)) for example in examples)
