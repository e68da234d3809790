"""Generated scenarios on several backends: the same everywhere, and what was changed on purpose is found."""
