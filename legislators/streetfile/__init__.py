"""The nation's streets in one small file: one row for each (ZIP, street) with the districts that
it lies in, and house numbers only where a street crosses a line.
"""
