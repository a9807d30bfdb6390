"""Callers who only report something: the page webhook and Rocket.Chat's Omnichannel webhook."""
