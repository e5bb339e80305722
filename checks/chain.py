"""Every co-op's chain, and the heads that left the house, each of which it must pass through."""

from collections.abc import Sequence

from sqlalchemy import Engine

from checks.checked import Checked
from kernel.log.heads import SignedHead, Signer
from kernel.log.verify import verify

FORGED = (
    "the head at position {position}, co-op {coop_id}, was not signed under this VOISITURE_SECRET: it was forged or "
    "altered, or it is another installation's"
)


def check_chain(engine: Engine, signer: Signer, heads: Sequence[SignedHead]) -> Checked:
    """Follow every chain from its first link, through each head that was signed here; `NoLogError` without a log."""
    good = [signed.head for signed in heads if signer.has_signed(signed)]
    verified = verify(engine, good)
    held = f"; {len(good)} heads held against it" if heads else ""
    checked = Checked(said=f"Chain: {verified.events} events, each link computed anew{held}")
    for head in (signed.head for signed in heads if signed.head not in good):
        checked.fault(FORGED.format(position=head.position, coop_id=head.coop_id))
    for fault in verified.faults:
        stream = f", stream {fault.stream_id}" if fault.stream_id else ""
        checked.fault(f"position {fault.position}, co-op {fault.coop_id}{stream}: {fault.reason}")
    return checked
