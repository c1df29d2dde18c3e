"""Pictures as they are kept: small, upright, and without what a phone writes into them (place, time, owner)."""

from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from inventory.errors import NoPicture

LONGEST_SIDE: Final = 1600
LONGEST_SMALL: Final = 256  # twice what a list shows, for sharp screens
MOST_BYTES: Final = 15_000_000


def tidy(upload: "UploadedFile[bytes]") -> "ContentFile[bytes]":
    """The picture as WebP, at most 1,600 pixels wide or high. Raises NoPicture for anything else, or above 15 MB."""
    if (upload.size or 0) > MOST_BYTES:
        raise NoPicture
    upload.seek(0)
    try:
        with Image.open(upload) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise NoPicture from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = BytesIO()
    picture.save(kept, "WEBP", quality=80)
    return ContentFile(kept.getvalue(), name="picture.webp")


def small(picture: "File[bytes]") -> bytes:
    """A kept picture for a list, as WebP."""
    made = BytesIO()
    with picture.open() as kept, Image.open(kept) as opened:
        opened.thumbnail((LONGEST_SMALL, LONGEST_SMALL))
        opened.save(made, "WEBP", quality=75)
    return made.getvalue()
