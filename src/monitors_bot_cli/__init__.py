"""What operators run on their own machine. It is never packaged for Lambda.

docs/decisions/0018-one-file-of-settings.md
"""
