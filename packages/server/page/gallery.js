/** The page at the base path: counts, a search box, and a grid of what was found. All URLs are relative to <base>. */

const PAGE_SIZE = 60;

const element = (id) => document.getElementById(id);
const grid = element('grid');
const more = element('more');
const message = element('message');
const signIn = element('sign-in');

/** The search that is shown; an older one that answers late is dropped. */
let current = { needle: '', cursor: '', generation: 0 };

async function call(path, body) {
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  if (response.status === 401) signIn.hidden = false;
  throw new Error(response.status === 401 ? 'Not signed in.' : String(answer.detail ?? response.statusText));
}

async function showFacts() {
  const [version, info] = await Promise.all([call('version'), call('db/basic_info')]);
  element('version').textContent = version.tag;
  const images = info.img_count.toLocaleString();
  element('counts').textContent = `${images} images, ${info.tags.length.toLocaleString()} tags`;
}

async function search(needle) {
  current = { needle, cursor: '', generation: current.generation + 1 };
  grid.replaceChildren();
  more.hidden = true;
  await showNextPage();
}

async function showNextPage() {
  const { needle, cursor, generation } = current;
  message.textContent = 'Searching...';
  const page = await call('db/search_by_substr', { surstr: needle, cursor, size: PAGE_SIZE });
  if (generation !== current.generation) return;
  const paths = page.files.map((file) => file.fullpath);
  const texts = paths.length > 0 ? await call('image_geninfo_batch', { paths }) : {};
  if (generation !== current.generation) return;
  grid.append(...page.files.map((file) => figure(file, texts[file.fullpath] ?? '')));
  current.cursor = page.cursor.next;
  more.hidden = !page.cursor.has_next;
  message.textContent = grid.children.length === 0 ? 'Nothing found.' : '';
}

/** Built from nodes, never from HTML: prompts and names are anybody's text. */
function figure(file, text) {
  const query = new URLSearchParams({ path: file.fullpath, t: String(file.date) });
  const image = Object.assign(document.createElement('img'), {
    src: `image-thumbnail?${query}&size=384x384`,
    alt: file.name,
    loading: 'lazy',
  });
  const link = Object.assign(document.createElement('a'), { href: `file?${query}`, target: '_blank' });
  link.append(image);
  const name = Object.assign(document.createElement('strong'), {
    textContent: file.name,
    title: file.fullpath,
  });
  const prompt = Object.assign(document.createElement('span'), { textContent: text, title: text });
  const caption = document.createElement('figcaption');
  caption.append(name, prompt);
  const result = document.createElement('figure');
  result.append(link, caption);
  return result;
}

/** Cookie of IIB's front end: hex SHA-256 of the key followed by a fixed text. */
async function signInWith(key) {
  if (crypto.subtle === undefined) {
    throw new Error('Signing in needs HTTPS, or the address localhost.');
  }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${key}_ciallo`));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  document.cookie = `IIB_S=${hex}; path=/; SameSite=Lax`;
  location.reload();
}

function report(error) {
  message.textContent = error.message;
}

element('search').addEventListener('submit', (event) => {
  event.preventDefault();
  const needle = element('needle').value.trim();
  history.replaceState(
    null,
    '',
    location.pathname + (needle === '' ? '' : `?q=${encodeURIComponent(needle)}`),
  );
  search(needle).catch(report);
});
more.addEventListener('click', () => {
  showNextPage().catch(report);
});
signIn.addEventListener('submit', (event) => {
  event.preventDefault();
  signInWith(element('key').value).catch(report);
});

const needle = new URLSearchParams(location.search).get('q') ?? '';
element('needle').value = needle;
showFacts().catch(report);
search(needle).catch(report);
