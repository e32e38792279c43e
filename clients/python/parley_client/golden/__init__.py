"""Golden conversations: `python -m parley_client.golden` plays them."""
