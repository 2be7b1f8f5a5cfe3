"""The alarm clock and the loops it wakes: publish, reveal, reconcile, heartbeat. No data lives here."""
