"""The wall chart (挂图作战): what leaders look at, computed from records and never typed."""

from xiaohao.rectification.wall_chart.chart import Chart, build
from xiaohao.rectification.wall_chart.filters import Filters, Options, options

__all__ = ["Chart", "Filters", "Options", "build", "options"]
