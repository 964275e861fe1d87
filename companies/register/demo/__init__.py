"""A register that does not exist: seeded, fictional, in the exact KBO Open Data format.

Demo data that needs enterprises to sign up on lists them and asks for their numbers::

    known = [KnownEnterprise("Atelier Noord vzw (demo)", (KnownPlace("2000"),)), ...]
    write_extract(ExtractPlan(establishments=20_000, known=known), Path("extract.zip"))
    call_command("import_kbo", "extract.zip")
    number = known_enterprise_number(0)  # of the first in the list

``known`` holds ``KnownEnterprise``, ``KnownPlace``, ``known_enterprise_number`` and
``known_establishment_number``; ``extract`` holds ``ExtractPlan`` and ``write_extract``.
"""
