// What a service of the organisation does beside the legacy clients, through gRPC:
// JETON_SERVER=http://HOST:PORT and JETON_KEY, a key with the permission ADMIN, in the environment.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

export const { JETON_SERVER: server, JETON_KEY: key } = process.env;
if (!server || !key) {
  console.error('JETON_SERVER and JETON_KEY must name a running server and a key of it');
  process.exit(2);
}

const { jeton } = grpc.loadPackageDefinition(
  protoLoader.loadSync(['jeton/v1/token_service.proto', 'jeton/v1/session_service.proto'], {
    includeDirs: [fileURLToPath(new URL('../../../../../proto', import.meta.url))],
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  }),
);
const address = new URL(server).host;
const clients = [];

const metadata = new grpc.Metadata();
metadata.set('authorization', `Bearer ${key}`);

/** The unary calls of a service, as functions that answer promises. */
function callsOf(Service) {
  const client = new Service(address, grpc.credentials.createInsecure());
  clients.push(client);
  return (method, request) =>
    new Promise((resolve, reject) => {
      const deadline = Date.now() + 10_000;
      client[method](request, metadata, { deadline }, (error, response) =>
        error ? reject(error) : resolve(response),
      );
    });
}

/** Calls TokenService: `await tokens('VerifyToken', {…})`. */
export const tokens = callsOf(jeton.v1.TokenService);

/** Calls SessionService. */
export const sessions = callsOf(jeton.v1.SessionService);

export const { ALREADY_EXISTS, NOT_FOUND } = grpc.status;

/** Ends the connections, so that the process can end. */
export function close() {
  clients.forEach((client) => client.close());
}

/** Header and claims of a JSON Web Token. Its signature is not looked at. */
export function readJwt(token) {
  const [header, claims] = token.split('.');
  return [header, claims].map((part) => JSON.parse(Buffer.from(part, 'base64url')));
}
