"""Scripts on a server that others use too: under names of their own, their effects waited for, and what they made taken away."""
