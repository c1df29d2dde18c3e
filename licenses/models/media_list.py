from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leihwerk.constraints import CompositeForeignKey
from licenses.errors import ListIsGone
from licenses.models.medium import Medium
from people.models import Center, Institution
from people.visibility import VisibleQuerySet


class MediaListQuerySet(VisibleQuerySet["MediaList"]):
    seen_by = "licenses.use"

    def lock(self) -> "MediaListQuerySet":
        return self.order_by("pk").select_for_update(no_key=True, of=("self",))

    def locked(self, pk: int) -> "MediaList":
        """Raises ListIsGone: a colleague threw it away meanwhile."""
        found = self.lock().filter(pk=pk).first()
        if found is None:
            raise ListIsGone
        return found


class MediaList(models.Model):
    """Media that teachers of an institution chose for pupils: a code of pupils stands for one such list."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", related_query_name="media_list")
    title = models.CharField(_("Titel"), max_length=80)
    made_at = models.DateTimeField()

    objects = MediaListQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(name="media_list_of_its_center", fields=["center", "id"]),
            models.UniqueConstraint(name="media_list_of_its_institution", fields=["institution", "id"]),
            CompositeForeignKey(
                name="media_list_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MediaListTitle(models.Model):
    """A medium on a list."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    media_list = models.ForeignKey(MediaList, models.CASCADE, related_name="titles")
    medium = models.ForeignKey(Medium, models.CASCADE, related_name="+", related_query_name="on_list")

    class Meta:
        ordering = ("media_list", "pk")
        constraints = [
            models.UniqueConstraint(name="medium_is_on_a_list_once", fields=["media_list", "medium"]),
            CompositeForeignKey(
                name="list_of_a_title_is_of_its_center",
                fields=["center", "media_list"],
                to="licenses.MediaList",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="medium_on_a_list_is_of_its_center",
                fields=["center", "medium"],
                to="licenses.Medium",
                to_fields=["center", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.medium)


class PupilCodeQuerySet(VisibleQuerySet["PupilCode"]):
    seen_by = "licenses.use"

    def standing(self) -> "PupilCodeQuerySet":
        """Those that nobody took back; they may be over."""
        return self.filter(revoked_at__isnull=True)


class PupilCode(models.Model):
    """Lets pupils see what is on a list, without an account, up to the end of a school year. A list has one at most.

    ``digest`` is all that is kept of it (licenses/pupil_codes.py): reading the table opens nothing.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", related_query_name="pupil_code")
    media_list = models.ForeignKey(MediaList, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_on = models.DateField(_("gilt bis"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PupilCodeQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="list_has_one_code_that_stands", fields=["media_list"], condition=Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(
                name="code_is_revoked_after_it_was_made",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
            ),
            CompositeForeignKey(
                name="pupil_code_institution_is_of_its_center",
                fields=["center", "institution"],
                to="people.Institution",
                to_fields=["center", "id"],
            ),
            CompositeForeignKey(
                name="pupil_code_is_of_the_institution_of_its_list",
                fields=["institution", "media_list"],
                to="licenses.MediaList",
                to_fields=["institution", "id"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.media_list)


class WrongCode(models.Model):
    """Somebody typed a code that opens nothing; forgotten after an hour.

    ``sender`` is a keyed hash of the address it came from and of the hour.
    """

    sender = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"
