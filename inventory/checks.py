"""What must always be true about what a centre owns."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from leihwerk.checks import Check

CHECKS: Final = (
    Check(
        "parts_are_counted_in_their_own_product",
        _("Bestandteile werden nur in Exemplaren ihres Artikels gezählt, und nie mehr, als hineingehören."),
        """
        SELECT counted.item_id AS item, counted.part_id AS part, counted.working FROM inventory_itempart AS counted
        JOIN inventory_part AS part ON part.id = counted.part_id
        JOIN inventory_item AS item ON item.id = counted.item_id
        WHERE part.product_id <> item.product_id OR counted.working > part.quantity
        """,
    ),
    Check(
        "kit_holds_no_kits",
        _("Ein Koffer, der in einem anderen liegt, enthält selbst nichts."),
        """
        SELECT inner_kit.id AS item FROM inventory_item AS inner_kit
        WHERE inner_kit.kit_id IS NOT NULL AND EXISTS (SELECT FROM inventory_item WHERE kit_id = inner_kit.id)
        """,
    ),
    Check(
        "code_stands_for_one_item",
        _("Jeder Code steht für genau ein Exemplar."),
        """
        SELECT token, number, count(*) FROM (
            SELECT token, NULL AS number, id FROM inventory_label
            UNION ALL SELECT NULL, number, id FROM inventory_label WHERE number IS NOT NULL
        ) AS code GROUP BY token, number HAVING count(*) > 1
        """,
    ),
)
