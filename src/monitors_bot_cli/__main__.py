"""`python -m monitors_bot_cli` is `monitors-bot`."""

import sys

from monitors_bot_cli.main import main

sys.exit(main())
