"""A small OpenID provider on a port of this process, which can be made to fail on purpose.

It is a real one: it signs with RSA keys, checks the code, PKCE, the redirect and the client's secret, and takes a code
once. `faults` names what it does wrong.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT_ID, CLIENT_SECRET = "loracle", "a secret: with / and +"
ACCESS_TOKEN = "an access token"


@cache
def rsa_key(number: int, bits: int = 2048) -> RSAPrivateKey:
    """The same key for the same number: making one takes a tenth of a second."""
    assert number >= 0
    return generate_private_key(65537, bits)


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@dataclass
class Provider:
    """The provider. `claims`: of whoever signs in, beside those of the protocol. `faults`: what it does wrong."""

    url: str
    claims: dict[str, Any]
    secret: str = CLIENT_SECRET
    faults: dict[str, Any] = field(default_factory=dict)
    key_number: int = 0
    served: list[str] = field(default_factory=list)  # paths that were asked for
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize?theme=plain",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "end_session_endpoint": f"{self.url}/logout",
            "authorization_response_iss_parameter_supported": True,
            **self.faults.get("configuration", {}),
        }

    def keys(self) -> dict[str, Any]:
        numbers = self.faults.get("published", [self.key_number])
        return {"keys": [{"kty": "oct", "k": "YQ", "kid": "mac", "use": "enc"}, *map(self._public, numbers)]}

    def answer(self, asked: dict[str, str]) -> str:
        """Where the browser goes when the person has agreed."""
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        params = {"code": code, "state": asked["state"], "iss": self.url, **self.faults.get("answer", {})}
        return f"{asked['redirect_uri']}?{urlencode({name: value for name, value in params.items() if value})}"

    def redeem(self, form: dict[str, str], authorization: str | None) -> tuple[int, dict[str, Any]]:
        """Status and body of the token endpoint."""
        if not self._is_client(form, authorization):
            return 401, {"error": "invalid_client"}
        keep = self.faults.get("codes_are_good_twice")
        asked = self.codes.get(form["code"]) if keep else self.codes.pop(form["code"], None)
        challenge = _base64(hashlib.sha256(form["code_verifier"].encode()).digest())
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        body = {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}
        return 200, body | self.faults.get("tokens", {})

    def id_token(self, nonce: str) -> str:
        """Signed as it should be, or as the fault `sign` says: none, public (HS256 by the public key), other, short."""
        now, fault = int(time.time()), self.faults.get("sign")
        at_hash = _base64(hashlib.sha256(ACCESS_TOKEN.encode()).digest()[:16])
        claims = {"iss": self.url, "aud": CLIENT_ID, "exp": now + 300, "iat": now, "nonce": nonce, "at_hash": at_hash}
        claims |= self.claims | self.faults.get("claims", {})
        claims = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": self._id(self.key_number), **self.faults.get("header", {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        if fault == "none":
            return jwt.encode(claims, None, "none", headers)
        if fault == "public":
            return _signed_by_public_key(claims, headers, rsa_key(self.key_number))
        key = rsa_key(99) if fault == "other" else self._private(self.key_number)
        with warnings.catch_warnings(action="ignore"):  # of a short key
            return jwt.encode(claims, key, self.faults.get("algorithm", "RS256"), headers)

    def _is_client(self, form: dict[str, str], authorization: str | None) -> bool:
        if not self.secret:
            return authorization is None and form.get("client_id") == CLIENT_ID and "client_secret" not in form
        if "client_secret_post" in self.configuration().get("token_endpoint_auth_methods_supported", []):
            return (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, self.secret)
        expected = urlencode({CLIENT_ID: self.secret}).replace("=", ":", 1)
        return authorization == f"Basic {base64.b64encode(expected.encode()).decode()}"

    def _private(self, number: int) -> RSAPrivateKey:
        return rsa_key(number, self.faults.get("bits", 2048))

    def _public(self, number: int) -> dict[str, Any]:
        made: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self._private(number).public_key(), as_dict=True)
        return {**made, "kid": self._id(number), "use": "sig", **self.faults.get("jwk", {})}

    def _id(self, number: int) -> str:
        return f"key-{number}"


def _signed_by_public_key(claims: dict[str, Any], headers: dict[str, str], key: RSAPrivateKey) -> str:
    """HS256 with the public key as the secret: whoever takes the algorithm from the token believes it."""
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = _base64(json.dumps({"alg": "HS256", "typ": "JWT", **headers}).encode())
    signed = f"{head}.{_base64(json.dumps(claims).encode())}"
    signature = hmac.digest(public, signed.encode(), "sha256")
    return f"{signed}.{_base64(signature)}"


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if self._fails(path):
            return
        match path:
            case "/.well-known/openid-configuration":
                self._send_json(200, self.provider.configuration())
            case "/keys":
                self._send_json(200, self.provider.keys())
            case "/authorize":
                page = f'<!doctype html><title>Provider</title><a href="/agree?{query}">Sign in as Ana</a>'
                self._send(200, page.replace("&", "&amp;").encode(), {"Content-Type": "text/html"})
            case "/agree":
                self._send(302, b"", {"Location": self.provider.answer(asked)})
            case "/logout":
                self._send(302, b"", {"Location": asked["post_logout_redirect_uri"]})
            case _:
                self._send(404, b"", {})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if not self._fails("/token"):
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            self._send_json(*self.provider.redeem(form, self.headers["Authorization"]))

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def _fails(self, path: str) -> bool:
        """Note the request, and do what the fault of the path says instead: a status, seconds, or bytes to send."""
        self.provider.served.append(path)
        match self.provider.faults.get(path):
            case None:
                return False
            case int(status):
                self._send(status, b"{}", {"Location": f"{self.provider.url}/keys"})
            case float(seconds):
                time.sleep(seconds)
                return False
            case (bytes(body), dict(headers)):
                self._send(200, body, headers)
        return True

    def _send_json(self, status: int, body: dict[str, Any]) -> None:
        self._send(status, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # whoever asked did not want to read all of it
            self.close_connection = True


@contextmanager
def oidc_provider(**claims: Any) -> Iterator[Provider]:
    """A running provider that signs in one person with these claims."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}", claims)
    handler.provider = provider
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asked_of(location: str) -> dict[str, str]:
    """The parameters of an address that the service sends a browser to."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
