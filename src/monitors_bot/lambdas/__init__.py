"""The doors: one module, one function in the template.

The statement below takes effect before anything else is loaded: docs/decisions/0004-start-up.md.
"""

import gc

gc.set_threshold(50_000)  # imports create no garbage; collecting during them cost a tenth of import time
