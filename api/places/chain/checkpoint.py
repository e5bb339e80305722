"""La preuve: where the co-op's chain stands, signed, to be kept; and its links, to check a head kept earlier."""

from typing import ClassVar
from uuid import UUID

import msgspec

from api.places import COOP
from api.web.answers import Page, Streamed, View, written
from api.web.routes import Described, add_for_programs, page, question, summary_of
from api.web.visit import Visit
from kernel.log.heads import Signer, head_of, links_of
from usecases.actor import Actor

LINKS = f"{COOP}/links"


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where the co-op's chain stands: a position of the log, the link there, an Ed25519 signature, all hexadecimal.

    `head` is the three on the one line that one keeps: `co-op:position:hash:signature`. What is signed is the text
    before the last colon; `public_key` is the key that checks it.
    """

    coop_id: UUID
    position: int
    hash: str
    signature: str
    head: str
    public_key: str


class Chain(View, frozen=True, kw_only=True):
    """Where the chain stands, and how one checks what one holds."""

    template: ClassVar[str] = "chain/checkpoint.html"

    checkpoint: Checkpoint


@page(f"{COOP}/proof", who="member")
def show_checkpoint(visit: Visit) -> Page:
    """Show where the co-op's chain stands, and how to check what one kept of it."""
    return Page(Chain(checkpoint=checkpoint(visit.actor)))


@question(f"{COOP}/checkpoint", who="member")
def checkpoint(actor: Actor) -> Checkpoint:
    """Where the co-op's chain stands, signed: what one keeps to know later whether the past was written anew."""
    signer = Signer(actor.keyring)
    signed = signer.sign(head_of(actor.connection, actor.coop_id))
    return Checkpoint(
        coop_id=actor.coop_id,
        position=signed.head.position,
        hash=signed.head.hash.hex(),
        signature=signed.signature.hex(),
        head=str(signed),
        public_key=signer.public_key,
    )


@page(LINKS, who="member")
def links_file(visit: Visit) -> Streamed:
    """The links of the co-op's chain, one a line: position, digest, link; nothing of what the events hold."""
    actor = visit.actor
    lines = written(links_of(actor.connection, actor.coop_id))
    return Streamed(lines, "text/plain", f"links-{actor.today}.txt")


add_for_programs(
    "GET",
    LINKS,
    links_file,
    "member",
    links_file,
    Described(summary=summary_of(links_file), returns=str, answered_as=("text/plain",)),
)
