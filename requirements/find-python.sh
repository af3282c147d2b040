#!/bin/sh
# Print a Python that can make the virtual environment: $1 if given, else the first that will do.
# Where only Debian's venv package is missing and we are root, it is installed.

suits() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

makes_environments() {
  "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

version() {
  "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'
}

if [ -n "$1" ]; then
  candidates=$1
else
  candidates="python3 python3.14 python3.13 python3.12 python3.11 python"
fi

without_venv=
for candidate in $candidates; do
  if suits "$candidate"; then
    if makes_environments "$candidate"; then
      command -v "$candidate"
      exit 0
    fi
    without_venv=${without_venv:-$candidate}
  fi
done

if [ -z "$without_venv" ]; then
  echo "Python 3.11 or newer is needed, and ${1:-none of $candidates} is that." >&2
  echo "Install one, or name it: make PYTHON=/path/to/python3.12" >&2
  exit 1
fi

package="python$(version "$without_venv")-venv"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get --quiet update >&2
  DEBIAN_FRONTEND=noninteractive apt-get --quiet install --yes "$package" >&2
  if makes_environments "$without_venv"; then
    command -v "$without_venv"
    exit 0
  fi
fi
echo "$without_venv cannot make virtual environments: its modules venv and ensurepip are missing." >&2
echo "On Debian and Ubuntu: sudo apt-get install $package. Or name another: make PYTHON=/path/to/python3.12" >&2
exit 1
