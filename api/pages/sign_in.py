"""Coming in: by a link sent by mail, or in the demo by stepping into someone's place."""

from urllib.parse import urlsplit
from uuid import uuid4

from api.arrivals import ComeIn, Intent, arrive, first_page, intent_of, sealed
from api.pages.declared import get, post
from api.web.answers import Answer, Go, Page
from api.web.forms import inside
from api.web.visit import Visit
from kernel.refused import Unknown
from people.person import person_by_email
from people.sign_in import LINK_LASTS, close_device, close_session, look_at_link, make_link, open_session, use_link
from sending.outbox import Letter, write_letter


@get("/")
def front_door(visit: Visit) -> Answer:
    """Who is signed in goes to her co-op; others meet the sign-in page."""
    if visit.person is None:
        return sign_in(visit)
    return Go(first_page(visit.site, visit.person.person_id))


@get("/sign-in")
def sign_in(visit: Visit) -> Answer:
    """Ask for one's mail address."""
    return Page("sign_in.html", {"next": inside(visit.given("next")), "demo": visit.site.settings.demo})


@post("/sign-in", again=sign_in)
def ask_link(visit: Visit) -> Answer:
    """Send a link to a known address; say the same for an unknown one, so that nobody learns who is a member."""
    return send_link(visit, ComeIn(inside(visit.given("next")) or "/"))


@get("/sign-in/{token:str}")
def arrival(visit: Visit) -> Answer:
    """Show whom the link is for; opening it does not use it up, for mail scanners open links too."""
    token = str(visit.sent.places["token"])
    link = look_at_link(visit.connection, token, visit.now)
    intent = intent_of(link)
    known = person_by_email(visit.connection, link.email)
    return Page("arrive.html", {"token": token, "name": known.name if known else intent.name or None})


@post("/sign-in/{token:str}")
def come_in(visit: Visit) -> Answer:
    """Use the link: open a session and do what it was asked for."""
    with visit.site.writing() as connection:
        link = use_link(connection, str(visit.sent.places["token"]), visit.now)
    person_id, to = arrive(visit.site, link)
    device = visit.sent.headers.get("user-agent", "")
    with visit.site.writing() as connection:
        token = open_session(connection, person_id, uuid4(), device, visit.now)
    return Go(to, cookies={"session": token})


@post("/sign-out")
def sign_out(visit: Visit) -> Answer:
    """Close this device's session."""
    with visit.site.writing() as connection:
        close_session(connection, visit.token)
    return Go("/sign-in", cookies={"session": ""})


@post("/devices/{device_id:uuid}/sign-out")
def sign_out_device(visit: Visit) -> Answer:
    """Close the session of another of one's devices."""
    with visit.site.writing() as connection:
        close_device(connection, visit.my_person.person_id, visit.place("device_id"))
    return Go(inside(urlsplit(visit.sent.headers.get("referer", "")).path) or "/", said="That device is signed out.")


@post("/language")
def choose_language(visit: Visit) -> Answer:
    """Choose the language of the pages on this device."""
    lang = visit.given("lang")
    if lang not in ("fr", "en"):
        raise Unknown
    return Go(inside(visit.given("next")) or "/", cookies={"lang": lang})


def send_link(visit: Visit, intent: Intent) -> Answer:
    """Send a sign-in link for an intent to the address typed; answer with the page that says to look for it."""
    email = visit.form.mail_address("email")
    mail_link(visit, email, intent)
    settings = visit.site.settings
    mailbox = None if settings.smtp_url or settings.is_public else "/mailbox"
    minutes = int(LINK_LASTS.total_seconds() // 60)
    return Page("check_mail.html", {"email": email, "minutes": minutes, "mailbox_href": mailbox})


def mail_link(visit: Visit, email: str, intent: Intent) -> None:
    """Put a sign-in link for an intent in the outbox; without a newcomer's name, to known addresses only."""
    with visit.site.writing() as connection:
        token = make_link(connection, email, sealed(intent), asked_from=visit.sent.client, at=visit.now)
        if intent.name or person_by_email(connection, email):
            facts = {"path": f"/sign-in/{token}", "lang": visit.lang}
            letter = Letter(letter_id=uuid4(), coop_id=None, template="sign_in", address=email, facts=facts)
            write_letter(connection, letter, visit.now)
