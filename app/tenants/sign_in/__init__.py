"""Sign-in of people by OpenID Connect: the authorization code flow with PKCE, which ends in a token of the service.

```
browser ─► 1 router: GET /auth/oidc/start ─► flow (state, nonce, verifier; sealed into a cookie) ─► the issuer
        ─► 2 router: GET /auth/oidc/callback ─► issuer (code for ID token) ─► id_token (verified) ─► access (person)
        ─► 3 the page: POST /auth/oidc/token ─► service makes the token
```
"""
