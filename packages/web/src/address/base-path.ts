/** The address of the API, which is that of the page: the server writes it into `<base>`. */
export const baseUrl = new URL('.', document.baseURI).href.replace(/\/$/, '');

/** The same as a path, `''` where the server sits at the root. */
export const basePath = new URL('.', document.baseURI).pathname.replace(/\/$/, '');
