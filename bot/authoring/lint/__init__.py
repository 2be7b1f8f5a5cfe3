"""The bar for questions as pure rules: what is checked of one question, and of the bank as a whole.

``rules`` declares them, ``one_question`` and ``bank`` apply them; every other file holds one idea of them.
"""
