"""The papers of a contract, as files: added, replaced, removed. What is gone from the list is gone from the disk, once
that is certain."""

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from licenses.files import accepted_document
from licenses.models import Amendment, Contract, Document
from people import journal
from people.models import User


@transaction.atomic
def attach(
    contract: Contract, *, name: str, upload: "UploadedFile[bytes]", amendment: Amendment | None = None, by: User
) -> Document:
    """Keep a paper of ``contract``, or of one of its amendments. Raises DocumentIsNotAllowed."""
    document = Document(center_id=contract.center_id, contract=contract, amendment=amendment, name=name)
    document.file = accepted_document(upload)
    document.save()
    about = amendment.pk if amendment else None
    journal.record("document.added", document, by=by, contract=contract.pk, amendment=about, kind=document.kind)
    return document


@transaction.atomic
def change(document: Document, *, name: str, upload: "UploadedFile[bytes] | None" = None, by: User) -> Document:
    """Name it anew, and with ``upload`` put another file in its place. Raises DocumentIsNotAllowed."""
    document = Document.objects.select_for_update(no_key=True, of=("self",)).get(pk=document.pk)
    changed = ["name"] if document.name != name else []
    document.name = name
    if upload:
        transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
        document.file = accepted_document(upload)
        changed.append("file")
    if changed:
        document.save(update_fields=changed)
        journal.record("document.changed", document, by=by, fields=changed, kind=document.kind)
    return document


@transaction.atomic
def remove(document: Document, *, by: User) -> None:
    """Throw it away, with its file."""
    document = Document.objects.select_for_update(no_key=True, of=("self",)).get(pk=document.pk)
    journal.record("document.removed", document, by=by, contract=document.contract_id)
    transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
    document.delete()
