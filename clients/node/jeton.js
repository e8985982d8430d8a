// A thin client of the Jeton token service: grpc-js clients made from the
// repository's proto files, with the service key and a deadline on every call.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const PROTO = fileURLToPath(new URL('../../proto', import.meta.url));
const MAX_ANSWER_BYTES = 16 << 20;

const definition = protoLoader.loadSync(
  [
    'jeton/v1/token_service.proto',
    'jeton/v1/caller_service.proto',
    'google/rpc/status.proto',
    'google/rpc/error_details.proto',
  ],
  {
    includeDirs: [PROTO],
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  },
);
const { jeton } = grpc.loadPackageDefinition(definition);

/**
 * A connection to a token service; it connects at the first call.
 *
 * `tokens` and `callers` are the grpc-js clients of TokenService and
 * CallerService. Messages have the names of the proto files (`page_size`);
 * 64-bit numbers and enum values are strings.
 */
export class Jeton {
  /**
   * @param {object} options
   * @param {string} options.server `http://HOST:PORT` in clear text, or
   *     `https://HOST:PORT` with TLS
   * @param {string} [options.key] the service key to present
   * @param {number} [options.deadlineMs] how long a call may take before it
   *     fails, in milliseconds. Defaults to 5000.
   * @param {Buffer} [options.ca] certificates in PEM that may have signed an
   *     https server's. Defaults to those that Node comes with.
   * @param {Buffer} [options.cert] the certificate in PEM to show it, and
   * @param {Buffer} [options.certKey] its key
   */
  constructor({ server, key, deadlineMs = 5000, ca, cert, certKey }) {
    const { address, credentials } = parse(server, { ca, cert, certKey });
    const options = {
      'grpc.max_receive_message_length': MAX_ANSWER_BYTES,
      'grpc.service_config_disable_resolution': 1,
      interceptors: [withDeadline(deadlineMs), ...(key ? [withKey(key)] : [])],
    };
    this.tokens = new jeton.v1.TokenService(address, credentials, options);
    this.callers = new jeton.v1.CallerService(address, credentials, options);
  }

  close() {
    this.tokens.close();
    this.callers.close();
  }
}

/** Calls a unary method of a grpc-js client: `await call(jeton.tokens, 'IssueToken', {…})`. */
export function call(client, method, request) {
  return new Promise((resolve, reject) => {
    client[method](request, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

/**
 * What the server says of a failed call: `reason` is a value of ErrorReason
 * without its prefix, `fieldViolations` the fields it refused. Undefined when
 * it is not Jeton that answered.
 */
export function errorDetails(error) {
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (!bytes) {
    return undefined;
  }
  const details = decode('google.rpc.Status', bytes).details;
  const find = (name) => {
    const any = details.find((d) => d.type_url.endsWith(`/${name}`));
    return any && decode(name, any.value);
  };
  const info = find('google.rpc.ErrorInfo');
  if (info?.domain !== 'jeton') {
    return undefined;
  }
  return {
    reason: info.reason,
    metadata: info.metadata,
    fieldViolations: find('google.rpc.BadRequest')?.field_violations ?? [],
  };
}

function decode(name, bytes) {
  return definition[name].deserialize(bytes);
}

function parse(server, { ca, cert, certKey }) {
  const url = new URL(server);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError('server: expected http://HOST:PORT or https://HOST:PORT');
  }
  const isTls = url.protocol === 'https:';
  if (!isTls && (ca || cert || certKey)) {
    throw new TypeError('ca, cert and certKey are for https://HOST:PORT');
  }
  return {
    address: `${url.hostname}:${url.port || (isTls ? 443 : 80)}`,
    credentials: isTls
      ? grpc.credentials.createSsl(ca, certKey, cert)
      : grpc.credentials.createInsecure(),
  };
}

/** A call that says no deadline of its own gets this one; grpc-js would wait for ever. */
function withDeadline(millis) {
  return (options, nextCall) =>
    new grpc.InterceptingCall(
      nextCall({ ...options, deadline: options.deadline ?? Date.now() + millis }),
    );
}

function withKey(key) {
  return (options, nextCall) =>
    new grpc.InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        metadata.set('authorization', `Bearer ${key}`);
        next(metadata, listener);
      },
    });
}
