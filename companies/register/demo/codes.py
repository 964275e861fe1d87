"""The code list of a demo extract; labels are our own wording, not the official ones."""

from __future__ import annotations

from collections.abc import Iterator

from companies.register.demo.specs import trades

# (category, code, Dutch, French, English). FAX is left out, as in the published list.
_PLAIN = (
    ("ActivityGroup", "001", "Btw-activiteiten", "Activités TVA", "VAT activities"),
    ("ActivityGroup", "006", "RSZ-activiteiten", "Activités ONSS", "Social security activities"),
    ("Classification", "MAIN", "Hoofdactiviteit", "Activité principale", "Main activity"),
    ("Classification", "SECO", "Nevenactiviteit", "Activité secondaire", "Secondary activity"),
    ("Classification", "ANCI", "Hulpactiviteit", "Activité auxiliaire", "Ancillary activity"),
    ("ContactType", "TEL", "Telefoon", "Téléphone", "Telephone"),
    ("ContactType", "EMAIL", "E-mail", "E-mail", "E-mail"),
    ("ContactType", "WEB", "Website", "Site web", "Website"),
    ("EntityContact", "ENT", "Onderneming", "Entreprise", "Enterprise"),
    ("EntityContact", "EST", "Vestiging", "Établissement", "Establishment"),
    ("EntityContact", "BRA", "Bijkantoor", "Succursale", "Branch"),
    ("JuridicalForm", "014", "Naamloze vennootschap", "Société anonyme", "Public company"),
    ("JuridicalForm", "017", "Vereniging zonder winstoogmerk",
     "Association sans but lucratif", "Non-profit association"),
    ("JuridicalForm", "610", "Besloten vennootschap", "Société à responsabilité limitée",
     "Private company"),
    ("JuridicalForm", "612", "Commanditaire vennootschap", "Société en commandite",
     "Limited partnership"),
    ("JuridicalForm", "706", "Coöperatieve vennootschap", "Société coopérative", "Cooperative"),
    ("JuridicalSituation", "000", "Normale toestand", "Situation normale", "Normal situation"),
    ("Language", "0", "Onbekend", "Inconnue", "Unknown"),
    ("Language", "1", "Frans", "Français", "French"),
    ("Language", "2", "Nederlands", "Néerlandais", "Dutch"),
    ("Language", "3", "Duits", "Allemand", "German"),
    ("Language", "4", "Engels", "Anglais", "English"),
    ("Status", "AC", "Actief", "Actif", "Active"),
    ("TypeOfAddress", "REGO", "Zetel", "Siège", "Registered office"),
    ("TypeOfAddress", "BAET", "Vestiging", "Établissement", "Establishment"),
    ("TypeOfAddress", "ABBR", "Bijkantoor", "Succursale", "Branch"),
    ("TypeOfAddress", "OBAD", "Oudste actieve vestiging", "Plus ancien établissement actif",
     "Oldest active establishment"),
    ("TypeOfDenomination", "001", "Naam", "Dénomination", "Name"),
    ("TypeOfDenomination", "002", "Afkorting", "Abréviation", "Abbreviation"),
    ("TypeOfDenomination", "003", "Handelsnaam", "Nom commercial", "Trade name"),
    ("TypeOfDenomination", "004", "Naam van het bijkantoor", "Nom de la succursale",
     "Branch name"),
    ("TypeOfEnterprise", "1", "Natuurlijke persoon", "Personne physique", "Natural person"),
    ("TypeOfEnterprise", "2", "Rechtspersoon", "Personne morale", "Legal person"),
)  # fmt: skip


def code_rows() -> Iterator[tuple[str, str, str, str]]:
    """(category, code, language, description) of every code that the extract uses."""
    for category, code, *labels in _PLAIN:
        for language, label in zip(("NL", "FR", "EN"), labels, strict=True):
            yield category, code, language, label
    for category, column in (("Nace2003", 3), ("Nace2008", 2), ("Nace2025", 1)):
        labelled = {str(trade[column]): trade for trade in trades() if trade[column]}
        for code in sorted(labelled):
            trade = labelled[code]
            yield category, code, "NL", trade.label_nl
            yield category, code, "FR", trade.label_fr
            yield category, code, "EN", trade.label_en
