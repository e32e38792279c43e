import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { fromJsonString } from '@bufbuild/protobuf';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { DocumentService, UploadDocumentResponseSchema, type UploadDocumentResponse } from '../gen/parley/document/v1/document_service_pb.js';
import { Shelf } from '../knowledge/shelf';
import { UploadFailure } from '../knowledge/uploads';
import { perPerson } from '../state/per-person';
import { characters } from './client';
import { passport, transport } from './transport';

export const documents = createClient(DocumentService, transport);

/** Pictures of pages by this width, in pixels; one width, so that the browser fetches each once. */
const PICTURE_WIDTH = 1200;

export function pageImageUrl(documentId: string, page: number): string {
  return `/v1/documents/${encodeURIComponent(documentId)}/pages/${page}/image?width=${PICTURE_WIDTH}`;
}

export function fileUrl(documentId: string): string {
  return `/v1/documents/${encodeURIComponent(documentId)}/file`;
}

const shelves = perPerson<string, Shelf>();
const preparations = perPerson<string, () => Promise<void>>();

/** The documents of a character; the same shelf each time, so that uploads outlive what shows them. */
export function shelfOf(character: Character): Shelf {
  const id = collectionOf(character);
  preparations.set(id, () => prepare(character, id));
  return shelfIn(id);
}

/** The documents of a collection. */
export function shelfIn(collectionId: string): Shelf {
  let shelf = shelves.get(collectionId);
  if (!shelf) {
    shelf = new Shelf(collectionId, documents, uploadTo(collectionId), async () => preparations.get(collectionId)?.());
    shelves.set(collectionId, shelf);
  }
  return shelf;
}

/**
 * Where a character's documents go: the collection of its own id, whatever else it reads. A shipped
 * character reads that one by itself; another is made to with its first file.
 */
export const collectionOf = (character: Character): string => character.id;

async function prepare(character: Character, id: string): Promise<void> {
  try {
    await documents.createCollection({ collection: { id, displayName: character.displayName.slice(0, 80) } });
  } catch (error) {
    if (ConnectError.from(error).code !== Code.AlreadyExists) throw error;
  }
  if (!character.builtIn && !character.collectionIds.includes(id)) await subscribe(character.id, id);
}

async function subscribe(characterId: string, collectionId: string): Promise<void> {
  const { character } = await characters.getCharacter({ characterId });
  if (!character || character.collectionIds.includes(collectionId)) return;
  const changed = { ...character, collectionIds: [...character.collectionIds, collectionId] };
  await characters.updateCharacter({ characterId, character: changed, updateMask: { paths: ['collection_ids'] } });
}

/** Sends the bytes as they are; XMLHttpRequest, because fetch does not tell how much is gone. */
function uploadTo(collectionId: string) {
  return async (file: File, progress: (sentBytes: number) => void, stop: AbortSignal): Promise<UploadDocumentResponse> => {
    const token = await passport.token();
    return new Promise((done, fail) => {
      const query = new URLSearchParams({ display_name: file.name.slice(0, 200), collection_id: collectionId });
      const request = new XMLHttpRequest();
      request.open('POST', `/v1/documents?${query}`);
      request.setRequestHeader('content-type', 'application/octet-stream');
      if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
      request.upload.onprogress = (e) => progress(e.loaded);
      request.onload = () => {
        if (request.status === 200) done(fromJsonString(UploadDocumentResponseSchema, request.responseText, { ignoreUnknownFields: true }));
        else fail(failureOf(request));
      };
      request.onerror = () => fail(new UploadFailure('UNAVAILABLE', 'the connection was lost'));
      request.onabort = () => fail(new UploadFailure('', 'stopped'));
      stop.addEventListener('abort', () => request.abort());
      request.send(file);
    });
  };
}

function failureOf(request: XMLHttpRequest): UploadFailure {
  try {
    const { message, details } = JSON.parse(request.responseText) as { message?: string; details?: { reason?: string }[] };
    return new UploadFailure(details?.find((d) => d.reason)?.reason ?? '', message ?? '');
  } catch {
    return new UploadFailure(request.status === 413 ? 'TOO_LARGE' : '', `The server answered ${request.status}`);
  }
}
