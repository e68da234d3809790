"""``minisql serve`` as a process, and TLS."""

from __future__ import annotations

import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import minisql

SCRIPT = "CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json', partitions=1);"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_stops_when_it_is_told(number: int, tmp_path: Path) -> None:
    script = tmp_path / "s.sql"
    script.write_text(SCRIPT)
    command = [sys.executable, "-m", "minisql", "serve", "--port", "0", str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = ""
        while not line.startswith("Serving at "):
            line = process.stdout.readline()
            assert line, process.stderr.read()
        url = line.split()[-1]
        body = b'{"sql": "SELECT * FROM s EMIT CHANGES;"}'
        with urllib.request.urlopen(f"{url}/query-stream", body, timeout=10) as response:
            assert response.readline().startswith(b'{"queryId"')
            process.send_signal(number)
            assert process.wait(10) == 0
        assert process.stderr.read() == ""


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    files = str(tmp_path / "certificate.pem"), str(tmp_path / "key.pem")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        *names,
        "-out",
        files[0],
        "-keyout",
        files[1],
    ]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no certificate: {error}")
    return files


@pytest.mark.parametrize("protocol", ["h2", "http/1.1"])
def test_tls(certificate: tuple[str, str], protocol: str) -> None:
    context = ssl.create_default_context(cafile=certificate[0])
    context.set_alpn_protocols([protocol])
    with minisql.server(tls=certificate) as url:
        assert url.startswith("https://127.0.0.1:")
        port = int(url.rpartition(":")[2])
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as raw,
        ):
            assert raw.selected_alpn_protocol() == protocol
            if protocol == "h2":
                raw.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
                assert raw.recv(100)[3] == 4  # a SETTINGS frame
            else:
                raw.sendall(b"GET /chc/live HTTP/1.1\r\nHost: x\r\n\r\n")
                assert raw.recv(1000).startswith(b"HTTP/1.1 200")


def test_a_client_without_tls_is_not_served(certificate: tuple[str, str]) -> None:
    with minisql.server(tls=certificate) as url:
        with pytest.raises(OSError):
            urllib.request.urlopen(url.replace("https", "http") + "/info", timeout=10)
        context = ssl.create_default_context(cafile=certificate[0])
        assert urllib.request.urlopen(f"{url}/info", timeout=10, context=context).status == 200
