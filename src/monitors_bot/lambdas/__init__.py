"""The doors: one module, one function in the template.

What is done here is done before anything is loaded: docs/decisions/0004-start-up.md.
"""

import gc

gc.set_threshold(50_000)  # imports make no rubbish: looking for it among them took a tenth of their time

import requests  # noqa: E402, F401 - from up here: deep in a chain of imports its patterns compile five times slower
