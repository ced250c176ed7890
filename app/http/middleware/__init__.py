"""ASGI middleware, each in a file: `create_app` says in which order a request passes them.

They are written against ASGI itself: Starlette's BaseHTTPMiddleware hides a client's disconnect from a route.
"""
