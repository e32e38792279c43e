import { modelUrl } from '../api/client';
import { fetchFile } from '../api/media';

const models = new Map<string, Promise<ArrayBuffer>>();

/** The avatar's model, fetched once; a fetch that failed is tried again by the next call. */
export function model(avatarId: string): Promise<ArrayBuffer> {
  const known = models.get(avatarId);
  if (known) return known;
  const asked = fetched(modelUrl(avatarId));
  models.set(avatarId, asked);
  asked.catch(() => models.delete(avatarId));
  return asked;
}

async function fetched(url: string): Promise<ArrayBuffer> {
  const answer = await fetchFile(url);
  if (!answer.ok) throw new Error(`the model answered ${answer.status}`);
  return answer.arrayBuffer();
}
