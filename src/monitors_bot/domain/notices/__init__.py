"""Notices: pages and Omnichannel events, whom they mention, and how often they are posted."""
