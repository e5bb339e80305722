"""What follows the log: nobody has followed further than it goes."""

from sqlalchemy import Engine, func, select

from checks.checked import Checked
from kernel.database import reading
from kernel.log.follower import followers, parked
from kernel.log.recorder import events


def check_followers(engine: Engine) -> Checked:
    """Compare how far each follower is, and where processes were parked, with the log's end."""
    with reading(engine) as connection:
        last = connection.execute(select(func.max(events.c.position))).scalar() or 0
        at = connection.execute(select(followers.c.name, followers.c.position)).all()
        waiting = connection.execute(select(parked.c.process, parked.c.position)).all()
    checked = Checked(said=f"Followers: {len(at)}, and {len(waiting)} parked processes, against the log's end")
    for name, position in (*at, *waiting):
        if position > last:
            checked.fault(f"{name} stands at position {position}, and the log ends at {last}: its end was cut off")
    return checked
