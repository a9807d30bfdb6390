"""What every wing knows: units, their monitors, how a unit is found, and what is said of failures."""
