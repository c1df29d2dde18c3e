"""The API's addresses (DESIGN section 7)."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from api import docs
from api.auth import TokenView
from api.bundles import BundleResource
from api.contacts import ContactResource
from api.contracts import ContractResource, EntitlementResource
from api.deletions import DeletionResource
from api.handovers import HandoverResource
from api.institutions import InstitutionResource
from api.items import ItemResource
from api.keys import KeyResource
from api.loans import LoanResource
from api.media import MediumResource
from api.packages import PackageResource
from api.products import ProductResource
from api.reservations import ReservationResource
from api.returns import ReturnResource
from api.scan import ScanView

app_name = "api"

router = SimpleRouter(use_regex_path=False)
router.register("bundles", BundleResource, basename="bundle")
router.register("contacts", ContactResource, basename="contact")
router.register("contracts", ContractResource, basename="contract")
router.register("deletions", DeletionResource, basename="deletion")
router.register("entitlements", EntitlementResource, basename="entitlement")
router.register("handovers", HandoverResource, basename="handover")
router.register("institutions", InstitutionResource, basename="institution")
router.register("items", ItemResource, basename="item")
router.register("keys", KeyResource, basename="key")
router.register("loans", LoanResource, basename="loan")
router.register("media", MediumResource, basename="medium")
router.register("packages", PackageResource, basename="package")
router.register("products", ProductResource, basename="product")
router.register("reservations", ReservationResource, basename="reservation")
router.register("returns", ReturnResource, basename="return")

urlpatterns: list[URLPattern | URLResolver] = [
    path("auth/token/", TokenView.as_view(), name="token"),
    path("schema/", docs.schema, name="schema"),
    path("docs/", docs.docs, name="docs"),
    path("scan/<path:code>/", ScanView.as_view(), name="scan"),
    *router.urls,
]
