// Two sign-on services for test_sign_on.py, each on a free port of this machine:
//     node sign_on_services.mjs REDIRECT_URI
// Prints one line of JSON with their issuers when both are up; ends when its input ends.
//
// The first is a whole provider with pages of its own (any name and password will do there). The
// second answers at once, and what its tokens say can be spoilt: POST /spoil with {"claim": value}.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { OAuth2Server } from 'oauth2-mock-server';

const redirect = process.argv[2];
const client = {
    client_id: 'goldthread', client_secret: 'a secret for tests: + & % of thirty bytes and more',
    redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
};

function listening(server) {
    return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
}

// Its issuer names its port, so the port must be had first.
const whole = createServer();
const port = await listening(whole);
const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [client],
    pkce: { required: () => true },
    cookies: { keys: ['for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (ctx, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: id }),
    }),
});
whole.on('request', provider.callback());

const mock = new OAuth2Server();
await mock.issuer.keys.generate('RS256');
await mock.start(0, '127.0.0.1');
mock.issuer.url = `http://127.0.0.1:${mock.address().port}`;
let spoilt = {}, nonce = null;
mock.service.on('beforeAuthorizeRedirect', (target, req) => {
    nonce = new URL(req.url, mock.issuer.url).searchParams.get('nonce');
});
mock.service.on('beforeTokenSigning', (token) => {
    Object.assign(token.payload, { aud: 'goldthread', sub: 'from-mock', nonce }, spoilt);
});

const control = createServer((request, answer) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
        spoilt = JSON.parse(body);
        answer.end();
    });
});
const controlPort = await listening(control);
console.log(JSON.stringify({
    whole: `http://127.0.0.1:${port}`, mock: mock.issuer.url,
    control: `http://127.0.0.1:${controlPort}/spoil`, secret: client.client_secret,
}));
process.stdin.on('end', () => process.exit(0)).resume();
