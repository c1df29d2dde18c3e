from inventory.importing import INVENTORY
from people.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Inventar aus einer Tabelle übernehmen: Exemplare, Artikel, Packlisten, Standorte, Etiketten."
    importer = INVENTORY
