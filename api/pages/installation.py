"""What belongs to the installation, not to a co-op: the installable app's files, health, the demo's doors."""

import re
from uuid import uuid4

from api.arrivals import first_page
from api.pages.declared import get, post
from api.speech.labels import ROLES
from api.web.answers import Answer, Content, Go, Json, Page
from api.web.frame import STATIC, environment
from api.web.visit import Visit
from governance.queries import coops_of, membership
from kernel.log.follower import parked_count
from kernel.refused import Unknown
from people.person import everybody, person
from people.photos import photo
from people.sign_in import open_session
from sending.outbox import kept_letters


@get("/manifest.webmanifest")
def manifest(visit: Visit) -> Answer:
    """Say how to install the app."""
    text = environment.get_template("manifest.webmanifest").render(lang=visit.lang, _=visit.say)
    return Content(text.encode(), "application/manifest+json")


@get("/service-worker.js")
def service_worker(_: Visit) -> Answer:
    """Give the script that keeps one's next booking for when there is no network."""
    return Content((STATIC / "service-worker.js").read_bytes(), "text/javascript")


@get("/offline")
def offline(_: Visit) -> Answer:
    """Show what can be said without network; kept on the phone, so it names nobody."""
    return Page("offline.html")


@get("/health")
def health(visit: Visit) -> Answer:
    """Tell whether the log can be read and how many processes are parked."""
    return Json({"status": "ok", "parked": parked_count(visit.connection)})


@get("/people")
def demo_people(visit: Visit) -> Answer:
    """List whom one may step in as; only in the demo."""
    _only_demo(visit)
    people = []
    for each in everybody(visit.connection):
        for coop in coops_of(visit.connection, each.person_id):
            member = membership(visit.connection, coop.coop_id, each.person_id, visit.now)
            roles = visit.words.listing([visit.say(ROLES[role]) for role in member.roles]) if member else ""
            what = visit.words.begin(roles) if roles else visit.say("Member")
            people.append({"person_id": each.person_id, "name": each.name, "coop_name": coop.name, "what": what})
    people.sort(key=lambda each: (each["coop_name"], each["name"]))
    return Page("people.html", {"people": people})


@post("/people/{person_id:uuid}")
def step_in(visit: Visit) -> Answer:
    """Take someone's place; only in the demo."""
    _only_demo(visit)
    someone = person(visit.connection, visit.place("person_id"))
    if someone is None:
        raise Unknown
    with visit.site.writing() as connection:
        token = open_session(connection, someone.person_id, uuid4(), "demo", visit.now)
    return Go(first_page(visit.site, someone.person_id), cookies={"session": token})


@get("/mailbox")
def local_mailbox(visit: Visit) -> Answer:
    """Show the letters kept here because no mail server is set; never on a public installation."""
    settings = visit.site.settings
    if settings.smtp_url or settings.is_public:
        raise Unknown
    mails = [
        {"at": each.at, "to": each.address, "subject": each.subject, "lines": _lines(each.body, settings.base_url)}
        for each in kept_letters(visit.connection)
    ]
    return Page("mailbox.html", {"mails": mails})


@get("/coops/{coop_id:uuid}/photos/{photo_id:uuid}")
def show_photo(visit: Visit) -> Answer:
    """Show a photo to the members of its co-op."""
    jpeg = photo(visit.connection, visit.coop_id, visit.place("photo_id"))
    if jpeg is None:
        raise Unknown
    return Content(jpeg, "image/jpeg")


def _only_demo(visit: Visit) -> None:
    if not visit.site.settings.demo:
        raise Unknown


def _lines(body: str, base_url: str) -> list[dict[str, str | None]]:
    found = []
    for line in filter(None, map(str.strip, body.splitlines())):
        link = re.fullmatch(re.escape(base_url) + r"(/\S*)", line)
        found.append({"text": line, "href": link[1] if link else None})
    return found
