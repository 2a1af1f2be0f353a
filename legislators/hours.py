"""When a legislator's office is there: by the clock of its capital, for that is where mail to a
member is read.

Zones as of the time zone database; a state in two zones has its capital's. Working hours are a
convention, 8 to 18.
"""

ZONES = {
    "America/New_York": "CT DC DE FL GA KY MA MD ME NC NH NJ NY OH PA RI SC US VA VT WV",
    "America/Detroit": "MI",
    "America/Indiana/Indianapolis": "IN",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO MT NM UT WY",
    "America/Boise": "ID",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Juneau": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
    "America/St_Thomas": "VI",
    "Pacific/Guam": "GU",
    "Pacific/Saipan": "MP",
    "Pacific/Pago_Pago": "AS",
}
ZONE_OF = {state: zone for zone, states in ZONES.items() for state in states.split()}
WORKING = "8-18"


def office_hours(state: str) -> str:
    """As the worker reads them, e.g. "America/Chicago 8-18"; blank where nobody knows."""
    return f"{ZONE_OF[state]} {WORKING}" if state in ZONE_OF else ""
