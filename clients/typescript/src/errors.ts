import { createRegistry, fromJsonString, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError } from '@connectrpc/connect';
import {
  BadRequestSchema,
  ErrorInfoSchema,
  QuotaFailureSchema,
  RetryInfoSchema,
  file_google_rpc_error_details,
} from './gen/google/rpc/error_details_pb.js';
import { StatusSchema } from './gen/google/rpc/status_pb.js';

const DETAILS = createRegistry(file_google_rpc_error_details);

/** A field that broke a rule of the contract. */
export interface Violation {
  field: string;
  description: string;
}

type Find = <D extends DescMessage>(kind: D) => MessageShape<D> | undefined;

const nothing: Find = () => undefined;

/** What Parley refused or could not do: a canonical code, one reason, and what helps to mend it. */
export class ParleyError extends Error {
  /** A name of parley.type.v1.Reason without its prefix; empty when the server said none. */
  readonly reason: string;
  readonly violations: Violation[];
  /** Milliseconds after which it is worth trying again. */
  readonly retryAfterMs?: number;
  /** Subjects of the quotas that are used up. */
  readonly quotas: string[];

  private constructor(readonly code: string, message: string, find: Find, reason = '') {
    super(message);
    this.name = 'ParleyError';
    this.reason = find(ErrorInfoSchema)?.reason ?? reason;
    this.violations = (find(BadRequestSchema)?.fieldViolations ?? []).map(({ field, description }) => ({ field, description }));
    this.quotas = (find(QuotaFailureSchema)?.violations ?? []).map((violation) => violation.subject);
    const delay = find(RetryInfoSchema)?.retryDelay;
    if (delay) this.retryAfterMs = Number(delay.seconds) * 1000 + delay.nanos / 1e6;
  }

  static of(code: string, reason: string, message: string): ParleyError {
    return new ParleyError(code, message, nothing, reason);
  }

  /** A failure of the way itself. */
  static unavailable(message: string): ParleyError {
    return ParleyError.of('UNAVAILABLE', '', message);
  }

  /** Whatever a call threw. */
  static from(thrown: unknown): ParleyError {
    if (thrown instanceof ParleyError) return thrown;
    const error = ConnectError.from(thrown);
    const code = error.code === Code.Canceled ? 'CANCELLED' : Code[error.code].replace(/(?<!^)([A-Z])/g, '_$1').toUpperCase();
    const broken = error.cause !== undefined && error.code === Code.Unknown;
    return new ParleyError(broken ? 'UNAVAILABLE' : code, error.rawMessage, (kind) => error.findDetails(kind)[0]);
  }

  /** What a body of google.rpc.Status in JSON says; undefined when it says that all is well. */
  static fromJson(http: number, body: string): ParleyError | undefined {
    if (!body.startsWith('{')) return ParleyError.unavailable(`HTTP ${http} ${body.slice(0, 200)}`);
    const status = fromJsonString(StatusSchema, body, { ignoreUnknownFields: true, registry: DETAILS });
    if (!status.code) return undefined;
    return new ParleyError(CODES[status.code] ?? 'UNKNOWN', status.message, (kind) => {
      for (const detail of status.details) {
        const found = anyUnpack(detail, kind);
        if (found) return found;
      }
      return undefined;
    });
  }

  /** Whether the conversation may be taken up again: a proxy that cuts says INTERNAL. */
  get resumable(): boolean {
    return this.code === 'UNAVAILABLE' || (this.code === 'INTERNAL' && !this.reason);
  }

  override toString(): string {
    return `${this.code} ${this.reason}: ${this.message}`;
  }
}

/** Canonical codes by number. */
export const CODES = [
  'OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS',
  'UNAUTHENTICATED',
];
