"""Which rows a person sees: ``QuerySet.visible_to(user)``, and nowhere else."""

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from people.roles import GRANTS, Reach

if TYPE_CHECKING:
    from people.models.user import AnyUser, User

Row = TypeVar("Row", bound=Model)
NOTHING = Q(pk__in=[])


class VisibleQuerySet(QuerySet[Row]):
    """Rows of one centre. ``seen_by`` is the verb that lets a person see them; the paths lead from the row to its
    centre, its institution (None: the row belongs to no institution) and the people whose own it is."""

    seen_by: ClassVar[str]
    center_path: ClassVar[str] = "center"
    institution_path: ClassVar[str | None] = "institution"
    own_paths: ClassVar[tuple[str, ...]] = ()

    def visible_to(self, user: "AnyUser") -> Self:
        if user.is_anonymous:
            return self.none()
        return self.filter(self._reached_by(user))

    def _reached_by(self, user: "User") -> Q:
        grants = GRANTS[self.seen_by]
        reached = NOTHING
        for membership in user.memberships_in_force:
            reach = grants.get(membership.standing)
            if reach is None or (reach < Reach.CENTER and self.institution_path is None):
                continue
            rows = Q(**{self.center_path: membership.center_id})
            if reach < Reach.CENTER:
                rows &= Q(**{str(self.institution_path): membership.institution_id})
            if reach == Reach.OWN:
                own = NOTHING
                for path in self.own_paths:
                    own |= Q(**{path: user.pk})
                rows &= own
            reached |= rows
        return reached
