# What the report tells a planning office, and the sections that it shares.

summary-heading = Summary
subject-dated = Day that it stands on
series-heading = Land conceded by year
series-words = Union of the live rights filed until each year, inside this land: each step counts new land only. The last figure is today's.
series-caption = {$layer}: land under live rights by year of filing
series-alt = Bar figure with {$n} steps; the last one reaches {$ha} ha. The numbers are in the table below.
without-date = without date
year-none = n. d.
col-year = Year
changes-heading = What changed
changes-caption = Changes of the features that meet this land
col-change = Change
col-before = Before
col-after = Now
change-new = new
change-gone = no longer there
change-status = another state
change-holder = another holder
change-geometry = another limit
change-attributes = other data
rulebook-heading = The rulebook
hash = Hash (SHA-256)
in-force-from = In force from
in-force-until = In force until
still-in-force = still in force
