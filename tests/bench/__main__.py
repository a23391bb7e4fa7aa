"""Run the bench: `python -m tests.bench [store] [load] [open-data] [names] [picture] [press] [browser] [fresh]`; all where nothing is named."""

import argparse
import importlib
import platform
import sys

from tests.bench.measure import print_table

PARTS = {
    "store": "Store against the bare driver, 20k nodes / 100k edges",
    "load": "Load against plain batched Cypher",
    "open-data": "Open data loaded together, against plain batched Cypher",
    "names": "Names in many languages",
    "picture": "Picture",
    "press": "Text reader",
    "browser": "Browser",
    "fresh": "From git clone to the first view",
}


def main() -> int:
    """Print a table for each part; exit status 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part", help=", ".join(PARTS))
    parser.add_argument("--share", type=float, default=1.0, help="of the open data only the first rows: 0.1 for a tenth")
    options = parser.parse_args()
    chosen = options.parts or list(PARTS)
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}; read the ratios, not the seconds")
    held = True
    for part in chosen:
        bench = importlib.import_module(f"tests.bench.{part.replace('-', '_')}_bench")
        rows = bench.rows(options.share) if part == "open-data" else bench.rows()
        print_table(PARTS[part], rows)
        held &= all(row.holds is not False for row in rows)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
