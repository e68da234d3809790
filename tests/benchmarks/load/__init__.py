"""A server under load: in a process of its own, on loopback, with clients in this one."""
