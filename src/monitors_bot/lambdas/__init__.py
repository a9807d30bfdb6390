"""The doors: one module for each function in the template.

The statement below runs before anything else is imported: docs/decisions/0004-start-up.md.
"""

import gc

gc.set_threshold(50_000)  # imports create no garbage; collecting during them cost a tenth of import time
