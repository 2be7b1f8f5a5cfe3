"""The bar for questions as pure rules: ``rules`` declares them, ``checks`` applies them."""
