"""What the centre owns, for staff: things, labels, products, places."""

from django.urls import path

from frontend.views.inventory import (
    adding,
    browsing,
    bundles,
    condition,
    describing,
    kits,
    labelling,
    leaving,
    moving,
    places,
    products,
)
from frontend.views.inventory.counting import item_count
from frontend.views.inventory.item import show

urlpatterns = [
    path("bestand/", browsing.items, name="items"),
    path("bestand/umraeumen/", moving.move, name="items_move"),
    path("bestand/etiketten/", labelling.label_sheet, name="label_sheet"),
    path("bestand/maengel/", condition.problems, name="findings"),
    path("bestand/standorte/", places.locations, name="locations"),
    path("bestand/pakete/", bundles.keep, name="bundles"),
    path("bestand/pakete/<int:pk>/", bundles.keep, name="bundle"),
    path("bestand/pakete/<int:pk>/aufloesen/", bundles.dissolve, name="bundle_dissolve"),
    path("bestand/standorte/<int:pk>/", places.location_edit, name="location_edit"),
    path("bestand/artikel/", products.products, name="products"),
    path("bestand/artikel/neu/", products.product_create, name="product_create"),
    path("bestand/artikel/<int:pk>/", products.product_edit, name="product_edit"),
    path("bestand/artikel/<int:pk>/bild/", products.product_picture, name="product_picture"),
    path("bestand/artikel/<int:pk>/exemplare/", adding.items_create, name="items_create"),
    path("bestand/<int:pk>/", show, name="item"),
    path("bestand/<int:pk>/bearbeiten/", describing.item_edit, name="item_edit"),
    path("bestand/<int:pk>/sperren/", condition.take_out, name="item_take_out"),
    path("bestand/<int:pk>/zaehlen/", item_count, name="item_count"),
    path("bestand/<int:pk>/hineinlegen/", kits.kit_fill, name="kit_fill"),
    path("bestand/<int:pk>/herausnehmen/", kits.kit_empty, name="kit_empty"),
    path("bestand/<int:pk>/abgang/", leaving.item_leave, name="item_leave"),
    path("bestand/<int:pk>/wieder-da/", leaving.item_find, name="item_find"),
    path("bestand/<int:pk>/etikett/", labelling.reprint, name="label_reprint"),
    path("bestand/<int:pk>/fremdcode/", labelling.adopt, name="label_adopt"),
    path("bestand/etiketten/<int:pk>/entwerten/", labelling.retire, name="label_retire"),
    path("bestand/sperren/<int:pk>/aufheben/", condition.give_back, name="outage_end"),
    path("bestand/maengel/<int:pk>/erledigt/", condition.settle, name="finding_resolve"),
]
