"""Notices: pages and waiting customers, who is mentioned, and how many notices are posted."""
