"""Generic French words of web chrome: forms, menus, calls, notices. No site, no person.

Each group is one kind of evidence. A short label needs one hit, a long sentence two different
groups, so that a text *about* passwords or personal data is not taken for a form.
"""

import re

_MAIL = r"(?:e-?mail|m[eé]l|courriel|adresse (?:e-?mail|m[eé]l|électronique))s?\b"

_GROUPS = {
    "account": r"mots? de passe|identifiant et|identifiez-vous|s['’]identifier|connectez-vous"
    r"|se connecter|^(?:dé)?connexion$|mon compte\b|votre compte(?! (?:bancaire|épargne|de ))|créer un compte"
    r"|codes? d['’]accès|(?:déjà|pas encore) (?:inscrit|abonné|client|membre)|espace (?:abonné|personnel|client)",
    "signup": r"inscrivez-vous|m['’]inscrire|^s['’]inscrire$|je m['’](?:inscris|abonne)"
    r"|abonnez-vous|s['’]abonner|j['’]en profite|créez (?:votre|vos|un compte)|pas abonné|désinscri",
    "mail": rf"votre {_MAIL}|{_MAIL} (?:de l['’]|du |d['’]un |valide)|(?:envoyer|envoyé|recevez|recevoir|partager) .{{0,40}}\bpar (?:e-?mail|mail)\b"
    rf"|^{_MAIL} ?:? ?\*?$|indiquer un {_MAIL}|^{_MAIL} .{{0,40}}\*$",
    "newsletter": r"newsletters?\b|infolettres?\b|lettre d['’]information|vos (?:alertes|thèmes|centres d['’]intérêt)",
    "comment": r"(?:réagir|réagissez|répondre) à (?:cet|un|l['’])\s?(?:article|actualité|billet)"
    r"|(?:ajouter|laisser|poster|publier|écrire|déposer) (?:un|votre) commentaire|^commentaires? ?:?(?: \(\d+\))?$"
    r"|votre commentaire|soyez le premier à|\d+ commentaires?$",
    "field": r"champs? obligatoires?|^(?:nom|prénom|sujet|objet|message|pseudo|téléphone|code postal|ville) ?:? ?\*$"
    r"|veuillez (?:indiquer|saisir|renseigner|cocher|remplir|réessayer)|saisissez (?:votre|vos|le code)"
    r"|^(?:valider|envoyer|rechercher|annuler|fermer|ok|soumettre|rechercher :)$|^captcha",
    "paywall": r"(?:est )?réservée?s? aux (?:abonné|adhérent|membre|inscrit)|\d+ ?% (?:reste|restent) à lire"
    r"|pour lire la suite|la suite est réservée|il vous reste \d|offre (?:découverte|d['’]essai|spéciale|d['’]abonnement)"
    r"|(?:testez|essayez|profitez de|découvrez) (?:nos|notre|votre) |(?:essai|inscription|inscrire|abonner|tester) gratuit",
    "share": r"^(?:partager|imprimer|tweeter|télécharger|copier le lien)(?: (?:cet|cette|la page|l['’]article|sur|par)\b.{0,30})?$|envoyer (?:cet|cette|à un ami|par)"
    r"|partage[rz] (?:cet|cette|sur)|suivez-nous|réseaux sociaux$|^(?:facebook|twitter|linkedin|instagram|youtube)$",
    "related": r"^(?:dans la même rubrique|sur le même (?:sujet|thème)|(?:à|a) lire (?:aussi|également)|(?:à|a) voir aussi|voir aussi"
    r"|lire aussi|articles? (?:liés?|associés?|similaires?|récents?)|(?:les )?plus (?:lus|populaires|consultés)"
    r"|(?:nos|autres|dernières|toutes les) (?:actualités|articles|annonces|publications)$|pour aller plus loin sur le site"
    r"|thèmes? abordés?|mots[ -]clés|étiquettes|tags?(?: :|$))(?!\w)",
    "offers": r"offres? d['’]emploi|voir (?:toutes|tous) (?:les|nos)\b|voir (?:le|la) (?:sommaire|profil|fiche|vidéo)\b|toutes les offres"
    r"|\((?:h/f|f/h|h-f|f-h)\)|[hf]/[fh]$|dernières annonces|nos (?:services|partenaires|offres|formations)\b",
    "menu": r"^(?:menu|accueil|retour|haut de page|retour en haut|aller au contenu|passer au contenu|plan du site|recherche|contact|contactez-nous"
    r"|qui sommes-nous ?\??|nous contacter|suivant|précédent|en savoir plus|lire la suite|voir plus|afficher plus)(?: principal)?$",
    "legal": r"^mentions légales|(?:des|les|nos|ces|aux) cookies\b|^cookies$|politique de (?:confidentialité|cookies)|^conditions générales d['’]utilisation"
    r"|tous droits réservés|charte (?:des données|de confidentialité)|^(?:©|copyright)|^données personnelles$",
    "notice": r"(?:informations|données) (?:à caractère personnel|personnelles) (?:recueillies|collectées|vous concernant)"
    r"|pour exercer vos droits|exercer vos droits|vos données\b|dans nos fichiers|nous utilisons (?:des|les)"
    r"|votre (?:consentement|navigateur)",
}
CHROME = re.compile(
    r"(?<!\w)(?=[\w(©])(?:"
    + "|".join(f"(?P<{name}>{text})" for name, text in _GROUPS.items())
    + ")"
)
"""Searched in text in lower case, from the beginnings of words; the group's name is the kind."""

STRONG_IN_LONG_TEXT = frozenset(
    ("account", "signup", "mail", "newsletter", "comment", "field", "paywall", "legal", "notice")
)
HEADS_OF_LINKS = frozenset(("related", "offers"))
BREADCRUMB = re.compile(
    r"(?:vous êtes ici|fil d['’]ariane)\b.{0,200} [>›»/] |accueil [>›»] ", re.IGNORECASE
)
BREADCRUMB_STEP = re.compile(r" [>›»/] ")
BREADCRUMB_ARROW = re.compile(r" [>›] ")
