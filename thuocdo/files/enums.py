"""What the virus scanner said of a file."""

from django.db.models import TextChoices


class Verdict(TextChoices):
    """The last one decides: only a file that is clean, or came while no scanner was set up, is given out."""

    CLEAN = "clean"
    UNANSWERED = "unanswered"
    INFECTED = "infected"
