// RichDEM's fill (Zhou 2016), D8 directions and accumulation of a raw file of millimetres.    richdem DEM.raw SIDE
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <richdem/common/Array2D.hpp>
#include <richdem/depressions/Zhou2016.hpp>
#include <richdem/flats/flat_resolution.hpp>
#include <richdem/flowmet/d8_flowdirs.hpp>
#include <richdem/methods/d8_methods.hpp>

int main(int, char **argv) {
  using clock = std::chrono::steady_clock;
  const int side = std::atoi(argv[2]);
  richdem::Array2D<int32_t> dem(side, side, 0);
  dem.setNoData(1 << 30);
  std::ifstream in(argv[1], std::ios::binary);
  in.read(reinterpret_cast<char *>(dem.getData()), 4L * side * side);
  long before = 0, after = 0;
  for (auto i = dem.i0(); i < dem.size(); i++) before += dem(i);
  const auto seconds = [](clock::time_point from) { return std::chrono::duration<double>(clock::now() - from).count(); };
  auto began = clock::now();
  richdem::PriorityFlood_Zhou2016(dem);
  const double fill = seconds(began);
  for (auto i = dem.i0(); i < dem.size(); i++) after += dem(i);
  began = clock::now();
  richdem::Array2D<richdem::d8_flowdir_t> directions(dem);
  richdem::barnes_flat_resolution_d8(dem, directions, false);
  const double d8 = seconds(began);
  began = clock::now();
  richdem::Array2D<int32_t> sums(dem);
  richdem::d8_flow_accum(directions, sums);
  std::printf("{\"fill_s\": %.3f, \"d8_s\": %.3f, \"accumulation_s\": %.3f, \"fill_mm\": %ld}\n", fill, d8, seconds(began), after - before);
}
