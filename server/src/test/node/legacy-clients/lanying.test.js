// lanying: axios, as the SDK for the web uses it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import axios from 'axios';
import { close, readJwt, server, tokens } from './core.js';

const USER_ID = 6597157180416;
const PASSWORD = 'sesame 2';

after(close);

/** As much of an SDK as logs in: it sends the token that it has left with every call. */
class Sdk {
  constructor(appId = 'welovemaxim') {
    this.token = '';
    this.http = axios.create({ baseURL: server, timeout: 20_000 });
    this.http.interceptors.request.use((config) => {
      config.headers.set('app_id', appId);
      if (this.token) {
        config.headers.set('access-token', this.token);
      }
      return config;
    });
  }

  /** Answers `data`, or throws what `code` and `message` say. */
  async call(path, params) {
    if (params.user_id) {
      params.user_id -= 0;
    }
    const { status, data: answer } = await this.http.post(path, params);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(answer), ['code', 'data', 'message']);
    if (answer.code !== 200) {
      assert.equal(answer.data, null);
      throw Object.assign(new Error(answer.message), { code: answer.code });
    }
    assert.equal(answer.message, null);
    return answer.data;
  }

  async login(path, params) {
    const data = await this.call(path, { password: PASSWORD, ...params });
    this.token = data.token;
    return data;
  }
}

const verify = (token, appId) => tokens('VerifyToken', { token, app_id: appId });

test('login_byNumericUserId_answersWhatTheSdkReads', async () => {
  const before = Date.now();

  const data = await new Sdk().login('/token/id', { user_id: String(USER_ID) });

  assert.deepEqual(Object.keys(data), [
    'access_key_secret',
    'encrypt_type',
    'expire',
    'public_key',
    'store_token',
    'token',
    'user_id',
  ]);
  assert.equal(data.user_id, USER_ID);
  assert.equal(data.encrypt_type, 1);
  assert.equal(data.public_key, 'a public key');
  assert.equal(data.access_key_secret, 'a key of files');
  assert.ok(Math.abs(data.expire - before - 30 * 86_400_000) < 60_000, 'expires in 30 days');
  const [header, claims] = readJwt(data.token);
  assert.equal(header.alg, 'HS512');
  assert.deepEqual(Object.keys(claims), ['app', 'sub', 'cluster', 'role', 'iat', 'exp']);
  assert.equal(claims.sub, String(USER_ID));
  assert.equal(claims.exp * 1000, data.expire);
  assert.equal((await verify(data.token, 'welovemaxim')).active, true);
  assert.equal((await verify(data.store_token, 'welovemaxim')).active, true);
  assert.equal((await verify(data.token, 'another')).active, false);
});

test('login_byNamePhoneAndEmail', async () => {
  const sdk = new Sdk();

  for (const [path, params] of [
    ['/token/user', { name: 'maxim' }],
    ['/token/login', { login_name: '13800138000' }],
    ['/token/login', { login_name: 'maxim@example.org' }],
  ]) {
    assert.equal((await sdk.login(path, params)).user_id, USER_ID);
  }
});

test('relogin_withTheStaleTokenAttached', async () => {
  const sdk = new Sdk();
  const first = await sdk.login('/token/id', { user_id: USER_ID });
  const second = await sdk.login('/token/id', { user_id: USER_ID });
  assert.notEqual(second.token, first.token);
  assert.equal((await verify(first.token, 'welovemaxim')).active, true, 'a login ends no other');

  await tokens('RevokeToken', { token: second.token });
  const third = await sdk.login('/token/id', { user_id: USER_ID });

  assert.equal((await verify(second.token, 'welovemaxim')).active, false);
  assert.equal((await verify(second.store_token, 'welovemaxim')).active, false);
  assert.equal((await verify(third.token, 'welovemaxim')).active, true);
  for (const rubbish of ['undefined', 'a.b.c', `${third.token}x`]) {
    sdk.token = rubbish;
    const again = await sdk.login('/token/user', { name: 'maxim' });
    assert.equal((await verify(again.token, 'welovemaxim')).active, true);
  }
});

test('refusals_areDataOfAnHttp200', async () => {
  const sdk = new Sdk();
  await sdk.login('/token/user', { name: 'maxim' });

  await assert.rejects(sdk.login('/token/id', { user_id: USER_ID, password: 'wrong' }), {
    code: 10010,
    message: /Operation rejected/,
  });
  await assert.rejects(sdk.login('/token/user', { name: 'nobody' }), {
    code: 10010,
    message: /Operation rejected/,
  });
  await assert.rejects(sdk.login('/token/user', { name: '13800138000' }), { code: 10010 });
  await assert.rejects(sdk.login('/token/id', {}), {
    code: 10002,
    message: /invalid request parameter.*user_id/,
  });
  await assert.rejects(new Sdk('unknown').login('/token/user', { name: 'maxim' }), {
    code: 40000,
    message: /Operation rejected.*app_id/,
  });
  assert.equal((await sdk.login('/token/user', { name: 'maxim' })).user_id, USER_ID);
});

test('pushToken_isTheDevicesOwn', async () => {
  const sdk = new Sdk();
  const of = async (device_guid) =>
    (await sdk.login('/token/user', { name: 'maxim', device_guid })).push_token;

  const first = await of('3f8a5c1e');

  assert.equal(typeof first, 'string');
  assert.equal(await of('3f8a5c1e'), first);
  assert.notEqual(await of('another device'), first);
});

test('preflight_allowsTheHeadersOfTheSdk', async () => {
  const origin = 'https://im.example.org';
  const preflight = await fetch(`${server}/token/id`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'access-token,app_id,content-type',
    },
  });

  assert.ok(preflight.ok);
  assert.equal(await preflight.text(), '');
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  assert.match(preflight.headers.get('access-control-allow-methods'), /\bPOST\b/);
  const allowed = preflight.headers.get('access-control-allow-headers').split(/,\s*/);
  for (const name of ['app_id', 'access-token', 'user_id', 'group_id', 'content-type']) {
    assert.ok(allowed.includes(name), name);
  }

  const { headers } = await axios.post(
    `${server}/token/user`,
    { name: 'maxim', password: PASSWORD },
    { headers: { app_id: 'welovemaxim', origin } },
  );
  assert.equal(headers['access-control-allow-origin'], '*');
});
