"""Whatever a scanner can send becomes the thing it stands for."""

from typing import Any, Final

from django.db.models import Model
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.handovers import HandoverResource
from api.institutions import InstitutionResource
from api.items import ItemResource, ItemSerializer
from api.reservations import ReservationResource
from inventory.models import Item
from lending.models import Handover, Reservation
from lending.scanning import Kind, resolve
from people.models import Institution, User


class PersonSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ("id", "name", "email", "phone")
        read_only_fields = fields


class FoundSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField([kind.value for kind in Kind if kind not in {Kind.FOREIGN, Kind.UNKNOWN}])
    id = serializers.IntegerField()
    name = serializers.CharField()
    object = serializers.DictField(help_text="As its own address shows it.")


SHOWN_BY: Final[dict[type[Model], Any]] = {
    Reservation: ReservationResource,
    Handover: HandoverResource,
    Institution: InstitutionResource,
}


class ScanView(APIView):
    """The item, reservation, slip, institution or person that a code stands for; case and keyboard are forgiven."""

    @extend_schema(responses=FoundSerializer)
    def get(self, request: Request, code: str) -> Response:
        found = resolve(code, user=request.user, items=ItemResource.queryset)
        thing = found.object
        if thing is None or not found.is_known:
            raise NotFound(str(found.sentence), code=f"{found.kind}_code")
        return Response({"kind": found.kind, "id": thing.pk, "name": str(thing), "object": shown(thing, request)})


def shown(thing: Model, request: Request) -> Any:
    if isinstance(thing, User):
        return PersonSerializer(thing).data
    if isinstance(thing, Item):
        return ItemSerializer(thing).data
    resource: Any = SHOWN_BY[type(thing)]
    return resource.serializer_class(resource.queryset.visible_to(request.user).get(pk=thing.pk)).data
