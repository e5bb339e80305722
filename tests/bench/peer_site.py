"""ihatemoney with a project of the bench's: carried out by the peer's own interpreter, which knows nothing of ours.

`python peer_site.py` fills its database from the file of expenses; `peer_site:application` serves it.
"""

import json
import os
from datetime import date
from pathlib import Path

# Only the peer's own venv has its package: where types are checked it is not there.
from ihatemoney.models import Bill, Person, Project, db  # type: ignore[import-not-found]
from ihatemoney.run import create_app  # type: ignore[import-not-found]
from werkzeug.security import generate_password_hash

NO_CURRENCY = "XXX"  # ISO 4217's code for none, which is what the peer has where a project does not choose one


class Settings:
    """Its configuration: no form token, for one program signs in."""

    SQLALCHEMY_DATABASE_URI = os.environ["PEER_DATABASE"]
    SQLALCHEMY_TRACK_MODIFICATIONS = False
    SECRET_KEY = "bench"
    WTF_CSRF_ENABLED = False
    SESSION_COOKIE_SECURE = False


application = create_app(configuration=Settings)


def fill() -> None:
    """Make the project, its people and its bills."""
    told = json.loads(Path(os.environ["PEER_EXPENSES"]).read_text(encoding="utf-8"))
    with application.app_context():
        project = Project(
            id="bench",
            name="bench",
            password=generate_password_hash("bench"),
            contact_email="bench@example.org",
            default_currency=NO_CURRENCY,
        )
        db.session.add(project)
        people = [Person(name=name, project=project, weight=1) for name in told["people"]]
        db.session.add_all(people)
        db.session.commit()
        for payer, cents, among, day in told["expenses"]:
            bill = Bill(
                amount=cents / 100,
                bill_type="Expense",
                date=date.fromisoformat(day),
                original_currency=NO_CURRENCY,
                owers=[people[number] for number in among],
                payer_id=people[payer].id,
                project_default_currency=NO_CURRENCY,
                what="Fuel",
            )
            db.session.add(bill)
        db.session.commit()


if __name__ == "__main__":
    fill()
