"""The MCP face: tools with which a program looks up and practises for one person."""
