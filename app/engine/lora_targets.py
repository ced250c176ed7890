"""The kinds of linear layers that an adapter may change: the projections of a decoder block."""

from __future__ import annotations

from typing import Literal, get_args

Target = Literal["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
TARGETS: tuple[Target, ...] = get_args(Target)
