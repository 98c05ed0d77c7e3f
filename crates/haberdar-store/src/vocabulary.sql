-- Version 6: how many articles hold a word, so that it is known beforehand which words of a question tell rows apart, and which
-- words begin in a way. Words and stems in the form in which they are searched.
CREATE TABLE vocabulary (word TEXT NOT NULL PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
