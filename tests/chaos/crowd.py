"""People at the web server: they try again until they have a final answer, as people and browsers
do, with the same form each time.
"""

import contextlib
import html
import http.client
import re
import threading
import time
import uuid
from collections import Counter, deque
from urllib.parse import urlsplit

import psycopg

from tests.chaos.asking import TIMEOUT_S, ask, key_in, path
from tests.chaos.sink import body_of

WAITING = """
    SELECT d.id FROM worker_delivery d JOIN actions_letter l ON l.delivery_id = d.id JOIN actions_action a ON a.id = l.action_id
    JOIN supporters_supporter s ON s.id = a.supporter_id WHERE s.email = %s AND d.state IN ('held', 'queued')"""
AT_ONCE = 3
# Two deeds that one person, or a stranger and the owner of a mailbox, do at the same moment.
RACES = {
    "confirm both": ("confirm first", "confirm"),
    "confirm and send more": ("confirm first", "send more"),
    "confirm and not me": ("confirm", "not me"),
    "not me and confirm": ("not me", "confirm"),
}
OWN_WORDS = re.compile(r"I am [0-9a-f-]{36} and I ask you\.")


class Crowd:
    """Plays the parts in threads.

    `.join()` waits until everybody has done what they can; a mail that never comes ends a part.
    """

    def __init__(self, house, parts, *, may_fail=lambda what: False):
        self.house, self.site, self.sink, self.parts, self.may_fail = (
            house,
            house.site,
            house.sink,
            parts,
            may_fail,
        )
        self.todo, self.lock = deque(parts), threading.Lock()
        self.failures = []  # 5xx while nothing excused them, and pages that led nowhere
        self.statuses, self.asking = Counter(), 0
        self.no_more_mail = threading.Event()
        self.threads = [threading.Thread(target=self.act, daemon=True) for _ in range(AT_ONCE)]

    def begin(self):
        for thread in self.threads:
            thread.start()

    def busy(self):
        return any(thread.is_alive() for thread in self.threads)

    def join(self, timeout_s):
        deadline = time.monotonic() + timeout_s
        for thread in self.threads:
            thread.join(max(0.1, deadline - time.monotonic()))
        return not self.busy()

    def rest(self, house, *, timeout_s=60):
        """Until everybody is done, or waits for a mail that will not come: nobody is answered,
        nothing arrives, nothing waits to leave.
        """
        deadline, seen, since = time.monotonic() + timeout_s, None, time.monotonic()
        while self.busy() and time.monotonic() < deadline:
            now = (self.statuses.total(), len(self.sink.all_caught()))
            if now != seen or self.asking or house.waiting() or not house.is_idle():
                seen, since = now, time.monotonic()
            elif time.monotonic() - since > 0.5:
                self.no_more_mail.set()
            time.sleep(0.05)

    def waiting_of(self, part):
        with contextlib.suppress(psycopg.Error):
            return [id_ for (id_,) in self.house.ask(WAITING, part.email)]
        return []

    def act(self):
        client = Client(self)
        while True:
            with self.lock:
                part = self.todo.popleft() if self.todo else None
            if part is None:
                return
            try:
                waits = client.play(part)
            except Exception as fault:  # else nobody would miss who died with a deed undone
                self.failures.append(f"{part.email} could not {part.deeds[0]}: {fault!r}")
                continue
            if waits and not self.no_more_mail.is_set():
                with self.lock:
                    self.todo.append(part)
                time.sleep(0.02)


class Client:
    def __init__(self, crowd):
        self.crowd = crowd

    def play(self, part):
        """Do this part's deeds until one needs a mail that is not here yet.

        Whether it waits for one.
        """
        while part.deeds:
            if not self.do(part, part.deeds[0]):
                return True
            part.deeds.pop(0)
        return False

    def do(self, part, deed):
        if deed in ("submit", "act again", "other words"):
            part.own_words = words_of(part, deed)
            self.submit(part, self.form(part))
        elif deed == "submit again":
            self.submit(part, self.form(part))
        elif deed == "submit twice at once":
            part.own_words = words_of(part, deed)
            form = self.form(part)
            at_once([lambda: self.submit(part, form)] * 2)
        elif deed in RACES:
            return self.race(part, *RACES[deed])
        elif deed.endswith(" in line"):
            return self.race(part, *RACES[deed.removesuffix(" in line")], in_line=True)
        else:
            links = self.links(part, "withdraw" if deed == "withdraw" else "confirm")
            if not links:
                return False
            said, link = deed.removesuffix(" first"), links[0 if "first" in deed else -1]
            self.say(part, *self.look(part, said, link))
        return True

    def race(self, part, one, other, *, in_line=False):
        """Two deeds at the same moment; `in_line`: the second waits behind the first, as the database
        lets them. False while a mail that they need is not here yet.
        """
        number = len({one, other} & {"confirm first", "confirm"})
        links, deeds, part.read = self.links(part, "confirm", number), [], set()
        if not links:
            return False
        for deed in (one, other):
            if deed == "send more":
                part.own_words = words_of(part, deed)
                form = self.form(part)
                deeds.append(lambda form=form: self.submit(part, form))
                continue
            said, link = deed.removesuffix(" first"), links[0 if "first" in deed else -1]
            before = part.read
            seen = self.look(part, said, link)
            # Of two in line the first is what counts, of two at once either.
            part.read = before if in_line and before else part.read | before
            deeds.append(lambda seen=seen: self.say(part, *seen))
        if in_line:
            with self.crowd.house.holding_turn(part.email) as line:
                begun = [begin_behind(line, deed) for deed in deeds]
            for thread in begun:
                thread.join()
        else:
            at_once(deeds)
        # However they came in: "not me" has the last word.
        part.answers.sort(key=lambda answer: answer.startswith("not me"))
        return True

    def form(self, part):
        """The page that asks for words: its hidden fields, with what this person types."""
        place = (
            {"zip": part.zip, "street": "1 Elm St", "city": "Polk"}
            if part.targets
            else {"zip": part.zip, "country": "US"}
        )
        page = self.final(part, "POST", path(part), {"step": "address", **place})
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        token = html.unescape(
            hidden.get("token", "") or re.search(r'name="token" value="([^"]+)"', page.text)[1]
        )
        typed = {
            "given_name": part.given_name,
            "family_name": "North",
            "email": part.email,
            "own_words": part.own_words,
        }
        texts = (
            {"subject": "Playgrounds", "statement": "Please open the playgrounds."}
            if part.targets
            else {}
        )
        return {**place, **typed, **texts, "step": "write", "token": token}

    def submit(self, part, form):
        answer = self.final(part, "POST", path(part), form)
        part.answers.append(f"submit {answer.status}")
        if answer.status == 200 and 'id="one-step-left"' in answer.text:
            part.accepted.append((key_in(form["token"]), form["own_words"]))

    def links(self, part, purpose, number=1):
        """Those of this purpose in this person's mail, the oldest first, each once; none while there
        are not so many.
        """
        mails = self.crowd.sink.mails_to(part.email)
        if (purpose, len(mails)) == part.looked_at:  # nothing came since; reading costs a processor
            return []
        found = [re.search(rf"https?://\S+(/{purpose}/\S+)", body_of(caught)) for caught in mails]
        links = list(dict.fromkeys(link[1] for link in found if link))
        if len(links) >= number:
            return links
        part.looked_at = (purpose, len(mails))
        return []

    def look(self, part, said, link):
        """The page of a link as they read it: what is then said, where, with which form, and what
        they read.
        """
        page, form = self.final(part, "GET", link), {}
        words = "".join(OWN_WORDS.findall(page.text)[-1:])  # newer ones stand above
        if said == "not me":
            link = urlsplit(re.search(r'href="([^"]*/not-me/[^"]+)"', page.text)[1]).path
        shown = re.search(r'name="shown" value="([^"]*)"', page.text)
        if said == "confirm" and shown:
            form = {"shown": shown[1]}
            part.confirmed.add(words)
            part.read = {words}
        return said, link, form, words

    def say(self, part, said, link, form, words):
        part.pressed.append(said)
        answer = self.final(part, "POST", link, form)
        part.answers.append(f"{said} {answer.status}")
        # Gone: it was said before, and the answer was lost on its way.
        if said == "not me" and answer.status in (200, 410):
            part.denied[link] = words
        if said in ("withdraw", "not me"):
            part.left_waiting += self.crowd.waiting_of(part)

    def final(self, part, method, link, form=None):
        """An answer that is one: neither silence nor a server's trouble.

        Each try says exactly the same.
        """
        while True:
            with self.crowd.lock:
                self.crowd.asking += 1
            try:
                answer = ask(self.crowd.site, method, link, form, {"X-Forwarded-For": part.address})
            except (OSError, http.client.HTTPException):
                answer = None
            with self.crowd.lock:
                self.crowd.asking -= 1
            self.crowd.statuses[answer.status if answer else "silence"] += 1
            if answer and answer.status < 500 and answer.status != 429:
                return answer
            if trouble := self.trouble(answer):
                self.crowd.failures.append(f"{method} {link.split('/')[1]}: {trouble}")
            # Whoever hammers while the database is away is told to be patient, and rightly.
            time.sleep(1 if answer and answer.status == 503 else 0.2)

    def trouble(self, answer):
        """What no outage excuses.

        While the database is away the honest answer is to come again, and when; while web workers
        are killed, none. Any other time it is neither.
        """
        is_honest = answer and answer.status == 503 and answer.headers["Retry-After"]
        if self.crowd.may_fail("503" if is_honest else "" if answer else "silence"):
            return ""
        return (
            f"{answer.status}{'' if is_honest else ', and not when to come again'}"
            if answer
            else "silence"
        )


def words_of(part, deed):
    return (
        f"I am {uuid.uuid5(uuid.NAMESPACE_DNS, f'{part.seed} {part.number} {deed}')} and I ask you."
    )


def at_once(deeds):
    """Each in a thread of its own; what one of them could not do is raised here."""
    faults = []

    def run(deed):
        try:
            deed()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def begin_behind(line, deed):
    """In a thread, that has come to wait in this line."""
    before = line.waiting()
    thread = threading.Thread(target=deed)
    thread.start()
    deadline = time.monotonic() + TIMEOUT_S
    while line.waiting() == before and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    return thread
