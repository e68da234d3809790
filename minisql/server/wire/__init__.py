"""HTTP/1.1, HTTP/2 and WebSocket between a socket and exchanges."""
