"""The methods of Slack's Web API, a family a file."""
