"""The topics by name: an in-memory Kafka."""

from __future__ import annotations

import re

from minisql.broker.topic import Topic
from minisql.errors import KsqlError

_NAME = re.compile(r"(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}")


def is_topic_name(name: str) -> bool:
    """Whether Kafka takes it as the name of a topic."""
    return _NAME.fullmatch(name) is not None


class Broker:
    """Topics by name.

    Attributes:
        topics: name to topic, in the order of creation.
    """

    __slots__ = ("topics",)

    def __init__(self) -> None:
        self.topics: dict[str, Topic] = {}

    def create(self, name: str, partitions: int = 1, replicas: int = 1) -> Topic:
        """Make a topic.

        Raises:
            KsqlError: the name is taken or no topic can have it, or the partition count is not positive.
        """
        if name in self.topics:
            raise KsqlError(f"Topic '{name}' already exists.")
        if partitions < 1:
            raise KsqlError("Number of partitions was set to an invalid non-positive value.")
        topic = self.topics[name] = Topic(name, partitions, replicas)
        return topic

    def topic(self, name: str) -> Topic:
        """The topic called ``name``.

        Raises:
            KsqlError: there is none.
        """
        topic = self.topics.get(name)
        if topic is None:
            raise KsqlError(f"Topic does not exist: {name}")
        return topic

    def open(self, name: str, partitions: int = 1) -> Topic:
        """The topic called ``name``, made with so many partitions when there is none."""
        return self.topics.get(name) or self.create(name, partitions)

    def outline(self) -> Broker:
        """The same topics, with nothing on them."""
        copy = Broker()
        copy.topics = {name: topic.outline() for name, topic in self.topics.items()}
        return copy

    def delete(self, name: str) -> None:
        """Remove the topic called ``name`` with all it holds; nothing happens when there is none."""
        self.topics.pop(name, None)
