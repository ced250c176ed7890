"""Truncation by QR and a small SVD is the full SVD of the product."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.numerics.low_rank import Factors, decompose, energies, weighted_sum


def random_factors(outputs: int, inputs: int, rank: int, seed: int = 0) -> Factors:
    random = torch.Generator().manual_seed(seed)
    a = torch.randn(rank, inputs, generator=random)
    return Factors(a, torch.randn(outputs, rank, generator=random) * torch.logspace(0, -3, rank))


def product(factors: Factors) -> np.ndarray:
    return (factors.b.double() @ factors.a.double()).numpy()


@settings(max_examples=40, deadline=None)
@given(
    outputs=st.integers(1, 40),
    inputs=st.integers(1, 40),
    rank=st.integers(1, 20),
    kept=st.integers(1, 24),
    seed=st.integers(0, 99),
)
def test_truncation_equals_that_of_the_full_svd(outputs: int, inputs: int, rank: int, kept: int, seed: int) -> None:
    """Also where the rank is above the layer's width."""
    factors = random_factors(outputs, inputs, rank, seed)
    full_u, full_values, full_vt = np.linalg.svd(product(factors), full_matrices=False)
    truncated = decompose(factors).truncated(kept)
    assert truncated.a.shape == (kept, inputs)
    assert truncated.b.shape == (outputs, kept)
    best = (full_u[:, :kept] * full_values[:kept]) @ full_vt[:kept]
    assert np.abs(product(truncated) - best).max() <= 2e-5 * full_values[0]


def test_singular_values_agree_with_the_full_svd() -> None:
    factors = random_factors(300, 200, 16)
    full = np.linalg.svd(product(factors), compute_uv=False)[:16]
    assert np.abs(decompose(factors).values.numpy() / full - 1).max() < 1e-9


def test_energy_is_the_share_of_the_squared_norm_and_one_for_a_zero_matrix() -> None:
    assert energies(torch.tensor([2.0, 1.0])).tolist() == pytest.approx([0.8, 1.0])
    assert energies(torch.zeros(2)).tolist() == [1.0, 1.0]


def test_weighted_sum_is_exact() -> None:
    one, two = random_factors(30, 20, 3, 1), random_factors(30, 20, 5, 2)
    merged = weighted_sum([(0.7, one), (-2.0, two)])
    assert merged.rank == 8
    assert np.allclose(product(merged), 0.7 * product(one) - 2 * product(two))
