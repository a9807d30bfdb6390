"""Reading from Rocket.Chat's REST API: who the units are, who monitors them, who is there."""
