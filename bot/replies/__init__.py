"""Everything the bot says: intents without any platform in them, and the card every intent falls back to."""
