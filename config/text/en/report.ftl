# Sentences of the report and the matrix in English. What is missing or not reviewed is said in Spanish.

skip = Skip to content
report-title = Overlap report: {$name}
subject-without-name = the land asked about
standing-complete = complete
standing-incomplete = incomplete
standing-line = Report {$standing} · data as of {$day}
standing-incomplete-notice = Incomplete report: at least one layer could not be consulted. Below it says which one and why.
synthetic = Synthetic data: made by a program for trials; they describe no real place.
synthetic-short = synthetic data

answer-heading = The answer
rights-found = { $count ->
    [one] One live mining right overlaps this land. By state: {$list}. Extinct and other ones do not count as live.
   *[other] {$n} live mining rights overlap this land. By state: {$list}. Extinct and other ones do not count as live.
 }
rights-found-in-part = { $count ->
    [one] In what could be consulted, one live mining right overlaps this land. By state: {$list}. There may be more.
   *[other] In what could be consulted, {$n} live mining rights overlap this land. By state: {$list}. There may be more.
 }
rights-none = No live mining right that overlaps this land is on record in the editions consulted.
rights-none-in-part = In what could be consulted no live mining right that overlaps this land is on record; for the rest it cannot be determined.
rights-no-data = There are no data of mining rights for this place and date: whether any overlaps cannot be determined.
rights-not-consulted = Mining rights were not consulted: whether any overlaps cannot be determined.
rights-land = { $count ->
    [one] It takes {$ha} ha ({$band}): {$parts}.
   *[other] Together they take {$ha} ha ({$band}): {$parts}. Land under several rights is counted once.
 }
parts-short = {$n} of every 100
doubtful = { $count ->
    [one] One more is in doubt: with what is known of its position, whether it overlaps cannot be determined.
   *[other] {$n} more are in doubt: with what is known of their position, whether they overlap cannot be determined.
 }
water = Water on this land or beside it: {$list}.
water-none = none on record
water-none-in-part = none on record in what could be consulted
water-not-consulted = not consulted
changed = { $count ->
    [0] Nothing changed for this land between {$from} and {$to} in the layers read.
    [one] There is one change for this land between {$from} and {$to}.
   *[other] There are {$n} changes for this land between {$from} and {$to}.
 }
count-titulado = {$n} titled
count-tramite = {$n} in process
count-extinguido = {$n} extinct
count-otros = {$n} of other kinds
other-layer = {$layer}: {$n}, with {$ha} ha ({$band}), {$parts}.
other-layer-without-area = {$layer}: {$n} on this land.
grazes = { $count ->
    [0] No feature of the layers read merely grazes the limit.
    [one] One feature merely grazes the limit: it is listed apart and not added.
   *[other] {$n} features merely graze the limit: they are listed apart and not added.
 }
open-not-consulted = Not consulted: {$layers}.
open-no-data = No data for this place and date: {$layers}. That they are not listed does not mean that they do not exist.
open-partial = Consulted in part only, or nobody declared how far it is complete: {$layers}.

parts = {$n} of every 100 parts of the land
parts-all = all of the land
parts-almost-all = more than 99 of every 100 parts of the land
parts-less-than-one = less than 1 of every 100 parts of the land
less-than-a-hundredth = less than 0.01
less-than = less than {$n}
band-none = no band
band-exact = exact
band-between = between {$low} and {$high} ha
less-than-a-tenth-percent = less than 0.1 %

subject-heading = The land asked about
utm-ha = Planar UTM hectares (WGS 84, zone {$zone} south)
geodesic-ha = Geodesic hectares
declared-ha = Declared hectares
ubigeo = Ubigeo
centre = Centre (latitude, longitude)
watersheds = Hydrographic units
not-stated = not on record
understood-heading = How its coordinates were understood
crs-declared = Coordinate system declared: {$crs}.
crs-not-declared = Nobody declared the coordinate system.
crs-used = System used: {$crs}.
repairs-none = The geometry needed no repair.
repaired = {$what} ({$n}): from {$before} to {$after} ha.
repair-closed-ring = An open ring was closed
repair-dropped-repeats = Repeated points were removed
repair-dropped-ring = A ring without area was removed
repair-cut-spike = A spike without area was cut
repair-turned-ring = The direction of a ring was put right
repair-split-crossing = A ring that crossed itself was split
repair-mended-holes = Misplaced holes were resolved
repair-joined-parts = Parts that overlapped were joined
repair-absorbed-shell = A part held by another was absorbed

findings-heading = What overlaps
findings-none = No overlap is on record in the layers consulted. See below which layers were not consulted or have no data.
findings-caption = { $count ->
    [one] {$layer}: 1 feature
   *[other] {$layer}: {$n} features, largest first
 }
roces-heading = What only grazes or is in doubt
roces-words = Overlaps so small or thin that they cannot be told from the drawing error of two maps, and neighbours of which whether they overlap cannot be determined. They enter no total.
roces-none = Nothing grazes the limit or is in doubt in the layers read.
legend = Signs of the states
col-name = Name and code
col-state = State
col-holder = Holder
col-overlap = Overlap (UTM ha)
col-share = Of the land
col-since = Since
col-rule = Attention and rule
no-area = without area
relation-within = holds all of the land
relation-covers = wholly inside the land
relation-overlaps = overlaps in part
relation-touches = grazes the limit
relation-near = lies near
distance = {$m} m away
class-firme = firm
class-probable = probable
class-dudoso = doubtful
class-roce = graze
precedence-prior = older than this land
precedence-later = younger than this land
precedence-undetermined = which is older cannot be determined
col-precedence = Which is older
col-relation = Relation and certainty
col-letter = Letter
col-shape = Shape
overlap-geodesic = Overlap (geodesic ha)
shape = { $count ->
    [one] 1 part, mean width {$m} m
   *[other] {$parts} parts, mean width {$m} m
 }
shape-short = { $count ->
    [one] 1 part · {$m} m mean width
   *[other] {$parts} parts · {$m} m mean width
 }
share-of-feature = Part of the feature
of-feature = {$percent} of the feature
feature-ha = Whole feature (UTM ha)
feature-declared-ha = Whole feature (declared ha)
declared-short = declared: {$ha}
since = since {$day}
dated = Day that it stands on
source-row = Edition and row of the source

group-titulado = titled
group-tramite = in process
group-extinguido = extinct
group-otros = others
group-vigente = live: titled or in process
group-todos = all
severity-critico = critical
severity-alto = high
severity-medio = medium
severity-bajo = low
severity-informativo = for information

totals-heading = Totals
totals-words = Rights overlap each other too. So the total is the union: the land covered, counted once. The plain sum counts land under more than one right several times; it stands beside for comparison with other sources.
totals-none = There are no overlaps to add in the layers read.
totals-caption = Hectares by layer and state
col-layer = Layer
col-count = Count
col-union = Union (UTM ha)
col-union-geodesic = Union (geodesic ha)
col-sum = Plain sum (UTM ha)
cannot-be-told = cannot be determined: the layer was not consulted or has no data here

layers-heading = What was consulted
layers-words = “No data” and “not consulted” do not mean that there is nothing: they mean that this report does not know.
layers-caption = Layers, editions and their accuracy
col-consulted = Consulted
col-edition = Edition
col-publisher = Publisher
col-accuracy = Accuracy
col-datum = Datum change
state-consulted = consulted
state-partial = partial
state-no-data = no data
state-not-consulted = not consulted
covered = the edition covers {$percent}
coverage-undeclared = coverage not declared
edition-dates = valid from {$day}; published here on {$at}
no-edition = no edition
territory-licence = {$territory} · licence: {$licence}
scale = scale 1:{$n}
scale-unknown = scale: not on record
sigma-unknown = σ: not on record
operation-none = none

limits-all-heading = What is not known, layer by layer
limits-heading = What is not known
method-heading = How it was measured (method {$version})
areas-words = The same land has three areas, and each number says which one it is:
area-declared = Declared
area-declared-words = those of the register or title; nobody measured them here.
area-utm = Planar UTM WGS 84
area-utm-words = measured on the plane of the UTM zone that holds most of the land, as Peruvian offices do. Percentages and totals rest on them.
area-geodesic = Geodesic
area-geodesic-words = measured on the ellipsoid: the true area of the ground, without relief.
method-union = Each overlap is measured with straight edges in the UTM zone. Totals are unions by state; the plain sum stands beside.
method-roce = An overlap is a graze when it is smaller than the rulebook's least area or thinner than its least mean width, over the whole overlap of the pair. Grazes are listed and not added.
method-states = A layer is consulted when its declared coverage holds the land; partial when it holds a part or nobody declared it; without data when there is no edition; not consulted when it failed.
method-band = The band says between which hectares the overlap lies nine times out of ten, if each edition is shifted as a whole by its accuracy. It is firm when even the low end is above the graze limit; probable when only the figure is; doubtful when only the high end is.
method-exact = Figures are rounded to what half their band allows; the value without rounding is in the JSON document and under the pointer. “No band” says that the accuracy of one of the layers is not on record; “exact”, that shifting the drawing does not change the figure.

reasons-heading = Why each one is listed
reasons-words = Rules of rulebook {$rulebook}, with their norm and whom to ask, and each finding in words.
rule = Rule {$rule}
without-norm = no norm in sight
norm-convention = convention of the rulebook
ask = Whom to ask
ask-what = What to ask
norm = Norm
article = article {$article}
seen-excerpt = (only an excerpt was read)

other-formats = The same document in other formats:
foot-code = Code
foot-id = Identifier
foot-rulebook = Rulebook
foot-program = Program
foot-issued = Issued
foot-check = The identifier is the SHA-256 of the document without its date of issue: the same land, editions and rules give the same. This report is informative.
moment-in-lima = {$day}, {$time} (Lima time)

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

matrix-title = {$subjects} and {$against}: overlap matrix
matrix-line = { $count ->
    [one] 1 row · data as of {$day}
   *[other] {$n} rows · data as of {$day}
 }
matrix-words = Hectares are planar UTM of the zone of each row. Where rows overlap each other or lie in different zones, their hectares cannot be added.
matrix-caption = Union in hectares by state; below, the count and the plain sum
slivers-kept = All overlaps were counted, also those below the graze limit, for comparison with other programs.
col-utm-ha = UTM ha
col-roces = Grazes
col-live = live (titled or in process)
unknown-short = no data

layer-concessions = Mining rights
layer-communities = Peasant and native communities
layer-protected-areas = Protected natural areas
layer-buffer-zones = Buffer zones
layer-zoning = Ecological and economic zoning
layer-districts = Districts
layer-provinces = Provinces
layer-departments = Departments
layer-hydrographic-units = Hydrographic units
layer-rivers = Rivers and streams
layer-water-bodies = Lakes, ponds and wetlands
layer-springs = Springs and intakes
layer-restricted-areas = Areas restricted to mining
layer-land-capability = Land capability
layer-land-use = Present land use
layer-hazards = Hazards
layer-urban = Urban areas
layer-projects = Investment projects
layer-demands = Prioritised demands
layer-other = Other layers
