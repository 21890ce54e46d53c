import type { en } from './en.ts';
import type { Translation } from './message.ts';

export const de = {
  // The application around the views
  'app.search': 'Suchen',
  'app.searchPlaceholder': 'Prompts, Modelle, Einstellungen, Pfade durchsuchen',
  'app.clearSearch': 'Suche leeren',
  'app.navigation': 'Ansichten',
  'app.openNavigation': 'Navigation öffnen',
  'app.closeNavigation': 'Navigation schließen',
  'app.apiDocs': 'API-Dokumentation',
  'app.skipToContent': 'Zum Inhalt springen',
  'app.counts': { one: '{count} Bild', other: '{count} Bilder' },
  'app.notFound': 'Diese Seite gibt es nicht',
  'app.notFoundHint': 'Die Adresse stammt vielleicht aus einer anderen Version.',
  'app.toImages': 'Zu den Bildern',

  // Names of the views
  'view.images': 'Bilder',
  'view.folders': 'Ordner',
  'view.topics': 'Themen',
  'view.statistics': 'Statistik',
  'view.settings': 'Einstellungen',

  // Parts used everywhere
  'common.close': 'Schließen',
  'common.cancel': 'Abbrechen',
  'common.retry': 'Erneut versuchen',
  'common.loading': 'Lädt',
  'common.undo': 'Rückgängig',
  'common.remove': '{name} entfernen',
  'common.dismiss': 'Ausblenden',

  // The connection, the key and what goes wrong
  'connection.lost': 'Der Server antwortet nicht. Es wird weiter versucht; nichts geht verloren.',
  'connection.back': 'Der Server ist wieder da.',
  'connection.tryNow': 'Jetzt versuchen',
  'session.title': 'Dieser Server verlangt seinen Schlüssel',
  'session.explanation': 'Es ist der geheime Schlüssel, mit dem der Server gestartet wurde.',
  'session.key': 'Geheimer Schlüssel',
  'session.remember': 'Auf diesem Gerät angemeldet bleiben',
  'session.signIn': 'Anmelden',
  'session.wrongKey': 'Das ist nicht der Schlüssel.',
  'session.tooMany': 'Zu viele falsche Schlüssel. Bitte später erneut versuchen.',
  'error.title': 'Das konnte nicht angezeigt werden',
  'error.unreachable': 'Der Server antwortet nicht.',
  'error.timeout': 'Der Server hat zu lange gebraucht.',
  'error.forbidden': 'Der Server erlaubt das nicht.',
  'error.readOnly': 'Dieser Server erlaubt keine Änderungen.',
  'error.notFound': 'Das gibt es nicht mehr.',
  'error.busy': 'Der Server ist ausgelastet. Bitte gleich noch einmal versuchen.',
  'error.refused': 'Der Server hat abgelehnt: {detail}',
  'error.unexpected': 'Etwas Unerwartetes ist passiert: {detail}',

  // Images: the grid
  'grid.label': 'Bilder',
  'grid.empty': 'Noch keine Bilder',
  'grid.emptyHint':
    'Füge in den Einstellungen einen Ordner hinzu oder lege Bilder in einen der Bibliothek; sie erscheinen hier von selbst.',
  'grid.addFolder': 'Ordner hinzufügen',
  'grid.nothingFound': 'Nichts gefunden',
  'grid.nothingFoundHint': 'Kein Bild passt zu „{query}“.',
  'grid.matches': { one: '{count} Bild', other: '{count} Bilder' },
  'grid.size': 'Größe der Vorschaubilder',
  'grid.broken': 'Nicht darstellbar',
  'grid.unavailable': {
    one: 'Ein Ordner der Bibliothek ist gerade nicht da: {folders}',
    other: '{count} Ordner der Bibliothek sind gerade nicht da: {folders}',
  },

  // Folders

  // Topics

  // Statistics
  'statistics.images': 'Bilder',
  'statistics.onDisk': 'Auf dem Datenträger',
  'statistics.days': 'Tage mit Bildern',
  'statistics.since': 'Seit',
  'statistics.busiest': 'Fleißigster Tag',
  'statistics.countOnDay': { one: '{count} Bild, {day}', other: '{count} Bilder, {day}' },
  'statistics.overTime': 'Wann sie entstanden',
  'statistics.by': 'Nach',
  'statistics.by.months': 'Monat',
  'statistics.by.days': 'Tag',
  'statistics.asList': 'Als Liste',
  'statistics.models': 'Modelle',
  'statistics.loras': 'LoRAs',
  'statistics.samplers': 'Sampler',
  'statistics.sources': 'Gemacht mit',
  'statistics.tags': 'Deine Schlagwörter',
  'statistics.mediaTypes': 'Arten von Dateien',
  'statistics.mediaType.image': { one: '{count} Bild', other: '{count} Bilder' },
  'statistics.mediaType.video': { one: '{count} Video', other: '{count} Videos' },
  'statistics.mediaType.audio': { one: '{count} Tonaufnahme', other: '{count} Tonaufnahmen' },
  'statistics.folders': 'Größte Ordner',
  'statistics.empty': 'Noch nichts zu zählen',
  'statistics.emptyHint': 'Sobald Bilder indexiert sind, steht hier, wann und womit sie gemacht wurden.',

  // Settings
  'settings.theme': 'Design',
  'settings.theme.auto': 'Wie das System',
  'settings.theme.light': 'Hell',
  'settings.theme.dark': 'Dunkel',
  'settings.language': 'Sprache',
  'settings.language.auto': 'Wie der Browser',
  'settings.server': 'Server',
} as const satisfies Translation<typeof en>;
