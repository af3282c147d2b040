"""Run `nameplate-draft` as `python -m nameplate.draft`, where it isn't installed as a command."""

import sys

from . import main

sys.exit(main())
