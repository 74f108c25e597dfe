# Words of the sheets of layers, by id. Numbers and names arrive written; {$count} only chooses between one and many.

sheet-title-many = Map of {$n} layers
sheet-as-of = Data as of {$day}
sheet-in-departments = { $count ->
    [one] Department: {$list}
   *[other] Departments: {$list}
 }
sheet-in-provinces = { $count ->
    [one] Province: {$list}
   *[other] Provinces: {$list}
 }
sheet-in-districts = { $count ->
    [one] District: {$list}
   *[other] Districts: {$list}
 }
sheet-hectares = Figures are geodesic hectares (on the ellipsoid) within the frame: what the features of each class cover together. Classes and layers may overlap; so they are not added up.
sheet-ha = {$ha} ha
sheet-unmeasured = not measured
sheet-unofficial = Colours that are not official, chosen by this program: {$list}.
sheet-undrawn = Not drawn at this scale: {$list}.
sheet-empty = Without features within the frame: {$list}.
sheet-source = {$layer}: {$publisher}, edition {$edition}, in force since {$day}, {$accuracy}
sheet-scale-sigma = 1:{$scale}, σ {$sigma} m
sheet-sigma = no scale declared, σ {$sigma} m
sheet-no-sigma = neither scale nor σ declared
sheet-norm = Norm of the zoning, by its data: {$list}.
sheet-no-norm = Ordinance or norm that approves the zoning: not stated in its data.
sheet-partial = Not known to be complete in the whole frame: {$list}. That something is not here does not mean that it does not exist.
sheet-crs = System EPSG:{$epsg}. Middle of the frame: {$lat}, {$lon}.
sheet-west = W
sheet-locator = Where the frame lies
sheet-desc = {$title}. Sheet at scale 1:{$scale}, with grid north up. Classes drawn, with their geodesic hectares within the frame:
