import type { GetPageResponse } from '../gen/parley/document/v1/document_service_pb.js';
import { perPerson } from '../state/per-person';
import { documents } from './documents';

const MOST = 60;
const pages = perPerson<string, Promise<GetPageResponse>>();

/**
 * A page, and where a passage or a sentence of it stands there; the last ones asked for are kept.
 * Page 0 is the one that the passage begins on.
 */
export function pageOf(documentId: string, page: number, chunkId = '', quote = ''): Promise<GetPageResponse> {
  const key = `${documentId}/${page}/${chunkId}/${quote}`;
  let answer = pages.get(key);
  if (!answer) {
    answer = page === 0 ? pageOfPassage(documentId, chunkId, quote) : documents.getPage({ documentId, page, chunkId, quote: quote.slice(0, 2000) });
    pages.set(key, answer);
    answer.catch(() => pages.delete(key));
    if (pages.size > MOST) pages.delete(pages.keys().next().value!);
  }
  return answer;
}

async function pageOfPassage(documentId: string, chunkId: string, quote: string): Promise<GetPageResponse> {
  const first = await pageOf(documentId, 1, chunkId, quote);
  const page = first.spans[0]?.page ?? 1;
  return page > 1 ? pageOf(documentId, page, chunkId, quote) : first;
}
