/** Where the page at an address says that the API is, as a browser works it out. */
export function baseOfPage(html: string, address: string): string {
  const href = /<base href="(?<href>[^"]*)"/.exec(html)?.groups?.['href'];
  if (href === undefined) throw new Error(`the page at ${address} names no base`);
  return new URL(href, address).pathname;
}
