import sys

from .assets import main

if __name__ == "__main__":
    sys.exit(main())
