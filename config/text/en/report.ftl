# Sentences of the report and the matrix in English. What is missing here is said in Spanish.

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
    [one] One live mining right overlaps this land: it takes {$ha} ha, {$parts}.
   *[other] {$n} live mining rights overlap this land: together they take {$ha} ha, {$parts}.
 }
rights-found-in-part = { $count ->
    [one] In what could be consulted, one live mining right overlaps this land: it takes {$ha} ha, {$parts}. There may be more.
   *[other] In what could be consulted, {$n} live mining rights overlap this land: together they take {$ha} ha, {$parts}. There may be more.
 }
rights-none = No live mining right that overlaps this land is on record in the editions consulted.
rights-none-in-part = In what could be consulted no live mining right that overlaps this land is on record; for the rest it cannot be determined.
rights-no-data = There are no data of mining rights for this place and date: whether any overlaps cannot be determined.
rights-not-consulted = Mining rights were not consulted: whether any overlaps cannot be determined.
rights-by-state = By state: {$list}. Extinct and other ones are not in the figure above.
count-titulado = {$n} titled
count-tramite = {$n} in process
count-extinguido = {$n} extinct
count-otros = {$n} of other kinds
other-layer = {$layer}: {$n}, with {$ha} ha, {$parts}.
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
crs-declared = Coordinate system declared:
crs-not-declared = Nobody declared the coordinate system.
crs-used = System used:
repairs-none = The geometry needed no repair.

findings-heading = What overlaps
findings-none = No overlap is on record in the layers consulted. See below which layers were not consulted or have no data.
findings-caption = { $count ->
    [one] · 1 feature
   *[other] · {$n} features, largest first
 }
roces-heading = What only grazes
roces-words = Overlaps so small or thin that they cannot be told from the drawing error of two maps. They enter no total.
roces-none = Nothing grazes the limit in the layers read.
roces-summary = { $count ->
    [one] 1 graze
   *[other] {$n} grazes
 }
roces-caption = { $count ->
    [one] · 1 graze
   *[other] · {$n} grazes
 }
legend = Signs of the states
col-name = Name and code
col-state = State
col-holder = Holder
col-overlap = Overlap (UTM ha)
col-share = Of the land
col-since = Since
col-rule = Attention and rule
geodesic-short = geodesic: {$ha} ha
no-area = without area
mean-width = mean width: {$m} m
relation-within = holds all of the land
relation-covers = wholly inside the land
relation-overlaps = overlaps in part
relation-touches = grazes the limit

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
covered = the edition covers
coverage-undeclared = coverage not declared
valid-from = valid from
published-at = published here
licence = Licence:
scale = scale
scale-unknown = scale: not on record
sigma-unknown = σ: not on record
operation-none = none

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
method-exact = Figures are rounded; the exact value is in the JSON document and under the pointer. No uncertainty band is computed yet.

reasons-heading = Why each one is listed
reasons-words = Rules of rulebook {$rulebook}, with their norm and whom to ask, and each finding in words.
rule = Rule
without-norm = No norm in sight.
ask = Whom to ask:
norm = Norm:
article = article
seen-excerpt = (only an excerpt was read)

other-formats = The same document in other formats:
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
