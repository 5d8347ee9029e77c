"""登记 and its chain. Rows are appended by ``append.py`` alone and never changed, except that a payload may be lawfully erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

SEQ_BITS = 31


class Chain(models.Model):
    """One chain of entries: one for each jurisdiction, a confidential one beside it (its id from 2048 on), and one common to all.

    The row is the chain's head. It is locked first in every action, which makes the chain's writers one after another.
    ``reference_version`` grows with every change of units, seats, posts or calendar.
    """

    record_class: ClassVar[str] = "register"

    id = models.SmallIntegerField(primary_key=True)
    key = models.CharField(max_length=40, unique=True)
    jurisdiction_id = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="0" * 64)
    head_recorded_at = models.DateTimeField(null=True)
    reference_version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "登记簿链"

    def __str__(self) -> str:
        return f"{self.key}:{self.seq}"


class Entry(models.Model):
    """登记: one action, done or refused by the law.

    ``id`` = chain id x 2^31 + seq. ``sealed`` is the canonical JSON {payload, findings, result}; the hash covers its salted
    digest, so that it can be erased (``sealed`` and ``salt`` empty, an entry says why) and the chain still verifies.
    """

    record_class: ClassVar[str] = "register"

    id = models.BigIntegerField(primary_key=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries", db_index=False)
    seq = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    on_behalf_of = models.BigIntegerField(null=True)
    entered_for = models.BigIntegerField(null=True)
    via = models.CharField(max_length=12)
    caused_by = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10)
    payload_version = models.SmallIntegerField()
    edition = models.CharField(max_length=64)
    software = models.CharField(max_length=40)
    salt = models.CharField(max_length=32)
    sealed = models.TextField()
    sealed_digest = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "登记"
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["chain", "seq"], name="entry_chain_seq")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "id"], name="entry_subject"),
            models.Index(fields=["chain", "recorded_at"], condition=models.Q(outcome="refused"), name="entry_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.seq} {self.action} {self.outcome}"


class EditionText(models.Model):
    """An edition's canonical bytes by digest, so that a case keeps the text under which it was opened."""

    record_class: ClassVar[str] = "register"

    digest = models.CharField(max_length=64, primary_key=True)
    edition_id = models.CharField(max_length=60)
    canonical = models.TextField()

    class Meta:
        verbose_name = "法规版本文本"

    def __str__(self) -> str:
        return f"{self.edition_id} {self.digest[:12]}"


class Installation(models.Model):
    """This database: whether it was made as a demonstration (only then may the clock be another)."""

    record_class: ClassVar[str] = "operational"

    id = models.SmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "本系统"

    def __str__(self) -> str:
        return "demo" if self.is_demo else "real"
