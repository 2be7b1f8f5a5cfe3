"""Commands, presses and forms: declared once by signature, read from text, dispatched the same way on every face."""
