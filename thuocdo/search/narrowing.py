"""Lets the database leave out what cannot answer a question; what is left is judged by `rules/words.py`.

PostgreSQL looks into an index of words (made by the migrations `0002_words` of the apps), SQLite reads
through the folded column, which at the size it is meant for (20,000 rows) takes less than the page itself.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from thuocdo.search.rules.words import Question

WORDS = "to_tsvector('simple'::regconfig, regexp_replace({table}.folded, '[^[:alnum:]]+', ' ', 'g'))"


def narrowed(rows: QuerySet[Any], question: Question, column: str = "folded") -> QuerySet[Any]:
    """The rows whose folded column may answer the question."""
    if connection.vendor == "postgresql" and column == "folded":
        wanted = " & ".join([*question.whole, *(f"{word}:*" for word in question.begun)])
        table = rows.model._meta.db_table
        sql = f"{WORDS.format(table=table)} @@ to_tsquery('simple'::regconfig, %s)"
        return rows.filter(RawSQL(sql, [wanted], output_field=BooleanField()))  # nosec B611 # words as values
    for word in question.words:
        rows = rows.filter(**{f"{column}__contains": word})
    return rows
