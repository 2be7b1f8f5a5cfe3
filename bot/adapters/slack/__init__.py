"""The Slack face: one door for everything people do, Block Kit, Socket Mode or HTTP."""
