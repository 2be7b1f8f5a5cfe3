"""The life of a round: due, sent, opened, followed, closed, revealed."""
