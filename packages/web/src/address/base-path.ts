/** The address of the API and the page: the server writes it into `<base>`. */
export const baseUrl = new URL('.', document.baseURI).href.replace(/\/$/, '');

/** The path of `baseUrl`; empty if the server is at the root. */
export const basePath = new URL('.', document.baseURI).pathname.replace(/\/$/, '');
