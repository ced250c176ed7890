"""HTTP operations to sign in by OpenID Connect and to sign out.

No token stands in an address: the browser comes back to the page with a ticket in a cookie that scripts cannot read,
and the page gets the token for it.
"""

from __future__ import annotations

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.domain.audit import AuditAction
from app.http.api_route import ApiRoute
from app.http.dependencies import Anyone
from app.http.errors import public_responses, responses
from app.http.refused_keys import RefusedKeys
from app.http.services import provide
from app.tenants.sign_in.flow import LIFETIME_S
from app.tenants.sign_in.once import TICKET_S
from app.tenants.sign_in.refusals import SignInRefused
from app.tenants.sign_in.schemas import SessionOut, SignedOut, SignInOut
from app.tenants.sign_in.service import Answered, OpenIdConnect, Session, SignInService

log = structlog.get_logger(__name__)
METHODS = "/auth"
START, CALLBACK, TOKEN = "/auth/oidc/start", "/auth/oidc/callback", "/auth/oidc/token"
PUBLIC = frozenset({METHODS, START, CALLBACK, TOKEN})
FLOW_COOKIE, TICKET_COOKIE = "loracle-sign-in", "loracle-ticket"
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
SIGNED_IN, REFUSED = "signed-in", "sign-in-refused"  # behind `#` of the page

router = APIRouter(tags=["tokens"], route_class=ApiRoute)
Service = Annotated[SignInService, provide(SignInService)]
Refusals = Annotated[RefusedKeys, provide(RefusedKeys)]
Text = Annotated[str | None, Query(max_length=4096)]


@router.get(METHODS, response_model=SignInOut, summary="How to sign in", responses=public_responses())
def get_sign_in(service: Service) -> dict[str, Any]:
    """Needs no key. A page shows a button for it."""
    return {"oidc": service.connect}


@router.get(START, include_in_schema=False)
async def start(service: Service, refused: Refusals) -> Response:
    """Sends the browser to the issuer."""
    connect = service.required()
    try:
        started = await service.start()
    except SignInRefused as fault:
        return _refused(connect, fault, refused)
    response = RedirectResponse(started.location, 303, HEADERS)
    _set_cookie(response, connect, FLOW_COOKIE, started.cookie, LIFETIME_S)
    return response


@router.get(CALLBACK, include_in_schema=False)
async def callback(
    service: Service,
    refused: Refusals,
    request: Request,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Text = None,
    iss: Text = None,
    error: Text = None,
) -> Response:
    """The issuer sends the browser back to here. It goes on to the page, whatever comes of it."""
    connect = service.required()
    try:
        ticket = await service.finish(Answered(state, code, iss, error), _cookie(request, connect, FLOW_COOKIE))
    except SignInRefused as fault:
        response = _refused(connect, fault, refused)
    else:
        response = RedirectResponse(f"{connect.page}#{SIGNED_IN}", 303, HEADERS)
        _set_cookie(response, connect, TICKET_COOKIE, ticket, TICKET_S)
    _set_cookie(response, connect, FLOW_COOKIE, "", 0)
    return response


@router.post(
    TOKEN, status_code=201, response_model=SessionOut, summary="Finish a sign-in", responses=public_responses(401, 404)
)
async def create_session(service: Service, request: Request, response: Response) -> Session:
    """Needs no key, but the cookie that the sign-in left in the browser, once and within a minute. The token is in the
    answer and nowhere else."""
    connect = service.required()
    session = await service.session(_cookie(request, connect, TICKET_COOKIE))
    response.headers.update(HEADERS)
    _set_cookie(response, connect, TICKET_COOKIE, "", 0)
    return session


@router.post("/auth/sign-out", response_model=SignedOut, summary="Sign out", responses=responses(404, 409))
async def sign_out(principal: Anyone, service: Service) -> dict[str, Any]:
    """Ends the token that you send. A key is not signed out."""
    return {"logout_url": await service.sign_out(principal)}


def _refused(connect: OpenIdConnect, fault: SignInRefused, refused: RefusedKeys) -> RedirectResponse:
    refused.note(fault.refusal, AuditAction.SIGN_IN_REFUSED)
    log.warning("sign_in_refused", reason=str(fault.refusal), detail=fault.detail)
    return RedirectResponse(f"{connect.page}#{REFUSED}={fault.refusal}", 303, HEADERS)


def _cookie(request: Request, connect: OpenIdConnect, name: str) -> str | None:
    return request.cookies.get(_full_name(connect, name))


def _set_cookie(response: Response, connect: OpenIdConnect, name: str, value: str, max_age: int) -> None:
    """A cookie that no script reads. Empty: it is deleted.

    The way back from the issuer is a navigation from another site, which carries Lax cookies but no Strict ones.
    """
    response.set_cookie(
        _full_name(connect, name),
        value,
        max_age=max_age,
        secure=connect.is_secure,
        httponly=True,
        samesite="lax" if name == FLOW_COOKIE else "strict",
    )


def _full_name(connect: OpenIdConnect, name: str) -> str:
    """With a prefix by which browsers take the cookie from this host alone, not from another one of its domain."""
    return f"__Host-{name}" if connect.is_secure else name
