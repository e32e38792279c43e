import { perPerson } from '../state/per-person';
import { passport } from './transport';

const MOST = 80;
const pictures = perPerson<string, Promise<string>>();

/** Fetches a file as whoever is signed in; once more with a new token where the one it had was refused. */
export async function fetchFile(path: string): Promise<Response> {
  const token = await passport.token();
  const answer = await fetch(path, { headers: bearer(token) });
  const renewed = answer.status === 401 && token ? await passport.renew(token) : '';
  return renewed ? fetch(path, { headers: bearer(renewed) }) : answer;
}

/** Whether elements may show pictures by their own addresses: they send no token. */
export function isDirect(path: string): boolean {
  return passport.holder === '' || !path.startsWith('/v1/');
}

/** An address that an element may show: fetches a picture, also ahead of the element that shows it. */
export function fetchPicture(path: string): Promise<string> {
  if (isDirect(path)) {
    new Image().src = path;
    return Promise.resolve(path);
  }
  let picture = pictures.get(path);
  if (!picture) {
    picture = fetchFile(path).then(async (answer) => {
      if (!answer.ok) throw new Error(`the picture answered ${answer.status}`);
      return URL.createObjectURL(await answer.blob());
    });
    pictures.set(path, picture);
    picture.catch(() => pictures.delete(path));
    if (pictures.size > MOST) forgetOldest();
  }
  return picture;
}

/** Saves a file on the person's machine. */
export async function saveFile(path: string, name: string): Promise<void> {
  const answer = await fetchFile(path);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  save(await answer.blob(), name);
}

export function save(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function bearer(token: string): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}

function forgetOldest(): void {
  const [path, picture] = pictures.entries().next().value!;
  pictures.delete(path);
  picture.then((url) => URL.revokeObjectURL(url), () => undefined);
}
