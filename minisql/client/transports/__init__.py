"""Ways in for HTTP libraries: what reaches the engines of this process instead of the network; a module each."""
