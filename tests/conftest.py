import sys
from pathlib import Path

# At the end: a module there may have the name of a package.
sys.path.append(str(Path(__file__).parent / "fuzz"))

pytest_plugins = ["fuzz_report"]
