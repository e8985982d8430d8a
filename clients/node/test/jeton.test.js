// Shows the client against a running server: JETON_SERVER=http://HOST:PORT and
// JETON_KEY, a key with the permission ADMIN, in the environment.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { call, errorDetails, Jeton } from '../jeton.js';

const { JETON_SERVER: server, JETON_KEY: key } = process.env;
if (!server || !key) {
  console.error('JETON_SERVER and JETON_KEY must name a running server and a key of it');
  process.exit(2);
}

const jeton = new Jeton({ server, key });
after(() => jeton.close());

const issue = (request = {}) => call(jeton.tokens, 'IssueToken', request);
const verify = (token) => call(jeton.tokens, 'VerifyToken', { token });

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: 'the call did not fail' });
}

test('issue_thenVerify_isActive', async () => {
  const { secret, token } = await issue({
    subject: 'node',
    scopes: ['b', 'a'],
    lifetime: { seconds: 3600 },
  });

  assert.match(secret, /^jt_[0-9A-Za-z]{49}$/);
  assert.deepEqual(token.scopes, ['a', 'b']);
  assert.equal(Number(token.expire_time.seconds) - Number(token.issue_time.seconds), 3600);

  const verdict = await verify(secret);
  assert.equal(verdict.active, true);
  assert.equal(verdict.reason, 'INACTIVE_REASON_UNSPECIFIED');
  assert.equal(verdict.token.id, token.id);
  assert.equal(verdict.token.subject, 'node');
});

test('batchVerify_answersInOrder', async () => {
  const { secret } = await issue();

  const { responses } = await call(jeton.tokens, 'BatchVerifyTokens', {
    requests: [{ token: secret }, { token: `unknown-${randomUUID()}` }, { token: 'jt_broken' }],
  });

  assert.deepEqual(
    responses.map((verdict) => [verdict.active, verdict.reason]),
    [
      [true, 'INACTIVE_REASON_UNSPECIFIED'],
      [false, 'INACTIVE_REASON_UNKNOWN'],
      [false, 'INACTIVE_REASON_MALFORMED'],
    ],
  );
});

test('list_followsPages_toExactlyTheSubjectsTokens', async () => {
  const subject = `node-${randomUUID()}`;
  const issued = [];
  for (let i = 0; i < 5; i++) {
    issued.push((await issue({ subject })).token.id);
  }

  const sizes = [];
  const listed = [];
  let page_token = '';
  do {
    const page = await call(jeton.tokens, 'ListTokens', { subject, page_size: 2, page_token });
    sizes.push(page.tokens.length);
    listed.push(...page.tokens.map((token) => token.id));
    page_token = page.next_page_token;
  } while (page_token && sizes.length < 10);

  assert.ok(sizes.every((size) => size <= 2));
  assert.deepEqual(listed, issued);
});

test('revoke_thenVerify_isRevoked', async () => {
  const { secret } = await issue();

  const { token } = await call(jeton.tokens, 'RevokeToken', { token: secret });

  assert.ok(Number(token.revoke_time.seconds) > 0);
  const verdict = await verify(secret);
  assert.equal(verdict.active, false);
  assert.equal(verdict.reason, 'INACTIVE_REASON_REVOKED');
  assert.equal(verdict.token, null);
});

test('get_showsTheSameToken_byIdAndBySecret', async () => {
  const { secret, token } = await issue({ name: 'shown' });

  const byId = await call(jeton.tokens, 'GetToken', { id: token.id });
  const bySecret = await call(jeton.tokens, 'GetToken', { token: secret });

  assert.equal(byId.token.name, 'shown');
  assert.deepEqual(byId.token, token);
  assert.deepEqual(bySecret.token, token);
});

test('noKey_isUnauthenticated_asKeyMissing', async () => {
  const keyless = new Jeton({ server });
  const error = await failure(call(keyless.tokens, 'VerifyToken', { token: 'x' }));
  keyless.close();

  assert.equal(error.code, grpc.status.UNAUTHENTICATED);
  assert.equal(errorDetails(error).reason, 'KEY_MISSING');
});

test('wrongKey_isUnauthenticated_asKeyInvalid', async () => {
  const stranger = new Jeton({ server, key: `jt_svc_${'0'.repeat(49)}` });
  const error = await failure(call(stranger.tokens, 'VerifyToken', { token: 'x' }));
  stranger.close();

  assert.equal(error.code, grpc.status.UNAUTHENTICATED);
  assert.equal(errorDetails(error).reason, 'KEY_INVALID');
});

test('unknownRealm_isNotFound', async () => {
  const error = await failure(issue({ realm: 'no-such-realm' }));

  assert.equal(error.code, grpc.status.NOT_FOUND);
  assert.equal(errorDetails(error).reason, 'REALM_NOT_FOUND');
});

test('hugeSubject_isInvalid_andNotRepeated', async () => {
  const error = await failure(issue({ subject: 'x'.repeat(1 << 20) }));

  assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
  const details = errorDetails(error);
  assert.equal(details.reason, 'FIELD_INVALID');
  assert.equal(details.metadata.field, 'subject');
  assert.deepEqual(
    details.fieldViolations.map((violation) => violation.field),
    ['subject'],
  );
  assert.ok(error.message.length < 1000);
});

test('health_isServing_withoutAKey', async () => {
  const health = standard('grpc/health/v1/health.proto').grpc.health.v1.Health;
  const client = new health(new URL(server).host, grpc.credentials.createInsecure());
  const answer = await new Promise((resolve, reject) => {
    client.Check({}, { deadline: Date.now() + 5000 }, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });
  client.close();

  assert.equal(answer.status, 'SERVING');
});

test('reflection_listsTheServices', async () => {
  const { ServerReflection } = standard('grpc/reflection/v1/reflection.proto').grpc.reflection.v1;
  const client = new ServerReflection(new URL(server).host, grpc.credentials.createInsecure());
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${key}`);
  const stream = client.ServerReflectionInfo(metadata, { deadline: Date.now() + 5000 });
  stream.write({ list_services: '' });
  stream.end();
  const names = [];
  for await (const answer of stream) {
    names.push(...answer.list_services_response.service.map((service) => service.name));
  }
  client.close();

  assert.ok(names.includes('jeton.v1.TokenService'), names.join(', '));
  assert.ok(names.includes('jeton.v1.CallerService'), names.join(', '));
});

test('readmeExample_runs', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, example] = readme.match(/```js\n(.*?)```/s);

  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', example],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );

  assert.match(stdout, /active: true/);
  assert.equal(stderr, '');
});

/** A package of the protos in test/protos, which are those of the jar io.grpc:grpc-services. */
function standard(file) {
  const definition = protoLoader.loadSync(file, {
    includeDirs: [fileURLToPath(new URL('protos', import.meta.url))],
    keepCase: true,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  return grpc.loadPackageDefinition(definition);
}
