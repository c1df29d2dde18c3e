from inventory.models.category import Category
from inventory.models.item import Item
from inventory.models.label import Label
from inventory.models.location import Location
from inventory.models.part import ItemPart, Part
from inventory.models.product import Product

__all__ = ["Category", "Item", "ItemPart", "Label", "Location", "Part", "Product"]
