/** The most files that the server takes in one request to zip or restore. */
export const MAX_PATHS_PER_REQUEST = 5000;
