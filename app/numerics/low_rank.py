"""Low-rank matrices M = B A, stored as two factors: exact singular values, truncation and sums without forming M.

With thin QR factors B = Q_b R_b and A^T = Q_a R_a, M = Q_b (R_b R_a^T) Q_a^T, so the singular values of M are those
of the r x r matrix R_b R_a^T, and its singular vectors are Q_b and Q_a times that matrix's. By Eckart and Young
(1936), keeping the k largest values is the best rank-k approximation of M in the Frobenius and the spectral norm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class Factors:
    """The factors of M = B A."""

    a: torch.Tensor  # (rank, in_features)
    b: torch.Tensor  # (out_features, rank)

    @property
    def rank(self) -> int:
        return self.a.shape[0]


@dataclass(frozen=True, slots=True)
class Decomposed:
    """The thin singular value decomposition M = U diag(values) V^T, in fp64, values in descending order."""

    u: torch.Tensor  # (out_features, rank)
    values: torch.Tensor  # (rank,)
    vt: torch.Tensor  # (rank, in_features)

    def truncated(self, rank: int) -> Factors:
        """The best approximation of rank `rank`, in fp32; each factor gets the square roots of the singular values.

        If M has fewer singular values, the factors are padded with zeros to `rank` rows and columns.
        """
        count = min(rank, len(self.values))
        root = self.values[:count].sqrt()
        a = torch.zeros(rank, self.vt.shape[1])
        b = torch.zeros(self.u.shape[0], rank)
        a[:count] = root[:, None] * self.vt[:count]
        b[:, :count] = self.u[:, :count] * root
        return Factors(a, b)


def decompose(factors: Factors) -> Decomposed:
    """Compute the thin singular value decomposition of B A, in time linear in the layer's width."""
    q_b, r_b = torch.linalg.qr(factors.b.double())  # (out, r), (r, r)
    q_a, r_a = torch.linalg.qr(factors.a.double().T)  # (in, r), (r, r)
    u, values, vt = torch.linalg.svd(r_b @ r_a.T)  # of an r x r matrix
    return Decomposed(q_b @ u, values, vt @ q_a.T)


def weighted_sum(terms: Sequence[tuple[float, Factors]]) -> Factors:
    """The exact weighted sum of matrices: concatenated factors, of rank sum(r)."""
    return Factors(
        torch.cat([one.a.double() for _, one in terms]),
        torch.cat([weight * one.b.double() for weight, one in terms], dim=1),
    )


def energies(values: torch.Tensor) -> torch.Tensor:
    """(rank,) share of the squared Frobenius norm in the k largest singular values, for k = 1, 2, ..."""
    squares = values.double() ** 2
    total = squares.sum()
    return squares.cumsum(0) / total if total > 0 else torch.ones_like(squares)
