// animeloop: cookies made by express-session and cookie-signature, sent by fetch as a browser and
// as a renderer on a server.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { after, before, test } from 'node:test';
import signature from 'cookie-signature';
import isomorphicFetch from 'isomorphic-fetch';
import { close, readJwt, server, sessions, tokens } from './core.js';
import { COOKIE, LIFETIME_SECONDS, listen, start } from './website.js';

const SECRET = 'signs from today on';
const API = `${server}/api/v2/auth/token`;
const ORIGIN = 'https://animeloop.org';
const BAD_REQUEST = '{"status":"error","code":400,"message":"Bad request"}';
const NO_SESSION =
  '{"status":"error","code":1940103,"message":"cookie session doesn\'t exist."}';

let website;
before(async () => {
  website = await start(SECRET);
});
after(() => {
  website.close();
  close();
});

/** Logs in on the website and answers the cookie that express-session sets: `NAME=VALUE`. */
async function login(accountId = '3') {
  const response = await fetch(`${website.url}/login?as=${accountId}`, { method: 'POST' });
  assert.equal(response.status, 200, await response.text());
  const [cookie] = response.headers.getSetCookie();
  assert.match(cookie, /^animeloop\.auth\.sid=s%3A[^;]+; Path=\/; Expires=[^;]+; HttpOnly$/);
  return cookie.split(';')[0];
}

/** What a browser adds to a call of a page of an origin. */
const asBrowser = (cookie, origin = ORIGIN, site = 'same-site') => ({
  cookie,
  origin,
  referer: `${origin}/dashboard/profile/api`,
  accept: '*/*',
  'accept-language': 'ja,zh-CN;q=0.9,en;q=0.8',
  'sec-fetch-site': site,
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
});

/** A call of the dashboard, which sends forms. */
async function dashboard(cookie, path, form) {
  const response = await fetch(API + path, {
    credentials: 'include',
    mode: 'cors',
    headers: asBrowser(cookie),
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(response.headers.get('access-control-allow-origin'), ORIGIN);
  assert.equal(response.headers.get('access-control-allow-credentials'), 'true');
  assert.equal(response.headers.get('set-cookie'), null);
  return response.json();
}

const list = async (cookie) => (await dashboard(cookie, '')).data;
const create = async (cookie, name) => (await dashboard(cookie, '/new', { name })).data;

/** A session as another website would make it, and what cookie-signature makes of its sid. */
async function signed(secret) {
  const sid = randomUUID();
  await sessions('CreateSession', {
    sid,
    account_id: '3',
    lifetime: { seconds: LIFETIME_SECONDS },
  });
  return `s:${signature.sign(sid, secret)}`;
}

test('browser_makesListsAndRevokes_withTheCookieOfExpressSession', async () => {
  const cookie = await login();

  const made = await dashboard(cookie, '/new', { name: 'animeloop_開発 & <b>' });
  assert.equal(made.status, 'success');
  assert.equal(made.code, 1320002);
  assert.equal(made.message, 'create a new token success.');
  assert.deepEqual(Object.keys(made.data), ['token', '_id', 'name']);
  const [header, claims] = readJwt(made.data.token);
  assert.deepEqual(header, { typ: 'JWT', alg: 'HS256' });
  assert.deepEqual(Object.keys(claims), ['uid', 'username', 'date']);
  assert.equal(claims.uid, 3);
  assert.equal(claims.username, 'akkarin');
  assert.equal((await tokens('VerifyToken', { token: made.data.token })).active, true);

  const mine = (await list(cookie)).filter(({ _id }) => _id === made.data._id);
  assert.deepEqual(mine, [
    { _id: made.data._id, name: 'animeloop_開発 & <b>', token: made.data.token },
  ]);

  const revoked = await dashboard(cookie, '/revoke', { id: String(made.data._id) });
  assert.deepEqual(revoked, {
    status: 'success',
    code: 1320003,
    message: 'revoke the token success.',
    data: {},
  });
  assert.ok((await list(cookie)).every(({ _id }) => _id !== made.data._id));
  assert.equal((await tokens('VerifyToken', { token: made.data.token })).active, false);
});

test('browser_mayAskBefore', async () => {
  const response = await fetch(`${API}/new`, {
    method: 'OPTIONS',
    headers: {
      ...asBrowser(undefined),
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });

  assert.equal(response.status, 200);
  assert.equal(await response.text(), '');
  assert.equal(response.headers.get('allow'), 'POST');
  assert.equal(response.headers.get('access-control-allow-origin'), ORIGIN);
  assert.equal(response.headers.get('access-control-allow-credentials'), 'true');
  assert.match(response.headers.get('access-control-allow-headers'), /Content-Type/);
});

// The website's own library forwards Host too; Node's fetch does not let it be chosen.
for (const [name, send] of Object.entries({ fetch, isomorphicFetch })) {
  test(`renderer_lists_forwardingAllThatTheBrowserSent_by_${name}`, async () => {
    const cookie = await login();
    const { token } = await create(cookie, 'rendered');
    const renderer = await listen(async (request, response) => {
      const answer = await send(API, { headers: request.headers });
      response.statusCode = answer.status;
      response.setHeader('content-type', answer.headers.get('content-type'));
      response.end(await answer.text());
    });
    try {
      const page = http.get(`${renderer.url}/dashboard/profile/api`, {
        headers: {
          host: 'animeloop.org',
          cookie,
          accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
          'accept-encoding': 'gzip, deflate, br',
          'if-none-match': '*',
          'if-modified-since': new Date().toUTCString(),
          'upgrade-insecure-requests': '1',
          'sec-fetch-site': 'none',
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
          'sec-fetch-user': '?1',
        },
      });
      const [response] = await once(page, 'response');
      const text = (await response.setEncoding('utf8').toArray()).join('');

      assert.equal(response.statusCode, 200, text);
      assert.equal(response.headers['content-type'], 'application/json; charset=utf-8');
      const answer = JSON.parse(text);
      assert.equal(answer.code, 1320001);
      assert.ok(answer.data.some((one) => one.token === token && one.name === 'rendered'));
    } finally {
      renderer.close();
    }
  });
}

test('foreignPage_isRefused_andMayNotRead', async () => {
  const cookie = await login();
  const { _id } = await create(cookie, 'to be kept');
  const before = await list(cookie);
  const foreign = asBrowser(cookie, 'https://evil.example', 'cross-site');

  for (const [path, body] of [
    ['/new', 'name=stolen'],
    ['/revoke', `id=${_id}`],
    ['/revoke', ''],
  ]) {
    const headers = { ...foreign, 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(API + path, { method: 'POST', headers, body });

    assert.equal(response.status, 400);
    assert.equal(await response.text(), BAD_REQUEST);
    assert.equal(response.headers.get('vary'), 'Origin');
    assert.deepEqual(
      [...response.headers.keys()].filter((name) => name.startsWith('access-control-')),
      [],
    );
  }
  const read = await fetch(API, { headers: foreign });
  assert.equal(read.headers.get('access-control-allow-origin'), null);
  assert.deepEqual(await list(cookie), before);
});

test('getOnNew_isRefusedToPages_andAnsweredToPrograms', async () => {
  const cookie = await login();
  const before = await list(cookie);
  const { origin, ...link } = asBrowser(cookie);
  const { referer, ...image } = link;
  for (const headers of [asBrowser(cookie), link, { ...image, 'sec-fetch-site': 'cross-site' }]) {
    const response = await fetch(`${API}/new`, { headers });

    assert.equal(response.status, 400);
    assert.equal(await response.text(), BAD_REQUEST);
  }
  assert.deepEqual(await list(cookie), before);

  const response = await fetch(`${API}/new`, { headers: { cookie } });

  assert.equal((await response.json()).code, 1320002);
  assert.equal((await list(cookie)).length, before.length + 1);
});

test('loggedOutOnTheWebsite_isNoSessionAtOnce', async () => {
  const cookie = await login();
  const onWebsite = async (path) =>
    (await fetch(website.url + path, { headers: { cookie } })).text();
  await create(cookie, 'before the logout');
  assert.equal(await onWebsite('/'), '3', 'the website has the session too');

  assert.equal(await onWebsite('/logout'), 'nobody');

  assert.equal(await onWebsite('/'), 'nobody');
  const response = await fetch(API, { headers: asBrowser(cookie) });
  assert.equal(response.status, 200);
  assert.equal(await response.text(), NO_SESSION);
});

test('anySecretOfTheSettings_verifies_writtenInAnyWay', async () => {
  for (const secret of [SECRET, 'animeloop']) {
    const value = await signed(secret);
    for (const written of [encodeURIComponent(value), value, `"${value}"`]) {
      const response = await fetch(API, { headers: { cookie: `_ga=1; ${COOKIE}=${written}` } });

      assert.equal((await response.json()).code, 1320001, `signed with ${secret}`);
    }
  }
});

test('anotherSecret_orNone_isNoSession', async () => {
  const value = await signed('somebody else');
  const unsigned = value.slice(0, value.lastIndexOf('.'));
  for (const written of [encodeURIComponent(value), value, unsigned, unsigned.slice(2)]) {
    const response = await fetch(API, { headers: { cookie: `${COOKIE}=${written}` } });

    assert.equal(response.status, 200);
    assert.equal(await response.text(), NO_SESSION);
  }
});
