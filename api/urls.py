"""The API's addresses (DESIGN section 7)."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from api import docs
from api.auth import TokenView
from api.contacts import ContactResource
from api.institutions import InstitutionResource
from api.items import ItemResource
from api.products import ProductResource

app_name = "api"

router = SimpleRouter(use_regex_path=False)
router.register("contacts", ContactResource, basename="contact")
router.register("institutions", InstitutionResource, basename="institution")
router.register("items", ItemResource, basename="item")
router.register("products", ProductResource, basename="product")

urlpatterns: list[URLPattern | URLResolver] = [
    path("auth/token/", TokenView.as_view(), name="token"),
    path("schema/", docs.schema, name="schema"),
    path("docs/", docs.docs, name="docs"),
    *router.urls,
]
