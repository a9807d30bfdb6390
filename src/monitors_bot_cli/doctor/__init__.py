"""`monitors-bot doctor`: proves every link between a chat and the people on a unit, one line each.

`checks` lists the links in their order; `findings` says what a finding is, and which checks wait for others.
"""
