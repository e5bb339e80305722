"""Coming in: by a link sent by mail, or in the demo by stepping into someone's place."""

from urllib.parse import urlsplit
from uuid import uuid4

from api.arrivals import ComeIn, Intent, arrive, first_page, intent_of, sealed
from api.web.answers import Answer, Go, Page
from api.web.asking import Asking
from api.web.forms import inside
from api.web.routes import get, post
from kernel.refused import Unknown
from people.person import person_by_email
from people.sign_in import LINK_LASTS, close_device, close_session, look_at_link, make_link, open_session, use_link
from sending.outbox import Letter, write_letter


@get("/")
def front_door(asking: Asking) -> Answer:
    """Who is signed in goes to her co-op; others meet the sign-in page."""
    if asking.person is None:
        return sign_in(asking)
    return Go(first_page(asking.site, asking.person.person_id))


@get("/sign-in")
def sign_in(asking: Asking) -> Answer:
    """Ask for one's mail address."""
    return Page("sign_in.html", {"next": inside(asking.given("next")), "demo": asking.site.settings.demo})


@post("/sign-in", again=sign_in)
def ask_link(asking: Asking) -> Answer:
    """Send a link to a known address; say the same for an unknown one, so that nobody learns who is a member."""
    return send_link(asking, ComeIn(inside(asking.given("next")) or "/"))


@get("/sign-in/{token:str}")
def arrival(asking: Asking) -> Answer:
    """Show whom the link is for; opening it does not use it up, for mail scanners open links too."""
    token = str(asking.sent.places["token"])
    link = look_at_link(asking.connection, token, asking.now)
    intent = intent_of(link)
    known = person_by_email(asking.connection, link.email)
    return Page("arrive.html", {"token": token, "name": known.name if known else intent.name or None})


@post("/sign-in/{token:str}")
def come_in(asking: Asking) -> Answer:
    """Use the link: open a session and do what it was asked for."""
    with asking.site.writing() as connection:
        link = use_link(connection, str(asking.sent.places["token"]), asking.now)
    person_id, to = arrive(asking.site, link)
    device = asking.sent.headers.get("user-agent", "")
    with asking.site.writing() as connection:
        token = open_session(connection, person_id, uuid4(), device, asking.now)
    return Go(to, cookies={"session": token})


@post("/sign-out")
def sign_out(asking: Asking) -> Answer:
    """Close this device's session."""
    with asking.site.writing() as connection:
        close_session(connection, asking.token)
    return Go("/sign-in", cookies={"session": ""})


@post("/devices/{device_id:uuid}/sign-out")
def sign_out_device(asking: Asking) -> Answer:
    """Close the session of another of one's devices."""
    with asking.site.writing() as connection:
        close_device(connection, asking.my_person.person_id, asking.place("device_id"))
    return Go(inside(urlsplit(asking.sent.headers.get("referer", "")).path) or "/", said="That device is signed out.")


@post("/language")
def choose_language(asking: Asking) -> Answer:
    """Choose the language of the pages on this device."""
    lang = asking.given("lang")
    if lang not in ("fr", "en"):
        raise Unknown
    return Go(inside(asking.given("next")) or "/", cookies={"lang": lang})


def send_link(asking: Asking, intent: Intent) -> Answer:
    """Send a sign-in link for an intent to the address typed; answer with the page that says to look for it."""
    email = asking.form.mail_address("email")
    mail_link(asking, email, intent)
    settings = asking.site.settings
    mailbox = None if settings.smtp_url or settings.is_public else "/mailbox"
    minutes = int(LINK_LASTS.total_seconds() // 60)
    return Page("check_mail.html", {"email": email, "minutes": minutes, "mailbox_href": mailbox})


def mail_link(asking: Asking, email: str, intent: Intent) -> None:
    """Put a sign-in link for an intent in the outbox; without a newcomer's name, to known addresses only."""
    with asking.site.writing() as connection:
        token = make_link(connection, email, sealed(intent), asked_from=asking.sent.client, at=asking.now)
        if intent.name or person_by_email(connection, email):
            facts = {"path": f"/sign-in/{token}", "lang": asking.lang}
            letter = Letter(letter_id=uuid4(), coop_id=None, template="sign_in", address=email, facts=facts)
            write_letter(connection, letter, asking.now)
