import type { Messages } from './message.ts';

/**
 * Every text of the application. Keys begin with the view or part that shows them; add yours to its section, here and
 * in the other languages.
 */
export const en = {
  // The application around the views
  'app.search': 'Search',
  'app.searchPlaceholder': 'Search prompts, models, settings, paths',
  'app.clearSearch': 'Clear search',
  'app.navigation': 'Views',
  'app.openNavigation': 'Open navigation',
  'app.closeNavigation': 'Close navigation',
  'app.apiDocs': 'API docs',
  'app.skipToContent': 'Skip to content',
  'app.counts': { one: '{count} image', other: '{count} images' },
  'app.notFound': 'There is no such page',
  'app.notFoundHint': 'The address may be from another version.',
  'app.toImages': 'Go to the images',

  // Names of the views
  'view.images': 'Images',
  'view.folders': 'Folders',
  'view.topics': 'Topics',
  'view.statistics': 'Statistics',
  'view.settings': 'Settings',

  // Parts used everywhere
  'common.close': 'Close',
  'common.cancel': 'Cancel',
  'common.retry': 'Try again',
  'common.loading': 'Loading',
  'common.undo': 'Undo',
  'common.remove': 'Remove {name}',
  'common.dismiss': 'Dismiss',

  // The connection, the key and what goes wrong
  'connection.lost': 'The server does not answer. Trying again; nothing you did is lost.',
  'connection.back': 'The server is back.',
  'connection.tryNow': 'Try now',
  'session.title': 'This server asks for its key',
  'session.explanation': 'It is the secret key that the server was started with.',
  'session.key': 'Secret key',
  'session.remember': 'Stay signed in on this device',
  'session.signIn': 'Sign in',
  'session.wrongKey': 'That is not the key.',
  'session.tooMany': 'Too many wrong keys. Wait a while, then try again.',
  'error.title': 'This could not be shown',
  'error.unreachable': 'The server does not answer.',
  'error.timeout': 'The server took too long.',
  'error.forbidden': 'The server does not allow this.',
  'error.readOnly': 'This server is read-only.',
  'error.notFound': 'It is no longer there.',
  'error.busy': 'The server is busy. Try again in a moment.',
  'error.refused': 'The server refused: {detail}',
  'error.unexpected': 'Something unexpected happened: {detail}',

  // Images: the grid
  'grid.label': 'Images',
  'grid.empty': 'No images yet',
  'grid.emptyHint':
    'Add a folder in the settings, or put images into one of the library; they appear here by themselves.',
  'grid.addFolder': 'Add a folder',
  'grid.nothingFound': 'Nothing found',
  'grid.nothingFoundHint': 'No image fits “{query}”.',
  'grid.matches': { one: '{count} image', other: '{count} images' },
  'grid.size': 'Size of thumbnails',
  'grid.broken': 'Cannot be drawn',
  'grid.unavailable': {
    one: 'A folder of the library is not there now: {folders}',
    other: '{count} folders of the library are not there now: {folders}',
  },

  // Folders

  // Topics

  // Statistics
  'statistics.images': 'Images',
  'statistics.onDisk': 'On disk',
  'statistics.days': 'Days with images',
  'statistics.since': 'Since',
  'statistics.busiest': 'Busiest day',
  'statistics.countOnDay': { one: '{count} image, {day}', other: '{count} images, {day}' },
  'statistics.overTime': 'When they were made',
  'statistics.by': 'By',
  'statistics.by.months': 'Month',
  'statistics.by.days': 'Day',
  'statistics.asList': 'As a list',
  'statistics.models': 'Models',
  'statistics.loras': 'LoRAs',
  'statistics.samplers': 'Samplers',
  'statistics.sources': 'Made with',
  'statistics.tags': 'Your tags',
  'statistics.mediaTypes': 'Kinds of files',
  'statistics.mediaType.image': { one: '{count} image', other: '{count} images' },
  'statistics.mediaType.video': { one: '{count} video', other: '{count} videos' },
  'statistics.mediaType.audio': { one: '{count} sound', other: '{count} sounds' },
  'statistics.folders': 'Largest folders',
  'statistics.empty': 'Nothing to count yet',
  'statistics.emptyHint': 'Once images are indexed, this shows when and with what they were made.',

  // Settings
  'settings.theme': 'Theme',
  'settings.theme.auto': 'As the system',
  'settings.theme.light': 'Light',
  'settings.theme.dark': 'Dark',
  'settings.language': 'Language',
  'settings.language.auto': 'As the browser',
  'settings.server': 'Server',
} as const satisfies Messages;
