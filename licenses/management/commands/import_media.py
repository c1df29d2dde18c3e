from licenses.importing import MEDIA
from people.management.import_command import ImportCommand


class Command(ImportCommand):
    help = "Medien aus einer Tabelle oder JSON-Datei übernehmen: Titel mit Anbieter, Fächern, Stufen, Adresse."
    importer = MEDIA
