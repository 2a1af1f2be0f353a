"""The ZIP code of an address written without one, where town and street leave no choice."""

from __future__ import annotations

from dataclasses import replace

from legislators.addresses import Address
from legislators.geocoders.candidates import SURE
from legislators.loaded_data import LoadedData
from legislators.streetfile.locate import locate


def with_zip(address: Address, loaded: LoadedData) -> Address:
    """For an address without one; as it is where several fit.

    A town may have only one; of several, only one may have such a street.
    """
    zips = loaded.zips_of_town(address.city, address.state)
    if len(zips) > 1 and address.street:
        zips = [zip5 for zip5 in zips if _has_street(replace(address, zip=zip5), loaded)]
    return replace(address, zip=zips[0]) if len(zips) == 1 else address


def _has_street(address: Address, loaded: LoadedData) -> bool:
    try:
        return any(each.score >= SURE for each in locate(address, loaded.streets))
    except (LookupError, ValueError, OSError):
        return False
