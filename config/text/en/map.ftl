# Words of the maps, by id. Numbers and names arrive written; {$count} only chooses between one and many.

map-title = Map of {$name}
map-sheet-subtitle = Report {$standing} · data as of {$day}
map-desc = The map shows the limit of {$name} and { $count ->
    [0] no lettered mining right
    [one] one mining right with its letter
   *[other] {$n} mining rights with their letters
 } inside it. North is up. The UTM zone is {$zone} south, WGS 84.
map-desc-letter = {$letter}: {$name}, {$state}.
map-legend = Legend
map-subject = Limit of the land asked about
map-titulado = Titled mining right
map-tramite = Mining right in process
map-extinguido = Extinct mining right
map-otros = Mining right of another kind
map-graze = Only grazes the limit, or is doubtful
map-protected-area = Protected natural area
map-buffer-zone = Buffer zone
map-urban = Urban area
map-district = District limit
map-community = Other community
map-river = River
map-stream = Stream or other watercourse
map-water-body = Lake, pond or wetland
map-spring = Spring or intake
map-km = km
map-m = m
map-walk = On foot, at 4 km an hour on level ground
map-min = min
map-north = N
map-ratio = Scale 1:{$scale}
map-grid = UTM grid, WGS 84, zone {$zone} south, every {$step}.
map-north-note = Up is grid north: it lies {$degrees}° {$side} of true north.
map-north-same = Up is grid north, which here coincides with true north.
map-side-east = east
map-side-west = west
map-east = E
map-north-axis = N
map-sources = Sources: {$list}.
map-source = {$layer}: {$publisher}, {$day}
map-lacking = No data for this place and date, and therefore not drawn: {$list}. That it is not here does not mean that it does not exist.
map-failed = Not consulted, and therefore not drawn: {$list}.
