// An identity provider that we did not write: npm's certified `oidc-provider`, with a page of ours on which one says who one is.
//
//   node provider.mjs MODULE '{"client": {...}, "people": {"SUBJECT": {"name": ..., "national_number": ...}}, "port": 0}'
//
// `client` is a client's metadata (OpenID Connect Dynamic Client Registration 1.0, section 2). Whoever types a subject of `people` is signed in as that
// one, without a password. It prints its issuer on one line and serves until its standard input ends.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const { default: Provider } = await import(pathToFileURL(process.argv[2]));
const { client, people, port = 0 } = JSON.parse(process.argv[3]);

const key = (kind, options, alg) => {
  const { privateKey } = generateKeyPairSync(kind, options);
  return { ...privateKey.export({ format: 'jwk' }), kid: alg, alg, use: 'sig' };
};
const keys = [
  key('rsa', { modulusLength: 2048 }, 'RS256'),
  key('rsa', { modulusLength: 2048 }, 'PS256'),
  key('ec', { namedCurve: 'P-256' }, 'ES256'),
  key('ed25519', {}, 'EdDSA'),
];

const server = createServer();
await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const escaped = (text) => String(text).replace(/[&<>"]/g, (own) => `&#${own.charCodeAt(0)};`);
const page = (title, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>`;

const provider = new Provider(issuer, {
  clients: [client],
  jwks: { keys },
  cookies: { keys: ['a key of these tests'] },
  claims: { openid: ['sub'], profile: ['name'], person: ['national_number'] },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page('Sign out here, too?', `${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`);
      },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, subject) => people[subject] && { accountId: subject, claims: () => ({ sub: subject, ...people[subject] }) },
  renderError: (ctx, out) => {
    ctx.body = page('Error', `<p>${escaped(out.error)}: ${escaped(out.error_description)}</p>`);
  },
});
provider.on('server_error', (ctx, error) => console.error(error));

const answer = (request, response, status, body, headers = {}) =>
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);

async function interaction(request, response) {
  if (request.method === 'GET') {
    await provider.interactionDetails(request, response);
    const field = '<label for="subject">Who are you?</label> <input id="subject" name="subject">';
    return answer(request, response, 200, page('The provider', `<form method="post">${field} <button name="answer" value="yes">Agree</button> <button name="answer" value="no">Decline</button></form>`));
  }
  const parts = [];
  for await (const part of request) parts.push(part);
  const form = new URLSearchParams(Buffer.concat(parts).toString());
  const { params, grantId } = await provider.interactionDetails(request, response);
  if (form.get('answer') === 'no') {
    return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'declined' });
  }
  const accountId = form.get('subject');
  const grant = (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result);
}

const rest = provider.callback();
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    interaction(request, response).catch((error) => answer(request, response, 400, page('Error', escaped(error))));
  } else {
    rest(request, response);
  }
});

console.log(issuer);
process.stdin.resume().on('end', () => process.exit(0));
