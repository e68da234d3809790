-- WHERE over tables: what no longer matches becomes a tombstone.

----------------------------------------------------------------------------------------------------
--@test: table filter: a row that never matched gives no tombstone
----------------------------------------------------------------------------------------------------
CREATE TABLE stock (item STRING PRIMARY KEY, pieces INT) WITH (kafka_topic='stock', format='JSON');
CREATE TABLE plenty AS SELECT * FROM stock WHERE pieces > 10;

INSERT INTO stock (item, pieces) VALUES ('nail', 3);
INSERT INTO stock (item, pieces) VALUES ('bolt', 20);
INSERT INTO stock (item, pieces) VALUES ('nail', 9);
INSERT INTO stock (item, pieces) VALUES ('bolt', 10);
INSERT INTO stock (item, pieces) VALUES ('bolt', 5);
INSERT INTO stock (item, pieces) VALUES ('nail', 11);

ASSERT VALUES plenty (item, pieces) VALUES ('bolt', 20);
ASSERT NULL VALUES plenty (item) KEY ('bolt');
ASSERT VALUES plenty (item, pieces) VALUES ('nail', 11);

----------------------------------------------------------------------------------------------------
--@test: table filter: over a join by foreign key, which keeps no old rows, every row that does not match is a tombstone
----------------------------------------------------------------------------------------------------
CREATE TABLE item (id INT PRIMARY KEY, shelf INT, pieces INT) WITH (kafka_topic='item', format='JSON');
CREATE TABLE shelf (id INT PRIMARY KEY, room STRING) WITH (kafka_topic='shelf', format='JSON');
CREATE TABLE plenty AS SELECT item.id, room, pieces FROM item JOIN shelf ON item.shelf = shelf.id WHERE pieces > 10;

INSERT INTO shelf (id, room) VALUES (7, 'cellar');
INSERT INTO item (id, shelf, pieces) VALUES (1, 7, 3);
INSERT INTO item (id, shelf, pieces) VALUES (2, 7, 20);

ASSERT NULL VALUES plenty (item_id) KEY (1);
ASSERT VALUES plenty (item_id, room, pieces) VALUES (2, 'cellar', 20);
