"""The one tree of errors; each message holds both sides of the mismatch and the remedy.

ReperesError                    a known error: one line in French, exit code 1
├── UnreadableFile              a file, a record or an entry that can't be read
│   └── Unreachable             an address that can't be downloaded (ingest/downloading.py)
├── InvalidDocument             a corpus document whose front matter or anchors are wrong
├── InvalidRequest              a question or an option that can't be answered as asked
├── IndexUnusable
│   ├── IndexMissing            nothing was published there yet
│   ├── IndexMismatch           the index was built with another model or format
│   ├── IndexBroken             a published file is missing or changed
│   └── IndexLocked             another ingest is at work
├── IndexUnwritable             an index can't be written: disk full, folder read-only
├── ModelUnavailable            no embedding model on this machine
└── LibraryClash                one identifier, two contents
"""

import errno


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


class IndexUnwritable(ReperesError):
    """A new index can't be written; the former one stays in service."""


class ModelUnavailable(ReperesError):
    """No embedding model can be loaded here; the product works lexically."""


class LibraryClash(ReperesError):
    """Two different contents claim the same document identifier."""


_SYSTEM_REASONS = {
    errno.ENOENT: "ce fichier ou dossier n'existe pas",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EISDIR: "c'est un dossier, il faut un fichier",
    errno.ENOTDIR: "c'est un fichier, il faut un dossier",
    errno.EEXIST: "c'est un fichier, il faut un dossier",
    errno.EROFS: "ce disque ne s'écrit pas",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "l'espace alloué est épuisé",
    errno.EFBIG: "un fichier dépasserait la taille permise",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.EIO: "le disque ne répond pas correctement",
    errno.ELOOP: "ce lien tourne en rond",
    errno.ENAMETOOLONG: "ce nom est trop long",
}


def system_reason(error: OSError) -> str:
    """Why the system refused, in French where it is a usual reason."""
    return _SYSTEM_REASONS.get(error.errno or 0, error.strerror or str(error))
