"""Licence keys and sign-ins at providers: which there are; and what one says, for a reason."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.door.filters import VisibleFilter
from api.door.resource import Resource
from licenses.keys import revealing
from licenses.keys.revealing import Reason
from licenses.models import Contract, Key, Provider


class KeySerializer(serializers.ModelSerializer[Key]):
    class Meta:
        model = Key
        fields = ("id", "contract", "provider", "kind", "name", "sign_in_name", "changed_at")
        read_only_fields = fields


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=Reason.choices)


class RevealedSerializer(serializers.Serializer[Any]):
    secret = serializers.CharField()


class KeyFilter(django_filters.FilterSet):
    contract = VisibleFilter(queryset=Contract.objects.all())
    provider = VisibleFilter(queryset=Provider.objects.all())


class KeyResource(ListModelMixin, RetrieveModelMixin, Resource):
    """What there is, without what it says."""

    queryset = Key.objects.all()
    serializer_class = KeySerializer
    filterset_class = KeyFilter

    @extend_schema(
        request=ReasonSerializer,
        responses=RevealedSerializer,
        description="What a key says. It is journalled, counted (10 an hour), and never answered twice from memory.",
    )
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: int) -> Response:
        key: Key = self.mine("licenses.reveal_keys")
        reason = Reason(self.asked(ReasonSerializer)["reason"])
        said = revealing.reveal(key, reason=reason, by=self.caller)
        return Response({"secret": said.words}, headers={"Cache-Control": "no-store"})
