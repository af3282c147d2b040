"""Run the command line as `python -m nameplate.cli`, where it isn't installed as a command."""

import sys

from . import main

sys.exit(main())
