// The rules of the house, which `npm run check:house` checks: how large things may be, and who may import whom.
// Types count like values. Tests import what they like.

export const limits = { filesPerFolder: 30, linesPerFunction: 60 };

/** Components of the web application are markup for the most part, and suites are lists of tests. */
export const withoutFunctionLimit = ['packages/catalog/src/conformance', 'packages/web/src'];

/** Package -> the packages whose exports its sources may import. */
export const packages = {
  files: [],
  threads: [],
  metadata: ['files'],
  catalog: ['files', 'metadata'],
  contract: ['catalog'],
  thumbnails: ['files', 'metadata', 'threads'],
  clustering: ['files', 'threads'],
  'index-db': ['catalog', 'files', 'metadata', 'threads'],
  client: ['contract', 'metadata'],
  web: ['client', 'contract', 'metadata'],
  server: [
    'catalog',
    'clustering',
    'contract',
    'files',
    'index-db',
    'metadata',
    'threads',
    'thumbnails',
    'web',
  ],
};

/**
 * Package -> room -> the rooms that it may import. A room is a folder, with all that is in it but the rooms that are
 * named by themselves; `.` are the files right in `src`, but for those that have a line of their own. The arrows make
 * no circle. Of packages that are not here only circles between files are refused.
 */
export const rooms = {
  catalog: {
    '.': ['conformance', 'query', 'roles', 'rules', 'scan', 'text', 'watch'],
    conformance: ['query', 'roles', 'scan', 'text'],
    watch: ['roles', 'scan', 'text'],
    scan: ['roles', 'text'],
    rules: ['roles', 'text'],
    query: ['roles'],
    roles: [],
    text: [],
  },
  'index-db': {
    '.': ['sqlite/connection', 'workers'],
    workers: ['sqlite/connection', 'sqlite/read', 'sqlite/write'],
    'sqlite/read': ['ngram-index', 'sqlite/connection', 'sqlite/tables', 'vectors'],
    'sqlite/write': ['sqlite/connection', 'sqlite/schema', 'sqlite/tables', 'vectors'],
    'sqlite/schema': ['ngram-index', 'sqlite/connection', 'sqlite/tables'],
    'sqlite/tables': ['ngram-index', 'sqlite/connection'],
    'sqlite/connection': [],
    'ngram-index': [],
    vectors: [],
  },
  server: {
    '.': ['dialects', 'http', 'library', 'mount', 'options', 'ports', 'program', 'service', 'topics'],
    program: ['dialects', 'http', 'library', 'mount', 'options', 'ports', 'service', 'topics'],
    mount: ['http', 'options', 'service'],
    service: [
      'access',
      'archives',
      'dialects',
      'events',
      'files',
      'http',
      'jobs',
      'library',
      'listing',
      'options',
      'organize',
      'page',
      'ports',
      'routes',
      'seed-groups',
      'topics',
    ],
    options: ['dialects', 'http', 'library', 'ports', 'topics'],
    page: ['access', 'http', 'ports'],
    dialects: ['http', 'ports'],
    routes: [
      'access',
      'archives',
      'events',
      'files',
      'http',
      'jobs',
      'library',
      'listing',
      'organize',
      'ports',
      'seed-groups',
      'topics',
    ],
    http: ['ports'],
    // The domain: what these refuse, they refuse by a code, and nothing of them knows HTTP.
    organize: ['access', 'files', 'jobs', 'library', 'ports', 'topics'],
    listing: ['access', 'files', 'library', 'ports'],
    archives: ['access', 'files', 'jobs', 'ports'],
    events: ['access', 'jobs', 'library', 'ports'],
    files: ['access', 'library', 'ports'],
    library: ['access', 'jobs', 'ports'],
    topics: ['jobs', 'ports'],
    'seed-groups': ['access', 'ports'],
    jobs: ['ports'],
    access: ['ports'],
    ports: [],
  },
  web: {
    '.': ['app', 'design', 'i18n', 'library', 'preferences'],
    app: ['address', 'components', 'design', 'i18n', 'library', 'preferences', 'search', 'views'],
    views: ['address', 'components', 'design', 'i18n', 'library', 'preferences', 'query', 'search'],
    search: ['address', 'design', 'i18n', 'library', 'query'],
    components: ['design', 'i18n', 'library', 'query'],
    library: ['address', 'i18n', 'query'],
    // Fields, menus and charts know nothing of images.
    design: ['i18n', 'preferences'],
    address: ['query'],
    i18n: ['preferences'],
    preferences: [],
    query: [],
  },
};
