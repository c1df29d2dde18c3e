from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final, cast

from django.db import transaction
from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED
from rest_framework.viewsets import GenericViewSet

from api.door.columns import own_and
from leihwerk.errors import DomainError
from people import once
from people.models import User
from people.once import Answer, Key
from people.permissions import require

LONGEST_KEY: Final = 200


class Resource(GenericViewSet[Any]):
    """Rows the caller may see; a write (POST, there is no other) happens once, in one transaction."""

    told: ClassVar[tuple[str, ...]] = ()
    """What answers tell of joined rows; without it, those are read whole, as an act needs them."""

    along: ClassVar[tuple[Any, ...]] = ()
    """What is read beside the rows and told with them."""

    http_method_names = ["get", "head", "post"]
    lookup_value_converter = "int"
    post: Callable[..., HttpResponseBase]

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        rows = rows.visible_to(self.request.user)
        return self.to_tell(rows) if self.request.method in SAFE_METHODS else rows

    def filter_queryset(self, queryset: Any) -> Any:
        """Filters are for lists: building their form costs a third of a small answer."""
        return queryset if self.detail else super().filter_queryset(queryset)

    def to_tell(self, rows: Any) -> Any:
        return rows.only(*own_and(rows.model, *self.told)) if self.told else rows

    @property
    def caller(self) -> User:
        """Who asks; anonymous requests did not get here."""
        return cast("User", self.request.user)

    def mine(self, verb: str) -> Any:
        """The row the address names, if the caller may see it (else 404) and do ``verb`` to it (else 403)."""
        row = self.get_object()
        require(self.caller, verb, on=row)
        return row

    def asked(self, shape: type[Serializer[Any]]) -> dict[str, Any]:
        """The body, validated. Raises ValidationError."""
        asked = shape(data=self.request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def shown(self, pk: int, status: int = HTTP_200_OK) -> Response:
        """The row as the database has it now."""
        return Response(self.get_serializer(self.to_tell(self.get_queryset()).get(pk=pk)).data, status)

    def made(self, row: Model) -> Response:
        """A row that was just written, as it was written; only what belongs to it is read."""
        prefetch_related_objects([row], *self.along)
        return Response(self.get_serializer(row).data, HTTP_201_CREATED)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if hasattr(self, "post"):
            self.post = partial(self._once, self.post)
        return super().dispatch(request, *args, **kwargs)

    def _once(
        self, act: Callable[..., HttpResponseBase], request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        asked: Callable[[], Any] = partial(act, request, *args, **kwargs)
        key = key_of(request)
        if key is None:
            said: Response = once.run(asked)
            return said
        answer = once.answered(key, partial(self._answer, asked))
        return HttpResponse(
            answer.body, status=answer.status, content_type=answer.content_type, headers=dict(answer.headers)
        )

    def _answer(self, asked: Callable[[], Response]) -> Answer:
        """The bytes of what the handler says; a final refusal undoes the handler's work, but not the key."""
        try:
            with transaction.atomic():
                said = asked()
        except DomainError as refusal:
            if refusal.is_transient:
                raise
            said = self.handle_exception(refusal)
        rendered = self.finalize_response(self.request, said, *self.args, **self.kwargs).render()
        headers = {name: value for name, value in rendered.items() if name != "Content-Type"}
        is_secret = rendered.get("Cache-Control") == "no-store"
        content_type = rendered["Content-Type"]
        return Answer(rendered.status_code, rendered.content, content_type, headers, is_memorable=not is_secret)


def key_of(request: Request) -> Key | None:
    """The caller's Idempotency-Key, bound to the caller and to what the parsed fields ask for."""
    value = request.headers.get("Idempotency-Key")
    if value is None:
        return None
    if not 1 <= len(value) <= LONGEST_KEY or not (value.isascii() and value.isprintable()):
        raise ValidationError({"Idempotency-Key": [_("Ein Schlüssel hat 1 bis 200 druckbare ASCII-Zeichen.")]})
    fields = {"query": request.query_params.dict(), "body": request.data}
    return Key(f"user:{request.user.pk}", value, once.fingerprint(str(request.method), request.path, fields))
