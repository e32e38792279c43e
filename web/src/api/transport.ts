import { createGrpcWebTransport } from '@connectrpc/connect-web';

/** gRPC-Web to the server that the page came from. */
export const transport = createGrpcWebTransport({ baseUrl: location.origin, defaultTimeoutMs: 10_000 });
