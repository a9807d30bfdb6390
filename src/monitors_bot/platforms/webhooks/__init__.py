"""Callers that report something and want no answer: the page webhook and the Omnichannel webhook."""
