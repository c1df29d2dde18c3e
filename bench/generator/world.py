"""An invented world of any size, written by COPY: the same for the same seed and moment, true by every wall."""

from datetime import datetime
from random import Random

from django.db import transaction

from bench.generator.books import Books
from bench.generator.business import broken, deals, years
from bench.generator.cast import Cast
from bench.generator.sheets import Sheet
from bench.generator.sizes import Size
from bench.generator.stock import Stock
from bench.generator.titles import Titles
from bench.generator.use import Use
from bench.generator.walls import aside


@transaction.atomic
def generate(size: Size, *, now: datetime, seed: int = 1) -> None:
    """Fill an empty database. Raises the database's error if anything breaks a wall; then nothing was written."""
    random = Random(seed)
    cast, stock, books, titles, use = Cast(now, random), Stock(now, random), Books(now, random), Titles(now), Use(now)
    sheets: list[Sheet] = [*cast.sheets, *stock.sheets, *books.sheets, *titles.sheets, *use.sheets]
    with aside([*(sheet.table for sheet in sheets), *use.tables]):
        for number in range(size.centers):
            share = size.share(number)
            home = cast.open_center(number + 1)
            goods = stock.equip(home.center, share)
            titles.license_media(home.center, share)
            use.admit_harvester(home.center)
            days = years(now, goods, share.rows)
            made = deals(goods, share.rows, days, random)
            books.enter(home, made, days)
            books.repair(home.center, broken(goods, made, days, random), days)
            for sheet in sheets:
                sheet.copy()
            use.count(home.center, share)
    for sheet in sheets:
        sheet.keep_counting()
