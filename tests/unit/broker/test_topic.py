"""Appending, reading and placing entries."""

import pytest

from minisql.broker import RAW, Broker, Entry, RawCodec, RecordCodec, Topic
from minisql.broker.partitioner import partition_of
from minisql.broker.transcode import transcode
from minisql.broker.view import raw, records
from minisql.errors import KsqlError, SerdeError


class Text(RawCodec):
    """Keys or rows that are text."""

    raw = False
    encoded = 0

    def encode(self, item):
        self.encoded += 1
        return None if item is None else item.encode()

    def decode(self, data):
        if data == b"bad":
            raise SerdeError("bad")
        return None if data is None else data.decode()

    def placed_by(self, key):
        return self.encode(key)


def text() -> RecordCodec:
    return RecordCodec(Text(), Text())


def entries(*keys: str | None) -> list[Entry]:
    return [(key, f"row {key}", 5, ()) for key in keys]


def test_a_run_of_one_codec_is_read_in_slices() -> None:
    topic, codec = Topic("t"), text()
    topic.append(codec, entries("a", "b"))
    topic.append(codec, entries("c"))
    topic.append(RAW, [(b"d", None, 1, ())])
    assert topic.end == 4
    assert list(topic.read(1)) == [(codec, entries("b", "c"), 1), (RAW, [(b"d", None, 1, ())], 3)]
    assert list(topic.read(1, 2)) == [(codec, entries("b"), 1)]
    assert list(topic.read(4)) == []


@pytest.mark.parametrize("index", [0, 1, 2])
def test_an_entry_takes_the_place_of_another(index: int) -> None:
    topic, codec = Topic("t"), text()
    topic.append(codec, entries("a", "b", "c"))
    topic.replace(index, RAW, (b"x", None, 1, ()))
    topic.append(codec, entries("d"))
    wanted = [(codec, entry) for entry in entries("a", "b", "c", "d")]
    wanted[index] = (RAW, (b"x", None, 1, ()))
    assert [(each, entry) for each, run, _ in topic.read(0) for entry in run] == wanted
    assert [next(topic.read(each, each + 1))[1:] for each in range(4)] == [([wanted[each][1]], each) for each in range(4)]


def test_the_log_does_not_keep_the_callers_list() -> None:
    topic, codec, given = Topic("t"), text(), entries("a")
    topic.append(codec, given)
    topic.append(codec, entries("b"))
    assert given == entries("a")


def test_subscribers_hear_of_each_append_and_may_leave() -> None:
    topic, heard = Topic("t"), []

    def once() -> None:
        heard.append(topic.end)
        topic.subscribers.remove(once)

    topic.subscribers += [once, lambda: heard.append("always")]
    topic.append(RAW, [(None, b"", 0, ())])
    topic.append(RAW, [(None, b"", 0, ())])
    assert heard == [1, "always", "always"]


def test_a_single_partition_takes_the_index_as_the_offset() -> None:
    topic, codec = Topic("t"), text()
    topic.append(codec, entries("a", "b"))
    assert topic.placement(1) == (0, 1)
    assert topic.end_offsets() == [2]
    assert codec.key.encoded == 0


def test_equal_keys_meet_in_a_partition_and_are_encoded_once() -> None:
    topic, codec = Topic("t", 7), text()
    topic.append(codec, entries("a", "b", "a"))
    topic.append(codec, entries("a"))
    first, second = partition_of(b"a", 7), partition_of(b"b", 7)
    assert first != second
    assert [topic.placement(index) for index in range(4)] == [(first, 0), (second, 0), (first, 1), (first, 2)]
    assert codec.key.encoded == 2


def test_null_keys_go_round() -> None:
    topic = Topic("t", 2)
    topic.append(RAW, [(None, b"", 0, ())] * 3)
    assert [topic.placement(index) for index in range(3)] == [(0, 0), (1, 0), (0, 1)]
    assert topic.end_offsets() == [2, 1]


def test_keys_that_cannot_be_hashed_are_placed_too() -> None:
    class Listed(Text):
        def encode(self, item):
            return ",".join(item).encode()

    topic = Topic("t", 3)
    topic.append(RecordCodec(Listed(), Text()), [(["a", "b"], "", 0, ())])
    assert topic.placement(0) == (partition_of(b"a,b", 3), 0)


def test_the_producer_may_choose_the_partition() -> None:
    topic = Topic("t", 2)
    topic.append(RAW, [(b"a", b"", 0, ())] * 2, [1, 0])
    assert [topic.placement(0), topic.placement(1)] == [(1, 0), (0, 0)]
    with pytest.raises(ValueError, match=r"Invalid partition given with record: 2 is not in the range \[0\.\.\.2\)"):
        topic.append(RAW, [(b"a", b"", 0, ())], [2])


def test_a_broker_makes_and_removes_topics() -> None:
    broker = Broker()
    topic = broker.create("t", 2, 3)
    assert (topic.name, topic.partitions, topic.replicas) == ("t", 2, 3)
    assert broker.topic("t") is topic
    with pytest.raises(KsqlError, match="already exists"):
        broker.create("t")
    with pytest.raises(KsqlError, match="Number of partitions"):
        broker.create("u", 0)
    topic.append(RAW, [(None, b"", 0, ())])
    broker.delete("t")
    with pytest.raises(KsqlError, match="Topic does not exist: t"):
        broker.topic("t")
    assert broker.open("t", 2).end == 0
    assert broker.open("t").partitions == 2


def fail(*arguments: object) -> None:
    raise AssertionError(arguments)


def test_equal_codecs_pass_entries_on() -> None:
    codec, given = text(), entries("a")
    assert transcode(given, codec, codec, fail) is given


def test_other_codecs_get_what_the_bytes_say() -> None:
    given = [("a", "x", 1, ()), ("a", None, 2, (("h", b""),))]
    assert transcode(given, text(), RAW, fail) == [(b"a", b"x", 1, ()), (b"a", None, 2, (("h", b""),))]


def test_entries_that_cannot_be_read_are_reported_and_left_out() -> None:
    errors = []
    given: list[Entry] = [(b"bad", b"x", 1, ()), (b"a", b"bad", 2, ()), (b"b", b"y", 3, ())]
    want = text()
    read = transcode(given, RAW, want, lambda *error: errors.append(error[:3]))
    assert read == [("b", "y", 3, ())]
    assert errors == [(0, "key", b"bad"), (1, "value", b"bad")]


def test_records_show_both_sides_decoded_or_as_bytes() -> None:
    topic, codec = Topic("t"), text()
    topic.append(codec, [("k", "v", 7, (("h", None),))])
    topic.append(RAW, [(b"k", b"bad", 8, ())])
    decoded = list(records(topic, raw_as=codec))
    assert decoded[0] == ("k", "v", 7, 0, 0, (("h", None),), None)
    assert (decoded[1].key, decoded[1].value, decoded[1].offset) == ("k", b"bad", 1)
    assert [record.value for record in raw(topic)] == [b"v", b"bad"]
    assert [record.value for record in records(topic, start=1)] == [b"bad"]
