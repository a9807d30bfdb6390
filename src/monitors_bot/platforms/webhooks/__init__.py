"""The webhooks of callers that report something and expect no reply: pages and Omnichannel events."""
