import type { api } from './api.ts';

/** What each group is about. */
export const groupDescriptions: Readonly<Record<keyof typeof api, string>> = {
  fileSystem: 'Files and folders: list, copy, move, delete, pack',
  media: 'Thumbnails, files, videos and their covers',
  imageMetadata: 'How an image was generated',
  search: 'The index: update it and find images',
  tags: 'Custom tags and auto-tag rules',
  marks: 'Ratings and notes',
  ai: 'Clusters of images by prompt, search by meaning, and the chat model',
  tagGraph: 'How clusters and their keywords are related',
  extraPaths: 'Folders of the library',
  system: 'The server and its settings',
  jobs: 'Long-running work that continues without its client',
  events: 'Live events',
  seedGroups: 'Images grouped by consecutive seeds in a directory',
  organize: 'Sort images into folders by topic: plan, confirm, undo',
};
