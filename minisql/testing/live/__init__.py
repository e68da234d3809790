"""Tests on a real server: their names made unique, their effects waited for, and what they made taken away again."""
