import type { IncomingMessage, ServerResponse } from 'node:http';
import { createConnectRouter, type ConnectRouter } from '@connectrpc/connect';
import type { UniversalHandler } from '@connectrpc/connect/protocol';
import { toJsonString, create } from '@bufbuild/protobuf';
import { UploadDocumentResponseSchema } from '../src/gen/parley/document/v1/document_service_pb.js';
import type { FakeIdentity } from './fake-identity';
import type { FakeLibrary } from './fake-library';

/** Answers calls over gRPC-Web from services written with Connect, as the edge does. */
export class FakeRpc {
  private readonly handlers: readonly UniversalHandler[];

  constructor(routes: (router: ConnectRouter) => void, private readonly identity: FakeIdentity) {
    const router = createConnectRouter({ connect: false, grpc: false, grpcWeb: true });
    routes(router);
    this.handlers = router.handlers;
  }

  async answer(q: IncomingMessage, p: ServerResponse, path: string): Promise<void> {
    const handler = this.handlers.find((h) => h.requestPath === path);
    if (!handler) {
      p.writeHead(200, { 'content-type': 'application/grpc-web+proto', 'grpc-status': '12', 'grpc-message': 'no such method' }).end();
      return;
    }
    if (!path.startsWith('/parley.identity.') && !this.identity.admits(q.headers.authorization)) {
      p.writeHead(200, { 'content-type': 'application/grpc-web+proto', 'grpc-status': '16', 'grpc-message': 'nobody is signed in' }).end();
      return;
    }
    const stop = new AbortController();
    p.on('close', () => stop.abort());
    const answer = await handler({
      httpVersion: '1.1', method: q.method ?? 'POST', url: `http://fake${path}`, signal: stop.signal, body: q,
      header: new Headers(Object.entries(q.headers).map(([k, v]) => [k, String(v)])),
    });
    p.writeHead(answer.status, Object.fromEntries(answer.header ?? []));
    try {
      for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>) p.write(piece);
    } catch {
      // The page left.
    }
    p.end();
  }
}

/** The REST of documents that has no gRPC-Web: the body of an upload, and pictures of pages. */
export async function documentRest(q: IncomingMessage, p: ServerResponse, url: URL, library: FakeLibrary): Promise<boolean> {
  if (q.method === 'POST' && url.pathname === '/v1/documents') {
    for await (const _ of q);
    const name = url.searchParams.get('display_name') ?? '';
    if (/\.png$/.test(name)) {
      p.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 3, message: 'not a document', details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'DOCUMENT_UNREADABLE' }] }));
      return true;
    }
    const { document } = library.upload(name, url.searchParams.get('collection_id') || 'default');
    p.writeHead(200, { 'content-type': 'application/json' }).end(toJsonString(UploadDocumentResponseSchema, create(UploadDocumentResponseSchema, { document })));
    return true;
  }
  const image = /^\/v1\/documents\/([^/]+)\/pages\/(\d+)\/image$/.exec(url.pathname);
  if (!image) return false;
  const sheet = library.books.get(image[1]!)?.sheets[Number(image[2]) - 1];
  p.writeHead(sheet ? 200 : 404, { 'content-type': 'image/svg+xml' }).end(sheet?.svg());
  return true;
}
