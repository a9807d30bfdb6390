"""Wraps another handler, named by MEASURED, and returns what a call of it took beside its answer."""

import importlib
import os
import time

module, _, name = os.environ["MEASURED"].rpartition(".")
handle = getattr(importlib.import_module(module), name)


def handler(event, context):
    began, cpu_began = time.perf_counter(), time.thread_time()
    answer = handle(event, context)
    cpu, seconds = time.thread_time() - cpu_began, time.perf_counter() - began
    return {"answer": answer, "seconds": seconds, "main_thread_seconds": cpu, "ended_at": time.time()}
