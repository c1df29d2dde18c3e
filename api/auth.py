"""Signing in a program: e-mail and password against a token."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError as TooManyAttempts
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people import access_tokens, once
from people.models import User

LONGEST_PASSWORD = 1024
WAIT_SECONDS = 300


class CredentialsSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=LONGEST_PASSWORD, trim_whitespace=False)
    code = serializers.CharField(
        max_length=12, required=False, help_text="The second factor's six digits, for accounts that have one."
    )


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="Valid for a year. Send `Authorization: Token …`.")


class TokenView(APIView):
    """A token for this account. Wrong passwords, unknown and closed accounts are told in the same words."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(request=CredentialsSerializer, responses={200: TokenSerializer})
    def post(self, request: Request) -> Response:
        asked = CredentialsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = self._holder(request, **asked.validated_data)
        return Response({"token": once.run(lambda: access_tokens.issue(user))})

    def _holder(self, request: Request, *, email: str, password: str, code: str = "") -> User:
        try:
            user = get_adapter().authenticate(request, email=email, password=password)
        except TooManyAttempts:
            raise Throttled(WAIT_SECONDS) from None
        if not isinstance(user, User) or not user.is_active:
            raise ValidationError(_("E-Mail oder Passwort stimmen nicht."), code="bad_credentials")
        if is_mfa_enabled(user):
            self._ask_second_factor(request, user, code)
        return user

    def _ask_second_factor(self, request: Request, user: User, code: str) -> None:
        """The same count of attempts as on the sign-in page. A passkey alone opens pages, not this door."""
        if not ratelimit.consume(request, action="login_failed", key=f"mfa-auth-user-{user.pk}"):
            raise Throttled(WAIT_SECONDS)
        totp = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if totp is None or not totp.wrap().validate_code(code):
            raise ValidationError(
                {"code": _("Dieses Konto verlangt den Code aus der Authenticator-App.")}, code="second_factor_required"
            )
