"""What one of twenty people does at the desk, for locust: searches, reads hits, goes back to the overview."""

import os
import random

from locust import HttpUser, between, task

from bench.desk import QUERIES

COOKIES = os.environ["CRIBLE_COOKIES"].split()
IDS = os.environ["CRIBLE_IDS"].split()
BASE = os.environ["CRIBLE_BASE"]


class Reporter(HttpUser):
    """Reads each page for one to three seconds."""

    wait_time = between(1, 3)

    def on_start(self) -> None:
        """Comes in as somebody nobody else is."""
        self.client.cookies.set("crible_desk", COOKIES.pop())
        self.dice = random.Random(len(COOKIES))  # noqa: S311

    @task(4)
    def search(self) -> None:
        """One query, its first or second page."""
        page = {"page": "2"} if self.dice.random() < 0.2 else {}
        self.client.get(BASE + "search/", params={"q": self.dice.choice(QUERIES), **page}, name="search")

    @task(6)
    def read(self) -> None:
        """One document."""
        self.client.get(BASE + f"document/{self.dice.choice(IDS)}/", name="document")

    @task(1)
    def look(self) -> None:
        """The overview."""
        self.client.get(BASE, name="overview")
