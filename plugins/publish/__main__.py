import sys

from .site_files import main

if __name__ == "__main__":
    sys.exit(main())
