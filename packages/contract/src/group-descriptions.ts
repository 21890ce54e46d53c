import type { api } from './api.ts';

/** What each group is about. */
export const groupDescriptions: Readonly<Record<keyof typeof api, string>> = {
  fileSystem: 'Files and folders: list, copy, move, delete, pack',
  media: 'Thumbnails, files, videos and their covers',
  imageMetadata: 'What generated an image',
  search: 'The index: bring it up to date and find images',
  tags: 'Custom tags and the rules that give them',
  marks: 'Ratings and notes',
  ai: 'Clusters of images by what their prompts say, search by meaning, and the chat model',
  tagGraph: 'How clusters and their keywords hang together',
  extraPaths: 'Folders of the library',
  system: 'The server and its settings',
  jobs: 'Long work that goes on without its client',
  events: 'What happens, as it happens',
  seedGroups: 'Images of consecutive seeds in one directory',
  organize: 'Images sorted into folders by what they show: a plan first, then a confirmation, and a way back',
};
