"""Heads of texts written for the tests: what each shows of itself, and traps that show nothing."""

from datetime import date
from typing import Any

BODY = """La protection de l'enfance repose sur l'action conjointe de l'État et des départements.

1. Le cadre

Les services déconcentrés réunissent les partenaires avant l'été et rendent compte du bilan.
"""

SHEET_2020 = """MINISTÈRE DES SOLIDARITÉS ET DE LA SANTÉ

Direction générale de la cohésion sociale

La ministre des solidarités et de la santé
à
Mesdames et Messieurs les préfets de région
Mesdames et Messieurs les préfets de département (pour attribution)

CIRCULAIRE N° DGCS/SD2B/DGS/SP1/2020/34 du 20 février 2020 relative à la contractualisation \
préfet/ARS/département pour l'enfance protégée

Date d'application : immédiate
NOR : SSAA2006058C
Classement thématique : action sociale
"""
SHEET_2021 = """République française

Circulaire n° DGCS/SD2B/DGS/SP1/2021/25 du 1 er avril 2021 relative à la contractualisation \
pour l'exercice 2021

Catégorie : mise en œuvre des réformes
Résumé : la présente circulaire donne le cadre de la deuxième année.
"""
SHEET_2022 = """INSTRUCTION N° DGCS/SD2B/DGS/SP1/2022/61
du 18 février 2022
relative à la contractualisation en prévention et protection de l’enfance pour l’exercice 2022

NOR : SSAA2207127J
Date d'application : immédiate
Bulletin officiel Santé - Protection sociale - Solidarité n° 2022/6 du 11 mars 2022
"""
SHEET_2023 = """Le ministre des solidarités, de l’autonomie et des personnes handicapées à \
Mesdames et Messieurs les préfets de région, Mesdames et Messieurs les directeurs généraux \
des agences régionales de santé

INSTRUCTION N° DGS/SP1/DGCS/SD2B/2023/36 DU 25 AVRIL 2023 RELATIVE À LA CONTRACTUALISATION \
POUR L’EXERCICE 2023
"""
DECREE = """Décret n° 2031-418 du 12 mai 2031 relatif à l'accueil durable des mineurs

NOR : SOCA3112345D
JORF n° 0110 du 14 mai 2031

La Première ministre,
Sur le rapport du ministre des solidarités,
Vu le code de l'action sociale et des familles, notamment son article L. 221-2-1 ;
Vu le décret n° 2016-1557 du 17 novembre 2016,
Décrète :

Article 1er
Le présent décret entre en vigueur le 1er septembre 2031.

Fait le 12 mai 2031.
"""
ORDER = """Arrêté du 3 juin 2030 fixant le modèle du projet pour l'enfant

Le ministre des solidarités,
Vu le code de l'action sociale et des familles ;
Vu l'arrêté du 5 mai 2019,
Arrête :

Article 1
Le modèle est celui de l'annexe.
"""
LAW = """LOI n° 2032-77 du 9 janvier 2032 relative aux assistants familiaux (1)

NOR : SOCX3200001L

L'Assemblée nationale et le Sénat ont adopté,
Le Président de la République promulgue la loi dont la teneur suit :

Article 1er
"""
MINISTRY = "Ministère des solidarités\n\n"
FIELDS = "\n\nDate d'application : immédiate\nRésumé : cadre de la campagne.\n\n"

Expected = dict[str, Any]

TEXTS: dict[str, tuple[str, Expected]] = {
    "letterhead over two lines": (
        SHEET_2020,
        {
            "kind": "circulaire",
            "number": "DGCS/SD2B/DGS/SP1/2020/34",
            "nor": "SSAA2006058C",
            "signed_on": date(2020, 2, 20),
            "issuer": "La ministre des solidarités et de la santé",
            "addressees": (
                "Mesdames et Messieurs les préfets de région",
                "Mesdames et Messieurs les préfets de département",
            ),
            "exercices": (),
        },
    ),
    "first of the month written apart": (
        SHEET_2021,
        {
            "kind": "circulaire",
            "number": "DGCS/SD2B/DGS/SP1/2021/25",
            "nor": None,
            "signed_on": date(2021, 4, 1),
            "exercices": (2021,),
        },
    ),
    "title over three lines": (
        SHEET_2022,
        {
            "kind": "instruction",
            "number": "DGCS/SD2B/DGS/SP1/2022/61",
            "nor": "SSAA2207127J",
            "signed_on": date(2022, 2, 18),
            "published_on": date(2022, 3, 11),
            "exercices": (2022,),
        },
    ),
    "address in one line, title in capitals": (
        SHEET_2023,
        {
            "kind": "instruction",
            "number": "DGS/SP1/DGCS/SD2B/2023/36",
            "signed_on": date(2023, 4, 25),
            "issuer": "Le ministre des solidarités, de l’autonomie et des personnes handicapées",
            "exercices": (2023,),
            "addressees": (
                "Mesdames et Messieurs les préfets de région",
                "Mesdames et Messieurs les directeurs généraux des agences régionales de santé",
            ),
        },
    ),
    "decree": (
        DECREE,
        {
            "kind": "décret",
            "number": "2031-418",
            "nor": "SOCA3112345D",
            "signed_on": date(2031, 5, 12),
            "published_on": date(2031, 5, 14),
            "in_force_from": date(2031, 9, 1),
            "issuer": "La Première ministre",
        },
    ),
    "order": (
        ORDER,
        {
            "kind": "arrêté",
            "number": None,
            "signed_on": date(2030, 6, 3),
            "issuer": "Le ministre des solidarités",
        },
    ),
    "law": (
        LAW,
        {"kind": "loi", "number": "2032-77", "nor": "SOCX3200001L", "signed_on": date(2032, 1, 9)},
    ),
    "no after décret": (
        "Décret no 2031-9 du 4 mars 2031 portant création d'un comité\n\nDécrète :\n\nArticle 1er",
        {"kind": "décret", "number": "2031-9", "signed_on": date(2031, 3, 4)},
    ),
    "decree without accents": (
        "DECRET N° 2031-9 DU 4 MARS 2031 PORTANT CREATION D'UN COMITE\n\nVu la loi ;\n\nDECRETE :",
        {"kind": "décret", "number": "2031-9", "signed_on": date(2031, 3, 4)},
    ),
    "order of a prefect": (
        "PRÉFECTURE DU CANTAL\n\nARRÊTÉ PRÉFECTORAL N° 2031-118 portant composition du comité\n\n"
        "Le préfet du Cantal,\nVu le code civil ;\nARRÊTE :\n\nArticle 1er\n\n"
        "Fait à Aurillac, le 7 mars 2031",
        {"kind": "arrêté", "number": "2031-118", "signed_on": date(2031, 3, 7)},
    ),
    "interministerial circular": (
        MINISTRY + "CIRCULAIRE INTERMINISTERIELLE N°DGCS/DPJJ/2031/327 du 21 août 2031 relative au"
        " partage d'information" + FIELDS,
        {"kind": "circulaire", "number": "DGCS/DPJJ/2031/327", "signed_on": date(2031, 8, 21)},
    ),
    "services before the number": (
        "Circulaire DH/FH3/AF n° 95-26 du 15 juin 1995 relative au fonds d'aide" + FIELDS,
        {"kind": "circulaire", "number": "95-26", "signed_on": date(1995, 6, 15)},
    ),
    "number of the prime minister's office": (
        "Le Premier ministre à Mesdames et Messieurs les préfets\n\n"
        "Circulaire n° 6999/SG du 3 mars 2031 relative aux enfants confiés",
        {"kind": "circulaire", "number": None, "signed_on": date(2031, 3, 3)},
    ),
    "plain short number": (
        "Circulaire n°5 du 3 mars 2031 relative aux enfants confiés" + FIELDS,
        {"kind": "circulaire", "number": None, "signed_on": date(2031, 3, 3)},
    ),
    "circular named by its NOR": (
        "Circulaire NOR INTB3112345C du 3 mars 2031 relative aux enfants confiés" + FIELDS,
        {"kind": "circulaire", "nor": "INTB3112345C", "number": None},
    ),
    "circular of a minister": (
        "Circulaire du ministre de la justice du 3 mars 2031 relative aux placements" + FIELDS,
        {"kind": "circulaire", "signed_on": date(2031, 3, 3)},
    ),
    "instruction of the government": (
        "INSTRUCTION DU GOUVERNEMENT du 12 juin 2031 relative aux cités éducatives" + FIELDS,
        {"kind": "instruction", "number": None, "signed_on": date(2031, 6, 12)},
    ),
    "letter that is a circular": (
        "Lettre-circulaire n° 2031-044 du 3 mars 2031 portant sur les allocations" + FIELDS,
        {"kind": "circulaire", "number": "2031-44"},
    ),
    "note of information": (
        "NOTE D'INFORMATION N° DGCS/SD2B/2031/12 du 3 mars 2031 relative aux visites" + FIELDS,
        {"kind": "inconnue", "number": "DGCS/SD2B/2031/12", "signed_on": date(2031, 3, 3)},
    ),
    "ordinance": (
        "Ordonnance n° 2031-12 du 3 mars 2031 relative aux mineurs\n\nNOR : JUSX3112345R\n\n"
        "Le Président de la République,\nVu la Constitution,\nOrdonne :\n",
        {"kind": "inconnue", "number": "2031-12", "nor": "JUSX3112345R"},
    ),
    "date of the letterhead only": (
        "Paris, le 4 mai 2031\n\nLe ministre de l'intérieur\nà\nMesdames et Messieurs les préfets"
        "\n\nCIRCULAIRE\n\nObjet : accueil des mineurs\n\nNOR : INTV3112345C\n\n"
        "Fait à Paris, le 4 mai 2031",
        {
            "kind": "circulaire",
            "signed_on": date(2031, 5, 4),
            "nor": "INTV3112345C",
            "title": "CIRCULAIRE – accueil des mineurs",
        },
    ),
    "two signatures that disagree": (
        "CIRCULAIRE relative aux visites\n\nDate d'application : immédiate\n\nNOR : INTV3112345C"
        "\n\nFait à Paris, le 4 mai 2031\n\nFait à Lyon, le 5 mai 2031",
        {"kind": "circulaire", "signed_on": None},
    ),
    "title and signature disagree": (
        "CIRCULAIRE N° DGCS/2031/5 du 4 mai 2031 relative aux visites"
        + FIELDS
        + "Fait à Paris, le 9 mai 2031",
        {"number": "DGCS/2031/5", "signed_on": date(2031, 5, 4)},
    ),
    "one number with two dates": (
        "CIRCULAIRE N° DGCS/2031/5 du 4 mai 2031 relative aux visites"
        + FIELDS
        + "Circulaire n° DGCS/2031/5 du 14 mai 2031",
        {"number": "DGCS/2031/5", "signed_on": None},
    ),
    "glued by the extraction": (
        "MINISTÈRE DES SOLIDARITÉS Direction générale de la cohésion sociale Le ministre des"
        " solidarités à Mesdames et Messieurs les préfets CIRCULAIRE N° DGCS/SD2B/2031/8 du 2 mai"
        " 2031 relative aux tiers dignes de confiance NOR : SOCA3112345C Date d'application :"
        " immédiate",
        {"kind": "circulaire", "number": "DGCS/SD2B/2031/8", "signed_on": date(2031, 5, 2)},
    ),
    "weekday in the date": (
        "Circulaire n° DGCS/2031/5 du lundi 5 mai 2031 relative aux visites" + FIELDS,
        {"signed_on": date(2031, 5, 5)},
    ),
    "date in figures": (
        "Circulaire n° DGCS/2031/5 du 05/05/2031 relative aux visites" + FIELDS,
        {"signed_on": date(2031, 5, 5)},
    ),
    "circular that abrogates another": (
        "CIRCULAIRE N° DGCS/SD2B/2031/9 du 5 mai 2031 abrogeant la circulaire n° DGCS/SD2B/2021/25"
        " du 1er avril 2021" + FIELDS + "Textes abrogés : circulaire du 1er avril 2021",
        {"number": "DGCS/SD2B/2031/9", "signed_on": date(2031, 5, 5), "text_status": "inconnu"},
    ),
    "circular that amends another, without number": (
        "CIRCULAIRE modifiant la circulaire n° DGCS/SD2B/2021/25 du 1er avril 2021\n\n"
        "NOR : SOCA3112345C\nDate d'application : immédiate\n",
        {"kind": "circulaire", "number": None, "signed_on": None, "nor": "SOCA3112345C"},
    ),
    "references after the title": (
        "CIRCULAIRE N° DGCS/SD2B/2031/9 du 5 mai 2031 relative aux visites"
        + FIELDS
        + "Textes de référence :\n\nCirculaire n° DGCS/SD2B/2021/25 du 1er avril 2021 (NOR :"
        " SSAA2110101C)",
        {"number": "DGCS/SD2B/2031/9", "nor": None},
    ),
    "abrogated": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux visites"
        + FIELDS
        + "Texte abrogé par la circulaire du 3 mars 2033",
        {"text_status": "abrogé"},
    ),
    "date of application": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux visites\n\n"
        "Date d'application : 1er juillet 2031",
        {"in_force_from": date(2031, 7, 1)},
    ),
    "in force with an exception": (
        ORDER + "\nLe présent arrêté entre en vigueur le 1er juillet 2030, à l'exception du 2°.",
        {"in_force_from": None},
    ),
    "another text's entry into force": (
        ORDER + "\nLa réforme est entrée en vigueur le 1er juillet 2029.",
        {"in_force_from": None},
    ),
    "range of exercices": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux crédits au titre des années 2031 à"
        " 2033" + FIELDS,
        {"exercices": (2031, 2032, 2033)},
    ),
    "two exercices": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux exercices 2031 et 2033" + FIELDS,
        {"exercices": (2031, 2033)},
    ),
    "year at the end of the title": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux crédits pour 2031" + FIELDS,
        {"exercices": (2031,)},
    ),
    "school year": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative à l'année scolaire 2031-2032" + FIELDS,
        {"exercices": ()},
    ),
    "labelled addressees": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux visites"
        + FIELDS
        + "Destinataires : préfets de région ; préfets de département",
        {"addressees": ("préfets de région", "préfets de département")},
    ),
    "signature by delegation": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux visites\n\n"
        + BODY
        + "\nPour le ministre et par délégation :\nLa directrice générale",
        {"kind": "circulaire", "number": "DGCS/2031/5"},
    ),
    "the present circular": (
        "Circulaire n° DGCS/2031/5 du 5 mai 2031 relative aux visites\n\nRéférence : code civil\n\n"
        "Objet : visites\n\nLa présente circulaire expose le cadre des visites aux familles.",
        {"kind": "circulaire", "number": "DGCS/2031/5"},
    ),
    "file followed in an office": (
        "Affaire suivie par Odile Ferrandon\n\n" + SHEET_2022,
        {"number": "DGCS/SD2B/DGS/SP1/2022/61", "author": None},
    ),
    "press release": (
        "Communiqué de presse\n\nParis, le 3 février 2031\n\nTrente départements retenus\n\n"
        + BODY,
        {"kind": "communiqué", "published_on": date(2031, 2, 3), "number": None},
    ),
    "report": (
        "RAPPORT D'INFORMATION\n\nfait au nom de la commission\n\nAssemblée nationale\n\n" + BODY,
        {"kind": "rapport"},
    ),
    "bill": (
        "Sénat\n\nEnregistré à la Présidence du Sénat le 4 mai 2031\n\nPROPOSITION DE LOI\n\n"
        "relative aux mineurs confiés\n\nExposé des motifs\n\n" + BODY,
        {"kind": "projet ou proposition de loi"},
    ),
    "debate": (
        "ASSEMBLÉE NATIONALE\n\nCompte rendu intégral\n\nPremière séance du mardi 4 mai 2031\n\n"
        "Mme la présidente. La séance est ouverte.\n",
        {"kind": "débat parlementaire"},
    ),
    "ruling": (
        "Conseil d'État\n\nN° 451234\n\nECLI:FR:CECHR:2031:451234.20310504\n\nLecture du 4 mai",
        {"kind": "jurisprudence"},
    ),
    "contract": (
        "Contrat départemental de prévention et de protection de l'enfance\n\nEntre\n\n"
        "L'État, représenté par le préfet\n\net\n\nLe Département de l'Avre, représenté par son"
        " président\n\nIl est convenu ce qui suit :\n\nFait à Avrecourt, le 3 mars 2031",
        {"kind": "contrat local", "signed_on": date(2031, 3, 3)},
    ),
    "strategy": (
        "Secrétariat d'État à l'enfance\n\nStratégie nationale de l'accueil 2031-2033\n\n" + BODY,
        {"kind": "stratégie"},
    ),
    "code": (
        "Code de l'action sociale et des familles\n\nArticle L. 221-1\n\nLe service aide.\n\n"
        "Article L. 221-2\n\nLe service est placé sous l'autorité du président.",
        {"kind": "code"},
    ),
}
"""Each name has a text and the fields that must be found (others aren't looked at)."""

CITED = "Circulaire n° DGCS/SD2B/DGS/SP1/2021/25 du 1er avril 2021"
TRAPS: dict[str, str] = {
    "article that opens on the circular": CITED
    + " : les départements ont jusqu'en septembre pour signer.\n\n"
    + BODY,
    "article whose title is the circular": CITED
    + " relative à la contractualisation\n\nLes départements attendaient ce texte depuis l'hiver,"
    " après une première année jugée difficile par leurs services.\n\n" + BODY,
    "article that cites in its first paragraph": "Les contrats reconduits\n\nLe ministère a publié"
    " la circulaire n° DGCS/SD2B/DGS/SP1/2021/25 du 1er avril 2021 (NOR : SSAA2110101C).\n\n"
    + BODY,
    "article that quotes the circular": "Les contrats reconduits\n\n" + CITED + "\n\nSelon elle,"
    " « la présente circulaire a pour objet de préciser le cadre » des contrats à venir.\n",
    "list of questions": f"FAQ\n\n{CITED}\n\nDate d'application : immédiate\n\nQui signe ?\n\n"
    + BODY,
    "questions after a number": CITED
    + " : foire aux questions\n\nQui signe le contrat ?\n\n"
    + BODY,
    "minutes": "COMPTE RENDU DE RÉUNION\n\nObjet : circulaires\n\n" + SHEET_2020,
    "note that cites three circulars": "Note à l'attention de la directrice\n\nObjet : bilan\n\n"
    f"Réf : {CITED}\nCirculaire n° DGCS/SD2B/2020/34 du 20 février 2020\n"
    "Instruction n° DGCS/SD2B/2022/61 du 18 février 2022\n\n" + BODY,
    "references alone": f"Objet : bilan des contrats\n\nRéf. :\n\n{CITED}\n\nNOR : SSAA2110101C\n\n"
    + BODY,
    "visas of a deliberation": "Le conseil départemental de l'Avre,\nVu le décret n° 2016-1557 du"
    " 17 novembre 2016 ;\nVu la circulaire n° DGCS/SD2B/DGS/SP1/2021/25 du 1er avril 2021 ;\n\n"
    + BODY,
    "forwarded mail": "De : Odile Ferrandon <odile@exemple.fr>\nEnvoyé : lundi 5 mai\nÀ : équipe\n"
    "Objet : TR: circulaire\n\nBonjour,\n\nCi-dessous le texte.\n\n" + SHEET_2020,
    "mail named by its subject": f"TR : {CITED}\n\n" + SHEET_2020,
    "mail whose subject is the circular": f"{CITED}\n\nBonjour à tous,\n\nJe vous demande de lire"
    " ce texte avant vendredi.\n\nObjet : réunion\n",
    "list of circulars": f"Textes de l'année\n\n{CITED}\nCirculaire n° DGCS/2031/5 du 5 mai 2031\n"
    "Instruction n° DGCS/2031/6 du 6 mai 2031\n",
    "noise of a scan": "C1RCULA1RE N° DGC5/SD2B/2021/25 du l er avri1 2021\n\nN0R : SSAA21\n\n"
    + BODY,
    "draft": f"PROJET\n\n{SHEET_2020}",
    "annex of a circular": f"ANNEXE 2\n\n{CITED}\n\nDate d'application : immédiate\n\n" + BODY,
    "compilation of a bulletin": "Bulletin officiel\n\nSOMMAIRE\n\n" + SHEET_2020,
    "summary with our words": "# Instruction du 25 avril 2023 relative à la contractualisation\n\n"
    "L'instruction porte le numéro DGS/SP1/DGCS/SD2B/2023/36 et date du 25 avril 2023.\n",
    "schooling at home": "Instruction en famille : ce que change la loi\n\n" + BODY,
    "letter about a circular": "Madame, Monsieur,\n\n" + SHEET_2020,
    "slides": f"Présentation de la circulaire\n\n{CITED}\n\nDate d'application : immédiate\n",
    "notice of a legal watch": CITED + " relative à la contractualisation\n\nNOR : SSAA2110101C\n\n"
    "Bulletin officiel Santé n° 2021/8\n\nRésumé : le texte reconduit les contrats.\n",
    "rectification": "Rectificatif à la circulaire du 1er avril 2021\n\n" + SHEET_2020,
}
"""Texts that only cite one: no kind, no number, no NOR, no date of signature."""
