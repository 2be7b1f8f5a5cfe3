"""Tags that tell a track's buttons from those of another track that was given its number."""

from __future__ import annotations

import base64
import secrets

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Give every track a tag, so that a panel opened before is told as old; drop an index that only cost time."""
    op.add_column("tracks", sa.Column("tag", sa.Text))
    connection = op.get_bind()
    tracks = sa.table("tracks", sa.column("id", sa.BigInteger), sa.column("tag", sa.Text))
    tagged = sa.update(tracks).where(tracks.c.id == sa.bindparam("of"))
    for (id,) in connection.execute(sa.select(tracks.c.id)).all():
        tag = base64.b32encode(secrets.token_bytes(5)).decode().lower()
        connection.execute(tagged, {"of": id, "tag": tag})
    op.drop_index("ix_points_board", "points")
