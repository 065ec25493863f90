# Copyright 2026 The Headrope Authors
# SPDX-License-Identifier: Apache-2.0

"""Long calls: progress, and Ctrl-C.

The library calls no signal handler, and Python calls its own only on the main
thread. So a long call of the main thread is done by a thread of its own, while
the main thread waits in a way that Ctrl-C ends. The call is told to stop at its
next progress; if it has none, it ends by itself and its answer is dropped.
Other threads call directly.
"""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

from headrope import errors
from headrope._capi import ffi, lib
from headrope._library import behind, call, weak_handle

Progress = Callable[[str, int, int], object]
"""Told the stage, how much is done, and of how much (0: not known)."""

AskedProgress = Progress | Literal[True] | None
"""What a caller gives: a function, True for a bar of tqdm, None for nothing."""

T = TypeVar("T")

PATIENCE = 0.06
"""Seconds that Ctrl-C waits for a call to end by itself."""


class Task:
    """What a long call tells and hears; `pointer` is its user data."""

    def __init__(self, progress: AskedProgress = None) -> None:
        self.cancelled = False
        self.failure: BaseException | None = None
        self.pointer: Any = weak_handle(self)
        self._bar: Any = None
        self._progress = self._tell_bar if progress is True else progress

    def tell(self, stage: str, done: int, total: int) -> bool:
        """Passes progress on; False stops the call."""
        if self._progress is not None and not self.cancelled:
            self._progress(stage, done, total)
        return not self.cancelled

    def fail(self, failure: BaseException) -> None:
        """Takes what a function of the caller raised."""
        self.failure = failure

    def _tell_bar(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                self._progress = None
                return
            self._bar = tqdm(unit_scale=True, leave=False)
        if self._bar.desc != stage + ": ":
            self._bar.reset()
            self._bar.set_description(stage)
        self._bar.total = total or None
        self._bar.update(done - self._bar.n)

    def finish(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


@ffi.def_extern(name="headrope_python_progress", error=1)  # type: ignore[untyped-decorator]
def _progress(stage: Any, done: int, total: int, user_data: Any) -> int:
    task: Task = behind(user_data)
    try:
        return 0 if task.tell(ffi.string(stage).decode("utf-8"), done, total) else 1
    except BaseException as failure:
        task.fail(failure)
        return 1


class Relay(Task):
    """Passes progress on to the task of the moment, for an object that keeps
    one progress function for all its calls; between calls there is no task."""

    def __init__(self) -> None:
        super().__init__()
        self.task: Task | None = None

    def during(self, task: Task, work: Callable[[], T]) -> T:
        """Does work, while the task is that of the moment."""
        self.task = task
        try:
            return work()
        finally:
            self.task = None

    def tell(self, stage: str, done: int, total: int) -> bool:
        return self.task is None or self.task.tell(stage, done, total)

    def fail(self, failure: BaseException) -> None:
        if self.task is not None:
            self.task.fail(failure)


class _Worker(Generic[T]):
    """One call on a thread of its own."""

    _abandoned: weakref.WeakSet[_Worker[Any]] = weakref.WeakSet()

    def __init__(self, task: Task, work: Callable[[], T]) -> None:
        self.task = task
        self.work: Callable[[], T] | None = work
        self.answer: list[T] = []
        self.failure: BaseException | None = None
        self.is_done = threading.Lock()
        self.is_done.acquire()
        self.thread = threading.Thread(target=self.run, daemon=True,
                                       name="headrope")

    def run(self) -> None:
        assert self.work is not None
        try:
            self.answer.append(self.work())
        except BaseException as failure:
            self.failure = failure
        finally:
            self.work = None
            self.is_done.release()

    def wait(self) -> T:
        try:
            self.thread.start()
            self.is_done.acquire()
        except BaseException:
            self.task.cancelled = True
            _Worker._abandoned.add(self)
            self.is_done.acquire(timeout=PATIENCE)
            raise
        if self.failure is not None:
            try:
                raise self.failure
            finally:
                self.failure = None
        return self.answer.pop()


@atexit.register
def _finish() -> None:
    """Waits for calls that Ctrl-C left behind: Python may not end under them."""
    for worker in list(_Worker._abandoned):
        if worker.thread.is_alive():
            worker.thread.join()


def long(work: Callable[[], T], task: Task | None = None) -> T:
    """Does what may last, so that Ctrl-C ends it.

    What a function of the caller raises ends the call, and is raised.
    """
    task = Task() if task is None else task
    try:
        if threading.current_thread() is threading.main_thread():
            return _Worker(task, work).wait()
        return work()
    except errors.CancelledError:
        if task.failure is not None:
            raise task.failure from None
        raise
    finally:
        task.failure = None  # It leads to frames that hold the task.
        task.finish()


class Writer(Task):
    """Takes the pieces that the library writes."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        super().__init__()
        self.write = write


@ffi.def_extern(name="headrope_python_write", error=1)  # type: ignore[untyped-decorator]
def _write(data: Any, size: int, user_data: Any) -> int:
    writer: Writer = behind(user_data)
    try:
        if writer.cancelled:
            return 1
        writer.write(bytes(ffi.buffer(data, size)))
    except BaseException as failure:
        writer.fail(failure)
        return 1
    return 0


def written(function: Callable[..., int], pointer: Any,
            write: Callable[[bytes], object]) -> None:
    """Calls a function that writes; what `write` raises is raised."""
    writer = Writer(write)
    long(lambda: call(function, pointer, lib.headrope_python_write,
                      writer.pointer), writer)
