"""`python -m nameplate.cli`: the command line where it is not installed as a command."""

import sys

from . import main

sys.exit(main())
