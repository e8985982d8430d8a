// thinksns: axios, as the clients for small screens and for the web use it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import axios from 'axios';
import { close, readJwt, server, tokens } from './core.js';

const LOGIN = { login: 'Seven', password: 'sesame 1' };

after(close);

/** A client of the web: it keeps its token and sends it with every call, logins too. */
class WebClient {
  constructor() {
    this.token = '';
    this.api = axios.create({
      baseURL: `${server}/api/v2`,
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    this.api.interceptors.request.use((config) => {
      if (this.token) {
        config.headers.Authorization = `Bearer ${this.token}`;
      }
      return config;
    });
  }

  /** Answers whether it worked; what the server says otherwise is in `message`. */
  async login(params = LOGIN) {
    const { status, data } = await this.api.post('/auth/login', params, {
      validateStatus: (any) => any > 0,
    });
    this.message = data.message;
    if (status === 200) {
      this.keep(data);
    } else {
      assert.equal(status, 422);
    }
    return status === 200;
  }

  async refresh(method = 'post') {
    const { status, data } = await this.api.request({ url: '/auth/refresh', method });
    assert.equal(status, 200);
    this.keep(data);
  }

  logout(method = 'post') {
    return this.api.request({ url: '/auth/logout', method });
  }

  keep(data) {
    assert.deepEqual(Object.keys(data), ['access_token', 'token_type', 'expires_in']);
    assert.equal(data.token_type, 'bearer');
    assert.equal(data.expires_in, 3600);
    this.token = data.access_token;
  }
}

const isActive = async (token) => (await tokens('VerifyToken', { token })).active;

/** What axios throws for a 401. */
const unauthenticated = (error) => {
  assert.equal(error.response?.status, 401);
  assert.deepEqual(error.response.data, { message: 'Unauthenticated.' });
  return true;
};

test('login_refresh_logout', async () => {
  const client = new WebClient();
  assert.equal(await client.login(), true);
  const first = client.token;
  const [header, claims] = readJwt(first);
  assert.deepEqual(header, { typ: 'JWT', alg: 'HS256' });
  assert.deepEqual(Object.keys(claims), ['iss', 'iat', 'exp', 'nbf', 'jti', 'sub', 'prv']);
  assert.equal(claims.iss, `${server}/api/v2/auth/login`);
  assert.equal(claims.sub, 1);

  await client.refresh();
  assert.notEqual(client.token, first);
  assert.equal(await isActive(first), false);
  assert.equal(await isActive(client.token), true);

  const { status, data } = await client.logout();
  assert.equal(status, 200);
  assert.deepEqual(data, { message: '退出成功' });
  assert.equal(await isActive(client.token), false);
  await assert.rejects(client.refresh(), unauthenticated);
  await assert.rejects(client.logout(), unauthenticated);
  assert.equal(await client.login(), true, 'with the dead token attached');
});

test('login_byNameEmailPhoneAndId_inAnyEncoding', async () => {
  for (const login of ['seven', 'SHIWEIDU@outlook.com', '18781993582', '1', 1]) {
    assert.equal(await new WebClient().login({ ...LOGIN, login }), true, `${login}`);
  }
  assert.equal(await new WebClient().login(new URLSearchParams(LOGIN)), true, 'a form');
  const multipart = new FormData();
  Object.entries(LOGIN).forEach(([name, value]) => multipart.append(name, value));
  assert.equal(await new WebClient().login(multipart), true, 'a form in parts');
});

test('wrongLogins_haveOneAnswer', async () => {
  for (const params of [{ ...LOGIN, password: 'wrong' }, { login: 'nobody' }, {}]) {
    const client = new WebClient();
    assert.equal(await client.login(params), false);
    assert.equal(client.message, '账号或密码不正确');
  }
});

test('parallelRefreshes_oneWins_andItsTokenStays', async () => {
  const client = new WebClient();
  await client.login();
  const { token } = client;
  const tabs = Array.from({ length: 4 }, () => Object.assign(new WebClient(), { token }));

  const results = await Promise.allSettled(tabs.map((tab) => tab.refresh()));

  const winners = tabs.filter((tab) => tab.token !== token);
  assert.equal(winners.length, 1);
  results
    .filter(({ status }) => status === 'rejected')
    .forEach(({ reason }) => unauthenticated(reason));
  assert.equal(await isActive(winners[0].token), true);
  await winners[0].refresh();
});

test('tokens_areMadeAndPatched', async () => {
  const { api } = new WebClient();

  const made = await api.post('/tokens', LOGIN);

  assert.equal(made.status, 201);
  assert.deepEqual(Object.keys(made.data), ['token', 'user', 'ttl', 'refresh_ttl']);
  assert.equal(made.data.ttl, 20160);
  assert.equal(made.data.refresh_ttl, 40320);
  assert.equal(made.data.user.id, 1);
  assert.equal(made.data.user.bio, 'Seven 的个人传记');
  assert.equal(made.data.user.phone, '18781993582');

  const patched = await api.patch(`/tokens/${made.data.token}`);
  assert.equal(patched.status, 201);
  assert.deepEqual(Object.keys(patched.data), ['token', 'ttl', 'refresh_ttl']);
  assert.equal(await isActive(made.data.token), false);
  await assert.rejects(api.patch(`/tokens/${made.data.token}`), unauthenticated);

  const client = new WebClient();
  client.token = patched.data.token;
  await client.refresh();
  assert.equal(await isActive(client.token), true, 'the families are interchangeable');
});

test('tokens_sayWhatIsWrong', async () => {
  const { api } = new WebClient();
  const refusal = async (params) => {
    const { status, data } = await api.post('/tokens', params, { validateStatus: () => true });
    return [status, data];
  };

  assert.deepEqual(await refusal({ ...LOGIN, login: 'nobody' }), [404, { login: ['用户不存在'] }]);
  assert.deepEqual(await refusal({ ...LOGIN, password: 'x' }), [422, { password: ['密码错误'] }]);
});
