"""What answers on each route."""
