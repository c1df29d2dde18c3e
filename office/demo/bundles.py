"""What the invented centre offers together."""

from inventory.models import Product
from lending.bundles import Licensed, compose
from licenses.models import Medium
from office.demo.cast import Cast


def offer_together(cast: Cast, products: dict[str, Product]) -> None:
    """One plain bundle, and one that comes with five slots of the film editor."""
    compose(
        cast.center,
        name="Kino im Klassenraum",
        description="Alles für einen Film vor großer Runde.",
        lines={products[name]: 1 for name in ("Beamer Full HD", "Leinwand 2 × 2 m", "Mobile Lautsprecheranlage")},
        by=cast.manager,
    )
    laptops = products["Laptop-Koffer"]
    compose(
        cast.center,
        name="Filmen und schneiden",
        description="Zwei Camcorder und Laptops; das Schnittprogramm ist für diese Tage freigeschaltet.",
        lines={products["Camcorder-Set"]: 2, laptops: 1},
        licensed={laptops: Licensed(Medium.objects.get(center=cast.center, number="7510014"), slots=5)},
        by=cast.manager,
    )
