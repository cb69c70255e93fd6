"""Writes on identities kept elsewhere: linked to an account, and taken from it (2.12)."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from thuocdo.accounts.actions.signing_in import noted
from thuocdo.accounts.models import User
from thuocdo.lib.say import require, say


@transaction.atomic
def link_identity(*, user: User, identity: SocialAccount, by: User | None, at: datetime) -> SocialAccount:
    """Let this identity sign in to the account: one account for it, and one of it for the account."""
    same = SocialAccount.objects.filter(provider=identity.provider, uid=identity.uid)
    require(
        say("This identity already opens another account here.") if same.exists() else None,
        say("The account already has an identity. Take it away first.")
        if SocialAccount.objects.filter(user=user).exists()
        else None,
        None if user.is_active else say("The account of %(name)s is shut.", name=user.name),
    )
    made = SocialAccount(
        user=user, provider=identity.provider, uid=identity.uid, extra_data=identity.extra_data
    )
    made.save(force_insert=True)
    noted("user.identity_linked", user, by=by, at=at)
    return made


@transaction.atomic
def unlink_identity(*, user: User, by: User | None, at: datetime) -> None:
    """Let the identity sign in no longer. Whoever has no password sets one first."""
    require(
        None
        if user.has_usable_password()
        else say("Set a password first: without it you could no longer sign in.")
    )
    gone, _details = SocialAccount.objects.filter(user=user).delete()
    require(None if gone else say("The account has no identity kept elsewhere."))
    noted("user.identity_unlinked", user, by=by, at=at)
