"""Chart geometry as plain values; templates turn it into SVG, for the page and the PDF alike.

Coordinates leave this package as strings with a point, because a Dutch page would
print 12.5 as "12,5", which is not a number in SVG. No Django in here.
"""
