"""A made-up company: its people, its units, and one conversation with a customer."""

from tests.fakes.rocketchat import RocketChatServer

CUSTOMER_ROOM = "customerRoom00001"
ORDERS = "ordersOrders00001"


def furnish(server: RocketChatServer) -> None:
    server.add_user("ana", name="Ana Díaz", status="online", status_text="in until 18:00", utc_offset=-3)
    server.add_user("mei", name="Mei Tan", status="busy", status_text="on a call", utc_offset=8)
    server.add_user("raj", name="Raj Patel", status="away", status_text="lunch", utc_offset=5.5)
    server.add_user("tom", name="Tom Bell", status="offline")
    server.add_user("kim", name="Kim Lee", status="online")
    server.add_user("lee", name="Lee Roy", status="online")
    server.add_unit("Billing EU", monitors=["ana", "mei", "raj", "tom", "lee"], id="bilLingEu00000001")
    server.add_unit("Billing US", monitors=["tom", "kim"], id="bilLingUs00000001")
    server.add_unit("Escalations", monitors=["raj", "mei"], id="escAlations000001")
    server.add_unit("Night shift", id="nightShift0000001")
    server.add_unit("Sales", monitors=["ana", "mei"], id="sAlesSales0000001")
    server.add_department("Orders", "sAlesSales0000001", id=ORDERS)
    server.remove_user("lee", keep_links=True)  # linked, but on no list: nobody can tell where Lee is
    server.add_room("", type="l", id=CUSTOMER_ROOM, members=[], department_id=ORDERS)
