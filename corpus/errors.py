"""The one tree of errors; each message holds both sides of the mismatch and the remedy.

ReperesError                    a known error: one line in French, exit code 1
├── UnreadableFile              a file, a record or an entry that can't be read
├── InvalidDocument             a corpus document whose front matter or anchors are wrong
├── InvalidRequest              a question or an option that can't be answered as asked
├── IndexUnusable
│   ├── IndexMissing            nothing was published there yet
│   ├── IndexMismatch           the index was built with another model or format
│   ├── IndexBroken             a published file is missing or changed
│   └── IndexLocked             another ingest is at work
├── ModelUnavailable            no embedding model on this machine
└── LibraryClash                one identifier, two contents
"""


class ReperesError(Exception):
    """A known error: ``str(error)`` is one French sentence fit for a user."""


class UnreadableFile(ReperesError):
    """A file, record or archive entry refused by itself; the rest is kept."""


class InvalidDocument(ReperesError):
    """A document of the corpus breaks its format (file and line in the message)."""


class InvalidRequest(ReperesError):
    """The question or one of its options can't be understood."""


class IndexUnusable(ReperesError):
    """Base of what can be wrong with a published index."""


class IndexMissing(IndexUnusable):
    """Nothing was published in that folder yet."""


class IndexMismatch(IndexUnusable):
    """The index was built with another model or another format."""


class IndexBroken(IndexUnusable):
    """A published file is missing, or its bytes changed since publication."""


class IndexLocked(ReperesError):
    """Another ingest holds the lock."""


class ModelUnavailable(ReperesError):
    """No embedding model can be loaded here; the product works lexically."""


class LibraryClash(ReperesError):
    """Two different contents claim the same document identifier."""
