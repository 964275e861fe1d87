"""Words that fictional names and addresses are put together from."""

from __future__ import annotations

MARK = " (demo)"

NAMES_NL = (
    "Zonnehoek", "Ter Wilgen", "De Zwaluw", "Lindenhof", "Kouterveld", "Rietbeek", "Hagewinde",
    "De Korenbloem", "'t Sleutelgat", "De Blauwe Kei", "Veldzicht", "Molenkant", "Noorderlicht",
    "Waterkant", "Drie Eiken", "Zilverberk", "De Grutto", "Beukenrode", "Steenhoeve", "Vlinderdal",
    "De Klaproos", "Ganzeveer", "Kasteelakker", "Rozenbottel", "De IJsvogel", "Hoge Kouter",
    "Zeewind", "Maanbrem", "De Kievit", "Wilde Appel", "Elzenbroek", "Torenvalk",
)  # fmt: skip
NAMES_FR = (
    "Les Trois Chênes", "Clairval", "L'Étoile", "Le Verger", "Haut Pré", "La Source", "Belle Rive",
    "Le Tilleul", "Mésange", "Pré Fleuri", "L'Églantine", "Val d'Or", "La Forêt", "Bois l'Évêque",
    "Le Héron", "Roche Noire", "Sainte-Brise", "Le Moulin", "Grande Ourse", "La Rivière",
    "Côte Bleue", "Les Genêts", "Clé de Sol", "Aubépine",
)  # fmt: skip
TAILS_NL = ("", "", "", " & Zonen", " Groep", " Services", " Industrie", " Atelier", " Plus")
TAILS_FR = ("", "", "", " & Fils", " Groupe", " Services", " Industrie", " Atelier", " Plus")

FIRST_NAMES = ("An", "Bram", "Chloë", "Daan", "Eva", "Filip", "Greet", "Hélène", "Ines", "Joris")
LAST_NAMES = (
    "Voorbeeldmans", "Van Nergens", "De Bedachte", "Niemandsdonk", "Fictievens", "Dufictif",
    "Sansnom", "De Proefkonijn",
)  # fmt: skip

STREETS_NL = (
    "Nijverheidsstraat", "Industrielaan", "Ambachtenlaan", "Kerkstraat", "Molenweg",
    "Stationsstraat", "Kanaalweg", "Dorpsstraat", "Nieuwstraat", "Ringlaan",
    "Bedrijvenpark", "Veldstraat",
)  # fmt: skip
STREETS_FR = (
    "Rue de l'Industrie", "Avenue des Artisans", "Rue de l'Église", "Chaussée du Moulin",
    "Rue de la Gare", "Rue Neuve", "Zoning Industriel", "Quai du Canal", "Rue du Château",
    "Avenue de l'Été",
)  # fmt: skip
STREETS_BOTH = (
    ("Nieuwstraat", "Rue Neuve"), ("Kerkstraat", "Rue de l'Église"),
    ("Kanaallaan", "Avenue du Canal"),
    ("Nijverheidsstraat", "Rue de l'Industrie"), ("Stationsstraat", "Rue de la Gare"),
)  # fmt: skip

# French names of the Brussels postcodes; the postal table has the Dutch ones.
BRUSSELS_FR = {
    "1000": "Bruxelles", "1020": "Laeken", "1030": "Schaerbeek", "1050": "Ixelles",
    "1060": "Saint-Gilles", "1080": "Molenbeek-Saint-Jean", "1082": "Berchem-Sainte-Agathe",
    "1150": "Woluwe-Saint-Pierre", "1160": "Auderghem", "1170": "Watermael-Boitsfort",
    "1180": "Uccle", "1190": "Forest", "1200": "Woluwe-Saint-Lambert",
    "1210": "Saint-Josse-ten-Noode",
}  # fmt: skip

# Seats abroad: country in Dutch and French, postcode (may be absent), place, street.
ABROAD = (
    ("Nederland", "Pays-Bas", "5611", "Eindhoven", "Voorbeeldweg"),
    ("Frankrijk", "France", "59000", "Lille", "Rue de l'Exemple"),
    ("Duitsland", "Allemagne", "", "Aachen", "Musterstraße"),
    ("Verenigd Koninkrijk", "Royaume-Uni", "", "Leeds", "Sample Lane"),
    ("Ierland", "Irlande", "", "Dublin", "Specimen Street"),
)
