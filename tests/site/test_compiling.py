"""The data are compiled from nothing: what compiles them reads the names of the catalogue, and must load no compiled table."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from plugins.compiler.compile import write

write(Path(sys.argv[1]))
print(*sorted(name for name in sys.modules if "._compiled" in name))
"""


def test_no_compiled_table_is_needed_to_compile_the_data(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False, timeout=600
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
