# The sheet of an official hydrographic unit, and what lies within a basin.

unit-title = Hydrographic unit {$code}: {$name}
unit-official = Borders and codes are those of the water authority. What flows where follows from the Pfafstetter codes.
unit-edition = Edition {$edition}, by {$publisher}
unit-network = Upstream and downstream
unit-parents = Lies in
unit-absent-parents = Lies also in codes that are no units of the layer
unit-children = Is divided into
unit-upstream = Upstream lie
unit-next = Flows into
unit-downstream = Downstream lie
unit-main-stem = Along its main stem, from the mouth
unit-drained = Through its end flows the water of
unit-drained-sum = { $count ->
    [one] this unit: {$ha} planar ha
   *[other] {$count} units: {$ha} planar ha added up, each in its own zone
}
unit-none = none is on record in the layer
unit-shore = It is a shore of the sea or of a lake: water leaves it, and no other unit flows through it.
unit-faults = What does not match in the codes
unit-check = The report on this unit
unit-sheet-link = The sheet of this unit: what lies upstream, rights, communities and land
unit-not-known-shore = The codes of a shore only count the rivers along it: what flows where within it is not on record.
unit-not-known-inside = Which part of the unit flows to which place in it is not on record: codes speak of whole units.
unit-not-known-beyond = Only the units of the layer are known: what lies upstream or downstream of it is not on record.
unit-not-known-canals = Canals and diversions are not in the codes: they may carry water from one unit to another.
unit-not-known-groundwater = Groundwater does not always follow the borders of basins: its way cannot be determined from this layer.

basin-areas = Areas
basin-not-stated = not on record
basin-layer = Layer
basin-no-data = no edition is on record for this place and date
basin-not-consulted = not consulted
basin-none-listed = The layer has no feature here.
basin-not-known = What is not known
basin-col-state = State
basin-col-rights = Rights
basin-col-union = Hectares of the union
basin-col-share = Part of the basin
basin-col-part = Part of the feature
basin-col-within = Hectares within
basin-col-class = Class
basin-union-words = Land under two rights counts once. Planar hectares.
basin-without-class = without a class in the layer
basin-unknown = not on record
basin-disputed = Features of several classes overlap in {$ha} ha; each place was counted in the first.

api-group-water = Water
api-unit = The sheet of an official hydrographic unit: what it lies in, what it is divided into, what lies upstream and downstream by its code, rights by state, communities, protected areas and land.
param-unit = The Pfafstetter code of the unit, with its leading zeros.

headwaters-title = Headwaters of {$region}, by their codes
headwaters-proxy = There is no official layer of headwaters. This is an approximation: the units without further division whose code ends in 9.
headwaters-order = In the order of their share under live mining rights, titled or pending.
headwaters-col-place = Place
headwaters-col-unit = Unit
headwaters-col-live = Under live rights
headwaters-col-protected = Largest share in a protected area
api-headwaters = The headwaters of a region by their codes, which are an approximation, in the order of what lies in them.
param-region = What the codes of the region begin with.

source-title = Where the water of {$name} comes from
source-title-point = Where the water of this point comes from
source-modelled = Hydrography modelled from the relief: it is not an official border.
source-model = The model
source-model-edition = Drainage model
source-point = Point (longitude, latitude)
source-snap = Distance to the modelled stream
source-order = Order by Strahler of the stream
source-heights = Heights
source-longest-way = The longest way of the water
source-at-risk = Land under live mining rights
source-at-risk-land = {$ha} planar ha, {$share} of the basin: the union of titled and pending rights.
source-at-risk-unknown = Cannot be determined: the layer of mining rights is not on record or was not consulted.
source-works = Works registered in the basin
source-agreements = Agreements registered
source-no-register = No register is on record.
source-not-known-groundwater = A spring may be fed by groundwater: its way cannot be determined from the relief.
source-not-known-canals = Water that canals and diversions bring or take is not in this basin.
source-not-known-agreements = There is no layer of agreements: that none is listed does not mean that none exists.
source-view-link = Where its water comes from: the basin and what lies in it
api-source = Where the water of an intake comes from: the contributing area by the drainage model, rights by state, communities, zones and uses of land, registered works (MRSE).

unit-title-upstream = What lies upstream of {$code}: {$name}
unit-title-downstream = What lies downstream of {$code}: {$name}
unit-all-upstream = All that lies upstream
unit-all-downstream = All that lies downstream
