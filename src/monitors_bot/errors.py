"""Everything that can go wrong, as one tree; each door translates it once, at its own edge.

MonitorsBotError
├── RequestRejected            the caller is not who they say
├── RequestMalformed           the request makes no sense
├── ServerUnreachable          a server did not answer                     (trying again can help)
│   ├── AwsRefused             AWS answered with an error                  (trying again can help)
│   ├── OutOfTime              not in the time left                        (trying again can help)
│   └── ServerNotReached       it never got the request                    (trying again can help)
│       └── NotReachedInTime   not in the time left: it is OutOfTime, too  (trying again can help)
├── RocketChatError            Rocket.Chat failed
│   ├── RocketChatUnavailable  it is down, or not reached          (trying again can help)
│   │   └── RocketChatTooSlow  it did not answer in the time left  (trying again can help)
│   ├── RocketChatLimited      it asks us to wait                  (trying again can help, later)
│   ├── RocketChatUnintelligible  it answered nonsense             (trying again can help)
│   │   └── RocketChatRejected    it does not take what we ask
│   ├── CredentialsRefused     it does not know our account
│   ├── PermissionMissing      our account may not read this
│   └── UnitsNotAvailable      it has no Omnichannel units
├── RecordsUnreachable         our own records of rosters can't be read    (trying again can help)
├── JobMalformed               a message on the queue is no job of ours
├── OrderMalformed             the input of a schedule makes no sense
├── Overtaken                  somebody else wrote what we are writing     (trying again can help)
├── RunHeld                    another worker is at this run               (trying again can help)
├── Postponed                  a late answer has to wait                   (trying again can help)
├── DeliveryError              a late answer was not delivered
│   ├── DeliveryPostponed      it was refused for now                      (trying again can help)
│   ├── DeliveryImpossible     it was refused for good
│   └── DeliveryUnclear        nobody knows whether it arrived
└── SettingsError              we are set up wrongly
    └── SecretUnreachable      our secret can't be read            (trying again can help)
"""


class MonitorsBotError(Exception):
    """The root of the tree."""

    retryable = False


class RequestRejected(MonitorsBotError):
    """The caller has no proof, a wrong one, or one that is too old."""


class RequestMalformed(MonitorsBotError):
    """The body is not what the route takes."""


class ServerUnreachable(MonitorsBotError):
    """A server refused the connection, broke it off, or sent more than we can hold."""

    retryable = True


class AwsRefused(ServerUnreachable):
    """AWS answered with an error; the message is the HTTP status and AWS's own `name` for it."""

    @property
    def name(self) -> str:
        return str(self).partition(" ")[2]


class OutOfTime(ServerUnreachable):
    """A server did not answer in the time that was left."""


class ServerNotReached(ServerUnreachable):
    """A server can't have got the request: there was no connection to send it over."""


class NotReachedInTime(OutOfTime, ServerNotReached):
    """There was no connection in the time that was left."""


class RocketChatError(MonitorsBotError):
    """Rocket.Chat failed."""


class RocketChatUnavailable(RocketChatError):
    """Rocket.Chat is down, broken, or can't be reached."""

    retryable = True


class RocketChatTooSlow(RocketChatUnavailable):
    """Rocket.Chat did not answer in the time that was left."""


class RocketChatLimited(RocketChatError):
    """Rocket.Chat's rate limiter asks us to wait."""

    retryable = True

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"rate limited for {wait_seconds:.0f} s")
        self.wait_seconds = wait_seconds


class RocketChatUnintelligible(RocketChatError):
    """Rocket.Chat's answer is not what its documentation says."""

    retryable = True


class RocketChatRejected(RocketChatUnintelligible):
    """Rocket.Chat understood, and says that what we ask can't be done."""


class CredentialsRefused(RocketChatError):
    """Rocket.Chat does not accept the bot's user id and token."""


class PermissionMissing(RocketChatError):
    """The bot's account lacks a permission."""

    def __init__(self, permission: str) -> None:
        super().__init__(f"lacks {permission}")
        self.permission = permission


class UnitsNotAvailable(RocketChatError):
    """The server has no Omnichannel units: no licence for them, or not the server we think."""


class RecordsUnreachable(MonitorsBotError):
    """Our own records of rosters can't be read, or not in the time left."""

    retryable = True


class JobMalformed(MonitorsBotError):
    """A message on the queue is not a job that we can do."""


class OrderMalformed(MonitorsBotError):
    """The input of a schedule is not what it has to be; the message says what is wrong with it."""


class Overtaken(MonitorsBotError):
    """Somebody else wrote a document of the table since it was read; the work can be done again."""

    retryable = True


class RunHeld(MonitorsBotError):
    """Another worker is at this run right now."""

    retryable = True


class Postponed(MonitorsBotError):
    """A late answer has to wait: a better one may come, or another process is sending it."""

    retryable = True


class DeliveryError(MonitorsBotError):
    """A late answer was not delivered."""


class DeliveryPostponed(DeliveryError):
    """The answer was refused for now, and surely not delivered."""

    retryable = True


class DeliveryImpossible(DeliveryError):
    """The answer was refused for good."""


class DeliveryUnclear(DeliveryError):
    """The answer was sent, and nobody knows whether it arrived; sending it again might double it."""


class SettingsError(MonitorsBotError):
    """The bot is set up wrongly; the message names the setting or key, never its value."""


class SecretUnreachable(SettingsError):
    """The secret can't be read, has no value yet, or is not a JSON object."""

    retryable = True
