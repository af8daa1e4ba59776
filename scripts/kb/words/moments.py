"""Moments: an hour of a day in any zone, as Tbilisi has it."""

from datetime import datetime
from zoneinfo import ZoneInfo

TBILISI = ZoneInfo("Asia/Tbilisi")


def moment(day: str, time: str, zone: str) -> datetime:
    """The moment of a day and an hour in a zone, as Tbilisi has it."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone)).astimezone(TBILISI)
