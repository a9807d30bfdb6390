"""What the tests of waiting customers do, and what they read."""

INVOICES, REFUNDS, ORDERS = "invoicesInvoices1", "refundsRefunds001", "ordersOrders00001"
REACHABLE = "; reachable: @ana"


def send(notified, *steps):
    """Send the events of each step, and let the worker do them; a number lets time pass."""
    for step in steps:
        if isinstance(step, int):
            notified.pass_time(step)
        else:
            for sent in step:
                assert notified.send(sent).status == 200
        notified.work()
    notified.work_later()


def happened(notified):
    """What the notices say of the unit Billing EU, without whom they mention."""
    return [
        text.removeprefix("Billing EU: ").removesuffix(REACHABLE)
        for text in notified.posted
        if text.startswith("Billing EU")
    ]


def send_now(notified, events):
    for sent in events:
        notified.send(sent)
    notified.work()
