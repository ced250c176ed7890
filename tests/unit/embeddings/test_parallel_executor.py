"""The parallel executor: each thread computes on its share of the processor, and no other share changes."""

from __future__ import annotations

import threading

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app import precedence
from app.embeddings.parallel_executor import MAX_WORKERS, ParallelExecutor
from app.embeddings.sentence_transformer import give_way_between_layers, split_into_passes
from app.precedence import going_first, in_background, is_background


def threads_seen(_: int = 0) -> tuple[str, int]:
    return threading.current_thread().name, torch.get_num_threads()


@pytest.mark.parametrize(
    ("threads", "count", "each"), [(1, 1, 1), (2, 2, 1), (4, 4, 1), (3 * MAX_WORKERS, MAX_WORKERS, 3)]
)
def test_workers_share_the_threads(threads: int, count: int, each: int) -> None:
    executor = ParallelExecutor(threads)
    assert executor.workers == count
    met = threading.Barrier(count)  # every worker takes one

    def compute(number: int) -> tuple[str, int]:
        met.wait(10)
        return threads_seen(number)

    seen = executor.map(compute, range(count))
    assert len({name for name, _ in seen}) == count
    assert {own for _, own in seen} == {each}


def test_threads_outside_keep_their_count() -> None:
    before = torch.get_num_threads()
    ParallelExecutor(2).map(threads_seen, range(4))
    later: list[tuple[str, int]] = []
    other = threading.Thread(target=lambda: later.append(threads_seen()))
    other.start()
    other.join()
    assert (torch.get_num_threads(), later[0][1]) == (before, before)


def test_results_are_in_order_and_faults_come_through() -> None:
    executor = ParallelExecutor(2)
    assert executor.map(lambda number: number * number, range(20)) == [number * number for number in range(20)]
    with pytest.raises(ZeroDivisionError):
        executor.map(lambda number: 1 / number, [1, 0, 2])
    assert executor.map(lambda number: number + 1, [1, 2]) == [2, 3]


def test_single_item_is_computed_where_it_is_asked_for() -> None:
    assert ParallelExecutor(2).map(threads_seen, [0]) == [threads_seen()]


@given(
    lengths=st.lists(st.integers(1, 512), min_size=1, max_size=60),
    workers=st.integers(1, 8),
    most=st.integers(512, 4096),
)
def test_every_text_is_in_one_pass_with_texts_of_like_length(lengths: list[int], workers: int, most: int) -> None:
    passes = split_into_passes(lengths, workers, most)
    assert sorted(place for places in passes for place in places) == list(range(len(lengths)))
    flat = [lengths[place] for places in passes for place in places]
    assert flat == sorted(lengths, reverse=True)
    assert all(len(places) * lengths[places[0]] <= most + max(lengths) / 2 for places in passes)


@pytest.mark.parametrize("texts", [2, 4, 5, 16, 33])
def test_texts_of_one_length_fill_the_workers_evenly(texts: int) -> None:
    passes = split_into_passes([200] * texts, 2, 2048)
    by_worker = [sum(map(len, passes[worker::2])) for worker in range(2)]
    assert max(by_worker) - min(by_worker) <= 1


def test_items_are_computed_in_the_context_of_the_caller() -> None:
    executor = ParallelExecutor(2)
    with in_background():
        assert executor.map(lambda _: is_background(), range(4)) == [True] * 4
    assert executor.map(lambda _: is_background(), range(4)) == [False] * 4


def test_a_pass_of_a_job_stops_between_two_layers_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "_processor", precedence.Precedence(patience=1e9, longest_wait_s=60))
    reached, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    class Slow(torch.nn.Linear):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            reached.set()
            assert go_on.wait(60)
            return super().forward(x)

    class Model(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = torch.nn.ModuleList([Slow(1, 1), torch.nn.Linear(1, 1)])

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            for layer in self.layers:
                x = layer(x)
            return x

    model = Model()
    give_way_between_layers(model)

    def embed() -> None:
        with in_background():
            model(torch.ones(1))
        ended.set()

    thread = threading.Thread(target=embed)
    thread.start()
    assert reached.wait(60)
    with going_first():
        go_on.set()
        model(torch.ones(1))  # of a request
        assert not ended.wait(0.1)
    assert ended.wait(60)
    thread.join()
