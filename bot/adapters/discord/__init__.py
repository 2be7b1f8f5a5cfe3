"""The Discord face: one gateway client, one door for everything people do, native components."""
