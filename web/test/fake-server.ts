import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { WebSocketServer } from 'ws';
import { FakeIdentity } from './fake-identity';
import { FakeLibrary } from './fake-library';
import { FakeMemory } from './fake-memory';
import { organisationRoutes } from './fake-organisation';
import { sessionRoutes } from './fake-people';
import { documentRest, FakeRpc } from './fake-rpc';
import { FakeTalk } from './fake-talk';
import { AVATARS } from './fake-voice';

const WEB = join(import.meta.dirname, '..');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
};
const POLICY = "default-src 'self'; connect-src 'self' blob:; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'";

/** What a fake has: documents and memories, and whether everybody has to be somebody. */
export interface Having {
  readonly knowledge?: boolean;
  readonly accounts?: 'none' | 'offered' | 'demanded';
}

/**
 * Speaks the WebSocket protocol and as much gRPC-Web as the page asks for, so that the page can be
 * tested alone; nothing of it ships.
 */
export class FakeServer {
  readonly talk = new FakeTalk();
  readonly library = new FakeLibrary();
  readonly memory = new FakeMemory();
  refusing = false;
  private readonly rpc: FakeRpc;

  private constructor(private readonly http: ReturnType<typeof createServer>, readonly url: string, having: Having, readonly identity: FakeIdentity) {
    this.rpc = new FakeRpc((router) => {
      sessionRoutes(router, this.talk);
      if (having.accounts !== 'none') {
        identity.routes(router);
        organisationRoutes(router, identity);
      }
      if (having.knowledge === false) return;
      this.library.routes(router);
      this.memory.routes(router);
    }, identity);
  }

  static async start(having: Having = {}): Promise<FakeServer> {
    let server: FakeServer;
    const http = createServer((q, p) => void server.answer(q, p));
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'parley.v1' });
    http.on('upgrade', (q, s, head) => {
      if (server.refusing || !server.identity.ticketFits(String(q.headers['sec-websocket-protocol'] ?? ''))) return s.destroy();
      sockets.handleUpgrade(q, s, head, (ws) => server.talk.attach(ws));
    });
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    server = new FakeServer(http, url, having, new FakeIdentity(url, having.accounts === 'demanded'));
    return server;
  }

  stop(): void {
    this.talk.stop();
    this.http.close();
  }

  private async answer(q: IncomingMessage, p: ServerResponse): Promise<void> {
    const url = new URL(q.url ?? '/', this.url);
    const path = url.pathname;
    if (path.startsWith('/v1/') && !this.identity.admits(q.headers.authorization)) return void p.writeHead(401).end();
    if (await documentRest(q, p, url, this.library)) return;
    if (q.method === 'POST') return this.rpc.answer(q, p, path);
    const avatar = /^\/v1\/avatars\/(elena|david|amara)\/(model|picture)$/.exec(path);
    try {
      if (avatar) {
        const file = join(AVATARS, 'models', `${avatar[1]}.${avatar[2] === 'model' ? 'glb' : 'png'}`);
        const body = readFileSync(file);
        p.writeHead(200, { 'content-type': avatar[2] === 'model' ? 'model/gltf-binary' : 'image/png' }).end(body);
      } else {
        const file = extname(path) === '' ? 'index.html' : path.slice(1);
        const body = readFileSync(join(WEB, 'dist', file));
        p.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(body);
      }
    } catch {
      p.writeHead(404).end();
    }
  }
}
