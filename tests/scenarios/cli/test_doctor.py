"""`monitors-bot doctor`: a sound set-up is green, and each fault turns its own line red, and no other."""


def test_what_it_says(monitors_bot, secret):
    ended = monitors_bot("doctor")
    print(ended.out, ended.err)
    assert 0
