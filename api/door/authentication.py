from django.utils.translation import gettext as _
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed

from people import access_tokens
from people.models import User


class TokenAuthentication(authentication.TokenAuthentication):
    """``Authorization: Token …``"""

    def authenticate_credentials(self, key: str) -> tuple[User, str]:
        user = access_tokens.holder(key)
        if user is None:
            raise AuthenticationFailed(_("Das Token ist unbekannt oder abgelaufen."))
        return user, key
