from typing import Any, TypeAlias, Union

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leihwerk.tokens import new_token
from people.models.mailbox import Mailbox, new_address_is_not_refused, refusal_has_a_code, refused_mailboxes
from people.models.membership import Membership

AnyUser: TypeAlias = Union["User", AnonymousUser]


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "AnyUser") -> "UserQuerySet":
        """Oneself, and the members one may see."""
        if user.is_anonymous:
            return self.none()
        members = Membership.objects.visible_to(user)
        return self.filter(Q(pk=user.pk) | Q(pk__in=members.values("user")))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self.db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Mailbox):
    """A person with an account. What they may do follows from their memberships, never from this row."""

    email = models.EmailField(_("E-Mail"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    salutation = models.CharField(_("Anrede"), max_length=20, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    language = models.CharField(_("Sprache"), max_length=2, default="de")
    token = models.CharField(max_length=27, unique=True, default=new_token, editable=False)
    is_operator = models.BooleanField(_("betreibt die Installation"), default=False)
    is_active = models.BooleanField(_("kann sich anmelden"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(_("ausgeschieden"), null=True, blank=True)

    objects = UserQuerySet.as_manager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(name="user_email_is_lower_case", condition=Q(email=Lower("email"))),
            refusal_has_a_code("user"),
        ]
        indexes = [refused_mailboxes("user")]
        triggers = [new_address_is_not_refused("user")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def memberships_in_force(self) -> list[Membership]:
        """Read once a request; a membership that ends takes effect with the next one."""
        if not self.is_active:
            return []
        found = list(self.memberships.in_force().select_related("center", "institution"))
        for membership in found:
            if membership.institution is not None:
                membership.institution.center = membership.center
        return found

    @property
    def active_memberships(self) -> list[Membership]:
        return [membership for membership in self.memberships_in_force if membership.is_active]
