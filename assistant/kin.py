"""Who stands around a child in a story: patterns on folded text, to be put between ``\\b``."""

SOMEONE = "personne-masquee"
CHILD = (
    r"(?:enfants?|mineure?s?|bebes?|nourrissons?|nouveaux?[- ]nes?|fils|filles?|fillettes?|garcons?"
    r"|garconnet|gamine?s?|petits?-fils|petites?-filles?|petite?s?|eleves?|neveux?|nieces?|ados?"
    r"|adolescente?s?|freres?|soeurs?|frangine?s?|jeunes?|gosses?|momes?|cousine?s?|filleule?s?"
    rf"|collegien(?:ne)?s?|lyceen(?:ne)?s?|jumeaux|jumelles|{SOMEONE})"
)
KIN = (
    r"(?:(?:beaux?-|grands?-)?(?:peres?|freres?|parents)|(?:belles?-|grand-)?(?:meres?|soeurs?"
    r"|filles?)|beau-fils|papa|maman|parents?|oncle|tonton|tante|tata|pap[iy]|mamie|cousine?"
    r"|copain|copine|conjoint|compagnon|mari|ex|mec|keum|daron(?:ne)?s?|reuf|frangin|educ\w*"
    r"|entraineur|coach|prof\w*|moniteur|voisine?s?|nounou|assistante? (?:maternelle|familiale))"
)
ADULT = (
    rf"(?:{KIN}|hommes?|types?|mecs?|gars|adultes?|inconnue?s?|messieurs|monsieur|dame|concubin"
    r"|amants?|amie?s?|potes?|pretre|animat\w+|surveillant|veilleur|instit\w*|couple|collegue|quelqu'un|famille)"
)
WEAR = r"(?:pantalons?|culottes?|slips?|shorts?|jupes?|pyjamas?|couettes?|draps?)"
