"""Where the pages stand: their addresses, the way from one to another, links to a statement."""

from typing import Final
from urllib.parse import quote, urlencode

from ui.markup import escape, tag

CHAT: Final = "/"
DOCUMENTS: Final = "/documents"
ELIGIBILITY: Final = "/eligibilite"
CALENDAR: Final = "/echeancier"
COMPARISON: Final = "/comparer"
SESSION: Final = "/seance"
RENEWAL: Final = f"{SESSION}/actualiser"
GLOSSARY: Final = "/glossaire"
ABOUT: Final = "/a-propos"
ADDING: Final = "/ajouter"
STYLE: Final = "/style.css"
SIGN_IN: Final = "/connexion"
SIGN_OUT: Final = "/deconnexion"
SIGNING: Final = (SIGN_IN, SIGN_OUT)
PAGES: Final = {
    CHAT: "Poser une question",
    DOCUMENTS: "Documents",
    ELIGIBILITY: "Éligibilité",
    CALENDAR: "Échéancier",
    COMPARISON: "Comparer",
    SESSION: "Préparer une séance",
    GLOSSARY: "Glossaire",
    ABOUT: "À propos",
}
"""The navigation, in its order: an address and its words."""
_FOR_MANAGERS: Final = {ADDING: "Ajouter"}
_FOR_SIGNED_IN: Final = {SIGN_OUT: "Se déconnecter"}
_SHORTENED: Final = {CHAT: "Poser une ", SESSION: "Préparer une ", SIGN_OUT: "Se "}
"""How labels begin with words that a phone doesn't show, for its menu to stay short."""
_LABEL: Final = "Rubriques"


def nav_html(current: str, managing: bool = False, leaving: bool = False) -> str:
    """The navigation as HTML on one line; the page at the address ``current`` is marked.

    ``managing`` tells whether the reader may add documents, ``leaving`` whether they can sign out.
    """
    links = []
    pages = PAGES | (_FOR_MANAGERS if managing else {}) | (_FOR_SIGNED_IN if leaving else {})
    for address, words in pages.items():
        here = {"aria-current": "page"} if address == current else {}
        long = _SHORTENED.get(address, "")
        unseen = tag("span", escape(long), "de-trop") if long else ""
        label = unseen + escape(words.removeprefix(long))
        links.append(tag("li", tag("a", label, href=address, **here)))
    return tag("nav", tag("ul", "".join(links)), "rubriques", **{"aria-label": _LABEL})


def is_page(path: str) -> bool:
    """Whether the address is one of a page, of what stands under it, or of their style."""
    return path == STYLE or any(
        path == page or path.startswith((f"{page}/", f"{page}."))
        for page in (*PAGES, ADDING)
        if page != CHAT
    )


def document_address(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The page of a document; with offsets (code points), that passage highlighted and in view.

    Without ``end``, the page opens on the statement that begins at ``start``.
    """
    address = f"{DOCUMENTS}/{quote(document_id, safe='/')}"
    if start is None:
        return address
    query = f"?{urlencode({'debut': start, 'fin': end})}" if end is not None else ""
    return f"{address}{query}#p{start}"
