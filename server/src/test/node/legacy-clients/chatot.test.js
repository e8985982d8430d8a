// chatot: a mini-program, whose request function gives headers in lower case and never throws for
// a status.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { close, server, tokens } from './core.js';

const UNAUTHORIZED = { name: 'Unauthorized', message: 'authentication failed', stack: [] };

after(close);

/** What the mini-program's platform offers: the data is JSON, whatever the status. */
async function request({ url, method = 'GET', data, header = {} }) {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      referer: 'https://servicewechat.com/wx1234567890abcdef/1/page-frame.html',
      ...header,
    },
    body: data && JSON.stringify(data),
  });
  return { statusCode: response.status, data: await response.json() };
}

/** A mini-program that keeps its token, and refreshes it when it has ended. */
class MiniProgram {
  constructor(hostname) {
    this.url = `${hostname}/token`;
  }

  async send(method, credential, data) {
    const header = credential ? { authorization: `Bearer ${credential}` } : {};
    const answer = await request({ url: this.url, method, data, header });
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      const { name, message, stack } = answer.data;
      assert.ok(stack.every((line) => typeof line === 'string'), 'else the client ignores it');
      throw Object.assign(new Error(message), { statusCode: answer.statusCode, name, stack });
    }
    return answer.data;
  }

  async create(login) {
    this.token = await this.send('POST', undefined, login);
    return this.token;
  }

  query() {
    return this.send('GET', this.token.value);
  }

  async refresh(credential = this.token.refresh) {
    this.token = await this.send('PUT', credential);
    return this.token;
  }
}

test('create_refreshAfterExpiry_thenQueryWithBearer', async () => {
  const program = new MiniProgram(`${server}/brief`);
  const created = await program.create({ login: 'Seven', password: 'sesame 1' });
  assert.deepEqual(Object.keys(created), ['value', 'refresh', 'expire']);
  assert.match(created.value, /^[0-9a-f]{32}$/);
  assert.match(created.refresh, /^[0-9a-f]{32}$/);
  assert.match(created.expire, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(await program.query(), { expire: created.expire, scope: [] });

  const error = await expired(program);
  assert.equal(error.statusCode, 401);
  assert.equal(error.message, UNAUTHORIZED.message);
  assert.ok(Date.now() >= Date.parse(created.expire) - 1000, 'not before its end');
  await assert.rejects(program.refresh(created.value), { statusCode: 401 });

  const refreshed = await program.refresh();

  assert.deepEqual(Object.keys(refreshed), ['refresh', 'expire', 'value']);
  assert.equal(refreshed.value, created.value);
  assert.notEqual(refreshed.refresh, created.refresh);
  assert.ok(refreshed.expire > created.expire);
  assert.deepEqual(await program.query(), { expire: refreshed.expire, scope: [] });
  const { active, token } = await tokens('VerifyToken', { token: refreshed.value });
  assert.equal(active, true);
  assert.equal(token.account_id, '1');
  assert.equal(token.issuer, 'brief');
});

/** Queries until that fails. */
async function expired(program) {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    try {
      await program.query();
    } catch (error) {
      return error;
    }
    await pause(50);
  }
  throw new assert.AssertionError({ message: 'the token did not end' });
}

test('aLostAnswer_isAnsweredAgain', async () => {
  const program = new MiniProgram(server);
  const { refresh } = await program.create();

  const answers = [await program.refresh(refresh), await program.refresh(refresh)];

  assert.deepEqual(answers[1], answers[0]);
  assert.equal((await program.query()).expire, answers[0].expire);
});

test('anonymous_isBoundLater_byTheServiceThatKnowsWho', async () => {
  const program = new MiniProgram(server);
  const { value } = await program.create();
  assert.deepEqual((await program.query()).scope, []);

  await tokens('BindToken', { token: value, account_id: '1', scopes: ['read', 'write'] });

  assert.deepEqual((await program.query()).scope, ['read', 'write']);
});

test('refusals_areInTheShapeThatTheClientReads', async () => {
  const anonymous = await request({ url: `${server}/token` });
  assert.equal(anonymous.statusCode, 401);
  assert.deepEqual(anonymous.data, UNAUTHORIZED);

  const login = { login: 'Seven', password: 'wrong' };
  const wrong = await request({ url: `${server}/token`, method: 'POST', data: login });
  assert.equal(wrong.statusCode, 401);
  assert.deepEqual(wrong.data, UNAUTHORIZED);

  const program = new MiniProgram(server);
  await program.create();
  await tokens('RevokeToken', { token: program.token.value });
  await assert.rejects(program.query(), { statusCode: 401 });
  await assert.rejects(program.refresh(), { statusCode: 401 });
});
