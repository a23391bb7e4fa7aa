"""Read the table of NUTS codes: its units, each once however many codes one area has, and the countries that they lie in."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders.base import Run
from loaders.table.opening import Given, open_tables

CODE = re.compile(r"([A-Z]{2})[0-9A-Z]{0,3}")
NOWHERE = re.compile(r"[A-Z]{2}Z+")
"""Extra-regio: what belongs to a country and to none of its regions; no territory of its own."""
ISO_COUNTRIES = {"EL": "GR", "UK": "GB"}
"""Where Eurostat's code of a country is not that of ISO 3166-1."""
COUNTRY = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """One area: its codes, the shortest first, their labels, and the rows in which these stand."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def code(self) -> str:
        """The shortest code, that of the highest level."""
        return self.codes[0]

    @property
    def country(self) -> str:
        """The country's code by ISO 3166-1."""
        return ISO_COUNTRIES.get(self.code[:COUNTRY], self.code[:COUNTRY])

    @property
    def is_country(self) -> bool:
        """Whether it is a whole country."""
        return len(self.code) == COUNTRY


def read_units(run: Run) -> dict[str, Unit]:
    """Every code of the table with its unit. A unit that is the only one within another is the same area: DE3, DE30 and DE300 are Berlin."""
    file = run.find("*nuts*.csv") or run.need("*nuts*.xlsx")
    rows = _rows(run, file)
    within: dict[str, list[str]] = defaultdict(list)
    for code in rows:
        within[code[:-1]].append(code)
    units: dict[str, Unit] = {}
    for code in sorted(rows, key=len):
        if code not in units:
            codes = [code]
            while len(inner := within[codes[-1]]) == 1:
                codes += inner
            unit = Unit(tuple(codes), tuple(rows[one][0] for one in codes), tuple(rows[one][1] for one in codes))
            units |= dict.fromkeys(codes, unit)
    return units


def parent_of(unit: Unit, units: Mapping[str, Unit]) -> Unit | None:
    """The unit in which another lies, None where the table lacks it."""
    return units.get(unit.code[:-1]) if len(unit.code) > COUNTRY + 1 else units.get(unit.code[:COUNTRY])


def _rows(run: Run, file: Path) -> dict[str, tuple[str, str]]:
    """Labels and places by code: the first cell of a row is the code, the next one that is filled the label, whatever its level's column."""
    tables = open_tables([Given.path(file)])
    sheet = next((sheet for sheet in tables.sheets if sheet.name.casefold().startswith("nuts")), tables.sheet())
    rows: dict[str, tuple[str, str]] = {}
    for row in sheet.rows():
        cells = [" ".join(cell.split()) for cell in row.cells]
        label, place = next(filter(None, cells[1:]), ""), f"{file.name} row {row.number}"
        if row.blank:
            continue
        run.notes.rows[file.name] += 1
        if not CODE.fullmatch(cells[0]) or not label:
            if row.number > 1:  # the first row names the columns
                run.notes.skip("no code with a name", place)
        elif NOWHERE.fullmatch(cells[0]):
            run.notes.skip("extra-regio, which is no territory", place)
        else:
            rows[cells[0]] = (label, place)
    return rows
