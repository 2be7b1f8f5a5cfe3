"""The running bot in a process of its own, which can be killed at any step and started again."""
