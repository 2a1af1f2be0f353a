"""Two ages that change what we ask and keep. In years; asked for, never guessed."""

# A child under this age is never written down: 16 CFR 312 (COPPA). Their voice is a number.
CHILD_UNDER = 13
# From this age on somebody may be public, listed, exported and sent news.
ADULT_FROM = 18
