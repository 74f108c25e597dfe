# Helps without a screen: list of corners, GPX, KML and the text message. Numbers and names arrive written; {$count} only chooses between one and many.

corners-heading = Corners of the limit
corners-words = WGS 84 coordinates: east and north in metres of UTM zone {$zone} south, and degrees, minutes and seconds. The last column gives the metres to the next corner.
corners-rings = The land has several limits; below a corner it says which one it belongs to when that is not the first.
corners-more = Here stand {$shown} of {$all} corners. All of them are in the CSV file of corners and in the GPX of this report.
corners-part = part {$part}
corners-hole = part {$part}, hole {$hole}
corners-name = Corner
corners-east = East (m)
corners-north = North (m)
corners-lat = Latitude
corners-lon = Longitude
corners-length = To the next (m)

track-subject = Limit: {$name}
track-right = {$letter} {$code} {$name}
track-other = {$code} {$name}
track-file = {$name} · report {$code} · data as of {$day}
track-holes = The limit has holes: here they are drawn open, because this format does not tell them apart.
track-rights = Rights are drawn for orientation; their limits are not corners measured on the ground.
track-overlap = {$layer}. State: {$state}. Overlap: {$ha} planar UTM ha.
track-no-overlap = {$layer}. State: {$state}. It shares no area.
folder-rights = Rights and other layers

sms = TUPU {$code} {$name}: {$answer} {$notice}
sms-rights = { $count ->
    [one] 1 live mining right, {$ha} ha ({$percent}%).
   *[other] {$n} live mining rights, {$ha} ha ({$percent}%).
 }
sms-rights-in-part = { $count ->
    [one] 1 live mining right, {$ha} ha ({$percent}%). There may be more.
   *[other] {$n} live mining rights, {$ha} ha ({$percent}%). There may be more.
 }
sms-none = no live mining right on record.
sms-none-in-part = no live mining right on record in what was consulted; a part is missing.
sms-unknown = mining rights: cannot be determined.
sms-synthetic = SYNTHETIC DATA.
sms-incomplete = INCOMPLETE.
