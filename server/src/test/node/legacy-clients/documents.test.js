// The published documents: their requests, sent by curl as they are written there. Only the server
// is another, and what stands for a value that a request before it has answered.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { server } from './core.js';

const run = promisify(execFile);

/** Runs a command line that begins with curl in a shell, and answers status, type and text. */
async function paste(line) {
  const command = line.replace(/^curl /, "curl -q -sS -w '\\n%{http_code} %{content_type}' ");
  const { stdout } = await run('sh', ['-c', command]);
  const end = stdout.lastIndexOf('\n');
  const [, status, type] = /^(\d+) (.*)$/.exec(stdout.slice(end + 1));
  return { status: Number(status), type, text: stdout.slice(0, end) };
}

/** The answer, which is JSON and has this status. */
async function json(line, status = 200) {
  const answer = await paste(line);
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.type, /^application\/json(; charset=utf-8)?$/);
  return JSON.parse(answer.text);
}

test('animeloop_asInTheDocument', async () => {
  const document = (path) =>
    'curl --cookie "animeloop.auth.sid=s%3A4VtJUXAabKIew3Wib8scACX1lDZK6Z3d.7Hqy%2F8Nk8d0rFr4y' +
    `gSCoEnwg5GD%2BVMfghQieThqQ2dU" "${server}/api/v2/auth/token${path}"`;

  const made = await json(document('/new'));
  assert.deepEqual(Object.keys(made), ['status', 'code', 'message', 'data']);
  assert.equal(made.code, 1320002);

  assert.deepEqual(await json(document('')), {
    status: 'success',
    code: 1320001,
    message: 'get token success.',
    data: [{ _id: made.data._id, token: made.data.token }],
  });
  assert.equal(
    (await paste(document('/revoke'))).text,
    '{"status":"success","code":1320003,"message":"revoke the token success.","data":{}}',
  );
  assert.deepEqual((await json(document(''))).data, []);
});

/** A URL of the document of liveget, its Chinese words as they stand, and percent-encoded. */
const twice = (url) => [url, encodeURI(url)].map((one) => `curl "${server}${one}"`);

test('liveget_asInTheDocument', async () => {
  for (const [number, create] of twice(
    '/token/create?token=授权码&function=模块名称&object=子模块名称&qq=10001&time=60&password=验证密码',
  ).entries()) {
    const [verify] = twice(
      '/token/verify?token=子模块名称-授权码&machine=机器码&identification=身份码',
    ).slice(number);
    const [remove] = twice(
      '/token/delete?token=授权码&function=模块名称&object=子模块名称&password=验证密码',
    ).slice(number);

    const { text } = await paste(create);
    assert.match(text, /^\{\n  "code": 200,\n  "type": "token_info",\n  "uuid": "\d{9,}",\n/);
    const info = JSON.parse(text);
    assert.equal(text, JSON.stringify(info, null, 2));
    assert.deepEqual(
      Object.keys(info),
      'code type uuid token function object save over machine lastUse time'.split(' '),
    );
    assert.equal(info.token, '授权码');
    assert.equal(info.function, '模块名称');
    assert.equal(info.object, '子模块名称');
    assert.equal(info.machine, '未绑定');
    assert.match(info.save, /^\d{4}\/\d\d\/\d\d-\d\d:\d\d:\d\d$/);
    assert.equal((await json(create)).type, 'token_existed');

    assert.equal((await json(verify)).type, 'token_verified');
    assert.equal((await json(verify)).type, 'token_verified');
    const [other] = twice('/token/verify?token=子模块名称-授权码&machine=别的&identification=身份码');
    assert.equal((await json(other)).type, 'token_machine_error');

    assert.equal((await json(remove)).type, 'token_delete');
    assert.equal((await json(remove)).type, 'token_not_found');
    assert.equal((await json(verify)).type, 'token_not_found');
  }
});

test('liveget_theWordsOfTheDocument_areNoNumbers', async () => {
  for (const create of twice(
    '/token/create?token=授权码&function=模块名称&object=子模块名称&qq=绑定QQ&time=时间(秒)&password=验证密码',
  )) {
    const answer = await json(create);

    assert.equal(answer.type, 'error_parameter_invalid');
    assert.deepEqual([...answer.parameter].sort(), ['qq', 'time']);
  }
});

test('liveget_refusals', async () => {
  for (const [url, type] of [
    ['/token/create?token=a&function=模块名称&qq=1&password=错', 'error_password_invalid'],
    ['/token/create?token=a&function=没有&qq=1&password=验证密码', 'module_not_found'],
    ['/token/create?token=a&function=过期&qq=1&password=验证密码', 'module_overdue'],
    ['/token/create?token=a&function=模块名称&password=验证密码', 'error_need_parameter'],
    ['/token/verify?token=a&machine=机器码&identification=没有', 'module_not_found'],
    ['/token/verify?token=没有&machine=机器码&identification=身份码', 'token_not_found'],
  ]) {
    for (const line of twice(url)) {
      const answer = await json(line);

      assert.equal(answer.type, type, line);
      assert.equal(answer.code, 110);
    }
  }
});

test('chatot_asInTheDocument', async () => {
  const token = (method, credential) =>
    `curl -X ${method} "${server}/token" -H "Content-Type: application/json"` +
    (credential ? ` -H "Authorization: ${credential}"` : '');

  const made = await json(token('POST'));
  assert.deepEqual(Object.keys(made), ['value', 'refresh', 'expire']);
  assert.deepEqual(await json(token('GET', 'Toekn 64dacec16b4b0d1baebcbf72')), {
    expire: '2199-01-01T00:00:00.000Z',
    scope: ['read'],
  });
  const shown = await json(token('GET', `Toekn ${made.value}`));
  assert.deepEqual(Object.keys(shown), ['expire', 'scope']);
  const refreshed = await json(token('PUT', `Token ${made.refresh}`));
  assert.deepEqual(Object.keys(refreshed), ['refresh', 'expire', 'value']);
  await json(token('PUT', `Toekn ${refreshed.refresh}`));

  const refused = { name: 'Unauthorized', message: 'authentication failed', stack: [] };
  assert.deepEqual(await json(token('GET', 'Toekn 64dacec16b4b0d1baebcbf73'), 401), refused);
  assert.deepEqual(await json(token('PUT', 'Token 64dacec16b4b0d1baebcbf73'), 401), refused);
});

test('thinksns_asInTheDocument', async () => {
  const login = (path) =>
    `curl -X POST "${server}/api/v2${path}" -d login=Seven --data-urlencode "password=sesame 1"`;
  const call = (method, path, token) =>
    `curl -X ${method} "${server}/api/v2${path}" -H "Authorization: Bearer ${token}"`;

  let { access_token } = await json(login('/auth/login'));
  for (const method of ['POST', 'PUT', 'PATCH', 'GET']) {
    ({ access_token } = await json(call(method, '/auth/refresh', access_token)));
    const one = await json(login('/auth/login'));
    assert.deepEqual(await json(call(method, '/auth/logout', one.access_token)), {
      message: '退出成功',
    });
  }
  const made = await json(login('/tokens'), 201);
  assert.equal(made.user.name, 'Seven');
  const patched = await json(`curl -X PATCH "${server}/api/v2/tokens/${made.token}"`, 201);
  assert.deepEqual(Object.keys(patched), ['token', 'ttl', 'refresh_ttl']);
});

test('lanying_asInTheDocument', async () => {
  for (const [path, body] of [
    ['id', '{"device_guid":"3f8a5c1e","password":"sesame 2","user_id":6597157180416}'],
    ['login', '{"device_guid":"3f8a5c1e","login_name":"maxim","password":"sesame 2"}'],
    ['user', '{"device_guid":"3f8a5c1e","name":"maxim","password":"sesame 2"}'],
  ]) {
    const answer = await json(
      `curl -X POST "${server}/token/${path}" -H "app_id: welovemaxim"` +
        ` -H "Content-Type: application/json" -d '${body}'`,
    );

    assert.equal(answer.code, 200, answer.message);
    assert.deepEqual(
      Object.keys(answer.data),
      ('access_key_secret encrypt_type expire public_key push_token store_token token' +
        ' user_id').split(' '),
    );
  }
});
