"""``urllib``, as a library sees it that has said ``import urllib``."""

from __future__ import annotations

import socket
import urllib
import urllib.error
import urllib.request
from email.message import Message
from types import ModuleType
from typing import Any
from urllib.response import addinfourl

from minisql.client.transports.call import call, copy_of, stand_in
from minisql.server.exchange import HTTP_1_1, reason


class HTTPHandler(urllib.request.HTTPHandler):
    """Opens ``http://``; what other handlers make of requests and answers stays theirs."""

    def http_open(self, req: urllib.request.Request) -> Any:
        return answer_to(req)


class HTTPSHandler(urllib.request.HTTPSHandler):
    """Opens ``https://``."""

    def https_open(self, req: urllib.request.Request) -> Any:
        return answer_to(req)


def answer_to(req: urllib.request.Request) -> addinfourl:
    """What a handler gives: a file with the status and the headers."""
    timeout = req.timeout if isinstance(req.timeout, (int, float)) else socket.getdefaulttimeout()
    body = req.data if isinstance(req.data, bytes) else b"".join(req.data or ())  # type: ignore[arg-type]
    answer = call(req.get_method(), req.full_url, HTTP_1_1, req.header_items(), body).start(timeout)
    headers = Message()
    for name, value in answer.headers:
        headers[name] = value
    result = addinfourl(answer.file(timeout), headers, req.full_url, answer.status)
    result.msg = result.reason = reason(answer.status)  # type: ignore[attr-defined]
    return result


def module() -> ModuleType:
    """The package."""
    return stand_in(urllib, request=copy_of("urllib.request", HTTPHandler=HTTPHandler, HTTPSHandler=HTTPSHandler))
