// The website of animeloop: express-session, whose sessions Jeton keeps.
import { once } from 'node:events';
import http from 'node:http';
import { promisify } from 'node:util';
import session from 'express-session';
import { ALREADY_EXISTS, NOT_FOUND, sessions } from './core.js';

export const COOKIE = 'animeloop.auth.sid';
export const LIFETIME_SECONDS = 108_000;

/** A store of express-session on Jeton's SessionService. */
class JetonStore extends session.Store {
  get(sid, callback) {
    sessions('GetSession', { sid }).then(
      (answer) => callback(null, JSON.parse(answer.session.data)),
      (error) => (error.code === NOT_FOUND ? callback(null, null) : callback(error)),
    );
  }

  set(sid, { accountId, ...data }, callback) {
    const values = {
      sid,
      account_id: accountId ?? '',
      data: JSON.stringify({ accountId, ...data }),
      lifetime: { seconds: LIFETIME_SECONDS },
    };
    sessions('CreateSession', values)
      .catch((error) => {
        if (error.code !== ALREADY_EXISTS) {
          throw error;
        }
        return sessions('UpdateSession', values);
      })
      .then(() => callback(null), callback);
  }

  touch(sid, data, callback) {
    sessions('TouchSession', { sid, lifetime: { seconds: LIFETIME_SECONDS } }).then(
      () => callback(null),
      callback,
    );
  }

  destroy(sid, callback) {
    sessions('DestroySession', { sid }).then(() => callback(null), callback);
  }
}

/** Starts the website: /login?as=ID logs somebody in, /logout logs them out, / says who it is. */
export async function start(secret) {
  const withSession = promisify(
    session({
      name: COOKIE,
      secret,
      store: new JetonStore(),
      resave: false,
      saveUninitialized: false,
      cookie: { maxAge: LIFETIME_SECONDS * 1000 },
    }),
  );
  return listen(async (request, response) => {
    await withSession(request, response);
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname === '/login') {
      request.session.accountId = url.searchParams.get('as');
    } else if (url.pathname === '/logout') {
      await promisify((callback) => request.session.destroy(callback))();
    }
    response.end(request.session?.accountId ?? 'nobody');
  });
}

/** A server on a free port. Its address is `url`; `close` ends it. */
export async function listen(handle) {
  const server = http.createServer((request, response) => {
    handle(request, response).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
