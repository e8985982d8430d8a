// Issues a token for alice, verifies it, and prints the verdict.
//
//   JETON_SERVER=http://127.0.0.1:8420 JETON_KEY=$(cat jeton-data/admin.key) node clients/node/example.js
import { call, Jeton } from './jeton.js';

const { JETON_SERVER: server, JETON_KEY: key } = process.env;
const jeton = new Jeton({ server, key });
const { secret } = await call(jeton.tokens, 'IssueToken', {
  subject: 'alice',
  scopes: ['read', 'write'],
  lifetime: { seconds: 3600 },
});
const verdict = await call(jeton.tokens, 'VerifyToken', {
  token: secret,
  required_scopes: ['read'],
});
console.log(JSON.stringify(verdict, null, 2));
jeton.close();
