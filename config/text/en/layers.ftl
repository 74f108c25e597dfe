# Words of whole layers, by id: legends of maps, WMS and styles.

map-community-land = Land of a community
map-zone-a = Productive zones
map-zone-b = Zones of ecological protection and conservation
map-zone-c = Zones of special treatment
map-zone-d = Zones of recovery
map-zone-e = Urban or industrial zones
map-zone-other = Another class, or not stated
map-capability-a = Land fit for annual crops (A)
map-capability-c = Land fit for permanent crops (C)
map-capability-p = Land fit for pasture (P)
map-capability-f = Land fit for forestry (F)
map-capability-x = Land for protection (X)
map-use-crops = Crops
map-use-grass = Pastures and grassland
map-use-woods = Woods, scrub and plantations
map-use-wetland = Wetlands
map-district-limit = District limit
map-province-limit = Province limit
map-department-limit = Department limit
map-hydrographic-unit = Limit of a hydrographic unit
map-restricted-area = Area restricted to mining
map-hazard = Hazard
map-project = Investment project
map-demand = Prioritised demand
map-other = Another feature
map-unofficial = Colours are not official: this program chose them.
