"""The schema tells what every operation shares: the idempotency key of writes, and the shape of refusals."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Makes the request safe to send again: the first final answer is stored for 7 days and replayed byte "
    "for byte. The same key with another body is refused (422).",
    pattern="^[ -~]{1,200}$",
)


class ErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="For programs; stable.")
    detail = serializers.CharField(help_text="For people.")
    attr = serializers.CharField(allow_null=True, help_text="The field it is about, `lines.0.quantity`, or null.")


class ErrorsSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="`validation_error`, `client_error` or `server_error`")
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]  # the documented name; DRF takes it off the class


class RefusalSerializer(ErrorsSerializer):
    """A refusal explains itself and offers a way out."""

    code = serializers.CharField(help_text="`not_available`, `item_is_promised`, `try_again` …")
    facts = serializers.DictField(help_text="What the sentence says, as data.")
    alternatives = serializers.ListField(child=serializers.DictField(), help_text="What would be possible instead.")


class Operation(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        return [IDEMPOTENCY_KEY] if self._is_signed_write() else []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status, shape in self._refusals():
            bodies.setdefault(str(status), self._get_response_for_code(shape, str(status)))  # type: ignore[no-untyped-call]  # the library's
        return bodies

    def _refusals(self) -> list[tuple[int, type[serializers.Serializer[Any]]]]:
        told: list[tuple[int, type[serializers.Serializer[Any]]]] = [
            (status, ErrorsSerializer) for status in (400, 401, 403, 404, 406)
        ]
        if self.method == "POST":
            told += [(status, ErrorsSerializer) for status in (413, 415, 429)]
        if self._is_signed_write():
            told += [(409, RefusalSerializer), (422, RefusalSerializer)]
        return told

    def _is_signed_write(self) -> bool:
        return self.method == "POST" and bool(self.view.authentication_classes)
