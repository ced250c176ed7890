"""Vectors as bytes: one scale for all components, so that FAISS compares them in whole numbers.

Between normalised vectors the order by distance is the order by cosine, and neither a shift nor one scale changes it.
"""

from __future__ import annotations

from dataclasses import dataclass

import faiss
import numpy as np

from app.index.vector_index import Vectors

MIDDLE, LARGEST = 128, 255
MARGIN = 0.1  # of the largest component of the sample, for what the sample does not hold
SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class ByteCodes:
    """Component x becomes round(scale x) + 128, cut off at 0 and 255."""

    scale: float

    @classmethod
    def fitting(cls, sample: Vectors) -> ByteCodes:
        """For vectors like the (n, dimension) sample."""
        largest = float(np.abs(sample).max(initial=SMALLEST))
        return cls(float(np.float32((LARGEST - MIDDLE) / (largest * (1 + MARGIN)))))

    @classmethod
    def of(cls, index: faiss.IndexIVFScalarQuantizer) -> ByteCodes:
        """Those that an index was built with."""
        return cls(float(index.sq.rangestat_arg))

    def note(self, index: faiss.IndexIVFScalarQuantizer) -> None:
        """Keep them with the index, as the number that says how codes fit: FAISS's own training needs none here."""
        index.sq.rangestat_arg = self.scale

    def place(self, vectors: Vectors) -> Vectors:
        """(n, dimension) vectors where their codes lie, neither rounded nor cut off."""
        return np.ascontiguousarray(vectors * np.float32(self.scale) + MIDDLE, np.float32)

    def encode(self, vectors: Vectors) -> Vectors:
        """(n, dimension) whole numbers from 0 to 255, as floats: what FAISS takes."""
        return np.clip(np.rint(self.place(vectors)), 0, LARGEST)

    def cosines(self, distances: Vectors) -> Vectors:
        """Of normalised vectors whose codes have these squared distances, about."""
        return np.asarray(1 - distances / (2 * self.scale**2), np.float32)
