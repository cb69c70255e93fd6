// A real OpenID Connect provider for the browser tests: whoever types a name is that subject.
// PORT, CALLBACK (the address it sends browsers back to), EMAIL (the same for everybody) come from the environment.
import http from "node:http";
import { Provider } from "oidc-provider";

const { PORT, CALLBACK, EMAIL } = process.env;
const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [{
    client_id: "thuocdo",
    client_secret: "a secret of tests alone, long enough",
    redirect_uris: [CALLBACK],
  }],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["of tests alone"] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: EMAIL, email_verified: true }),
  }),
  pkce: { required: () => true },
});
provider.proxy = false;
http.createServer(provider.callback()).listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
