"""Generic French words of web chrome: forms, menus, calls, notices. No site, no person.

Each group is one kind of evidence. A short label needs one hit, a long sentence two different
groups, so that a text *about* passwords or personal data is not taken for a form.
"""

import re

_MAIL = r"(?:e-?mail|m[eé]l|courriel|adresse (?:e-?mail|m[eé]l|électronique))s?\b"

_GROUPS = {
    "account": r"mots? de passe|identifiant et|\bidentifiez-vous|\bs['’]identifier|\bconnectez-vous"
    r"|\bse connecter|^(?:dé)?connexion$|\bmon compte|\bvotre compte|\bcréer un compte"
    r"|\bcodes? d['’]accès|\b(?:déjà|pas encore) (?:inscrit|abonné|client|membre)|\bespace (?:abonné|personnel|client)",
    "signup": r"\binscrivez-vous|\bm['’]inscrire|\bs['’]inscrire|\bje m['’](?:inscris|abonne)"
    r"|\babonnez-vous|\bs['’]abonner|\bj['’]en profite|\bcréez (?:votre|vos|un compte)|\bpas abonné|\bdésinscri",
    "mail": rf"\bvotre {_MAIL}|\b{_MAIL} (?:de l['’]|du |d['’]un |valide)|\bpar (?:e-?mail|mail)\b"
    rf"|^{_MAIL} ?:? ?\*?$|\bindiquer un {_MAIL}|^{_MAIL} .{{0,40}}\*$",
    "newsletter": r"\bnewsletters?\b|\binfolettres?\b|\blettre d['’]information|\bvos (?:alertes|thèmes|centres d['’]intérêt)",
    "comment": r"\b(?:réagir|réagissez|répondre) à (?:cet|un|l['’])\s?(?:article|actualité|billet)"
    r"|\b(?:ajouter|laisser|poster|publier|écrire|déposer) (?:un|votre) commentaire|^commentaires? ?:?(?: \(\d+\))?$"
    r"|\bvotre commentaire|\bsoyez le premier à|\d+ commentaires?$",
    "field": r"\bchamps? obligatoires?|^(?:nom|prénom|sujet|objet|message|pseudo|téléphone|code postal|ville) ?:? ?\*$"
    r"|\bveuillez (?:indiquer|saisir|renseigner|cocher|remplir|réessayer)|\bsaisissez (?:votre|vos|le code)"
    r"|^(?:valider|envoyer|rechercher|annuler|fermer|ok|soumettre|rechercher :)$|^captcha",
    "paywall": r"\b(?:est )?réservée?s? aux (?:abonné|adhérent|membre|inscrit)|\d+ ?% (?:reste|restent) à lire"
    r"|\bpour lire la suite|\bla suite est réservée|\bil vous reste \d|\boffre (?:découverte|d['’]essai|spéciale|d['’]abonnement)"
    r"|\b(?:testez|essayez|profitez de|découvrez) (?:nos|notre|votre) |\b(?:essai|inscription|inscrire|abonner|tester) gratuit",
    "share": r"^(?:partager|imprimer|tweeter|télécharger|copier le lien)\b.{0,40}$|\benvoyer (?:cet|cette|à un ami|par)"
    r"|\bpartage[rz] (?:cet|cette|sur)|\bsuivez-nous|\bréseaux sociaux$|^(?:facebook|twitter|linkedin|instagram|youtube|x)$",
    "related": r"^(?:dans la même rubrique|sur le même (?:sujet|thème)|(?:à|a) lire (?:aussi|également)|(?:à|a) voir aussi|voir aussi"
    r"|lire aussi|articles? (?:liés?|associés?|similaires?|récents?)|(?:les )?plus (?:lus|populaires|consultés)"
    r"|(?:nos|autres|dernières|toutes les) (?:actualités|articles|annonces|publications)|pour aller plus loin sur le site"
    r"|thèmes? abordés?|mots[ -]clés|étiquettes|tags?)\b",
    "offers": r"\boffres? d['’]emploi|\bvoir (?:toutes|tous) (?:les|nos)\b|\bvoir (?:le|la) (?:sommaire|profil|fiche|vidéo)\b|\btoutes les offres"
    r"|\((?:h/f|f/h|h-f|f-h)\)|\b[hf]/[fh]$|\bdernières annonces|\bnos (?:services|partenaires|offres|formations)\b",
    "menu": r"^(?:menu|accueil|retour|haut de page|retour en haut|aller au contenu|passer au contenu|plan du site|recherche|contact|contactez-nous"
    r"|qui sommes-nous ?\??|nous contacter|suivant|précédent|en savoir plus|lire la suite|voir plus|afficher plus)(?: principal)?$",
    "legal": r"\bmentions légales|\bcookies?\b|\bpolitique de (?:confidentialité|cookies)|\bconditions générales (?:d['’]|de )"
    r"|\btous droits réservés|\bcharte (?:des données|de confidentialité)|^(?:©|copyright)|\bdonnées personnelles$",
    "notice": r"\b(?:informations|données) (?:à caractère personnel|personnelles) (?:recueillies|collectées|vous concernant)"
    r"|\bpour exercer vos droits|\bexercer vos droits|\bvos données\b|\bdans nos fichiers|\bnous utilisons (?:des|les)"
    r"|\bvotre (?:consentement|navigateur|visite|expérience)",
}
CHROME = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _GROUPS.items()), re.IGNORECASE
)
STRONG_IN_LONG_TEXT = frozenset(
    ("account", "signup", "mail", "newsletter", "comment", "field", "paywall", "legal", "notice")
)
BREADCRUMB_START = re.compile(r"(?:vous êtes ici|fil d['’]ariane|accueil)\b ?:?", re.IGNORECASE)
BREADCRUMB_STEP = re.compile(r" [>›»/] ")
