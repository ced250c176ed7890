"""SQ8: 8-bit scalar quantisation with one scale for all components, so that FAISS compares integers.

For normalised vectors the order by distance is the order by cosine; a common shift and scale do not change it.
"""

from __future__ import annotations

from dataclasses import dataclass

import faiss
import numpy as np

from app.index.base import Vectors

ZERO_POINT, MAX_CODE = 128, 255
MARGIN = 0.1  # share added to the sample's largest component, for vectors outside the sample
MIN_COMPONENT = 1e-6


@dataclass(frozen=True, slots=True)
class Sq8Codec:
    """Encodes component x as round(scale x) + 128, clipped to 0..255."""

    scale: float

    @classmethod
    def fit(cls, sample: Vectors) -> Sq8Codec:
        """Fit the scale to a (n, dimension) sample."""
        largest = float(np.abs(sample).max(initial=MIN_COMPONENT))
        return cls(float(np.float32((MAX_CODE - ZERO_POINT) / (largest * (1 + MARGIN)))))

    @classmethod
    def from_index(cls, index: faiss.IndexIVFScalarQuantizer) -> Sq8Codec:
        """The codec that an index was built with."""
        return cls(float(index.sq.rangestat_arg))

    def store_in(self, index: faiss.IndexIVFScalarQuantizer) -> None:
        """Store the scale in the index file, in `rangestat_arg`, which FAISS does not use for this quantiser."""
        index.sq.rangestat_arg = self.scale

    def transform(self, vectors: Vectors) -> Vectors:
        """Scale and shift (n, dimension) vectors into code space, without rounding or clipping."""
        return np.ascontiguousarray(vectors * np.float32(self.scale) + ZERO_POINT, np.float32)

    def encode(self, vectors: Vectors) -> Vectors:
        """(n, dimension) codes: integers from 0 to 255 as floats, which is the input type of FAISS."""
        return np.clip(np.rint(self.transform(vectors)), 0, MAX_CODE)

    def cosines(self, distances: Vectors) -> Vectors:
        """Approximate cosines of normalised vectors, from the squared distances of their codes."""
        return np.asarray(1 - distances / (2 * self.scale**2), np.float32)
