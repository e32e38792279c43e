import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { PrivacyService } from '../gen/parley/conversation/v1/privacy_service_pb.js';
import { RecollectionService } from '../gen/parley/memory/v1/recollection_service_pb.js';
import { documents } from './documents';
import { transport } from './transport';

export const recollections = createClient(RecollectionService, transport);
export const privacy = createClient(PrivacyService, transport);

/** Which parts this server has; what it has not is not shown. */
export interface Knowledge {
  readonly documents: boolean;
  readonly memories: boolean;
}

export async function knowledge(): Promise<Knowledge> {
  const [ofDocuments, ofMemories] = await Promise.all([
    isThere(documents.listDocuments({ pageSize: 1 })),
    isThere(recollections.listItems({ pageSize: 1 })),
  ]);
  return { documents: ofDocuments, memories: ofMemories };
}

/** A part that fails now is there all the same, and says itself what is wrong. */
async function isThere(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    return ConnectError.from(error).code !== Code.Unimplemented;
  }
}
