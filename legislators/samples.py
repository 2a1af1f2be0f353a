"""Three addresses of Franklin that the demonstration's pages offer.

Apart from franklin.py, which builds maps and loads much to do so.
"""

from legislators.addresses import Address

# One in a ZIP that lies in one district of each kind and elects two representatives to the state
# house; one in a ZIP split three ways, where the street decides; one in the district whose seat is
# vacant.
SAMPLES = [
    Address("12 Walnut Avenue", "Millbrook Ferry", "FK", "00018"),
    Address("8 Orchard Lane", "Brindle Bay", "FK", "00015"),
    Address("24 Foundry Street", "Stillwater Cross", "FK", "00024"),
]

# Of the made-up person who lives there: old enough for everything a campaign may ask.
SAMPLE_AGE = 34
