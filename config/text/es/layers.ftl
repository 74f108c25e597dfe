# Palabras de las capas enteras, por id: leyendas de mapas, WMS y estilos.

map-community-land = Tierra de comunidad
map-zone-a = Zonas productivas
map-zone-b = Zonas de protección y conservación ecológica
map-zone-c = Zonas de tratamiento especial
map-zone-d = Zonas de recuperación
map-zone-e = Zonas urbanas o industriales
map-zone-other = Otra clase, o no consta
map-capability-a = Tierras aptas para cultivo en limpio (A)
map-capability-c = Tierras aptas para cultivo permanente (C)
map-capability-p = Tierras aptas para pastos (P)
map-capability-f = Tierras aptas para producción forestal (F)
map-capability-x = Tierras de protección (X)
map-use-crops = Cultivos
map-use-grass = Pastos y pajonales
map-use-woods = Bosques, matorrales y plantaciones
map-use-wetland = Bofedales y humedales
map-district-limit = Límite de distrito
map-province-limit = Límite de provincia
map-department-limit = Límite de departamento
map-hydrographic-unit = Límite de unidad hidrográfica
map-restricted-area = Área restringida a la actividad minera
map-hazard = Peligro
map-project = Proyecto de inversión
map-demand = Demanda priorizada
map-other = Otro elemento
map-unofficial = Colores no oficiales: los puso este programa.
