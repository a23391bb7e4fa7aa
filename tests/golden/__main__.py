"""Renew the golden scenes: `make golden`, or `python -m tests.golden`; look at `git diff tests/golden` before a commit."""

from tests.golden.scenes import FOLDER, SPECS, text


def main() -> None:
    """Write every scene and say which changed."""
    FOLDER.mkdir(exist_ok=True)
    for name in SPECS:
        file = FOLDER / f"{name}.json"
        new = text(name)
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(new, encoding="utf-8", newline="\n")
        print(f"{'unchanged' if new == old else 'renewed'}  {file.name}")


if __name__ == "__main__":
    main()
